import { studentQuantile } from '@meedoen/numbers';
import { symmetricInterval, type Estimate } from './estimate.ts';

/** From so many clusters on the normal quantile is fair. */
const ENOUGH = 40;

/**
 * The interval of an estimate whose error was summed within clusters. With fewer than 40 the normal quantile is too small:
 * then Student's t with one degree less than there are clusters, said in a note. One cluster alone says nothing: `null`.
 */
export function intervalByClusters(
  estimate: number,
  se: number,
  clusters: number,
  confidence: number,
): Pick<Estimate, 'se' | 'ci' | 'diagnostics'> {
  if (clusters >= ENOUGH) return { se, ci: symmetricInterval(estimate, se, confidence), diagnostics: [] };
  const diagnostics = [
    {
      what: 'few-clusters',
      words: { clusters },
      message: `There are only ${clusters} clusters: the interval uses Student’s t, and may still be too narrow.`,
    },
  ];
  if (clusters < 2) return { se: null, ci: { lower: null, upper: null, confidence }, diagnostics };
  const reach = studentQuantile((1 + confidence) / 2, clusters - 1) * se;
  return { se, ci: { lower: estimate - reach, upper: estimate + reach, confidence }, diagnostics };
}
