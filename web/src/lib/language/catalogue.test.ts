import { MessageFormat, parseMessage, visit } from 'messageformat';
import { expect, test } from 'vitest';
import { catalogues, fingerprint, isReviewed } from './catalogue.ts';
import { languages, localeOf } from './languages.ts';

const texts = languages.flatMap((language) =>
  [...catalogues[language]].map(([key, text]) => ({ language, key, text })),
);

test('Dutch and English have the same keys', () => {
  expect([...catalogues.en.keys()].sort()).toEqual([...catalogues.nl.keys()].sort());
});

test.each(languages)('%s knows no key that Dutch does not know', (language) => {
  expect([...catalogues[language].keys()].filter((key) => !catalogues.nl.has(key))).toEqual([]);
});

test('the files of one area tell no key twice', () => {
  const files: Readonly<Record<string, { default: object }>> = import.meta.glob('../../../messages/*/rights/*.json', {
    eager: true,
  });
  const seen = new Map<string, string>();
  const twice = Object.entries(files).flatMap(([path, { default: content }]) => {
    const language = path.split('/').at(-3) ?? '';
    return leaves(content).flatMap((key) => {
      const other = seen.get(`${language} ${key}`);
      seen.set(`${language} ${key}`, path);
      return other === undefined ? [] : [`${key} in ${other} and ${path}`];
    });
  });
  expect(seen.size).toBeGreaterThan(8 * 100);
  expect(twice).toEqual([]);
});

test('every text fills in what the Dutch text fills in', () => {
  const different = texts.filter(
    ({ key, text }) => placeholders(text).join() !== placeholders(catalogues.nl.get(key) ?? '').join(),
  );
  expect(different.map(({ language, key }) => `${language} ${key}`)).toEqual([]);
});

// Ten thousand texts: half a minute where the machine is busy.
test('every text can be spoken, for none, one, a few and many', { timeout: 180_000 }, () => {
  for (const { language, key, text } of texts) {
    const names = placeholders(text);
    for (const count of names.length === 0 ? [0] : [0, 1, 2, 3, 5, 11, 21, 100]) {
      const values = Object.fromEntries(names.map((name) => [name, count]));
      const spoken = new MessageFormat(localeOf(language), text).format(values, (problem) => {
        throw new Error(`${language} ${key}: ${String(problem)}`);
      });
      expect(spoken, `${language} ${key}`).not.toMatch(/[{}$]|\.match/);
      expect(spoken.trim(), `${language} ${key}`).not.toBe('');
    }
  }
});

test('no text holds the characters that mark fallbacks and unreviewed texts', () => {
  expect(texts.filter(({ text }) => /[\u{E000}-\u{F8FF}]/u.test(text)).map(({ key }) => key)).toEqual([]);
});

test('a Dutch or English sentence has at most 15 words', () => {
  const long = texts
    .filter(({ language }) => language === 'nl' || language === 'en')
    .flatMap(({ language, key, text }) =>
      sentences(text)
        .filter((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\d$]/u.test(word)).length > 15)
        .map((sentence) => `${language} ${key}: ${sentence}`),
    );
  expect(long).toEqual([]);
});

test('a review counts for the Dutch text it was made from, and only for a translation', () => {
  expect(isReviewed('nl', 'site.name')).toBe(true);
  expect(isReviewed('ar', 'site.name')).toBe(false);
  expect(fingerprint('Ja')).toBe(fingerprint('Ja'));
  expect(fingerprint('Ja')).not.toBe(fingerprint('Ja.'));
});

/** The keys of the texts in one file; notes are none. */
function leaves(content: unknown, key = ''): string[] {
  if (typeof content !== 'object' || content === null) return [key];
  return Object.entries(content).flatMap(([name, inner]) =>
    name.startsWith('_') ? [] : leaves(inner, `${key}.${name}`),
  );
}

function placeholders(text: string): string[] {
  const names = new Set<string>();
  visit(parseMessage(text), {
    value: (value) => {
      if (value.type === 'variable') names.add(value.name);
    },
  });
  return [...names].sort();
}

function sentences(text: string): string[] {
  return text
    .replace(/\.(input|match)[^}]*?\}/g, '')
    .split(/[.?!:](?:\s|$)|\{\{|\}\}/)
    .filter((sentence) => sentence.trim() !== '');
}
