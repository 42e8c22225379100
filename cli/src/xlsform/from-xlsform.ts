import type { Condition, Construct, Option, Question, QuestionKind } from '@meedoen/experience';
import {
  textMark,
  type InstrumentText,
  type Language,
  type UnwordedQuestionnaire,
  type WordedQuestionnaire,
} from '@meedoen/knowledge';
import type { Problem } from '@meedoen/units';
import { languageOf } from './languages.ts';
import { endedOf, parseRelevant, relevantOf, type Conditions } from './relevant.ts';
import { endsInHint, nothingConstraint } from './to-xlsform.ts';
import { cellProblem, type Sheet, type SheetRow } from './workbook.ts';

/** What the person who loads a form says beside it, where the form does not. */
export type Given = {
  readonly id?: string;
  readonly version?: number;
  readonly owner?: string;
  readonly terms?: string;
  /** The language of columns without one. */
  readonly language?: Language;
  /** What we know of this instrument already: its constructs and what is sensitive. */
  readonly known?: UnwordedQuestionnaire;
};

export type Imported = {
  /** `null` when there are problems. */
  readonly worded: WordedQuestionnaire | null;
  readonly problems: readonly Problem[];
  /** What was left out or is another here, each once. */
  readonly notes: readonly string[];
};

/** Gathers what the device or the form-filler is, which we do not want to know. */
const leftOut: Readonly<Record<string, string>> = {
  start: 'the time somebody began',
  end: 'the time somebody ended',
  today: 'the day; a contribution has a month',
  deviceid: 'the device',
  subscriberid: 'the device',
  simserial: 'the device',
  phonenumber: 'the telephone number',
  username: 'the name of a user',
  email: 'the mail address',
  audit: 'how somebody moves through the form',
  note: 'notes without a question; put the words in the hint of a question',
  acknowledge: 'a tick without a question',
};

type Draft = { question: Question; row: SheetRow; texts: Map<string, Map<Language, string>> };

/** An XLSForm as one of our questionnaires, as far as ours can say the same; what it cannot is refused, cell by cell. */
export function fromXlsform(file: string, sheets: ReadonlyMap<string, Sheet>, given: Given): Imported {
  const problems: Problem[] = [];
  const notes = new Set<string>();
  const survey = sheets.get('survey');
  if (survey === undefined) {
    const there = [...sheets.keys()].join(', ');
    const message = `There is no sheet "survey" (there are: ${there}). An XLSForm has sheets survey, choices and settings.`;
    return { worded: null, problems: [{ at: { file }, what: 'xlsform', words: {}, message }], notes: [] };
  }
  const form = new Form(file, sheets, survey, given, problems, notes);
  const worded = form.read();
  return { worded: problems.length === 0 ? worded : null, problems, notes: [...notes] };
}

/** One form while it is read: the sheets, and what was found in them so far. */
class Form {
  readonly #file: string;
  readonly #sheets: ReadonlyMap<string, Sheet>;
  readonly #survey: Sheet;
  readonly #given: Given;
  readonly #problems: Problem[];
  readonly #notes: Set<string>;
  readonly #settings: ReadonlyMap<string, string>;
  readonly #sourceLanguage: Language;
  readonly #drafts: Draft[] = [];
  /** Conditions of the groups a row stands in, the outermost first. */
  readonly #groups: Conditions[] = [];

  constructor(
    file: string,
    sheets: ReadonlyMap<string, Sheet>,
    survey: Sheet,
    given: Given,
    problems: Problem[],
    notes: Set<string>,
  ) {
    this.#file = file;
    this.#sheets = sheets;
    this.#survey = survey;
    this.#given = given;
    this.#problems = problems;
    this.#notes = notes;
    this.#settings = sheets.get('settings')?.rows[0]?.cells ?? new Map();
    this.#sourceLanguage = this.#findSourceLanguage();
  }

  read(): WordedQuestionnaire {
    for (const row of this.#survey.rows) this.#row(row);
    const about = new Map(
      this.#sheets.get('meedoen')?.rows.map(({ cells }) => [cells.get('key')!, cells.get('value') ?? '']),
    );
    const known = this.#given.known?.questionnaire;
    const questions = this.#drafts.map(({ question }) => (known ? this.#asKnown(question) : question));
    if (questions.length === 0) this.#wrong(this.#survey, 1, null, 'There is no question in this form.');
    const terms = known?.terms ?? {
      owner: about.get('owner') ?? this.#given.owner ?? '',
      text: about.get('terms') ?? this.#given.terms ?? '',
      url: about.get('terms_url') || null,
    };
    if (terms.owner === '') this.#wrongForm('Nobody is named as its owner. Say who: --owner "…"');
    if (terms.text === '')
      this.#wrongForm('It does not say under what terms it may be used. Look them up, and say: --terms "…"');
    const questionnaire = {
      id: this.#id(),
      version: this.#version(),
      terms,
      constructs: known?.constructs ?? this.#constructs(),
      questions,
    };
    return { questionnaire, sourceLanguage: this.#sourceLanguage, texts: this.#texts(about), from: 'operator' };
  }

  #id(): string {
    const id = this.#given.id ?? this.#settings.get('form_id') ?? this.#settings.get('id_string') ?? '';
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
      this.#wrongForm(
        `Its name "${id}" cannot name a file here. Give it one of small letters, digits and dashes: --id my-form`,
      );
    }
    return id;
  }

  #version(): number {
    const version = this.#given.version ?? this.#settings.get('version') ?? '';
    if (/^[1-9]\d{0,14}$/.test(String(version))) return Number(version);
    this.#wrongForm(`Its version "${version}" is no whole number from 1. Give it one: --form-version 1`);
    return 1;
  }

  /** The language the form was written in: what it says, what was given, or the only one it has. */
  #findSourceLanguage(): Language {
    const said = this.#settings.get('default_language');
    const named = this.#survey.header
      .filter((name) => name.startsWith('label::'))
      .map((name) => languageOf(name.slice(7)));
    const found = (said && languageOf(said)) || this.#given.language || named.find((language) => language !== null);
    if (found) return found;
    const message =
      'It does not say in which language it is written. Say it: --language en (one of nl, en, ar, ti, uk, tr, fa, ru)';
    this.#wrongForm(message);
    return 'en';
  }

  #row(row: SheetRow): void {
    const { cells } = row;
    const type = (cells.get('type') ?? '').replaceAll(/\s+/g, ' ');
    const word = type.replace(/^(begin|end) /, '$1_').split(' ')[0] ?? '';
    if (word === '')
      return this.#wrong(this.#survey, row.row, 'type', 'This row has no type. Write one, such as "select_one work".');
    if (Object.hasOwn(leftOut, word)) {
      this.#notes.add(`Left out: "${word}" (${leftOut[word]}).`);
      return;
    }
    if (word === 'begin_group') {
      const conditions = this.#conditions(row, '');
      this.#groups.push(conditions);
      if (this.#labelOf(this.#survey, row, 'label').size > 0) this.#notes.add('Left out: the titles of groups.');
      return;
    }
    if (word === 'end_group') {
      if (!this.#groups.pop()) this.#wrong(this.#survey, row.row, 'type', 'No group is open here. Take this row out.');
      return;
    }
    const of = cells.get('meedoen_own_words_of');
    if (of !== undefined) return this.#ownWords(row, of);
    for (const column of ['calculation', 'choice_filter', 'default', 'trigger', 'repeat_count']) {
      if (cells.has(column))
        this.#wrong(
          this.#survey,
          row.row,
          column,
          `Our questionnaires have no ${column}. Empty this cell, or leave the question out.`,
        );
    }
    if (cells.get('required')?.toLowerCase() === 'yes' || cells.get('required')?.startsWith('true')) {
      this.#notes.add('Every question may be skipped here: "required" is left out.');
    }
    if (this.#survey.header.some((name) => /^(media::)?(image|audio|video|big-image)/.test(name) && cells.has(name))) {
      this.#notes.add('Left out: pictures, sounds and films.');
    }
    const kind = this.#kind(row, type);
    if (kind !== null) this.#question(row, kind);
  }

  #kind(row: SheetRow, type: string): QuestionKind | null {
    const [word, list, more] = type.split(' ');
    const constraint = (row.cells.get('constraint') ?? '').replaceAll(/\s+/g, ' ').trim();
    const refuse = (what: string): null => {
      this.#wrong(this.#survey, row.row, 'constraint', what);
      return null;
    };
    switch (word) {
      case 'select_one': {
        if (more === 'or_other') {
          this.#wrong(
            this.#survey,
            row.row,
            'type',
            '"or_other" beside one answer cannot be kept. Add an answer "other" to the list, and a text question after it.',
          );
          return null;
        }
        if (constraint !== '') return refuse('A choice of one has no further constraint here. Empty this cell.');
        return { kind: 'choice', options: this.#options(row, list) };
      }
      case 'select_multiple': {
        const options = this.#options(row, list);
        const nothing = options.find(({ id }) => constraint === nothingConstraint(id))?.id ?? null;
        if (constraint !== '' && nothing === null) {
          return refuse(
            `Only "nothing else beside this answer" can be kept here: ${nothingConstraint('ANSWER')}. Empty this cell, or write it so.`,
          );
        }
        return { kind: 'choices', options, nothing, ownWords: more === 'or_other' };
      }
      case 'range': {
        const parameters = new Map(
          (row.cells.get('parameters') ?? '').split(/[\s,;]+/).map((one) => one.split('=') as [string, string]),
        );
        const number = (name: string, usual: number): number => Number(parameters.get(name) ?? usual);
        const [lowest, highest, step] = [number('start', 0), number('end', 10), number('step', 1)];
        if (![lowest, highest].every(Number.isInteger) || step !== 1 || lowest >= highest) {
          this.#wrong(
            this.#survey,
            row.row,
            'parameters',
            'A scale goes up by whole steps of 1: write start=0 end=10 step=1.',
          );
          return null;
        }
        if (constraint !== '') return refuse('A scale has its limits in "parameters". Empty this cell.');
        return { kind: 'mark', lowest, highest };
      }
      case 'integer': {
        if (constraint === '') {
          this.#notes.add('Whole numbers without a constraint may be 0 to 999999.');
          return { kind: 'number', lowest: 0, highest: 999_999 };
        }
        const limits = integerLimits(constraint);
        return limits
          ? { kind: 'number', ...limits }
          : refuse('Write the limits of a whole number as ". >= 0 and . <= 60".');
      }
      case 'date': {
        const appearance = row.cells.get('appearance') ?? '';
        if (/(^|\s)year(\s|$)/.test(appearance)) {
          this.#wrong(
            this.#survey,
            row.row,
            'appearance',
            'A year alone cannot be asked here. Write "month-year", or ask a whole number.',
          );
          return null;
        }
        if (!appearance.includes('month-year')) this.#notes.add('Of a date only the month is asked and kept.');
        return this.#month(row, constraint);
      }
      case 'text':
        if (constraint !== '') return refuse('Own words have no constraint here. Empty this cell.');
        return { kind: 'words' };
      default:
        this.#wrong(
          this.#survey,
          row.row,
          'type',
          `"${type}" cannot be asked here. These can: select_one, select_multiple, integer, range, date, text. Leave the row out, or ask it otherwise.`,
        );
        return null;
    }
  }

  #month(row: SheetRow, constraint: string): QuestionKind | null {
    let notBefore: string | null = null;
    for (const part of constraint === '' ? [] : constraint.split(' and ')) {
      const [, first] = /^\. >= \$\{([^}]+)\}$/.exec(part) ?? [];
      if (first !== undefined) notBefore = first;
      else if (!/^\. <=? ?today\(\)$/.test(part)) {
        this.#wrong(
          this.#survey,
          row.row,
          'constraint',
          `"${part}" cannot be kept. A month lies never in the future, and may come after another: ". <= today() and . >= \${work-began}".`,
        );
        return null;
      }
    }
    const state = (column: string): Condition | null => {
      const text = row.cells.get(column);
      if (text === undefined) return null;
      return Object.fromEntries(
        text
          .split(';')
          .map((one) => one.trim().split('=') as [string, string])
          .map(([id, values]) => [id, (values ?? '').split('|')]),
      );
    };
    return { kind: 'month', begins: state('meedoen_begins'), ends: state('meedoen_ends'), notBefore };
  }

  #question(row: SheetRow, kind: QuestionKind): void {
    const { cells } = row;
    const id = cells.get('name') ?? '';
    if (!/^[A-Za-z][A-Za-z0-9_-]{0,59}$/.test(id)) {
      this.#wrong(this.#survey, row.row, 'name', `The name "${id}" needs letters, digits, - and _, a letter first.`);
    }
    if (this.#drafts.some(({ question }) => question.id === id)) {
      this.#wrong(this.#survey, row.row, 'name', `There are two questions called "${id}". Give each its own name.`);
    }
    const known = this.#drafts.map(({ question }) => question);
    let state = '';
    if (kind.kind === 'month') {
      state = kind.begins ? relevantOf(kind.begins, {}, known) : kind.ends ? endedOf(kind.ends, known) : '';
    }
    const conditions = this.#conditions(row, state);
    const turns = cells.get('meedoen_turns');
    const question: Question = {
      id,
      ...kind,
      construct: cells.get('meedoen_construct') ?? null,
      sensitive: cells.get('meedoen_sensitive') === 'yes',
      ...conditions,
      turns: turns === undefined ? null : turns.split(/[\s,]+/).map(Number),
      source: cells.get('meedoen_source') ?? this.#settings.get('form_title') ?? this.#file,
    };
    const texts = new Map([[id, this.#labelOf(this.#survey, row, 'label')]]);
    if (texts.get(id)!.size === 0)
      this.#wrong(this.#survey, row.row, 'type', `The question "${id}" has no label. Write what is asked.`);
    const hint = this.#labelOf(this.#survey, row, 'hint');
    if (hint.size > 0) texts.set(`${id}.help`, hint);
    this.#drafts.push({ question, row, texts });
  }

  /** The field for own words belongs to the question above it. */
  #ownWords(row: SheetRow, of: string): void {
    const at = this.#drafts.findIndex(({ question }) => question.id === of);
    const question = this.#drafts[at]?.question;
    if (question?.kind === 'choices')
      this.#drafts[at] = { ...this.#drafts[at]!, question: { ...question, ownWords: true } };
    else
      this.#wrong(
        this.#survey,
        row.row,
        'meedoen_own_words_of',
        `No select_multiple "${of}" stands above. Correct it, or empty this cell.`,
      );
  }

  #conditions(row: SheetRow, state: string): Conditions {
    const outer = this.#groups.at(-1) ?? { askWhen: {}, askUnless: {} };
    let text = (row.cells.get('relevant') ?? row.cells.get('relevance') ?? '').trim();
    if (state !== '') {
      // The state itself is kept in its own column; what stands behind it are further conditions.
      if (text !== state && !text.startsWith(`${state} and `)) {
        this.#wrong(
          this.#survey,
          row.row,
          'relevant',
          `This should begin with "${state}", as meedoen_begins or meedoen_ends says. Make them agree.`,
        );
        return outer;
      }
      text = text.slice(state.length).replace(/^ and /, '');
    }
    if (text === '') return outer;
    const parsed = parseRelevant(text);
    if (!parsed.ok) {
      this.#wrong(
        this.#survey,
        row.row,
        row.cells.has('relevant') ? 'relevant' : 'relevance',
        `Conditions here are answers to earlier questions: ${parsed.message}.`,
      );
      return outer;
    }
    const { askWhen, askUnless } = parsed.value;
    const clash = Object.keys(askWhen).find((id) => Object.hasOwn(outer.askWhen, id));
    if (clash !== undefined) {
      this.#wrong(
        this.#survey,
        row.row,
        'relevant',
        `The group around it has a condition on \${${clash}} already. Write both in one.`,
      );
    }
    const unless: Record<string, readonly string[]> = { ...outer.askUnless };
    for (const [id, values] of Object.entries(askUnless)) unless[id] = [...new Set([...(unless[id] ?? []), ...values])];
    for (const [id, values] of [...Object.entries(askWhen), ...Object.entries(askUnless)]) {
      const question = this.#drafts.find((draft) => draft.question.id === id)?.question;
      const wrong =
        question && 'options' in question
          ? values.find((value) => !question.options.some((option) => option.id === value))
          : undefined;
      if (question === undefined)
        this.#wrong(this.#survey, row.row, 'relevant', `No question "${id}" comes before this one.`);
      else if (wrong !== undefined)
        this.#wrong(this.#survey, row.row, 'relevant', `"${wrong}" is no answer to "${id}".`);
    }
    return { askWhen: { ...outer.askWhen, ...askWhen }, askUnless: unless };
  }

  #options(row: SheetRow, list: string | undefined): readonly Option[] {
    const choices = this.#sheets.get('choices');
    const rows = this.#choicesOf(list);
    if (choices === undefined || rows.length === 0) {
      this.#wrong(
        this.#survey,
        row.row,
        'type',
        `There is no list "${list ?? ''}" in the sheet choices. Add it, or correct its name.`,
      );
      return [];
    }
    return rows.map(({ row: at, cells }) => {
      const id = cells.get('name') ?? '';
      if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/.test(id) || ['help', 'lowest', 'highest'].includes(id)) {
        this.#wrong(
          choices,
          at,
          'name',
          `The answer "${id}" needs another name: letters, digits, - and _, and not help, lowest or highest.`,
        );
      }
      return { id, icon: cells.get('meedoen_icon') ?? null };
    });
  }

  #choicesOf(list: string | undefined): readonly SheetRow[] {
    return (this.#sheets.get('choices')?.rows ?? []).filter(
      ({ cells }) => (cells.get('list_name') ?? cells.get('list name')) === list,
    );
  }

  /** What a row says in a column and its translations, by language. */
  #labelOf(sheet: Sheet, row: SheetRow, column: 'label' | 'hint'): Map<Language, string> {
    const found = new Map<Language, string>();
    for (const name of sheet.header) {
      if (name !== column && !name.startsWith(`${column}::`)) continue;
      const text = row.cells.get(name);
      if (text === undefined) continue;
      const language = name === column ? this.#sourceLanguage : languageOf(name.slice(column.length + 2));
      if (language === null) this.#notes.add(`Left out: ${name}; that language is not spoken here.`);
      else if (/\$\{/.test(text))
        this.#wrong(
          sheet,
          row.row,
          name,
          'Words that change with an answer (${…}) cannot be kept. Write them without.',
        );
      else found.set(language, text);
    }
    return found;
  }

  /** What an instrument that we know without its words says of one of its questions. */
  #asKnown(question: Question): Question {
    const known = this.#given.known!.questionnaire;
    const same = known.questions.find(({ id }) => id === question.id);
    const draft = this.#drafts.find((one) => one.question.id === question.id)!;
    if (same === undefined) {
      this.#wrong(
        this.#survey,
        draft.row.row,
        'name',
        `${known.id} has no question "${question.id}". It has: ${known.questions.map(({ id }) => id).join(', ')}.`,
      );
      return question;
    }
    const ids = (one: Question): string => ('options' in one ? one.options.map(({ id }) => id).join(', ') : one.kind);
    if (ids(same) !== ids(question)) {
      this.#wrong(
        this.#survey,
        draft.row.row,
        'type',
        `The answers of ${known.id} to "${question.id}" are: ${ids(same)}; here they are: ${ids(question)}.`,
      );
    }
    return same;
  }

  #constructs(): readonly Construct[] {
    const rows = this.#sheets.get('meedoen_constructs')?.rows ?? [];
    const byId = Map.groupBy(rows, ({ cells }) => cells.get('construct') ?? '');
    return [...byId].map(([id, [first, ...more]]): Construct => {
      const cells = first!.cells;
      const [lowest, highest] = (cells.get('rescaled_to') ?? '').split(' ');
      const [counts, score] = (cells.get('line') ?? '').split(' ');
      return {
        id,
        items: [first!, ...more].map((row) => ({
          question: row.cells.get('question') ?? '',
          scores: row.cells.has('scores') ? scoresOf(row.cells.get('scores')!) : null,
          reversed: row.cells.get('reversed') === 'yes',
        })),
        scoring: cells.get('scoring') === 'sum' ? 'sum' : 'mean',
        rescaledTo: highest === undefined ? null : { lowest: Number(lowest), highest: Number(highest) },
        mayBeMissing: Number(cells.get('may_be_missing') ?? 0),
        better: cells.get('better') === 'lower' ? 'lower' : 'higher',
        line: score === undefined ? null : { counts: counts === 'below' ? 'below' : 'from', score: Number(score) },
        benchmarks: (cells.get('benchmarks') ?? '').split(' ').filter(Boolean),
        source: cells.get('source') ?? '',
      };
    });
  }

  #texts(about: ReadonlyMap<string, string>): WordedQuestionnaire['texts'] {
    const said = new Map<Language, Map<string, string>>();
    const say = (language: Language, key: string, text: string): void => {
      said.set(language, (said.get(language) ?? new Map<string, string>()).set(key, text));
    };
    const behind = new Map<string, string>();
    for (const { cells } of this.#sheets.get('meedoen_texts')?.rows ?? []) {
      const [key, language] = [cells.get('key') ?? '', languageOf(cells.get('language') ?? '')];
      if (language === null) continue;
      if (cells.has('text')) say(language, key, cells.get('text')!);
      if (cells.has('of')) behind.set(`${language} ${key}`, cells.get('of')!);
    }
    if (!said.get(this.#sourceLanguage)?.has('title')) {
      say(this.#sourceLanguage, 'title', this.#settings.get('form_title') ?? this.#id());
    }
    for (const { question, texts } of this.#drafts) {
      for (const [key, byLanguage] of texts) {
        for (const [language, text] of byLanguage) {
          const end = (which: string): string | undefined => said.get(language)?.get(`${question.id}.${which}`);
          // What we put behind a hint for other tools does not come back as help.
          const ends = key.endsWith('.help') ? endsInHint(question, end('lowest'), end('highest')) : '';
          const own = ends !== '' && text.endsWith(ends) ? text.slice(0, -ends.length).trim() : text;
          if (own !== '') say(language, key, own);
        }
      }
      if (!('options' in question)) continue;
      const choices = this.#sheets.get('choices')!;
      const list = (this.#drafts.find((one) => one.question === question)!.row.cells.get('type') ?? '')
        .replaceAll(/\s+/g, ' ')
        .split(' ')[1];
      for (const row of this.#choicesOf(list)) {
        const label = this.#labelOf(choices, row, 'label');
        if (label.size === 0)
          this.#wrong(
            choices,
            row.row,
            'name',
            `The answer "${row.cells.get('name') ?? ''}" has no label. Write what people read.`,
          );
        for (const [language, text] of label) say(language, `${question.id}.${row.cells.get('name')!}`, text);
      }
    }
    const reviewed = new Set((about.get('reviewed') ?? this.#sourceLanguage).split(' '));
    const source = said.get(this.#sourceLanguage) ?? new Map<string, string>();
    const texts: Partial<Record<Language, ReadonlyMap<string, InstrumentText>>> = {};
    for (const [language, byKey] of said) {
      const found = new Map<string, InstrumentText>();
      // In the order of the source, whatever the order of columns and sheets.
      for (const key of this.#keysInOrder(byKey)) {
        const original = source.get(key);
        if (language === this.#sourceLanguage) {
          found.set(key, { text: byKey.get(key)!, reviewed: reviewed.has(language), stale: false, of: null });
        } else if (original === undefined) {
          this.#wrongForm(
            `"${key}" stands in ${language} and not in ${this.#sourceLanguage}, the language it was written in. Add it there.`,
          );
        } else {
          const mark = textMark(original);
          const of = behind.get(`${language} ${key}`) ?? mark;
          found.set(key, { text: byKey.get(key)!, reviewed: reviewed.has(language), stale: of !== mark, of });
        }
      }
      texts[language] = found;
    }
    return texts;
  }

  /** Title and about first, then question by question: itself, its help, its answers or ends. */
  #keysInOrder(texts: ReadonlyMap<string, string>): readonly string[] {
    const ofQuestions = this.#drafts.flatMap(({ question }) => [
      question.id,
      `${question.id}.help`,
      ...('options' in question ? question.options.map(({ id }) => `${question.id}.${id}`) : []),
      `${question.id}.lowest`,
      `${question.id}.highest`,
    ]);
    return ['title', 'about', ...ofQuestions].filter((key) => texts.has(key));
  }

  #wrong(sheet: Sheet, row: number, column: string | null, message: string): void {
    this.#problems.push(cellProblem(this.#file, sheet, row, column, message));
  }

  #wrongForm(message: string): void {
    this.#problems.push({ at: { file: this.#file }, what: 'xlsform', words: {}, message });
  }
}

/** `. >= 0 and . <= 60`, in either order, with or without spaces, < and > too. */
function integerLimits(constraint: string): { lowest: number; highest: number } | null {
  let [lowest, highest] = [0, 999_999];
  for (const part of constraint.replaceAll(/[()]/g, '').split(/ and /)) {
    const [, sign, number] = /^\. ?(>=?|<=?) ?(-?\d{1,9})$/.exec(part.trim()) ?? [];
    if (sign === undefined) return null;
    if (sign === '>=') lowest = Number(number);
    else if (sign === '>') lowest = Number(number) + 1;
    else if (sign === '<=') highest = Number(number);
    else highest = Number(number) - 1;
  }
  return lowest < highest ? { lowest, highest } : null;
}

/** `paid=1 looking=0` */
function scoresOf(text: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    text.split(/\s+/).map((one) => {
      const [id, score] = one.split('=');
      return [id!, Number(score)];
    }),
  );
}
