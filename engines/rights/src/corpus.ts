import type { FactTable } from './fact-table.ts';
import type { LawFile } from './law-file.ts';
import type { Replacement } from './replacement.ts';
import type { RightsTable } from './rights-table.ts';

export type CorpusParts = {
  readonly laws: readonly LawFile[];
  readonly replacements: readonly Replacement[];
  readonly rights: RightsTable;
  readonly facts: FactTable;
};

/** Laws, replacements, rights and facts that belong together. */
export type Corpus = CorpusParts;
