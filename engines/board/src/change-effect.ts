import {
  certainty,
  comparePlan,
  detectableRatio,
  interruptedSeries,
  marylandLevel,
  type AnalysisPlan,
  type Certainty,
  type EvidenceLevel,
  type PlanKept,
} from '@meedoen/evidence';
import { chiSquaredUpperTail, cholesky, normalQuantile, quadraticForm, square } from '@meedoen/numbers';
import { roundHalfUp, strictest } from '@meedoen/publication';
import { monthsBetween, refuse, type Month, type Parsed } from '@meedoen/units';
import { poissonRates, type PoissonRates, type RateRow } from './poisson-rates.ts';

/** People who were followed and had no paid work yet at the beginning of a month, counted by what is held equal, and who began. */
export type MonthAtRisk = {
  readonly town: string;
  readonly month: Month;
  readonly door: string;
  /** Months since arrival, in bands. */
  readonly since: string;
  readonly ageBand: string;
  readonly gender: string;
  readonly people: number;
  readonly starts: number;
};

/** What changed where and from which month, and the towns it is compared with, in which it did not change. */
export type PolicyChange = {
  readonly changes: readonly { readonly town: string; readonly from: Month }[];
  readonly compared: readonly string[];
};

/** Starts of work as a multiple of what would have been expected; limits rounded outwards to hundredths. */
export type RatioShown = { readonly ratio: number; readonly lower: number; readonly upper: number };

/** Half a year before (below 0) or since the change: -1 is the six months before it, 0 the first six of it. */
export type RatioAt = RatioShown & { readonly halfYear: number };

export type ChangeEffect = {
  readonly method: 'did';
  /** Of all months since the change together. */
  readonly effect: RatioShown;
  readonly path: readonly RatioAt[];
  /** Did starts in towns that changed move apart from the others before the change? A small p says yes. */
  readonly before: { readonly p: number; readonly degrees: number } | null;
  /** People who began to work since the change, and how many would have been expected; rounded. */
  readonly starts: number;
  readonly expected: number;
  /** How much more than chance half-years of a town differ; 1 is chance alone. */
  readonly spread: number;
  readonly comparedTowns: number;
  readonly level: EvidenceLevel;
  readonly certainty: Pick<Certainty, 'certainty' | 'word'>;
  /** The smallest ratios, below and above 1, that these data would probably have shown. */
  readonly smallest: readonly [below: number, above: number] | null;
  readonly plan: PlanKept;
};

/** One town against its own past: starts a month for each thousand people without work. */
export type SeriesEffect = {
  readonly method: 'series';
  readonly perThousand: number;
  readonly lower: number;
  readonly upper: number;
  readonly quartersBefore: number;
  readonly quartersAfter: number;
  readonly level: EvidenceLevel;
  readonly plan: PlanKept;
};

/** What was held equal, in the words of the plan. */
export const heldEqual = ['age', 'door', 'gender', 'months since arrival'] as const;

/** The part that each column plays, in the words of the plan. */
export const changeColumns = { unit: 'town', period: 'month', outcome: 'first paid work' } as const;

/**
 * What a change of policy did to starts of first paid work (nl: effect van een maatregel), over towns that changed at different
 * times and towns that did not.
 *
 * A model of rates (door × months since arrival, age, gender, town and quarter, each a factor) is fitted to the months that are
 * not, or not yet, under the change; it says how many starts would have been expected in each month under it. The effect is what
 * was seen divided by that, over all of these months and by half-year since the change: a comparison of group and time as in
 * staggered differences in differences, in ratios, with no town that already changed among the controls. Errors carry the
 * uncertainty of the fit and, where half-years of a town differ more than chance, that too. Trends before the change are tested
 * by the two half-years before it, against the time before those.
 *
 * Refuses with fewer than two towns to compare with, fewer than a year before, fewer than six months after, or fewer than
 * {@link fewestStarts} starts in a part of it: then a few people would make the answer. Published numbers are rounded.
 *
 * B. Callaway & P. H. C. Sant'Anna (2021), Journal of Econometrics 225, 200–230; J. M. Wooldridge (2023), The Econometrics
 * Journal 26, C31–C66; K. Borusyak, X. Jaravel & J. Spiess (2024), Review of Economic Studies 91, 3253–3285.
 */
export function changeEffect(
  rows: readonly MonthAtRisk[],
  change: PolicyChange,
  plan: AnalysisPlan,
): Parsed<ChangeEffect> {
  const from = new Map(change.changes.map((one) => [one.town, one.from]));
  const known = rows.filter(({ town }) => from.has(town) || change.compared.includes(town));
  const isUnder = ({ town, month }: MonthAtRisk): boolean => from.has(town) && month >= from.get(town)!;
  const inChanged = known.filter(({ town }) => from.has(town));
  const refused = tooLittle(known, change, isUnder);
  if (refused) return refused;

  const untreated = known.filter((row) => !isUnder(row));
  const usable = levelsWithStarts(untreated);
  const fitted = untreated.filter((row) => usable(row));
  const design = designOf(fitted);
  const plain = poissonRates(fitted.map(design.row), design.columns);
  if (!plain)
    return refuse('change-not-estimable', 'The towns and months cannot be told apart: too few started to work.');

  const spread = spreadOf(fitted, plain, design.row);
  const under = inChanged.filter((row) => isUnder(row) && usable(row) && design.knows(row));
  const overall = observedOverExpected(under, plain, design.row, spread);
  const { before, leads } = trendsBefore(fitted, from, design, spread);
  const since = Map.groupBy(under, ({ town, month }) => Math.floor(monthsBetween(from.get(town)!, month) / 6));
  const path = [...since]
    .map(([halfYear, of]) => ({ halfYear, of, starts: startsIn(of) }))
    .filter(({ starts }) => starts >= fewestStarts)
    .map(({ halfYear, of }) => ({ halfYear, ...shown(observedOverExpected(of, plain, design.row, spread)) }));

  const trendsApart = before !== null && before.p < 0.05;
  const interval = shown(overall);
  const unsure = interval.lower <= 1 && interval.upper >= 1;
  const { certainty: sure, word } = certainty('difference-in-differences', {
    bias: trendsApart ? 'serious' : 'none',
    imprecision: unsure ? 'some' : 'none',
  });
  const reach = normalQuantile(0.975) * overall.se;
  const smallest = detectableRatio({
    se: overall.se,
    ci: { lower: overall.log - reach, upper: overall.log + reach, confidence: 0.95 },
  });
  return {
    ok: true,
    value: {
      method: 'did',
      effect: interval,
      path: [...leads, ...path].sort((a, b) => a.halfYear - b.halfYear),
      before,
      starts: roundHalfUp(startsIn(under), strictest),
      expected: roundHalfUp(Math.round(overall.expected), strictest),
      spread: Number(spread.toFixed(2)),
      comparedTowns: change.compared.length,
      level: marylandLevel('difference-in-differences', trendsApart ? 1 : 0),
      certainty: { certainty: sure, word },
      smallest: smallest && [Number(smallest.ratios[0].toFixed(2)), Number(smallest.ratios[1].toFixed(2))],
      plan: comparePlan(plan, { method: 'did', columns: changeColumns, covariates: heldEqual, horizon: null }),
    },
  };
}

/**
 * One town against its own past, when there is nothing to compare it with: quarters since and before the change, and where the trend
 * would have gone. Weaker than {@link changeEffect}: whatever else changed at that time is in it.
 */
export function changeInSeries(
  rows: readonly MonthAtRisk[],
  { town, from }: PolicyChange['changes'][number],
  plan: AnalysisPlan,
): Parsed<SeriesEffect> {
  const quarters = Map.groupBy(
    rows.filter((row) => row.town === town),
    ({ month }) => Math.floor(monthsBetween(from, month) / 3),
  );
  // A quarter at either end may be half over.
  const whole = [...quarters]
    .filter(([, of]) => new Set(of.map(({ month }) => month)).size === 3)
    .sort(([a], [b]) => a - b);
  const starts = (side: (quarter: number) => boolean): number =>
    startsIn(whole.filter(([quarter]) => side(quarter)).flatMap(([, of]) => of));
  const [before, after] = [starts((quarter) => quarter < 0), starts((quarter) => quarter >= 0)];
  if (Math.min(before, after) < fewestStarts) return tooFewStarts(Math.min(before, after));
  const series = interruptedSeries(
    {
      period: whole.map(([quarter]) => quarter),
      outcome: whole.map(([, of]) => (1000 * startsIn(of)) / of.reduce((sum, { people }) => sum + people, 0)),
    },
    { start: 0 },
  );
  if (!series.ok) return series;
  const { estimate, ci, level } = series.value;
  return {
    ok: true,
    value: {
      method: 'series',
      perThousand: Number(estimate.toFixed(1)),
      lower: Math.floor(ci.lower! * 10) / 10,
      upper: Math.ceil(ci.upper! * 10) / 10,
      quartersBefore: series.value.before,
      quartersAfter: series.value.after,
      level,
      plan: comparePlan(plan, { method: 'series', columns: changeColumns, covariates: [], horizon: null }),
    },
  };
}

/** Fewer starts than this in a part, and a few people would make the answer. */
export const fewestStarts: number = strictest.fewest;

function startsIn(rows: readonly MonthAtRisk[]): number {
  return rows.reduce((sum, { starts }) => sum + starts, 0);
}

function tooFewStarts(starts: number): Parsed<never> {
  return refuse(
    'too-few-starts',
    `Fewer than ${fewestStarts} people began to work in a part of the comparison. Wait, or take more towns together.`,
    // The number itself stays unsaid: it is below what may be published.
    { needed: fewestStarts, enough: starts >= fewestStarts ? 'yes' : 'no' },
  );
}

function tooLittle(
  rows: readonly MonthAtRisk[],
  { changes, compared }: PolicyChange,
  isUnder: (row: MonthAtRisk) => boolean,
): Parsed<never> | null {
  const there = compared.filter((town) => rows.some((row) => row.town === town));
  if (there.length < 2) {
    return refuse(
      'too-few-towns',
      `There are ${there.length} towns to compare with; at least 2 are needed. Name towns where nothing changed.`,
      { towns: there.length, needed: 2 },
    );
  }
  for (const { town, from } of changes) {
    const months = [...new Set(rows.filter((row) => row.town === town).map(({ month }) => month))];
    const before = months.filter((month) => month < from).length;
    const after = months.length - before;
    if (before < 12 || after < 6) {
      return refuse(
        'too-few-months',
        `There are ${before} months before the change and ${after} from it on; at least 12 and 6 are needed.`,
        { before, after, neededBefore: 12, neededAfter: 6 },
      );
    }
  }
  const changed = new Set(changes.map(({ town }) => town));
  const parts = [
    rows.filter(isUnder),
    rows.filter((row) => changed.has(row.town) && !isUnder(row)),
    rows.filter((row) => !changed.has(row.town)),
  ];
  const fewest = Math.min(...parts.map(startsIn));
  return fewest < fewestStarts ? tooFewStarts(fewest) : null;
}

/** What each factor of the model calls a row. */
const factors: readonly ((row: MonthAtRisk) => string)[] = [
  ({ town }) => town,
  ({ month }) => quarterOf(month),
  ({ door, since }) => `${door} ${since}`,
  ({ ageBand }) => ageBand,
  ({ gender }) => gender,
];

function quarterOf(month: Month): string {
  return `${month.slice(0, 4)}-${Math.floor((Number(month.slice(5)) - 1) / 3)}`;
}

/** Where nobody ever started without the change there is nothing to expect: such rows are in no part of it. */
function levelsWithStarts(untreated: readonly MonthAtRisk[]): (row: MonthAtRisk) => boolean {
  let rows = untreated;
  let seen: Set<string>[] = [];
  // Taking rows of one factor away can leave a level of another without starts.
  for (let left = -1; left !== rows.length;) {
    left = rows.length;
    seen = factors.map((of) => new Set(rows.filter(({ starts }) => starts > 0).map(of)));
    rows = rows.filter((row) => factors.every((of, at) => seen[at]!.has(of(row))));
  }
  return (row) => factors.every((of, at) => seen[at]!.has(of(row)));
}

type Design = {
  readonly columns: number;
  readonly row: (row: MonthAtRisk) => RateRow;
  readonly knows: (row: MonthAtRisk) => boolean;
};

/** Column 0 for all; of each factor the first level has none. */
function designOf(rows: readonly MonthAtRisk[]): Design {
  let columns = 1;
  const places = factors.map((of) => {
    const levels = [...new Set(rows.map(of))].sort();
    return new Map(levels.map((level, at) => [level, at === 0 ? 0 : columns++]));
  });
  return {
    columns,
    row: (row) => ({
      events: row.starts,
      time: row.people,
      columns: [0, ...factors.flatMap((of, at) => places[at]!.get(of(row)) || [])],
    }),
    knows: (row) => factors.every((of, at) => places[at]!.has(of(row))),
  };
}

/** Pearson's statistic of half-years of towns over its degrees of freedom: how much more than chance they differ, 1 at least. */
function spreadOf(rows: readonly MonthAtRisk[], fit: PoissonRates, rowOf: Design['row']): number {
  const halfYear = ({ month }: MonthAtRisk): string => `${month.slice(0, 4)}-${month.slice(5) <= '06' ? 1 : 2}`;
  const cells = Map.groupBy(rows, (row) => `${row.town} ${halfYear(row)}`);
  let pearson = 0;
  for (const of of cells.values()) {
    const expected = of.reduce((sum, row) => sum + fit.expected(rowOf(row)), 0);
    pearson += (startsIn(of) - expected) ** 2 / expected;
  }
  const towns = new Set(rows.map(({ town }) => town)).size;
  const degrees = cells.size - towns - new Set(rows.map(halfYear)).size + 1;
  return degrees < 1 ? 1 : Math.max(1, pearson / degrees);
}

type Seen = { log: number; se: number; expected: number };

/** What was seen divided by what the fit expects, as a logarithm with its error (delta method). */
function observedOverExpected(
  rows: readonly MonthAtRisk[],
  fit: PoissonRates,
  rowOf: Design['row'],
  spread: number,
): Seen {
  const gradient = new Float64Array(fit.coefficients.length);
  let expected = 0;
  for (const one of rows) {
    const row = rowOf(one);
    const mean = fit.expected(row);
    expected += mean;
    for (const column of row.columns) gradient[column]! += mean;
  }
  const seen = startsIn(rows);
  let variance = 0;
  const { size, values } = fit.covariance;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) variance += gradient[i]! * values[i * size + j]! * gradient[j]!;
  }
  return {
    log: Math.log(seen / expected),
    se: Math.sqrt(spread * (1 / seen + variance / expected ** 2)),
    expected,
  };
}

function shown({ log, se }: Pick<Seen, 'log' | 'se'>): RatioShown {
  const reach = normalQuantile(0.975) * se;
  return {
    ratio: Number(Math.exp(log).toFixed(2)),
    lower: Math.floor(100 * Math.exp(log - reach)) / 100,
    upper: Math.ceil(100 * Math.exp(log + reach)) / 100,
  };
}

/** The two half-years before the change as factors of their own, tested together (Wald). */
function trendsBefore(
  rows: readonly MonthAtRisk[],
  from: ReadonlyMap<string, Month>,
  design: Design,
  spread: number,
): { before: ChangeEffect['before']; leads: RatioAt[] } {
  const leadOf = ({ town, month }: MonthAtRisk): number | null => {
    const changed = from.get(town);
    if (changed === undefined) return null;
    const halfYear = Math.floor(monthsBetween(changed, month) / 6);
    return halfYear >= -2 ? halfYear : null;
  };
  const leads = [-2, -1].filter((lead) => startsIn(rows.filter((row) => leadOf(row) === lead)) >= fewestStarts);
  const columns = design.columns + leads.length;
  const fit = poissonRates(
    rows.map((row) => {
      const plain = design.row(row);
      const lead = leadOf(row);
      const at = lead === null ? -1 : leads.indexOf(lead);
      return at < 0 ? plain : { ...plain, columns: [...plain.columns, design.columns + at] };
    }),
    columns,
  );
  if (!fit || leads.length === 0) return { before: null, leads: [] };
  const covariance = square(leads.length);
  for (let i = 0; i < leads.length; i++) {
    for (let j = 0; j < leads.length; j++) {
      covariance.values[i * leads.length + j] =
        spread * fit.covariance.values[(design.columns + i) * columns + design.columns + j]!;
    }
  }
  const moved = fit.coefficients.slice(design.columns);
  const factor = cholesky(covariance);
  if ('dependentRow' in factor) return { before: null, leads: [] };
  return {
    before: {
      p: Number(chiSquaredUpperTail(quadraticForm(factor, moved), leads.length).toPrecision(2)),
      degrees: leads.length,
    },
    leads: leads.map((halfYear, at) => ({
      halfYear,
      ...shown({ log: moved[at]!, se: Math.sqrt(covariance.values[at * leads.length + at]!) }),
    })),
  };
}
