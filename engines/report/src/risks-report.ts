import type { IncidenceCurve, Risks } from '@meedoen/evidence';
import { drawCurves, ticks } from './curves.ts';
import { sayNotes } from './notes.ts';
import type { Figure, Report } from './report.ts';
import type { Context } from './survival-report.ts';
import { sayTrust } from './trust.ts';
import { wordsOf, type Words } from './words.ts';

/** All ways to leave as a page: one picture a group, each with everybody in it. */
export function risksReport(groups: readonly Risks[], context: Context): Report {
  const words = wordsOf(context.language);
  const units = words.units[context.unit];
  const when = lastSupported(groups);
  const says = groups.flatMap(({ table, causes }) => {
    const after = table.time.findIndex((one) => one > when);
    const end = (after < 0 ? table.time.length : after) - 1;
    return causes.flatMap(({ cause, share, lower, upper }) => {
      const [low, high] = [lower[end], upper[end]];
      if (end < 0 || low === null || low === undefined || high === null || high === undefined) return [];
      const percent = (value: number): string => words.whole.format(100 * value);
      return [
        words.risksSays(
          table.group,
          cause,
          percent(share[end]!),
          percent(low),
          percent(high),
          words.decimal.format(when),
          units,
        ),
      ];
    });
  });
  return {
    title: words.risksTitle,
    says,
    figures: groups.map((risks) => figureOf(risks, words, units)),
    tables: [],
    trust: sayTrust(words, groups.length > 1 ? 1 : null, context.plan),
    caveats: sayNotes(
      context.language,
      groups.flatMap(({ notes }) => notes),
    ),
    provenance: context.provenance,
  };
}

const FEW = 10;

/**
 * When to say how far each way to leave had come: one time for all groups, the last at which each still has ten people
 * followed, so that nobody compares a year with two, or reads a share off the last person. Where a group never had ten, the
 * last time of the shortest.
 */
function lastSupported(groups: readonly Risks[]): number {
  const last = (table: Risks['table'], least: number): number =>
    table.time[table.atRisk.findLastIndex((followed) => followed >= least)] ?? 0;
  const enough = Math.min(...groups.map(({ table }) => last(table, FEW)));
  return enough > 0 ? enough : Math.min(...groups.map(({ table }) => last(table, 0)));
}

function figureOf({ table, waiting, causes }: Risks, words: Words, units: string): Figure {
  const title = table.group === 'all' ? words.risksFigure : `${table.group}: ${words.risksFigure}`;
  const last = table.time[table.time.length - 1] ?? 0;
  const followed = (time: number): number => {
    const at = table.time.findIndex((one) => one >= time);
    return at < 0 ? 0 : table.atRisk[at]!;
  };
  const named: readonly IncidenceCurve[] = [...causes, { ...waiting, cause: words.waiting }];
  const svg = drawCurves(
    title,
    named.map((curve, at) => ({
      name: curve.cause,
      time: table.time,
      share: curve.share,
      lower: curve.lower,
      upper: curve.upper,
      atRisk: followed,
      start: at === causes.length ? 1 : 0,
    })),
    { x: units, atRisk: words.atRisk, write: words.axis, oneRow: true },
  );
  const percent = (share: number | null | undefined): string | null =>
    share === null || share === undefined ? null : `${words.decimal.format(100 * share)} %`;
  const rows = named.flatMap(({ cause, share, lower, upper }) =>
    ticks(last).map((time) => {
      const after = table.time.findIndex((one) => one > time);
      const at = (after < 0 ? table.time.length : after) - 1;
      const start = cause === words.waiting ? 1 : 0;
      return [
        cause,
        words.decimal.format(time),
        words.whole.format(followed(time)),
        percent(at < 0 ? start : share[at]),
        percent(at < 0 ? null : lower[at]),
        percent(at < 0 ? null : upper[at]),
      ];
    }),
  );
  const columns = [words.cause, units, words.atRisk, words.share, words.lower, words.upper];
  return { title, svg, table: { caption: title, columns, rows } };
}
