import type { Condition, Construct, Question } from '@meedoen/experience';
import { Document, isMap, isSeq, visit } from 'yaml';
import type { WordedQuestionnaire } from './instruments.ts';
import { languages } from './languages.ts';

/**
 * The files of an instrument as they lie in a folder: `<id>.yaml` and `<id>.<language>.yaml` for each language it has.
 * Reading them back gives the same instrument.
 */
export function instrumentFiles({
  questionnaire,
  sourceLanguage,
  texts,
}: WordedQuestionnaire): { name: string; text: string }[] {
  const { id, version, terms, constructs, questions } = questionnaire;
  const structure = {
    id,
    version,
    source_language: sourceLanguage,
    wording: 'here',
    terms,
    ...(constructs.length > 0 && { constructs: constructs.map(constructFields) }),
    questions: questions.map(questionFields),
  };
  const files = [{ name: `${id}.yaml`, text: yaml(structure) }];
  for (const language of languages) {
    const there = texts[language];
    if (there === undefined) continue;
    const reviewed = [...there.values()].every((one) => one.reviewed);
    const entries = [...there].map(([key, { text, of }]) => [key, of === null ? text : { of, text }] as const);
    files.push({ name: `${id}.${language}.yaml`, text: yaml({ language, reviewed, texts: new Map(entries) }) });
  }
  return files;
}

function constructFields(construct: Construct): unknown {
  const { id, items, scoring, rescaledTo, mayBeMissing, better, line, benchmarks, source } = construct;
  return {
    id,
    items: items.map(({ question, scores, reversed }) => ({
      question,
      ...(scores && { scores: new Map(Object.entries(scores)) }),
      ...(reversed && { reversed }),
    })),
    scoring,
    ...(rescaledTo && { rescaled_to: rescaledTo }),
    ...(mayBeMissing > 0 && { may_be_missing: mayBeMissing }),
    better,
    ...(line && { line: { [line.counts]: line.score } }),
    ...(benchmarks.length > 0 && { benchmarks }),
    source,
  };
}

function questionFields(question: Question): unknown {
  const { id, kind, construct, sensitive, askWhen, askUnless, turns, source } = question;
  return {
    id,
    kind,
    ...('options' in question && { options: new Map(question.options.map((option) => [option.id, option.icon])) }),
    ...(question.kind === 'choices' && question.nothing !== null && { nothing: question.nothing }),
    ...(question.kind === 'choices' && question.ownWords && { own_words: true }),
    ...('lowest' in question && { lowest: question.lowest, highest: question.highest }),
    ...(question.kind === 'month' && question.begins && { begins: question.begins }),
    ...(question.kind === 'month' && question.ends && { ends: question.ends }),
    ...(question.kind === 'month' && question.notBefore !== null && { not_before: question.notBefore }),
    ...(construct !== null && { construct }),
    ...(sensitive && { sensitive }),
    ...(hasAny(askWhen) && { ask_when: askWhen }),
    ...(hasAny(askUnless) && { ask_unless: askUnless }),
    ...(turns !== null && { turns }),
    source,
  };
}

function hasAny(condition: Condition): boolean {
  return Object.keys(condition).length > 0;
}

/** One value a line where it is short, as the files written by hand. */
function yaml(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Collection(_, node) {
      // A list of plain values, or a small group without groups, reads best on one line.
      const items = isMap(node) ? node.items.map((pair) => pair.value) : isSeq(node) ? node.items : [];
      if (
        items.length > 0 &&
        items.length <= 12 &&
        node !== document.contents &&
        !items.some((item) => isMap(item) || isSeq(item))
      )
        node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, singleQuote: true });
}
