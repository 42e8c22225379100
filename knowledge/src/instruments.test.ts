import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { longestMonth, mostQuestions, questionsFor, turnsOf, type Answers } from '@meedoen/experience';
import { formatProblem, month, monthsLater } from '@meedoen/units';
import { loadFigures } from './figures.ts';
import { instrumentText, readInstruments } from './instruments.ts';
import { keysOf } from './instrument-words.ts';
import { languages } from './languages.ts';
import { instrumentFiles } from './write-instrument.ts';

const folder = join(import.meta.dirname, '../instruments');
const figures = new Set(loadFigures(join(import.meta.dirname, '../figures')).figures.map(({ id }) => id));
const { instruments, problems } = readInstruments(folder, null, figures);
const monthly = instruments.asked.find(({ questionnaire }) => questionnaire.id === 'monthly')!;

let operator: string;
beforeAll(() => (operator = mkdtempSync(join(tmpdir(), 'meedoen-operator-'))));
afterAll(() => rmSync(operator, { recursive: true, force: true }));

test('our own instruments have nothing to mend; what is not ours to word waits for an operator', () => {
  expect(problems.map(formatProblem)).toEqual([]);
  expect(instruments.asked.map(({ questionnaire }) => questionnaire.id)).toEqual(['monthly', 'wellbeing']);
  expect(instruments.unworded.map(({ questionnaire }) => questionnaire.id)).toEqual(['mhi-5']);
});

// Contributions are kept under these names: a change of meaning is a new version.
test('the questions and answers of monthly 1 keep their names', () => {
  const { version, questions } = monthly.questionnaire;
  const answers = Object.fromEntries(
    questions.map((question) => [
      question.id,
      'options' in question
        ? question.options.map(({ id }) => id).join('|')
        : 'lowest' in question
          ? `${question.lowest}-${question.highest}`
          : question.kind,
    ]),
  );
  expect({ version, answers }).toEqual({
    version: 1,
    answers: {
      'still-here': 'here|moved-town|left-country',
      work: 'paid|unpaid|looking|not-now',
      'work-began': 'month',
      'work-ended': 'month',
      hours: '1-11|12-23|24-34|35-plus',
      contract: 'permanent|fixed|on-call|agency|self-employed|none',
      'work-level': 'below|fits|above',
      'dutch-contacts': 'daily|weekly|monthly|rarely',
      lessons: 'none|daytime|evening|online|work-floor',
      'language-use': '0-10',
      home: 'own-place|shared|reception|hotel|with-others|no-place',
      safe: '0-10',
      control: '0-10',
      life: '0-10',
      health: '0-10',
      mood: '0-10',
      'stood-in-way':
        'no-permit|waiting|lesson-times|childcare|travel|diploma-not-accepted|language|no-bsn-or-bank|no-contacts|discrimination|health|housing|benefit-rules|told-wrong|nothing',
      helped:
        'neighbour|volunteer|self-organisation|employer|teacher|coach|family|municipality|online|work-floor-lessons|nothing',
      'should-be-asked': 'words',
    },
  });
});

const paid: Answers = { work: { values: ['paid'], words: null } };
const ids = (at: string, answers: Answers, sensitive: boolean): string[] =>
  questionsFor(monthly.questionnaire, { month: month(at), answers, history: [], sensitive }).map(({ id }) => id);

test('work, life and what stood in the way every month; everything else within six months', () => {
  const months = turnsOf(monthly.questionnaire) + 1;
  expect(months).toBe(6);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600 }), (later) => {
      const window = Array.from({ length: months }, (_, step) => monthsLater(month('2020-01'), later + step));
      for (const at of window) {
        expect(ids(at, {}, false)).toEqual(expect.arrayContaining(['still-here', 'work', 'stood-in-way', 'life']));
      }
      const seen = new Set(window.flatMap((at) => ids(at, paid, true)));
      const ended = monthly.questionnaire.questions.filter(({ id }) => id !== 'work-ended');
      expect([...seen].toSorted()).toEqual(ended.map(({ id }) => id).toSorted());
    }),
  );
});

test('nobody gets more than eight questions, and somebody gets eight', () => {
  expect(longestMonth(monthly.questionnaire).questions).toBe(mostQuestions);
});

test('who has left the country is not asked how it is to live here', () => {
  const left: Answers = { 'still-here': { values: ['left-country'], words: null } };
  const seen = new Set(
    Array.from({ length: 12 }, (_, later) => ids(monthsLater(month('2026-01'), later), left, true)).flat(),
  );
  expect([...seen].toSorted()).toEqual(['life', 'should-be-asked', 'still-here']);
});

test('every question stands in eight languages; Dutch official words stand beside the translation', () => {
  const { needed, optional } = keysOf(monthly.questionnaire);
  const keys = new Set([...needed, ...optional]);
  for (const language of languages) {
    const texts = monthly.texts[language]!;
    expect(
      [...texts.keys()].every((key) => keys.has(key)),
      language,
    ).toBe(true);
    expect(
      needed.filter((key) => !texts.has(key)),
      language,
    ).toEqual([]);
    if (language !== 'nl') {
      expect(instrumentText(monthly, 'contract.on-call', language)?.text, language).toContain('oproepcontract');
      expect(
        [...texts].filter(([, { stale }]) => stale).map(([key]) => key),
        language,
      ).toEqual([]);
    }
  }
  expect(instrumentText(monthly, 'work', 'ti')).toMatchObject({ language: 'ti', reviewed: false });
  expect(instrumentText(monthly, 'work-ended.help', 'nl')).toBeNull();
});

test('written to files and read again, an instrument is the same', () => {
  for (const one of instruments.asked) {
    const copy = mkdtempSync(join(operator, 'copy-'));
    const renamed = { ...one, questionnaire: { ...one.questionnaire, id: `my-${one.questionnaire.id}` } };
    for (const { name, text } of instrumentFiles(renamed)) writeFileSync(join(copy, name), text);
    const again = readInstruments(folder, copy, figures);
    expect(again.problems.map(formatProblem)).toEqual([]);
    expect(again.instruments.asked.find(({ from }) => from === 'operator')).toEqual({ ...renamed, from: 'operator' });
  }
});

test('an operator brings the words of an official form, in the languages there are', () => {
  const form = mkdtempSync(join(operator, 'form-'));
  const [mhi5] = instruments.unworded;
  const keys = keysOf(mhi5!.questionnaire).needed;
  const english = new Map(
    keys.map((key) => [key, { text: `official ${key}`, reviewed: true, stale: false, of: null }]),
  );
  for (const { name, text } of instrumentFiles({ ...mhi5!, texts: { en: english }, from: 'operator' })) {
    writeFileSync(join(form, name), text);
  }
  const read = readInstruments(folder, form, figures);
  expect(read.problems.map(formatProblem)).toEqual([]);
  expect(read.instruments.unworded).toEqual([]);
  const loaded = read.instruments.asked.at(-1)!;
  expect(loaded.questionnaire).toEqual(mhi5!.questionnaire);
  // No Arabic here: the English, and said to be English.
  expect(instrumentText(loaded, 'calm', 'ar')).toMatchObject({ language: 'en', text: 'official calm' });
});

test('a form of an operator that cannot be used is left out, and told where it lies', () => {
  const form = mkdtempSync(join(operator, 'broken-'));
  cpSync(join(folder, 'monthly.yaml'), join(form, 'monthly.yaml'));
  cpSync(join(folder, 'monthly.nl.yaml'), join(form, 'monthly.nl.yaml'));
  const { problems: told, instruments: left } = readInstruments(folder, form, figures);
  expect(told.map(formatProblem)).toEqual([
    `${join(form, 'monthly.yaml')}:1:1: Meedoen has an instrument "monthly" of its own. Give yours another id and file name.`,
  ]);
  expect(left.asked.every(({ from }) => from === 'meedoen')).toBe(true);
  const missing = readInstruments(folder, join(form, 'not-there'), figures);
  expect(missing.problems.map(formatProblem).join()).toContain('This folder cannot be read');
});

test.each([
  {
    story: 'asks too much in a month',
    file: 'monthly.yaml',
    from: '    turns: [2]\n',
    to: '    turns: [1]\n',
    says: 'somebody can get 9 questions',
  },
  {
    story: 'leaves a turn empty',
    file: 'monthly.yaml',
    from: 'turns: [1, 4]',
    to: 'turns: [1, 6]',
    says: 'Nothing is asked in turn 5',
  },
  {
    story: 'waits for a question that comes later',
    file: 'monthly.yaml',
    from: 'begins: { work: [paid] }',
    to: 'begins: { hours: [1-11] }',
    says: 'No question "hours" comes before this one',
  },
  {
    story: 'has a scale without end',
    file: 'monthly.yaml',
    from: 'highest: 10',
    to: 'highest: 1000',
    says: 'at most 21 steps',
  },
  {
    story: 'scores an answer that is not there',
    file: 'monthly.yaml',
    from: 'scores: { below: 0, fits: 1, above: 2 }',
    to: 'scores: { below: 0, fits: 1 }',
    says: 'The answer "above" to "work-level" has no score',
  },
  {
    story: 'measures what nobody explains',
    file: 'monthly.yaml',
    from: 'construct: safety',
    to: 'construct: safely',
    says: '"safe" measures "safely"',
  },
  {
    story: 'asks a question twice',
    file: 'monthly.yaml',
    from: '- id: contract',
    to: '- id: hours',
    says: 'The question "hours" stands here twice',
  },
  {
    story: 'has an answer without words',
    file: 'monthly.nl.yaml',
    from: "  work.paid: 'Ja, betaald werk'\n",
    to: '',
    says: 'no words yet for: work.paid',
  },
  {
    story: 'has a sentence too long for who learns Dutch',
    file: 'monthly.nl.yaml',
    from: "'Ja, betaald werk'",
    to: "'een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien'",
    says: 'Over 15 words',
  },
  {
    story: 'has words for an answer that is not there',
    file: 'monthly.ar.yaml',
    from: '  work.paid:',
    to: '  work.payed:',
    says: '"work.payed" is no text of monthly',
  },
  {
    story: 'has a translation without its mark',
    file: 'monthly.ti.yaml',
    from: "  title: { of: '",
    to: "  title: { off: '",
    says: 'Add the mark of the text you translated',
  },
  {
    story: 'is held against a figure that is not there',
    file: 'wellbeing.yaml',
    from: 'at-home-2017',
    to: 'at-home-2071',
    says: 'at-home-2071',
  },
])('an instrument that $story is refused with its line', ({ file, from, to, says }) => {
  const copy = mkdtempSync(join(operator, 'fault-'));
  cpSync(folder, copy, { recursive: true });
  const whole = readFileSync(join(folder, file), 'utf8');
  expect(whole).toContain(from);
  writeFileSync(join(copy, file), whole.replace(from, to));
  const read = readInstruments(copy, null, figures);
  const told = read.problems.map(formatProblem);
  // What is broken is not asked; what is not goes on.
  const asked = read.instruments.asked.map(({ questionnaire }) => questionnaire.id);
  expect(asked).toEqual(['monthly', 'wellbeing'].filter((id) => !file.startsWith(`${id}.`)));
  expect(told.find((one) => one.includes(says))).toMatch(new RegExp(`^instruments/${file}:\\d+:\\d+: `));
});

test('when the Dutch changes, its translations are stale and say so', () => {
  const copy = mkdtempSync(join(operator, 'stale-'));
  cpSync(folder, copy, { recursive: true });
  const whole = readFileSync(join(copy, 'monthly.nl.yaml'), 'utf8');
  writeFileSync(join(copy, 'monthly.nl.yaml'), whole.replace("'Ja, betaald werk'", "'Ja, met loon'"));
  const read = readInstruments(copy, null, figures);
  expect(read.problems).toEqual([]);
  const changed = read.instruments.asked[0]!;
  expect(instrumentText(changed, 'work.paid', 'ar')?.stale).toBe(true);
  expect(instrumentText(changed, 'work.unpaid', 'ar')?.stale).toBe(false);
});
