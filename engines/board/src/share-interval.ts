import { normalQuantile } from '@meedoen/numbers';
import { strictest } from '@meedoen/publication';
import type { PublishedShare } from './first-work-curves.ts';

const z = normalQuantile(0.975);

/**
 * The share of those who answered, from published counts alone, with the interval of Wilson (1927) in which the truth could lie
 * 95 of 100 times, made wider by what rounding may hide. `null` where a count is hidden or fewer than a hundred answered.
 */
export function shareOf(count: number | null, answered: number | null): PublishedShare | null {
  if (count === null || answered === null || answered < strictest.shareBase) return null;
  const share = Math.min(1, count / answered);
  const middle = (share + (z * z) / (2 * answered)) / (1 + (z * z) / answered);
  const reach =
    (z / (1 + (z * z) / answered)) * Math.sqrt((share * (1 - share)) / answered + (z * z) / (4 * answered * answered));
  const hidden = strictest.roundTo / 2 / answered;
  return {
    share: Math.round(100 * share) / 100,
    lower: Math.floor(100 * Math.max(0, middle - reach - hidden)) / 100,
    upper: Math.ceil(100 * Math.min(1, middle + reach + hidden)) / 100,
  };
}
