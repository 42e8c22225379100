import type { Questionnaire } from '@meedoen/experience';
import { languages, type Language } from './languages.ts';
import { longSentences } from './sentences.ts';
import { fingerprint } from './translations.ts';
import { problemAt, type Entry } from './yaml-file.ts';
import type { Problem } from '@meedoen/units';

/** One text of a questionnaire in one language. */
export type InstrumentText = {
  readonly text: string;
  /** Has a person who speaks the language read it? */
  readonly reviewed: boolean;
  /** Has the text it was translated from changed since? */
  readonly stale: boolean;
  /** The mark of the text it was translated from; `null` in the source language. */
  readonly of: string | null;
};

/**
 * The texts of one language by their key: `title`, `about`, the id of a question, and after it with a point `help`, the id
 * of an option, or `lowest` and `highest` for the ends of a scale.
 */
export type InstrumentTexts = ReadonlyMap<string, InstrumentText>;

/** The keys a questionnaire needs words for, in order; those that may be left out apart. */
export function keysOf({ questions }: Questionnaire): { needed: readonly string[]; optional: readonly string[] } {
  const needed = ['title'];
  const optional = ['about'];
  for (const question of questions) {
    needed.push(question.id);
    optional.push(`${question.id}.help`);
    if (question.kind === 'choice' || question.kind === 'choices') {
      needed.push(...question.options.map(({ id }) => `${question.id}.${id}`));
    } else if (question.kind === 'mark') {
      optional.push(`${question.id}.lowest`, `${question.id}.highest`);
    }
  }
  return { needed, optional };
}

export type WordsFile = { readonly language: Language; readonly root: Entry; readonly file: string };

/**
 * The words of one questionnaire out of its files, the source language first. Ours stand in all eight languages and in short
 * sentences; what an operator loads may have fewer, and as long ones as its official form.
 */
export function wordsOf(
  questionnaire: Questionnaire,
  source: WordsFile,
  translations: readonly WordsFile[],
  ours: boolean,
  problems: Problem[],
): Partial<Record<Language, InstrumentTexts>> {
  const { needed, optional } = keysOf(questionnaire);
  const known = new Set([...needed, ...optional]);
  const found: Partial<Record<Language, InstrumentTexts>> = {};
  const marks = new Map<string, string>();

  for (const { language, root, file } of [source, ...translations]) {
    root.oneOf('language', [language]);
    const reviewed = root.boolean('reviewed');
    const entries = root.record('texts');
    const texts = new Map<string, InstrumentText>();
    for (const key of entries.keys()) {
      if (!known.has(key)) {
        entries.wrong(key, `"${key}" is no text of ${questionnaire.id}. Correct its spelling, or take it out.`);
        continue;
      }
      if (language === source.language) {
        const text = entries.text(key);
        marks.set(key, fingerprint(text));
        texts.set(key, { text, reviewed, stale: false, of: null });
      } else {
        const entry = entries.record(key);
        const mark = marks.get(key);
        const of = entry.maybeText('of');
        if (mark === undefined)
          entry.wrong(undefined, `"${key}" has no text in ${source.file} to translate. Add it there.`);
        else if (of === null) entry.wrong(undefined, `Add the mark of the text you translated: "of: '${mark}'".`);
        texts.set(key, { text: entry.text('text'), reviewed, stale: of !== mark, of });
        entry.end();
      }
      if (ours && (language === 'nl' || language === 'en')) {
        const [long] = longSentences(texts.get(key)!.text);
        if (long !== undefined) entries.wrong(key, `Over 15 words in a sentence: "${long}" Make two of it.`);
      }
    }
    root.end();
    // A translation has what its source has; of an operator's form the rest is shown in the source language.
    const missing = (language === source.language ? needed : ours ? [...marks.keys()] : []).filter(
      (key) => !texts.has(key),
    );
    if (missing.length > 0) {
      const message = `There are no words yet for: ${missing.join(', ')}. Add them under "texts:".`;
      problems.push(problemAt({ file, line: 1, column: 1 }, message));
    }
    found[language] = texts;
  }
  return found;
}

/** The languages in which a questionnaire of ours stands beside its source. */
export function otherLanguages(source: Language): readonly Language[] {
  return languages.filter((language) => language !== source);
}
