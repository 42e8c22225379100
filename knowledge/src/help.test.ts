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
  for (const topic of helpTopics) expect(helpWith(helplines, [[topic]]), topic).not.toHaveLength(0);
  for (const { words, id } of helplines)
    for (const language of languages) expect(words[language].what, `${id} ${language}`).not.toBe('');
});

test.each([
  {
    story: 'family and papers: free law before who helps after a crime',
    questions: [['legal']],
    first: ['juridisch-loket', 'vluchtelingenwerk', 'ind'],
  },
  { story: 'work', questions: [['work']], first: ['uwv', 'juridisch-loket', 'fairwork'] },
  { story: 'in danger 112 before all', questions: [['violence']], first: ['emergency-112', 'veilig-thuis', 'police'] },
  // gemeente 1 + 1 + 1/4, taalhuis 1/2 + 1/2, duo 1/3 + 1/3, vluchtelingenwerk 1/4 + 1/4 as geldfit 1/2: the order of the file
  {
    story: 'what two questions need, over what one needs a little',
    questions: [['language'], ['language', 'debt']],
    first: ['gemeente', 'taalhuis', 'duo', 'vluchtelingenwerk', 'geldfit'],
  },
] as const)('$story', ({ questions, first }) => {
  const ids = helpWith(helplines, questions).map(({ id }) => id);
  expect(ids.slice(0, first.length)).toEqual(first);
});

test('who helps with none of the topics is not named', () => {
  expect(helpWith(helplines, [['legal', 'work']]).map(({ id }) => id)).not.toContain('rdw');
  expect(helpWith(helplines, [])).toEqual([]);
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
    { story: 'an unknown topic', from: '  driving: [rdw', to: '  flying: [rdw', says: /"flying" is not known here/ },
    {
      story: 'a topic names nobody',
      from: '  driving: [rdw',
      to: '  driving: [rwd',
      says: /there is no such helpline/,
    },
    { story: 'a helpline for nothing', from: '  debt: [geldfit, ', to: '  debt: [', says: /No topic names "geldfit"/ },
    { story: 'named twice', from: '  debt: [geldfit, ', to: '  debt: [geldfit, geldfit, ', says: /stands twice/ },
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
