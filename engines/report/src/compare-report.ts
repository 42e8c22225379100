import type { AdjustedMean, CohortComparison, CohortDifference, Balance } from '@meedoen/evidence';
import { drawLove } from './love-plot.ts';
import { sayNotes, sayProblem } from './notes.ts';
import type { Figure, Report, Table } from './report.ts';
import type { PageContext } from './survival-report.ts';
import { saySmallest } from './smallest-seen.ts';
import { sayInterval, sayTrust } from './trust.ts';
import { wordsOf, type Words } from './words.ts';

export type CompareResult = CohortComparison<CohortDifference, AdjustedMean>;

/** Two cohorts as a page: people alike compared, or why they are not; how alike they were and became. */
export function compareReport(
  { declared, balance, raw, adjusted, notes }: CompareResult,
  context: PageContext,
): Report {
  const words = wordsOf(context.language);
  const [reference, compared] = declared.map(({ name }) => name) as [string, string];
  const rawSays = words.compareRaw(compared, reference, context.event, words.decimal.format(raw.estimate));
  const told = adjusted.ok ? adjusted.value.headline : raw;
  return {
    title: words.compareTitle(compared, reference),
    says: adjusted.ok
      ? [
          ...sayDifference(adjusted.value.headline, words, compared, reference, context.event),
          ...saySmallest(words, adjusted.value.headline),
          rawSays,
        ]
      : [words.compareRefused(compared, reference), sayProblem(context.language, adjusted.problem), rawSays],
    figures: balance ? [balanceFigure(balance, words)] : [],
    tables: [
      differencesTable(raw, adjusted.ok ? adjusted.value : null, words),
      ...(balance ? [weightsTable(balance, words)] : []),
    ],
    trust: sayTrust(words, told.level, context.plan),
    caveats: sayNotes(context.language, [...notes, ...told.assumptions, ...told.diagnostics]),
    provenance: context.provenance,
  };
}

function sayDifference(
  { estimate, ci }: CohortDifference,
  words: Words,
  a: string,
  b: string,
  outcome: string,
): string[] {
  const { decimal } = words;
  return [
    estimate === 0
      ? words.compareNothing(a, b, outcome)
      : words.compareSays(a, b, outcome, decimal.format(Math.abs(estimate)), estimate > 0),
    ...sayInterval(words, ci),
  ];
}

function balanceFigure({ characteristics }: Balance, words: Words): Figure {
  const title = words.loveFigure;
  const rows = characteristics.map(({ characteristic, before, after }) => ({
    name: characteristic,
    // Without any spread in either cohort there is nothing in which they could differ.
    before: before ?? 0,
    after: after ?? 0,
  }));
  const written = (value: number | null): string | null => (value === null ? null : words.decimal.format(value));
  return {
    title,
    svg: drawLove(title, rows, words.deviations, words.axis),
    table: {
      caption: title,
      columns: [words.covariate, words.before, words.after],
      rows: characteristics.map(({ characteristic, before, after }) => [
        characteristic,
        written(before),
        written(after),
      ]),
    },
  };
}

function differencesTable(raw: CohortDifference, adjusted: AdjustedMean | null, words: Words): Table {
  const row = (way: keyof Words['ways'], { n, estimate, se, ci }: CohortDifference): (string | null)[] => [
    words.ways[way],
    words.whole.format(n),
    ...[estimate, se, ci.lower, ci.upper].map((value) => (value === null ? null : words.decimal.format(value))),
  ];
  return {
    caption: words.difference,
    columns: [words.way, words.people, words.difference, 'SE', words.lower, words.upper],
    rows: [
      row('raw', raw),
      ...(adjusted ? (['headline', 'weighted', 'standardised'] as const).map((way) => row(way, adjusted[way])) : []),
    ],
  };
}

function weightsTable({ weights }: Balance, words: Words): Table {
  return {
    caption: words.weightsTitle,
    columns: [words.group, words.people, words.effective, words.heaviest],
    rows: weights.map(({ cohort, people, effectiveSize, largestShare }) => [
      cohort,
      words.whole.format(people),
      words.whole.format(effectiveSize),
      `${words.decimal.format(100 * largestShare)} %`,
    ]),
  };
}
