import type { Day, Layer } from '@meedoen/units';
import type { FactTable } from './fact-table.ts';
import type { LawFile } from './law-file.ts';
import type { Replacement } from './replacement.ts';
import type { RightsTable } from './rights-table.ts';
import { View } from './view.ts';

export type CorpusParts = {
  readonly laws: readonly LawFile[];
  readonly replacements: readonly Replacement[];
  readonly rights: RightsTable;
  readonly facts: FactTable;
  /** The first day for which these laws are known well enough to answer; null = any day that they have. */
  readonly knownFrom: Day | null;
};

/** Laws, replacements, rights and facts that belong together, checked by `loadCorpus`. */
export type Corpus = CorpusParts;

// A view is made once per corpus, layer and variant.
const views = new WeakMap<CorpusParts, Map<string, View>>();

/** The law of a corpus in one layer, with a policy variant on top if one is named. */
export function viewOf(corpus: CorpusParts, layer: Layer, variant: string | null): View {
  const known = views.get(corpus) ?? new Map<string, View>();
  views.set(corpus, known);
  const key = `${layer} ${variant ?? ''}`;
  const view = known.get(key) ?? new View(corpus, layer, variant);
  known.set(key, view);
  return view;
}
