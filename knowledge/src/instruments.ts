import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Questionnaire } from '@meedoen/experience';
import type { Problem } from '@meedoen/units';
import {
  otherLanguages,
  wordsOf,
  type InstrumentText,
  type InstrumentTexts,
  type WordsFile,
} from './instrument-words.ts';
import { loadFigures } from './figures.ts';
import { knowledgeFolder } from './knowledge-folder.ts';
import type { Language } from './languages.ts';
import { questionnaireOf, type QuestionnaireFile } from './questionnaire-file.ts';
import { openYaml, problemAt } from './yaml-file.ts';

/** A questionnaire with its words (nl: meetinstrument): ours, or one that an operator loaded. */
export type WordedQuestionnaire = {
  readonly questionnaire: Questionnaire;
  readonly sourceLanguage: Language;
  readonly texts: Readonly<Partial<Record<Language, InstrumentTexts>>>;
  readonly from: 'meedoen' | 'operator';
};

/** What an instrument measures and how it is scored, while its official words are not ours to give. */
export type UnwordedQuestionnaire = Pick<QuestionnaireFile, 'questionnaire' | 'sourceLanguage'>;

export type Instruments = {
  /** Those that can be asked. */
  readonly asked: readonly WordedQuestionnaire[];
  /** Those that wait for an operator to load the official form; see `meedoen instruments import`. */
  readonly unworded: readonly UnwordedQuestionnaire[];
};

/** The folder of forms that an operator loaded: `MEEDOEN_INSTRUMENTS`; `null` where none is set. */
export function operatorFolder(): string | null {
  const folder = process.env['MEEDOEN_INSTRUMENTS'];
  return folder ? resolve(folder) : null;
}

/**
 * The instruments alone, for who needs no laws: ours and those of an operator's folder (default: `MEEDOEN_INSTRUMENTS`).
 */
export function loadInstruments(
  operator: string | null = operatorFolder(),
  folder: string = knowledgeFolder(),
): { instruments: Instruments; problems: Problem[] } {
  const { figures } = loadFigures(join(folder, 'figures'));
  return readInstruments(join(folder, 'instruments'), operator, new Set(figures.map(({ id }) => id)));
}

/**
 * All instruments of our folder and, beside them, of the operator's. What cannot be read is left out and told in `problems`
 * with file, line and column. `figures` are the ids that a benchmark may name.
 */
export function readInstruments(
  folder: string,
  operator: string | null,
  figures: ReadonlySet<string>,
): { instruments: Instruments; problems: Problem[] } {
  const problems: Problem[] = [];
  const asked: WordedQuestionnaire[] = [];
  const unworded: UnwordedQuestionnaire[] = [];

  for (const name of namesIn(folder, problems, 'instruments')) {
    const found: Problem[] = [];
    const { structure, texts } = instrumentIn(folder, 'instruments', name, true, figures, found);
    problems.push(...found);
    if (found.length > 0) continue;
    if (texts === null) unworded.push(structure);
    else asked.push(worded(structure, texts, 'meedoen'));
  }
  for (const name of operator === null ? [] : namesIn(operator, problems, operator)) {
    const found: Problem[] = [];
    const { structure, texts } = instrumentIn(operator!, operator!, name, false, figures, found);
    if (asked.some(({ questionnaire, from }) => from === 'meedoen' && questionnaire.id === name)) {
      const message = `Meedoen has an instrument "${name}" of its own. Give yours another id and file name.`;
      found.push(problemAt({ file: join(operator!, `${name}.yaml`), line: 1, column: 1 }, message));
    }
    problems.push(...found);
    if (found.length === 0 && texts !== null) asked.push(worded(structure, texts, 'operator'));
  }
  const loaded = new Set(asked.map(({ questionnaire }) => questionnaire.id));
  const waiting = unworded.filter(({ questionnaire }) => !loaded.has(questionnaire.id));
  return { instruments: { asked, unworded: waiting }, problems };
}

/**
 * A text in a language, or where it is not translated in English, or in the language it was written in: `language` says
 * which it is. `null` for a text that may be left out, and is.
 */
export function instrumentText(
  { texts, sourceLanguage }: WordedQuestionnaire,
  key: string,
  language: Language,
): (InstrumentText & { readonly language: Language }) | null {
  for (const one of [language, 'en', sourceLanguage] as const) {
    const text = texts[one]?.get(key);
    if (text) return { ...text, language: one };
  }
  return null;
}

function worded(
  { questionnaire, sourceLanguage }: QuestionnaireFile,
  texts: WordedQuestionnaire['texts'],
  from: WordedQuestionnaire['from'],
): WordedQuestionnaire {
  return { questionnaire, sourceLanguage, texts, from };
}

function instrumentIn(
  folder: string,
  shown: string,
  name: string,
  ours: boolean,
  figures: ReadonlySet<string>,
  problems: Problem[],
): { structure: QuestionnaireFile; texts: WordedQuestionnaire['texts'] | null } {
  const structureRoot = openYaml(join(folder, `${name}.yaml`), `${shown}/${name}.yaml`, problems);
  const structure = questionnaireOf(structureRoot, name);
  for (const { id, benchmarks } of structure.questionnaire.constructs) {
    const unknown = benchmarks.find((figure) => !figures.has(figure));
    if (unknown !== undefined) {
      structureRoot.wrong(
        'constructs',
        `"${id}" is held against "${unknown}", which is no figure in knowledge/figures.`,
      );
    }
  }
  if (structure.wording === 'by-operator') {
    if (!ours) structureRoot.wrong('wording', 'A form in this folder brings its own words: write "wording: here".');
    return { structure, texts: null };
  }
  const open = (language: Language): WordsFile => {
    const file = `${shown}/${name}.${language}.yaml`;
    return { language, file, root: openYaml(join(folder, `${name}.${language}.yaml`), file, problems) };
  };
  const others = otherLanguages(structure.sourceLanguage);
  const there = ours ? others : others.filter((language) => existsSync(join(folder, `${name}.${language}.yaml`)));
  const texts = wordsOf(structure.questionnaire, open(structure.sourceLanguage), there.map(open), ours, problems);
  return { structure, texts };
}

/** The names of the instruments in a folder: `monthly` for `monthly.yaml`; files of words have a language in theirs. */
function namesIn(folder: string, problems: Problem[], shown: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => /^[^.]+\.yaml$/.test(file))
      .map((file) => file.slice(0, -'.yaml'.length))
      .toSorted();
  } catch {
    problems.push(problemAt({ file: shown }, 'This folder cannot be read. Put it back, or correct its path.'));
    return [];
  }
}
