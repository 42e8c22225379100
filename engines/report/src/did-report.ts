import type {
  Aggregate,
  AggregateEffects,
  AggregatePoint,
  ChiSquaredPreTest,
  Interval,
  TwoWayWarning,
} from '@meedoen/evidence';
import { drawEffects } from './effects-plot.ts';
import { sayNotes } from './notes.ts';
import type { Figure, Report, Table } from './report.ts';
import type { PageContext } from './survival-report.ts';
import { saySmallest } from './smallest-seen.ts';
import { sayInterval, sayTrust } from './trust.ts';
import { wordsOf, type Words } from './words.ts';

export type DidResult = {
  readonly sums: AggregateEffects;
  /** The band of each point of the event study, in their order. */
  readonly bands: readonly Pick<Interval, 'lower' | 'upper'>[];
  readonly preTest: ChiSquaredPreTest | null;
  /** Beside the estimates to be recognised; `null` where there is none, as for cross-sections. */
  readonly twoWay: TwoWayWarning | null;
};

/** What a policy changed, as a page: the mean over those under it first, then by time since its start. */
export function didReport({ sums, bands, preTest, twoWay }: DidResult, context: PageContext): Report {
  const words = wordsOf(context.language);
  const headline = sums.simple;
  return {
    title: words.didTitle(context.event),
    says: [
      ...sayEffect(headline, words, context.event),
      ...saySmallest(words, headline),
      ...(preTest ? [(preTest.p < 0.05 ? words.trendsApart : words.trendsAlike)(words.p(preTest.p))] : []),
      ...(twoWay ? [sayTwoWay(twoWay, words)] : []),
    ],
    figures: [effectsFigure(sums.eventStudy.points, bands, words)],
    tables: [cohortsTable(sums, words)],
    trust: sayTrust(words, headline.level, context.plan),
    caveats: sayNotes(context.language, [...headline.assumptions, ...headline.diagnostics]),
    provenance: context.provenance,
  };
}

function sayEffect({ estimate, ci }: Aggregate, words: Words, outcome: string): string[] {
  const { decimal } = words;
  return [
    estimate === 0
      ? words.didNothing(outcome)
      : words.didSays(outcome, decimal.format(Math.abs(estimate)), estimate > 0),
    ...sayInterval(words, ci),
  ];
}

function sayTwoWay({ term, negativeWeights }: TwoWayWarning, words: Words): string {
  const { decimal } = words;
  return words.twoWay(
    decimal.format(term.estimate),
    negativeWeights.cells.length === 0 ? null : decimal.format(negativeWeights.sum),
  );
}

function effectsFigure(points: readonly AggregatePoint[], bands: DidResult['bands'], words: Words): Figure {
  const title = words.didFigure;
  const drawn = points.map(({ at, estimate, ci }, i) => ({
    at,
    estimate,
    lower: ci.lower,
    upper: ci.upper,
    bandLower: bands[i]!.lower,
    bandUpper: bands[i]!.upper,
  }));
  const written = (value: number | null): string | null => (value === null ? null : words.decimal.format(value));
  const ends = (name: string): string[] => [`${words.lower} (${name})`, `${words.upper} (${name})`];
  return {
    title,
    svg: drawEffects(title, drawn, words.since, words.axis),
    table: {
      caption: title,
      columns: [words.since, '', words.effect, ...ends(words.pointwise), ...ends(words.allAtOnce)],
      rows: drawn.map(({ at, estimate, lower, upper, bandLower, bandUpper }) => [
        words.decimal.format(at),
        at < 0 ? words.beforePolicy : words.underPolicy,
        ...[estimate, lower, upper, bandLower, bandUpper].map(written),
      ]),
    },
  };
}

function cohortsTable({ group, simple }: AggregateEffects, words: Words): Table {
  const row = (
    name: string,
    { estimate, se, ci }: Pick<AggregatePoint, 'estimate' | 'se' | 'ci'>,
  ): (string | null)[] => [
    name,
    ...[estimate, se, ci.lower, ci.upper].map((value) => (value === null ? null : words.decimal.format(value))),
  ];
  return {
    caption: words.byCohort,
    columns: [words.from, words.effect, 'SE', words.lower, words.upper],
    rows: [
      // A start such as 2024 is a name here, and is not rounded.
      ...group.points.map((point) => row(String(point.at), point)),
      row(words.overall, simple),
    ],
  };
}
