import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatProblem } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { languages } from './languages.ts';
import { longSentences } from './sentences.ts';
import { checkTerms, loadTerms } from './terms.ts';
import { fingerprint } from './translations.ts';

const folder = join(import.meta.dirname, '../words');
const terms = loadTerms(folder);

test('our own terms have nothing to mend', () => {
  expect(checkTerms(folder).map(formatProblem)).toEqual([]);
});

test('every term has all eight languages, and the Dutch word beside them', () => {
  expect(terms.length).toBeGreaterThanOrEqual(60);
  for (const term of terms) {
    expect(term.nl, term.id).not.toBe('');
    for (const language of languages) {
      expect(term.words[language].term, `${term.id} ${language}`).not.toBe('');
      expect(term.words[language].text, `${term.id} ${language}`).not.toBe('');
    }
  }
});

test('each language is written in its own letters', () => {
  const script = {
    ar: /\p{Script=Arabic}/u,
    fa: /\p{Script=Arabic}/u,
    ti: /\p{Script=Ethiopic}/u,
    uk: /\p{Script=Cyrillic}/u,
    ru: /\p{Script=Cyrillic}/u,
  };
  for (const term of terms) {
    for (const [language, letters] of Object.entries(script)) {
      expect(term.words[language as keyof typeof script].text, `${term.id} ${language}`).toMatch(letters);
    }
    // Letters that only the neighbour language has would mean that the two were mixed up.
    expect(term.words.ru.text, term.id).not.toMatch(/[іїєґ]/i);
    expect(term.words.uk.text, term.id).not.toMatch(/[ыэъё]/i);
    expect(term.words.ar.text, term.id).not.toMatch(/[پچژگکی]/);
    expect(term.words.fa.text, term.id).not.toMatch(/[كيىة]/);
  }
});

test('digits are Latin everywhere, as in a Dutch letter', () => {
  for (const term of terms) {
    for (const language of languages) expect(term.words[language].text, term.id).not.toMatch(/[٠-٩۰-۹]/);
  }
});

test('Dutch and English speak in short sentences', () => {
  for (const { words } of terms) {
    expect(longSentences(words.nl.text)).toEqual([]);
    expect(longSentences(words.en.text)).toEqual([]);
  }
});

test('no translation has been read by a person yet, and says so', () => {
  for (const { words } of terms) {
    expect([words.nl, words.en].every(({ reviewed }) => reviewed)).toBe(true);
    for (const language of ['ar', 'ti', 'uk', 'tr', 'fa', 'ru'] as const) expect(words[language].reviewed).toBe(false);
  }
});

describe('a change is seen', () => {
  const changed = (file: string, from: string, to: string, look: (folder: string) => void) => {
    const copy = join(mkdtempSync(join(tmpdir(), 'terms-')), 'words');
    try {
      cpSync(folder, copy, { recursive: true });
      const good = readFileSync(join(copy, file), 'utf8');
      expect(good).toContain(from);
      writeFileSync(join(copy, file), good.replace(from, to));
      look(copy);
    } finally {
      rmSync(join(copy, '..'), { recursive: true });
    }
  };

  test('new Dutch makes its six translations stale, and no other', () => {
    changed(
      'terms.yaml',
      'Dit is je persoonlijke nummer bij de overheid.',
      'Dit is jouw nummer bij de overheid.',
      (copy) => {
        expect(checkTerms(copy)).toEqual([]);
        const stale = loadTerms(copy).filter(({ words }) => words.ar.stale);
        expect(stale.map(({ id }) => id)).toEqual(['bsn']);
        expect(stale[0]?.words.nl.stale).toBe(false);
        expect(stale[0]?.words.ru.stale).toBe(true);
      },
    );
  });

  test.each([
    {
      story: 'a long sentence',
      file: 'terms.yaml',
      from: 'Dit is je persoonlijke nummer bij de overheid. Je',
      to: 'Dit is je persoonlijke nummer bij de overheid en je hebt het altijd nodig omdat je',
      says: /words\/terms\.yaml:\d+:\d+: Over 15 words in a sentence/,
    },
    {
      story: 'a language forgets a term',
      file: 'terms.ti.yaml',
      from: '  digid: {',
      to: '  digit: {',
      says: /words\/terms\.ti\.yaml:1:1: Not translated yet: digid/,
    },
    {
      story: 'a translation of nothing',
      file: 'terms.ti.yaml',
      from: '  digid: {',
      to: '  digit: {',
      says: /There is nothing with the id "digit"/,
    },
    {
      story: 'a translation without its mark',
      file: 'terms.tr.yaml',
      from: /bsn: \{ of: '\w+', /,
      to: 'bsn: { ',
      says: /Add the mark of the Dutch text/,
    },
    {
      story: 'an insecure source',
      file: 'terms.yaml',
      from: 'https://www.digid.nl',
      to: 'http://www.digid.nl',
      says: /starts with https/,
    },
    {
      story: 'an unknown topic',
      file: 'terms.yaml',
      from: 'topic: driving',
      to: 'topic: flying',
      says: /"flying" is no known topic/,
    },
  ])('$story', ({ file, from, to, says }) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const found = typeof from === 'string' ? from : (from.exec(text)?.[0] ?? 'nothing');
    changed(file, found, to, (copy) => {
      expect(checkTerms(copy).map(formatProblem).join('\n')).toMatch(says);
      expect(() => loadTerms(copy)).toThrow();
    });
  });

  test('the mark is short, and another text has another', () => {
    expect(fingerprint('gemeente', 'a')).toMatch(/^[0-9a-f]{8}$/);
    expect(fingerprint('gemeente', 'a')).not.toBe(fingerprint('gemeente', 'b'));
  });
});
