import {
  holdsNoEffect,
  quantile,
  survivalAt,
  type LogRank,
  type RestrictedMean,
  type RestrictedMeanDifference,
  type SurvivalCurve,
} from '@meedoen/evidence';
import { drawCurves, ticks } from './curves.ts';
import { drawDots, likelyValues } from './dots.ts';
import { sayNotes } from './notes.ts';
import type { Figure, Language, Provenance, Report, Table, Unit } from './report.ts';
import { saySmallestRatio, timesOf } from './smallest-seen.ts';
import { sayTrust, type PlanAnswer } from './trust.ts';
import { wordsOf, type Words } from './words.ts';

export type SurvivalResult = {
  readonly curves: readonly SurvivalCurve[];
  /** With a horizon: mean times up to it, and with two groups their difference, the headline. */
  readonly means: readonly RestrictedMean[] | null;
  readonly difference: RestrictedMeanDifference | null;
  readonly logRank: LogRank | null;
};

/** What a page needs beside its result. */
export type PageContext = {
  readonly language: Language;
  /** What happens or is measured, as a noun: “paid work”. */
  readonly event: string;
  readonly plan: PlanAnswer;
  readonly provenance: Provenance;
};

/** The same, where times are counted. */
export type Context = PageContext & { readonly unit: Unit };

/** Groups called as a reader understands them: a bare number gets its column in front. */
function named(result: SurvivalResult, column: string): SurvivalResult {
  const name = (group: string): string => (/^-?[\d.]+$/.test(group) ? `${column} ${group}` : group);
  const { curves, means, difference, logRank } = result;
  return {
    curves: curves.map((curve) => ({ ...curve, table: { ...curve.table, group: name(curve.table.group) } })),
    means: means && means.map((mean) => ({ ...mean, group: name(mean.group) })),
    difference: difference && { ...difference, groups: [name(difference.groups[0]), name(difference.groups[1])] },
    logRank: logRank && { ...logRank, groups: logRank.groups.map((one) => ({ ...one, group: name(one.group) })) },
  };
}

/** “How long until …?” as a page: the difference in mean time first, then the curves, then the test. */
export function survivalReport(result: SurvivalResult, context: Context, groupColumn?: string): Report {
  const { curves, means, difference, logRank } = groupColumn === undefined ? result : named(result, groupColumn);
  const { event, unit, plan, provenance } = context;
  const words = wordsOf(context.language);
  const figures = [curvesFigure(curves, words, context)];
  if (difference && difference.se! > 0) figures.push(dotsFigure(difference, words, unit));
  return {
    title: words.survivalTitle(event),
    says: [
      ...sayDifference(difference, words, context),
      ...sayGroups(curves, means, words, context),
      ...sayTest(logRank, words),
    ],
    figures,
    tables: [
      ...(means ? [meansTable(means, difference, words, unit)] : []),
      ...(logRank ? [logRankTable(logRank, words)] : []),
    ],
    trust: sayTrust(words, difference?.level ?? (curves.length > 1 ? 1 : null), plan),
    caveats: sayNotes(context.language, [
      ...curves.flatMap(({ notes }) => notes),
      ...((difference ?? means?.[0])?.assumptions ?? []),
      ...(difference?.diagnostics ?? (means ?? []).flatMap(({ diagnostics }) => diagnostics)),
    ]),
    provenance,
  };
}

function sayDifference(difference: RestrictedMeanDifference | null, words: Words, { event, unit }: Context): string[] {
  if (!difference) return [];
  const { estimate, smallestDetectable: smallest, ci, groups, horizon } = difference;
  const units = words.units[unit];
  const size = words.decimal.format(Math.abs(estimate));
  const upTo = words.decimal.format(horizon);
  const [first, second] = groups;
  const signed = (value: number): string =>
    (value < 0 ? words.shorter : words.longer)(words.decimal.format(Math.abs(value)), units);
  return [
    estimate === 0
      ? words.noMeanDifference(units, first, second, event, upTo)
      : words.meanDifference(size, estimate > 0, units, first, second, event, upTo),
    ...(ci.lower !== null && ci.upper !== null
      ? [words.couldBe(signed(ci.lower), signed(ci.upper), `${words.decimal.format(100 * ci.confidence)} %`)]
      : []),
    ...(smallest && holdsNoEffect(difference) === true
      ? [words.smallestSeen(words.decimal.format(smallest.effect), units, timesOf(smallest, words))]
      : []),
  ];
}

/** A test that found nothing, with what it could have found. */
function sayTest(test: LogRank | null, words: Words): string[] {
  const smallest = test?.smallestDetectable;
  if (!smallest || test.p < smallest.alpha) return [];
  return [saySmallestRatio(words, words.logRank, smallest)];
}

function sayGroups(
  curves: readonly SurvivalCurve[],
  means: readonly RestrictedMean[] | null,
  words: Words,
  { event, unit }: Context,
): string[] {
  const units = words.units[unit];
  return curves.flatMap((curve) => {
    const { group } = curve.table;
    const { time } = quantile(curve, 0.5);
    const half =
      time === null
        ? words.medianNotReached(group, event)
        : words.median(group, words.decimal.format(time), units, event);
    const horizon = means?.[0]?.horizon;
    const at = horizon === undefined ? null : survivalAt(curve, horizon);
    if (at === null || at.lower === null || at.upper === null) return [half];
    const [low, high] = [at.upper, at.lower].map((share) => words.whole.format(100 * (1 - share))) as [string, string];
    return [words.ofHundred(group, low, high, event, words.decimal.format(horizon!), units), half];
  });
}

function curvesFigure(curves: readonly SurvivalCurve[], words: Words, { event, unit }: Context): Figure {
  const title = words.curvesTitle(event);
  const last = Math.max(...curves.map(({ table }) => table.time[table.time.length - 1] ?? 0));
  const svg = drawCurves(
    title,
    curves.map((curve) => ({
      name: curve.table.group,
      time: curve.table.time,
      share: curve.survival,
      lower: curve.lower,
      upper: curve.upper,
      atRisk: (time) => followedAt(curve, time),
      start: 1,
    })),
    { x: words.units[unit], atRisk: words.atRisk, write: words.axis },
  );
  const rows = curves.flatMap((curve) =>
    ticks(last).flatMap((time) => {
      const at = survivalAt(curve, time);
      if (at === null) return [];
      const percent = (share: number | null): string | null =>
        share === null ? null : `${words.decimal.format(100 * share)} %`;
      return [
        [
          curve.table.group,
          words.decimal.format(time),
          words.whole.format(followedAt(curve, time)),
          percent(at.survival),
          percent(at.lower),
          percent(at.upper),
        ],
      ];
    }),
  );
  const columns = [words.group, words.units[unit], words.atRisk, words.share, words.lower, words.upper];
  return { title, svg, table: { caption: title, columns, rows } };
}

/** How many are followed just before a time: those at risk at the first later time of the table. */
function followedAt({ table }: SurvivalCurve, time: number): number {
  const at = table.time.findIndex((one) => one >= time);
  return at < 0 ? 0 : table.atRisk[at]!;
}

function dotsFigure({ estimate, se }: RestrictedMeanDifference, words: Words, unit: Unit): Figure {
  const title = words.dotsTitle(words.units[unit]);
  const values = likelyValues(estimate, se!);
  return {
    title,
    svg: drawDots(title, estimate, se!, words.units[unit], words.axis),
    table: {
      caption: title,
      columns: [words.quantileOf, `${words.difference} (${words.units[unit]})`],
      rows: values.map((value, at) => [words.decimal.format(5 * at + 2.5), words.decimal.format(value)]),
    },
  };
}

function meansTable(
  means: readonly RestrictedMean[],
  difference: RestrictedMeanDifference | null,
  words: Words,
  unit: Unit,
): Table {
  const row = (name: string, { n, estimate, se, ci }: RestrictedMean | RestrictedMeanDifference): (string | null)[] => [
    name,
    words.whole.format(n),
    words.decimal.format(estimate),
    se === null ? null : words.decimal.format(se),
    ci.lower === null ? null : words.decimal.format(ci.lower),
    ci.upper === null ? null : words.decimal.format(ci.upper),
  ];
  const caption = `${words.mean(words.decimal.format(means[0]?.horizon ?? 0))} (${words.units[unit]})`;
  return {
    caption,
    columns: [words.group, words.people, caption, 'SE', words.lower, words.upper],
    rows: [
      ...means.map((mean) => row(mean.group, mean)),
      ...(difference ? [row(`${difference.groups[0]} − ${difference.groups[1]}`, difference)] : []),
    ],
  };
}

function logRankTable({ chiSquared, degrees, p, groups }: LogRank, words: Words): Table {
  const test = words.pValue(words.decimal.format(chiSquared), String(degrees), words.p(p));
  return {
    caption: `${words.testTitle} ${test}`,
    columns: [words.group, words.people, words.observed, words.expected],
    rows: groups.map(({ group, n, observed, expected }) => [
      group,
      words.whole.format(n),
      words.whole.format(observed),
      words.decimal.format(expected),
    ]),
  };
}
