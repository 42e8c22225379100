import type { BarriersOfMonth } from '@meedoen/board';
import type { Month } from '@meedoen/units';

/** What was published of one right or theme, over the months that a page shows. */
export type PublishedBarrier = {
  about: 'right' | 'theme';
  subject: string;
  /** The published numbers added up; null when it was named by too few in every month. */
  reports: number | null;
};

/** So many of the latest released months stand on the page. */
const monthsShown = 12;

/**
 * Published numbers added up, most named first; what was too small to publish in every month comes last, without a number.
 * Only published numbers go in, so nothing comes out that was not public before.
 */
export function publishedBarriers(months: readonly BarriersOfMonth[]): {
  first: Month | null;
  last: Month | null;
  barriers: readonly PublishedBarrier[];
} {
  const latest = months.slice(-monthsShown);
  const found = new Map<string, number | null>();
  for (const { value, people } of latest.flatMap(({ counts }) => counts)) {
    const before = found.get(value) ?? null;
    found.set(value, people === null ? before : (before ?? 0) + people);
  }
  const barriers = [...found].map(([value, reports]): PublishedBarrier => {
    const [about = '', subject = ''] = value.split(':');
    return { about: about === 'right' ? 'right' : 'theme', subject, reports };
  });
  return {
    first: latest[0]?.month ?? null,
    last: latest.at(-1)?.month ?? null,
    barriers: barriers.sort((a, b) => (b.reports ?? -1) - (a.reports ?? -1) || (a.subject < b.subject ? -1 : 1)),
  };
}
