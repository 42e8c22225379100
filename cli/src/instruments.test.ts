import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Question, Questionnaire } from '@meedoen/experience';
import { loadInstruments, textMark, type InstrumentText, type WordedQuestionnaire } from '@meedoen/knowledge';
import { formatProblem } from '@meedoen/units';
import { meedoen } from './testing.ts';
import { fromXlsform } from './xlsform/from-xlsform.ts';
import { toXlsform } from './xlsform/to-xlsform.ts';
import { readWorkbook, writeWorkbook, type Sheet } from './xlsform/workbook.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'meedoen-forms-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string): string => join(folder, name);

/** A sheet as somebody types it: the header, then rows. */
const sheet = (name: string, header: string, ...rows: string[]): Sheet => ({
  name,
  header: header.split('|'),
  rows: rows.map((row, at) => {
    const cells = row.split('|').map((cell, column) => [header.split('|')[column]!, cell] as const);
    return { row: at + 2, cells: new Map(cells.filter(([, cell]) => cell !== '')) };
  }),
});
const book = (...sheets: Sheet[]) => new Map(sheets.map((one) => [one.name, one]));

describe('ours, to an XLSForm file and back', () => {
  const there = async (worded: WordedQuestionnaire, name: string) => {
    await writeWorkbook(file(name), toXlsform(worded));
    return fromXlsform(name, await readWorkbook(file(name)), {});
  };

  test.each(loadInstruments(null).instruments.asked.map((worded) => ({ worded, id: worded.questionnaire.id })))(
    '$id comes back as it was, every word in eight languages',
    async ({ worded, id }) => {
      const back = await there(worded, `${id}.xlsx`);
      expect(back.problems.map(formatProblem)).toEqual([]);
      expect(back.notes).toEqual([]);
      expect(back.worded).toEqual({ ...worded, from: 'operator' });
    },
  );

  test('so does every kind of question, with emoji, a translation that is behind, and a score', async () => {
    const usual = { construct: null, sensitive: false, askWhen: {}, askUnless: {}, turns: null, source: 'test' };
    const options = [
      { id: 'a', icon: 'home' },
      { id: 'b_2', icon: null },
      { id: '3', icon: null },
    ];
    const questions: Question[] = [
      { ...usual, id: 'one', kind: 'choice', options, construct: 'c', sensitive: true },
      { ...usual, id: 'many', kind: 'choices', options, nothing: '3', ownWords: true, askWhen: { one: ['a', 'b_2'] } },
      {
        ...usual,
        id: 'Number_1',
        kind: 'number',
        lowest: -5,
        highest: 60,
        askWhen: { many: ['a'] },
        askUnless: { one: ['3', 'a'] },
      },
      { ...usual, id: 'mark', kind: 'mark', lowest: 1, highest: 7, askWhen: { Number_1: ['3'] }, turns: [0, 1] },
      {
        ...usual,
        id: 'began',
        kind: 'month',
        begins: { one: ['a', '3'] },
        ends: null,
        notBefore: null,
        askUnless: { many: ['b_2'] },
      },
      { ...usual, id: 'ended', kind: 'month', begins: null, ends: { one: ['a'] }, notBefore: 'began' },
      { ...usual, id: 'words', kind: 'words', turns: [1] },
    ];
    const questionnaire: Questionnaire = {
      id: 'everything',
      version: 12,
      terms: { owner: 'Ö & <x>', text: 'free "as in" \'air\'', url: 'https://example.org/' },
      constructs: [
        {
          id: 'c',
          items: [
            { question: 'one', scores: { a: 1, b_2: 5, '3': -2 }, reversed: true },
            { question: 'mark', scores: null, reversed: false },
          ],
          scoring: 'sum',
          rescaledTo: { lowest: 0, highest: 100 },
          mayBeMissing: 1,
          better: 'lower',
          line: { counts: 'below', score: 60 },
          benchmarks: ['mentally-unhealthy-2019'],
          source: 'test',
        },
      ],
      questions,
    };
    const keys = [
      'title',
      'one',
      'one.a',
      'one.b_2',
      'one.3',
      'many',
      'many.help',
      'many.a',
      'many.b_2',
      'many.3',
      'Number_1',
      'mark',
      'mark.help',
      'mark.lowest',
      'mark.highest',
      'began',
      'ended',
      'words',
    ];
    const english = new Map(
      keys.map((key): [string, InstrumentText] => [
        key,
        { text: `${key} 👩‍👩‍👧 = "1", 2\nnext`, reviewed: true, stale: false, of: null },
      ]),
    );
    const arabic = new Map(
      keys.slice(1, -1).map((key): [string, InstrumentText] => {
        const stale = key === 'many' || key === 'mark.lowest';
        return [
          key,
          { text: `نص ${key}`, reviewed: false, stale, of: stale ? '00000000' : textMark(english.get(key)!.text) },
        ];
      }),
    );
    const worded: WordedQuestionnaire = {
      questionnaire,
      sourceLanguage: 'en',
      texts: { en: english, ar: arabic },
      from: 'operator',
    };
    const back = await there(worded, 'everything.xlsx');
    expect(back.problems.map(formatProblem)).toEqual([]);
    expect(back.worded).toEqual(worded);
  });

  // The rules of xlsform.org that other tools hold us to.
  test('what we write keeps to XLSForm', () => {
    for (const worded of loadInstruments(null).instruments.asked) {
      const [survey, choices, settings] = toXlsform(worded);
      const names = survey!.rows.map(({ cells }) => cells.get('name')!);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9._-]*$/);
      const lists = new Set(choices!.rows.map(({ cells }) => cells.get('list_name')!));
      for (const [at, { cells }] of survey!.rows.entries()) {
        const [type, list] = cells.get('type')!.split(' ');
        expect(['select_one', 'select_multiple', 'range', 'integer', 'date', 'text']).toContain(type);
        if (list) expect(lists).toContain(list);
        for (const [, named] of `${cells.get('relevant')} ${cells.get('constraint')}`.matchAll(/\$\{([^}]+)\}/g)) {
          expect(names.slice(0, at)).toContain(named);
        }
        expect(cells.get('label::Nederlands (nl)')).toBeTruthy();
        expect(cells.get('label::ትግርኛ (ti)')).toBeTruthy();
      }
      expect(settings!.rows[0]!.cells.get('default_language')).toBe('Nederlands (nl)');
    }
  });
});

describe('a form of somebody else', () => {
  const choices = sheet(
    'choices',
    'list name|name|label::English (en)|label::Français (fr)|label::Arabic',
    'yn|yes|Yes|Oui|نعم',
    'yn|no|No|Non|لا',
    'yn|other|Other|Autre|غير ذلك',
  );
  const settings = sheet('settings', 'form_title|form_id|version', 'A form|a-form|3');
  const given = { owner: 'University', terms: 'CC BY 4.0' };

  test('groups, metadata and languages we do not speak', () => {
    const survey = sheet(
      'survey',
      'type|name|label::English (en)|label::Français (fr)|label::Arabic|hint::English (en)|relevant|required|constraint|parameters',
      'start|start',
      'deviceid|device',
      'select_one yn|job|Have you a job?|Avez-vous un travail ?|هل لديك عمل؟||||',
      "begin group|g|Work||||${job} = 'yes'",
      'select_multiple yn or_other|why|Why?|Pourquoi ?|لماذا؟|Choose all||yes||',
      "integer|hours|Hours a week||||not(selected(${why}, 'no'))||.>0 and .<=60|",
      'end group',
      'date|since|Since when?',
      'range|mark|Mark||||||| start=1 end=5',
      'text|more|Anything else?',
      'note|bye|Goodbye',
    );
    const { worded, problems, notes } = fromXlsform('a.xlsx', book(survey, choices, settings), given);
    expect(problems.map(formatProblem)).toEqual([]);
    expect(worded!.questionnaire).toMatchObject({
      id: 'a-form',
      version: 3,
      terms: { owner: 'University', text: 'CC BY 4.0', url: null },
    });
    expect(worded!.questionnaire.questions).toMatchObject([
      { id: 'job', kind: 'choice', options: [{ id: 'yes' }, { id: 'no' }, { id: 'other' }] },
      { id: 'why', kind: 'choices', ownWords: true, askWhen: { job: ['yes'] } },
      { id: 'hours', kind: 'number', lowest: 1, highest: 60, askWhen: { job: ['yes'] }, askUnless: { why: ['no'] } },
      { id: 'since', kind: 'month', begins: null, askWhen: {} },
      { id: 'mark', kind: 'mark', lowest: 1, highest: 5 },
      { id: 'more', kind: 'words' },
    ]);
    expect(worded!.texts.ar!.get('job.no')).toEqual({ text: 'لا', reviewed: false, stale: false, of: textMark('No') });
    expect(worded!.texts.en!.get('why.help')!.text).toBe('Choose all');
    expect(Object.keys(worded!.texts)).toEqual(['en', 'ar']);
    expect(notes).toEqual([
      'Left out: "start" (the time somebody began).',
      'Left out: "deviceid" (the device).',
      'Left out: label::Français (fr); that language is not spoken here.',
      'Left out: the titles of groups.',
      'Every question may be skipped here: "required" is left out.',
      'Of a date only the month is asked and kept.',
      'Left out: "note" (notes without a question; put the words in the hint of a question).',
    ]);
  });

  const header = 'type|name|label::English (en)|relevant|constraint|calculation|parameters|appearance';
  test.each([
    { story: 'a place on the map', row: 'geopoint|where|Where?', says: 'survey A3: "geopoint" cannot be asked here' },
    { story: 'a calculation', row: 'text|t|T|||1 + 1', says: 'survey F3: Our questionnaires have no calculation' },
    { story: 'a repeat', row: 'begin_repeat|r|R', says: 'survey A3: "begin_repeat" cannot be asked here' },
    {
      story: 'a comparison of sizes',
      row: 'text|t|T|${job} > 3',
      says: 'survey D3: Conditions here are answers to earlier questions: after ${job} only',
    },
    {
      story: 'a condition on nothing',
      row: "text|t|T|${jobb} = 'yes'",
      says: 'survey D3: No question "jobb" comes before this one',
    },
    {
      story: 'a condition on an answer that is not there',
      row: "text|t|T|${job} = 'maybe'",
      says: 'survey D3: "maybe" is no answer to "job"',
    },
    { story: 'a list that is not there', row: 'select_one nn|x|X', says: 'survey A3: There is no list "nn"' },
    { story: 'a name with spaces', row: 'text|my name|T', says: 'survey B3: The name "my name" needs letters' },
    { story: 'the same name twice', row: 'text|job|T', says: 'survey B3: There are two questions called "job"' },
    {
      story: 'half steps',
      row: 'range|x|X||||start=0 end=1 step=0.5',
      says: 'survey G3: A scale goes up by whole steps',
    },
    { story: 'a pattern', row: "text|x|X||regex(., '[0-9]+')", says: 'survey E3: Own words have no constraint' },
    { story: 'a year alone', row: 'date|x|X|||||year', says: 'survey H3: A year alone' },
    { story: 'limits that are no numbers', row: 'integer|x|X||. < ${job}', says: 'survey E3: Write the limits' },
    { story: 'no label', row: 'text|x|', says: 'survey A3: The question "x" has no label' },
    { story: 'words that change', row: 'text|x|Dear ${job}', says: 'survey C3: Words that change' },
    { story: 'a group that ends before it begins', row: 'end group||', says: 'survey A3: No group is open' },
  ])('refuses $story with its cell', ({ row, says }) => {
    const survey = sheet('survey', header, 'select_one yn|job|Job?', row);
    const { worded, problems } = fromXlsform('a.xlsx', book(survey, choices, settings), given);
    expect(worded).toBeNull();
    expect(problems.map(formatProblem).join('\n')).toContain(`a.xlsx: ${says}`);
  });

  test('without owner, terms or a usable name it says which option mends it', () => {
    const bare = book(
      sheet('survey', 'type|name|label', 'text|x|X'),
      sheet('settings', 'form_id|version', 'My Form|v1'),
    );
    const found = fromXlsform('a.xlsx', bare, {}).problems.map(formatProblem).join('\n');
    for (const option of ['--owner', '--terms', '--id', '--form-version', '--language'])
      expect(found).toContain(option);
  });
});

describe('at the terminal', () => {
  const forms = (): Record<string, string> => ({ MEEDOEN_INSTRUMENTS: file('forms') });

  test('out and in again under another name; then it is listed, and knowledge check reads it', async () => {
    const out = await meedoen(['instruments', 'export', 'monthly', '--out', file('out.xlsx')]);
    expect(out.code, out.stderr).toBe(0);
    const into = await meedoen(['instruments', 'import', file('out.xlsx'), '--id', 'ours'], { env: forms() });
    expect(into.code, into.stderr).toBe(0);
    expect(readdirSync(file('forms'))).toHaveLength(9);
    const list = await meedoen(['instruments', 'list', '--format', 'csv'], { env: forms() });
    expect(list.stdout).toContain('ours,1,operator,19,8,5,nl en ar ti uk tr fa ru,Meedoen');
    // Somebody spoils a line: it is told with where it lies.
    writeFileSync(file('forms/ours.yaml'), 'id: ours\nversion: none\n');
    const check = await meedoen(['instruments', 'check'], { env: forms() });
    expect(check.code).toBe(2);
    expect(check.stderr).toContain(`${file('forms/ours.yaml')}:2:10: "version" should be a number`);
    const all = await meedoen(['knowledge', 'check'], { env: forms() });
    expect(all.code).toBe(2);
    expect(all.stderr).toContain(`${file('forms/ours.yaml')}:2:10: `);
  });

  test('the official form of an instrument that waits brings the words, and we the scoring', async () => {
    const rows = ['nervous', 'down-in-the-dumps', 'calm', 'downhearted', 'happy'].map(
      (name) => `select_one often|${name}|Official words of ${name}`,
    );
    const answers = [1, 2, 3, 4, 5, 6].map((n) => `often|${n}|Official answer ${n}`);
    await writeWorkbook(file('mhi.xlsx'), [
      sheet('survey', 'type|name|label', ...rows),
      sheet('choices', 'list_name|name|label', ...answers),
      sheet('settings', 'form_title|form_id', 'MHI-5|mhi-5'),
    ]);
    const done = await meedoen([
      'instruments',
      'import',
      file('mhi.xlsx'),
      '--language',
      'en',
      '--to',
      file('official'),
    ]);
    expect(done.code, done.stderr).toBe(0);
    const { instruments, problems } = loadInstruments(file('official'));
    expect(problems.map(formatProblem)).toEqual([]);
    const loaded = instruments.asked.find(({ questionnaire }) => questionnaire.id === 'mhi-5')!;
    expect(loaded.questionnaire.constructs[0]).toMatchObject({
      id: 'mental-health',
      line: { counts: 'below', score: 60 },
    });
    expect(loaded.questionnaire.questions.every(({ sensitive }) => sensitive)).toBe(true);
    expect(loaded.texts.en!.get('calm.6')!.text).toBe('Official answer 6');
  });

  test.each([
    {
      story: 'no such file',
      words: () => ['import', file('nothing.xlsx'), '--to', folder],
      says: 'there is no such file',
    },
    { story: 'a folder', words: () => ['check', folder], says: 'this is a folder' },
    { story: 'text with another name', words: () => ['check', file('text.xlsx')], says: 'this is no xlsx file' },
    { story: 'a file far too large', words: () => ['check', file('large.xlsx')], says: 'larger than 5 MB' },
    {
      story: 'a questionnaire nobody knows',
      words: () => ['export', 'monthy', '--out', file('x.xlsx')],
      says: 'Did you mean "monthly"?',
    },
    {
      story: 'words that are not ours',
      words: () => ['export', 'mhi-5', '--out', file('x.xlsx')],
      says: 'its words are not ours to give',
    },
    {
      story: 'a folder that is not there',
      words: () => ['export', 'monthly', '--out', file('no/x.xlsx')],
      says: 'Name a file in a folder that is there',
    },
    {
      story: 'our own name',
      words: () => ['check', file('monthly.xlsx')],
      says: 'Give yours another name: --id my-monthly',
    },
    {
      story: 'nowhere to put it',
      words: () => ['import', file('monthly.xlsx'), '--id', 'mine'],
      says: 'Where should it go?',
    },
    {
      story: 'more than eight questions in a month',
      words: () => ['check', file('long.xlsx'), '--owner', 'x', '--terms', 'y', '--language', 'en'],
      says: 'somebody can get 9 questions',
    },
    {
      story: 'a language nobody speaks',
      words: () => ['check', file('monthly.xlsx'), '--language', 'xx'],
      says: 'Allowed choices are nl, en',
    },
  ])('refuses $story: exit code 2 and what to do', async ({ words, says }) => {
    if (!existsSync(file('text.xlsx'))) {
      writeFileSync(file('text.xlsx'), 'type,name,label\n');
      writeFileSync(file('large.xlsx'), Buffer.alloc(5_000_001));
      await meedoen(['instruments', 'export', 'monthly', '--out', file('monthly.xlsx')]);
      const nine = Array.from({ length: 9 }, (_, at) => `text|q${at}|Q`);
      await writeWorkbook(file('long.xlsx'), [
        sheet('survey', 'type|name|label', ...nine),
        sheet('settings', 'form_id|version', 'long|1'),
      ]);
    }
    const { code, stdout, stderr } = await meedoen(['instruments', ...words()], { env: { MEEDOEN_INSTRUMENTS: '' } });
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(existsSync(file('x.xlsx'))).toBe(false);
  });
});
