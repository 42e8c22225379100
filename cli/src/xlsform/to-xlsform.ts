import type { Construct, Question } from '@meedoen/experience';
import { languages, type InstrumentTexts, type Language, type WordedQuestionnaire } from '@meedoen/knowledge';
import { columnNames } from './languages.ts';
import { endedOf, relevantOf } from './relevant.ts';
import type { Sheet } from './workbook.ts';

/**
 * A questionnaire as the sheets of an XLSForm (xlsform.org): survey, choices and settings, which other tools read. What
 * XLSForm has no word for stands in columns and sheets that begin with `meedoen`; other tools leave those alone, and
 * with them it comes back as it was.
 */
export function toXlsform(worded: WordedQuestionnaire): readonly Sheet[] {
  const { questionnaire, sourceLanguage, texts } = worded;
  const { questions, constructs, terms } = questionnaire;
  const spoken = languages.filter((language) => texts[language] !== undefined);

  const survey: Record<string, string>[] = [];
  const choices: Record<string, string>[] = [];
  for (const question of questions) {
    survey.push({ ...rowOf(question, questions), ...labels(spoken, texts, question), ...oursIn(question) });
    if ('options' in question) {
      for (const { id, icon } of question.options) {
        const label = inEach(spoken, (language) => texts[language]?.get(`${question.id}.${id}`)?.text, 'label');
        choices.push({ list_name: question.id, name: id, ...label, ...(icon !== null && { meedoen_icon: icon }) });
      }
    }
    if (question.kind === 'choices' && question.ownWords) {
      survey.push({
        type: 'text',
        name: `${question.id}.own-words`,
        ...inEach(spoken, (language) => ownWordsLabel[language], 'label'),
        appearance: 'multiline',
        relevant: String(survey.at(-1)!['relevant'] ?? ''),
        meedoen_own_words_of: question.id,
      });
    }
  }
  const settings = {
    form_title: texts[sourceLanguage]?.get('title')?.text ?? questionnaire.id,
    form_id: questionnaire.id,
    version: String(questionnaire.version),
    default_language: columnNames[sourceLanguage],
  };
  const about = [
    { key: 'format', value: '1' },
    { key: 'owner', value: terms.owner },
    { key: 'terms', value: terms.text },
    { key: 'terms_url', value: terms.url ?? '' },
    {
      key: 'reviewed',
      value: spoken.filter((language) => [...texts[language]!.values()].every((one) => one.reviewed)).join(' '),
    },
  ];
  return [
    sheet('survey', survey, [
      'type',
      'name',
      ...spoken.flatMap((one) => [`label::${columnNames[one]}`, `hint::${columnNames[one]}`]),
    ]),
    sheet('choices', choices, ['list_name', 'name']),
    sheet('settings', [settings], []),
    sheet('meedoen', about, ['key', 'value']),
    sheet('meedoen_texts', otherTexts(worded, spoken), ['key', 'language', 'text', 'of']),
    sheet('meedoen_constructs', constructs.flatMap(constructRows), ['construct', 'question', 'scores', 'reversed']),
  ];
}

/** What stands above the field for own words in other tools; here the page says it. */
const ownWordsLabel: Readonly<Record<Language, string>> = {
  nl: 'In je eigen woorden',
  en: 'In your own words',
  ar: 'بكلماتك',
  ti: 'ብናትኩም ቃላት',
  uk: 'Своїми словами',
  tr: 'Kendi sözlerinle',
  fa: 'با کلمات خودتان',
  ru: 'Своими словами',
};

/** Texts that have a column of their own in XLSForm: the question, its help and its answers. */
function hasColumn(question: Question, key: string): boolean {
  if (key === question.id || key === `${question.id}.help`) return true;
  return 'options' in question && question.options.some(({ id }) => key === `${question.id}.${id}`);
}

/** Behind the help of a mark, for tools that know no words at the ends of a scale: (0 = never, 10 = all day). */
export function endsInHint(question: Question, lowest: string | undefined, highest: string | undefined): string {
  if (question.kind !== 'mark' || lowest === undefined || highest === undefined) return '';
  return `(${question.lowest} = ${lowest}, ${question.highest} = ${highest})`;
}

function labels(
  spoken: readonly Language[],
  texts: WordedQuestionnaire['texts'],
  question: Question,
): Record<string, string> {
  return {
    ...inEach(spoken, (language) => texts[language]?.get(question.id)?.text, 'label'),
    ...inEach(
      spoken,
      (language) => {
        const of = (end: string): string | undefined => texts[language]?.get(`${question.id}.${end}`)?.text;
        return [of('help'), endsInHint(question, of('lowest'), of('highest'))].filter(Boolean).join(' ');
      },
      'hint',
    ),
  };
}

function inEach(
  spoken: readonly Language[],
  text: (language: Language) => string | undefined,
  column: string,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const language of spoken) {
    const said = text(language);
    if (said) found[`${column}::${columnNames[language]}`] = said;
  }
  return found;
}

function rowOf(question: Question, questions: readonly Question[]): Record<string, string> {
  const { id: name } = question;
  const conditions = relevantOf(question.askWhen, question.askUnless, questions);
  const relevant = (state: string): string => [state, conditions].filter(Boolean).join(' and ');
  switch (question.kind) {
    case 'choice':
      return { type: `select_one ${name}`, name, relevant: conditions };
    case 'choices': {
      const nothing = question.nothing === null ? '' : nothingConstraint(question.nothing);
      return { type: `select_multiple ${name}`, name, relevant: conditions, constraint: nothing };
    }
    case 'mark':
      return {
        type: 'range',
        name,
        relevant: conditions,
        parameters: `start=${question.lowest} end=${question.highest} step=1`,
      };
    case 'number':
      return {
        type: 'integer',
        name,
        relevant: conditions,
        constraint: `. >= ${question.lowest} and . <= ${question.highest}`,
      };
    case 'month': {
      const { begins, ends, notBefore } = question;
      const state = begins ? relevantOf(begins, {}, questions) : ends ? endedOf(ends, questions) : '';
      const constraint = `. <= today()${notBefore === null ? '' : ` and . >= \${${notBefore}}`}`;
      return { type: 'date', name, appearance: 'month-year', relevant: relevant(state), constraint };
    }
    case 'words':
      return { type: 'text', name, appearance: 'multiline', relevant: conditions };
    default:
      return question satisfies never;
  }
}

/** Who chooses "nothing" chooses nothing else. */
export function nothingConstraint(nothing: string): string {
  return `not(selected(., '${nothing}') and count-selected(.) > 1)`;
}

function oursIn(question: Question): Record<string, string> {
  return {
    ...(question.construct !== null && { meedoen_construct: question.construct }),
    ...(question.sensitive && { meedoen_sensitive: 'yes' }),
    ...(question.turns !== null && { meedoen_turns: question.turns.join(' ') }),
    ...(question.kind === 'month' && question.begins && { meedoen_begins: conditionText(question.begins) }),
    ...(question.kind === 'month' && question.ends && { meedoen_ends: conditionText(question.ends) }),
    meedoen_source: question.source,
  };
}

/** `work=paid|unpaid; still-here=here` */
function conditionText(condition: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(condition)
    .map(([id, values]) => `${id}=${values.join('|')}`)
    .join('; ');
}

/** What no column of XLSForm holds; and the marks of translations that are behind, so that they stay known as such. */
function otherTexts(
  { questionnaire, texts }: WordedQuestionnaire,
  spoken: readonly Language[],
): Record<string, string>[] {
  return spoken.flatMap((language) =>
    [...(texts[language] as InstrumentTexts)].flatMap(([key, { text, of, stale }]) => {
      const inColumn = questionnaire.questions.some((question) => hasColumn(question, key));
      if (inColumn && !stale) return [];
      return [{ key, language, ...(!inColumn && { text }), ...(stale && { of: of ?? 'unknown' }) }];
    }),
  );
}

/** A row for each question in a score; what the score is made like stands in the first. */
function constructRows(construct: Construct): Record<string, string>[] {
  const { id, items, scoring, rescaledTo, mayBeMissing, better, line, benchmarks, source } = construct;
  return items.map(({ question, scores, reversed }, at) => ({
    construct: id,
    question,
    ...(scores && {
      scores: Object.entries(scores)
        .map(([option, score]) => `${option}=${score}`)
        .join(' '),
    }),
    ...(reversed && { reversed: 'yes' }),
    ...(at === 0 && {
      scoring,
      better,
      may_be_missing: String(mayBeMissing),
      ...(rescaledTo && { rescaled_to: `${rescaledTo.lowest} ${rescaledTo.highest}` }),
      ...(line && { line: `${line.counts} ${line.score}` }),
      benchmarks: benchmarks.join(' '),
      source,
    }),
  }));
}

/** A sheet whose columns are the wanted ones first, then those that any row has. */
function sheet(name: string, records: readonly Record<string, string>[], first: readonly string[]): Sheet {
  const filled = records.map((record) => Object.entries(record).filter(([, value]) => value !== ''));
  const used = new Set(filled.flatMap((cells) => cells.map(([column]) => column)));
  const header = [...first.filter((column) => used.has(column) || !column.includes('::')), ...used].filter(
    (column, at, all) => all.indexOf(column) === at,
  );
  return { name, header, rows: filled.map((cells, at) => ({ row: at + 2, cells: new Map(cells) })) };
}
