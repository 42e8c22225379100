import { parseMessage, stringifyMessage, visit, MessageFormat } from 'messageformat';
import { expect, test } from 'vitest';
import { catalogues } from './catalogue.ts';

/**
 * A language that nobody speaks: every letter with an accent, a third longer, in brackets. What survives it will
 * survive German compounds and Arabic; a text that comes out without brackets was written in the code.
 */
function pseudo(source: string): string {
  const message = parseMessage(source);
  visit(message, {
    pattern: (pattern) => {
      pattern.forEach((part, n) => {
        if (typeof part === 'string') pattern[n] = part.replace(/\p{L}/gu, (letter) => `${letter}\u0301`);
      });
      pattern.unshift('[');
      pattern.push('~~~]');
    },
  });
  return stringifyMessage(message);
}

test('every Dutch text can be turned into another language without breaking', () => {
  for (const [key, source] of catalogues.nl) {
    const names = [...source.matchAll(/\$([a-z]+)/g)].map(([, name = '']) => name);
    const spoken = new MessageFormat('nl', pseudo(source)).format(
      Object.fromEntries(names.map((name) => [name, 7])),
      (problem) => {
        throw new Error(`${key}: ${String(problem)}`);
      },
    );
    expect(spoken, key).toMatch(/^\[.*~~~\]$/su);
    for (const name of new Set(names))
      expect(spoken.includes('7') || source.includes('.match'), `${key}: ${name}`).toBe(true);
  }
});
