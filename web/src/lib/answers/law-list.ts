import type { Corpus } from '@meedoen/rights';
import type { Confidence, Day } from '@meedoen/units';

export type LawVersions = { name: string; url: string; versions: readonly Day[] };

/** Each law we read, with the days on which the versions we have begin. */
export function lawList(corpus: Corpus): readonly LawVersions[] {
  const byId = Map.groupBy(corpus.laws, ({ id }) => id);
  return [...byId.values()]
    .map((files) => {
      const inOrder = files.toSorted((a, b) => (a.validFrom ?? 0) - (b.validFrom ?? 0));
      const newest = inOrder.at(-1);
      return {
        name: newest?.name ?? '',
        url: newest?.url ?? '',
        versions: inOrder.map(({ validFrom }) => validFrom).filter((day) => day !== null),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'nl'));
}

/** Every article we compute with, and how sure we are of our reading of it. */
export function readArticles(corpus: Corpus): readonly { confidence: Confidence }[] {
  return corpus.laws
    .flatMap(({ articles }) => articles)
    .filter(({ rules, reading }) => rules !== null && reading !== null)
    .map(({ reading }) => ({ confidence: reading?.confidence ?? 'inference' }));
}

/** The newest day on which somebody checked a law file; null when none says. */
export function lastChecked(corpus: Corpus): Day | null {
  return (
    corpus.laws
      .map(({ checkedOn }) => checkedOn)
      .filter((day) => day !== null)
      .sort((a, b) => b - a)[0] ?? null
  );
}
