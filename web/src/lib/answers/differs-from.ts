import type { Answer } from '@meedoen/rights';

/** Would a reader act differently? The verdict, the dates and the terms count, the articles behind them do not. */
export function differsFrom(one: Answer, other: Answer): boolean {
  return (
    one.verdict !== other.verdict ||
    one.from !== other.from ||
    one.until !== other.until ||
    JSON.stringify(one.first.map(({ fact }) => fact)) !== JSON.stringify(other.first.map(({ fact }) => fact)) ||
    JSON.stringify(one.terms.map(({ name, value }) => [name, value])) !==
      JSON.stringify(other.terms.map(({ name, value }) => [name, value]))
  );
}

/** The terms of the other reading that are not the same in this one. */
export function otherTerms(one: Answer, other: Answer): Answer['terms'] {
  return other.terms.filter((term) => !one.terms.some(({ name, value }) => name === term.name && value === term.value));
}
