import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@meedoen/units';
import { loadCorpus, type Corpus } from '@meedoen/rights';
import { checkCases } from './cases.ts';
import { checkLaws } from './check-laws.ts';
import { readComparisonTables, type ComparisonTables } from './comparison-tables.ts';
import { checkExampleConversation, loadExampleConversation, type ExampleConversation } from './example-conversation.ts';
import { checkExampleTown, loadExampleTown, type ExampleTown } from './example-town.ts';
import { checkExampleParameters, loadExampleParameters, type ExampleParameters } from './example-people/parameters.ts';
import { checkFigures, loadFigures, type Figures } from './figures.ts';
import { checkHelp, loadHelp, type Helpline } from './help.ts';
import { checkGlossary } from './glossary.ts';
import { operatorFolder, readInstruments, type Instruments } from './instruments.ts';
import { knowledgeFolder } from './knowledge-folder.ts';
import { readLawFiles } from './law-files.ts';
import { checkMunicipalities, loadMunicipalities, type Municipalities } from './municipalities.ts';
import { checkTerms, loadTerms, type DutchTerm } from './terms.ts';

/** Everything we know that is not about a person: laws, figures, words, help, questionnaires and the example town. */
export type Knowledge = ComparisonTables & {
  readonly corpus: Corpus;
  readonly figures: Figures;
  readonly terms: readonly DutchTerm[];
  readonly help: readonly Helpline[];
  /** Null when its own file is broken; `problems` then says where. */
  readonly exampleTown: ExampleTown | null;
  readonly exampleConversation: ExampleConversation | null;
  readonly examplePeople: ExampleParameters | null;
  /** Null when its own file is broken. */
  readonly municipalities: Municipalities | null;
  /** What people are asked each month, and what else can be asked; an operator's own forms among them. */
  readonly instruments: Instruments;
  /** What is wrong in our own files; empty in every release. */
  readonly problems: readonly Problem[];
};

/** Reads the whole folder. Never throws for a broken file: what cannot be read is left out and told in `problems`. */
export async function loadKnowledge(folder: string = knowledgeFolder()): Promise<Knowledge> {
  const problems: Problem[] = [];
  const { parts, problems: unreadable } = readLawFiles(folder);
  const { corpus, problems: unfitting } = loadCorpus(parts);
  problems.push(...unreadable, ...unfitting);
  const { doors, timetable, problems: uncompared } = readComparisonTables(folder, parts);
  problems.push(...uncompared);
  // What a file should say beyond its form; only worth telling once the files can be read.
  if (problems.length === 0) problems.push(...checkLaws(corpus), ...checkCases(folder, corpus));

  const content = <T>(name: string, load: (at: string) => T, check: (at: string) => Problem[], empty: T): T => {
    try {
      return load(join(folder, name));
    } catch (error) {
      const found = check(join(folder, name));
      if (found.length === 0) throw error;
      problems.push(...found);
      return empty;
    }
  };
  const figures = content('figures', loadFigures, checkFigures, { figures: [], claims: [] });
  const asked = readInstruments(
    join(folder, 'instruments'),
    operatorFolder(),
    new Set(figures.figures.map(({ id }) => id)),
  );
  problems.push(...asked.problems);
  return {
    corpus,
    doors,
    timetable,
    figures,
    terms: content('words', loadTerms, checkTerms, []),
    help: content('help', loadHelp, checkHelp, []),
    exampleTown: content('example-town', loadExampleTown, checkExampleTown, null),
    exampleConversation: content('example-town', loadExampleConversation, checkExampleConversation, null),
    examplePeople: content('example-town', loadExampleParameters, checkExampleParameters, null),
    municipalities: content('places', loadMunicipalities, checkMunicipalities, null),
    instruments: asked.instruments,
    problems,
  };
}

/**
 * What is wrong in a knowledge folder, with file, line and column. Beside our own folder lies the glossary that is made
 * from it; that is checked as well.
 */
export async function checkKnowledge(folder: string = knowledgeFolder()): Promise<readonly Problem[]> {
  const { problems } = await loadKnowledge(folder);
  const glossary = join(folder, '../GLOSSARY.md');
  return existsSync(glossary) ? [...problems, ...checkGlossary(join(folder, 'words'), glossary)] : problems;
}
