import { longestMonth, mostQuestions, turnsOf } from '@meedoen/experience';
import type { Condition, Construct, Option, Question, QuestionKind, Questionnaire } from '@meedoen/experience';
import { languages, type Language } from './languages.ts';
import type { Entry } from './yaml-file.ts';

/** What one `<id>.yaml` of an instrument says, before its words are read. */
export type QuestionnaireFile = {
  readonly questionnaire: Questionnaire;
  readonly sourceLanguage: Language;
  /** `by-operator`: the official words are not ours to give; an operator loads them. */
  readonly wording: 'here' | 'by-operator';
};

/** The ends of keys in a file of words; an option with such an id could not be told from them. */
const reservedOptions = ['help', 'lowest', 'highest'];
const ids = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;
const optionIds = /^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/;

/** Reads the structure of one questionnaire; what is wrong is told to `root` with its line. */
export function questionnaireOf(root: Entry, name: string): QuestionnaireFile {
  const id = root.text('id');
  if (id !== '' && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    root.wrong('id', `Write the id "${id}" in kebab-case, such as "monthly".`);
  }
  if (id !== name) root.wrong('id', `The file is called ${name}.yaml, so its id is "${name}".`);
  const version = root.number('version');
  if (!Number.isInteger(version) || version < 1) root.wrong('version', 'A version is a whole number from 1.');
  const terms = root.record('terms');
  const questions: Question[] = [];
  for (const entry of root.list('questions')) {
    const question = questionIn(entry, questions);
    if (questions.some((other) => other.id === question.id)) {
      entry.wrong('id', `The question "${question.id}" stands here twice. Give each its own id.`);
    }
    questions.push(question);
  }
  if (questions.length === 0) root.wrong('questions', 'A questionnaire asks at least one question.');
  const constructs = root.list('constructs', { optional: true }).map((entry) => constructIn(entry, questions));
  const questionnaire: Questionnaire = {
    id,
    version,
    terms: { owner: terms.text('owner'), text: terms.text('text'), url: terms.maybeUrl('url') },
    constructs,
    questions,
  };
  terms.end();
  const sourceLanguage = root.oneOf('source_language', languages);
  const wording = root.oneOf('wording', ['here', 'by-operator']);
  root.end();

  for (const { construct, id: question } of questions) {
    if (construct !== null && !constructs.some((one) => one.id === construct)) {
      root.wrong(
        'constructs',
        `"${question}" measures "${construct}", which does not stand under "constructs:". Add it.`,
      );
    }
  }
  const turns = new Set(questions.flatMap((question) => question.turns ?? []));
  for (let turn = 0; turn < turnsOf(questionnaire) && turns.size > 0; turn++) {
    if (!turns.has(turn))
      root.wrong('questions', `Nothing is asked in turn ${turn}. Number the turns 0, 1, 2 without a gap.`);
  }
  const longest = longestMonth(questionnaire);
  if (longest.questions > mostQuestions) {
    root.wrong(
      'questions',
      `In turn ${longest.turn} somebody can get ${longest.questions} questions; ${mostQuestions} are two minutes. Give a question other "turns".`,
    );
  }
  return { questionnaire, sourceLanguage, wording };
}

function questionIn(entry: Entry, earlier: readonly Question[]): Question {
  const id = entry.text('id');
  if (id !== '' && !ids.test(id)) {
    entry.wrong('id', `Write the id "${id}" with letters, digits, - and _, a letter first, such as "work-began".`);
  }
  const kind = entry.oneOf('kind', ['choice', 'choices', 'mark', 'number', 'month', 'words']);
  const question: Question = {
    id,
    ...kindIn(entry, kind, earlier),
    construct: entry.maybeText('construct'),
    sensitive: entry.has('sensitive') && entry.boolean('sensitive'),
    askWhen: conditionIn(entry, 'ask_when', earlier) ?? {},
    askUnless: conditionIn(entry, 'ask_unless', earlier) ?? {},
    turns: turnsIn(entry),
    source: entry.text('source'),
  };
  entry.end();
  return question;
}

function kindIn(entry: Entry, kind: QuestionKind['kind'], earlier: readonly Question[]): QuestionKind {
  switch (kind) {
    case 'choice':
      return { kind, options: optionsIn(entry) };
    case 'choices': {
      const options = optionsIn(entry);
      const nothing = entry.maybeText('nothing');
      if (nothing !== null && !options.some(({ id }) => id === nothing)) {
        entry.wrong('nothing', `"${nothing}" is not among the options. Name the one that means nothing fits.`);
      }
      return { kind, options, nothing, ownWords: entry.has('own_words') && entry.boolean('own_words') };
    }
    case 'mark':
    case 'number': {
      const [lowest, highest] = [entry.number('lowest'), entry.number('highest')];
      if (!Number.isInteger(lowest) || !Number.isInteger(highest) || lowest >= highest) {
        entry.wrong('lowest', 'Write "lowest" and "highest" as whole numbers, the lowest first.');
      }
      if (kind === 'mark' && highest - lowest > 20) {
        entry.wrong('highest', 'A scale has at most 21 steps to choose from. Use "kind: number" for more.');
      }
      return { kind, lowest, highest };
    }
    case 'month': {
      const begins = conditionIn(entry, 'begins', earlier);
      const ends = conditionIn(entry, 'ends', earlier);
      if (begins && ends) entry.wrong('ends', 'A month begins something or ends it. Make two questions of it.');
      const notBefore = entry.maybeText('not_before');
      if (notBefore !== null && earlier.find((other) => other.id === notBefore)?.kind !== 'month') {
        entry.wrong('not_before', `"${notBefore}" is no month that is asked before this one.`);
      }
      return { kind, begins, ends, notBefore };
    }
    case 'words':
      return { kind };
    default:
      return kind satisfies never;
  }
}

function optionsIn(entry: Entry): readonly Option[] {
  const options = entry.record('options');
  const found = options.keys().map((id): Option => {
    if (!optionIds.test(id)) {
      options.wrong(id, `Write the answer "${id}" with letters, digits, - and _, such as "own-place".`);
    }
    if (reservedOptions.includes(id)) {
      options.wrong(id, `An answer cannot be called "${id}": the files of words use that name. Choose another.`);
    }
    return { id, icon: options.maybeText(id) };
  });
  if (found.length < 2) entry.wrong('options', 'Give at least two answers to choose from.');
  return found;
}

/** A condition on earlier questions; `null` where there is none. */
function conditionIn(entry: Entry, key: string, earlier: readonly Question[]): Condition | null {
  const record = entry.maybeRecord(key);
  if (record === null) return null;
  const condition: Record<string, readonly string[]> = {};
  for (const id of record.keys()) {
    const question = earlier.find((other) => other.id === id);
    const values = record.texts(id);
    if (question === undefined) {
      record.wrong(id, `No question "${id}" comes before this one. Correct it, or move the question up.`);
    } else {
      const wrong = values.find((value) => !canBeAnswered(question, value));
      if (wrong !== undefined) record.wrong(id, `"${wrong}" is no answer to "${id}".`);
    }
    if (values.length === 0) record.wrong(id, `Name at least one answer to "${id}".`);
    condition[id] = values;
  }
  return condition;
}

/** Can this be a value of the question? Own words and months are no condition: nobody can list them. */
function canBeAnswered(question: Question, value: string): boolean {
  if (question.kind === 'choice' || question.kind === 'choices') return question.options.some(({ id }) => id === value);
  if (question.kind === 'mark' || question.kind === 'number') {
    return /^-?\d+$/.test(value) && Number(value) >= question.lowest && Number(value) <= question.highest;
  }
  return false;
}

function turnsIn(entry: Entry): readonly number[] | null {
  const turns = entry.has('turns') ? entry.numbers('turns') : null;
  if (turns?.some((turn) => !Number.isInteger(turn) || turn < 0 || turn > 23) || turns?.length === 0) {
    entry.wrong('turns', 'Write the turns as whole numbers from 0 to 23, such as [0, 4].');
    return [0];
  }
  return turns;
}

function constructIn(entry: Entry, questions: readonly Question[]): Construct {
  const range = entry.maybeRecord('rescaled_to');
  const line = entry.maybeRecord('line');
  const items = entry.list('items').map((item) => {
    const question = item.text('question');
    const asked = questions.find(({ id }) => id === question);
    const scores = item.has('scores') ? scoresIn(item) : null;
    if (asked === undefined) item.wrong('question', `There is no question "${question}" here.`);
    else if (asked.kind === 'choice') {
      const missing = asked.options.filter(({ id }) => scores === null || !Object.hasOwn(scores, id));
      const [first] = missing;
      if (first)
        item.wrong('question', `The answer "${first.id}" to "${question}" has no score. Give each answer one.`);
    } else if (asked.kind !== 'mark' && asked.kind !== 'number') {
      item.wrong('question', `"${question}" cannot be scored: only a choice, a mark or a number can.`);
    } else if (scores !== null) item.wrong('scores', 'A mark or a number is its own score. Take "scores" out.');
    const reversed = item.has('reversed') && item.boolean('reversed');
    item.end();
    return { question, scores, reversed };
  });
  const construct: Construct = {
    id: entry.text('id'),
    items,
    scoring: entry.oneOf('scoring', ['sum', 'mean']),
    rescaledTo: range && { lowest: range.number('lowest'), highest: range.number('highest') },
    mayBeMissing: entry.maybeNumber('may_be_missing') ?? 0,
    better: entry.oneOf('better', ['higher', 'lower']),
    line: line && lineIn(line),
    benchmarks: entry.texts('benchmarks', { optional: true }),
    source: entry.text('source'),
  };
  if (construct.rescaledTo && construct.rescaledTo.lowest >= construct.rescaledTo.highest) {
    entry.wrong('rescaled_to', 'Write the lowest first.');
  }
  if (
    !(
      Number.isInteger(construct.mayBeMissing) &&
      construct.mayBeMissing >= 0 &&
      construct.mayBeMissing < Math.max(1, items.length)
    )
  ) {
    entry.wrong('may_be_missing', `Write a whole number from 0 to ${items.length - 1}.`);
  }
  if (items.length === 0) entry.wrong('items', 'A construct is measured by at least one question.');
  range?.end();
  entry.end();
  return construct;
}

function scoresIn(item: Entry): Readonly<Record<string, number>> {
  const record = item.record('scores');
  const scores = Object.fromEntries(record.keys().map((id) => [id, record.number(id)]));
  const numbers = Object.values(scores);
  if (numbers.some((score) => !Number.isInteger(score)) || new Set(numbers).size < 2) {
    item.wrong('scores', 'Give the answers whole numbers, at least two of them different.');
  }
  return scores;
}

function lineIn(line: Entry): NonNullable<Construct['line']> {
  const counts = line.has('below') ? 'below' : 'from';
  const score = line.number(counts);
  line.end();
  return { counts, score };
}
