import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatProblem } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { checkHelp, helpWith, loadHelp } from './help.ts';
import { languages } from './languages.ts';
import { helpTopics } from './topics.ts';

const folder = join(import.meta.dirname, '../help');
const helplines = loadHelp(folder);

test('our own helplines have nothing to mend', () => {
  expect(checkHelp(folder).map(formatProblem)).toEqual([]);
});

test('the safe-help page begins with danger', () => {
  const safe = helplines.filter(({ safePage }) => safePage).map(({ id }) => id);
  expect(safe.slice(0, 3)).toEqual(['emergency-112', 'veilig-thuis', 'suicide-prevention-113']);
});

test('no number from memory stands on the safe-help page', () => {
  for (const { safePage, confidence, id } of helplines)
    if (safePage) expect(confidence, id).not.toBe('general_knowledge');
});

test('every topic has somebody, and every helpline speaks all eight languages on our page', () => {
  for (const topic of helpTopics) expect(helpWith(helplines, [topic]), topic).not.toHaveLength(0);
  for (const { words, id } of helplines)
    for (const language of languages) expect(words[language].what, `${id} ${language}`).not.toBe('');
});

test('who helps with both topics comes before who helps with one', () => {
  const ids = helpWith(helplines, ['legal', 'work']).map(({ id }) => id);
  expect(ids[0]).toBe('juridisch-loket');
  expect(ids).toContain('uwv');
  expect(ids).not.toContain('rdw');
});

test('a written number becomes one that can be dialled', () => {
  expect(helplines.find(({ id }) => id === 'ind')?.phones).toEqual([
    { number: '088-043 04 30', dial: '0880430430', cost: 'local' },
  ]);
});

describe('a broken file is refused with its line', () => {
  test.each([
    {
      story: 'a digit too few',
      from: "'0800-2000'",
      to: "'0800-200'",
      says: /help\/national\.yaml:\d+:\d+: "0800-200" is no Dutch telephone number/,
    },
    { story: 'emergency is not first', from: "number: '112'", to: "number: '113'", says: /112 comes first/ },
    { story: 'hours forgotten', from: '    hours: always\n', to: '', says: /"hours" is missing here/ },
    {
      story: 'a half-known hour',
      from: 'hours: always',
      to: 'hours: sometimes',
      says: /"sometimes" is no known hours/,
    },
    {
      story: 'no source',
      from: '    source: https://www.rijksoverheid.nl',
      to: '    sauce: https://www.rijksoverheid.nl',
      says: /"source" is missing here/,
    },
    { story: 'an unknown topic', from: 'topics: [driving]', to: 'topics: [flying]', says: /"flying" is no help topic/ },
  ])('$story', ({ from, to, says }) => {
    const copy = join(mkdtempSync(join(tmpdir(), 'help-')), 'help');
    try {
      cpSync(folder, copy, { recursive: true });
      const good = readFileSync(join(copy, 'national.yaml'), 'utf8');
      expect(good).toContain(from);
      writeFileSync(join(copy, 'national.yaml'), good.replace(from, to));
      expect(checkHelp(copy).map(formatProblem).join('\n')).toMatch(says);
      expect(() => loadHelp(copy)).toThrow();
    } finally {
      rmSync(join(copy, '..'), { recursive: true });
    }
  });
});
