import { Refusal } from '../refusal.ts';

/** Readers of numbers on the command line; a refusal names the option. */

export function numberText(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) return value;
    const comma = /^-?\d+,\d+$/.test(text) ? ` Write it with a point: ${text.replace(',', '.')}.` : '';
    throw new Refusal(`${option} ${text}: write a number.${comma}`);
  };
}

export function positiveNumber(option: string): (text: string) => number {
  const read = numberText(option);
  return (text) => {
    const value = read(text);
    if (value > 0) return value;
    throw new Refusal(`${option} ${text}: write a number above 0.`);
  };
}

export function wholeNumber(option: string): (text: string) => number {
  const read = numberText(option);
  return (text) => {
    const value = read(text);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new Refusal(`${option} ${text}: write a whole number from 0 up.`);
  };
}
