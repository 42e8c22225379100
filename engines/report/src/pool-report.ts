import type { Pooled } from '@meedoen/pooling';
import { drawForest, type ForestRow } from './forest.ts';
import { sayNotes } from './notes.ts';
import type { Report } from './report.ts';
import type { PageContext } from './survival-report.ts';
import { saySmallest } from './smallest-seen.ts';
import { sayPlan } from './trust.ts';
import { wordsOf } from './words.ts';

/** The studies that were pooled, as they were given. */
export type PooledStudies = {
  readonly names: readonly string[];
  readonly effect: ArrayLike<number>;
  readonly se: ArrayLike<number>;
};

/** Several studies as a page: each by itself, all together, and where a new place could lie. */
export function poolReport(pooled: Pooled, studies: PooledStudies, context: Omit<PageContext, 'event'>): Report {
  const words = wordsOf(context.language);
  const { decimal } = words;
  const written = (value: number | null): string => (value === null ? '–' : decimal.format(value));
  const { ci, predictionInterval: next } = pooled;
  const z = 1.959963984540054;
  const rows: ForestRow[] = [
    ...studies.names.map((name, at) => ({
      name,
      estimate: studies.effect[at]!,
      lower: studies.effect[at]! - z * studies.se[at]!,
      upper: studies.effect[at]! + z * studies.se[at]!,
      kind: 'one' as const,
      weight: pooled.weights[at]! / 100,
    })),
    { name: words.together, estimate: pooled.estimate, lower: ci.lower, upper: ci.upper, kind: 'together' },
    ...(next
      ? [
          {
            name: words.newPlace,
            estimate: pooled.estimate,
            lower: next.lower,
            upper: next.upper,
            kind: 'new' as const,
          },
        ]
      : []),
  ];
  return {
    title: words.poolTitle,
    says: [
      words.poolSays(written(pooled.estimate), written(ci.lower), written(ci.upper)),
      ...saySmallest(words, pooled),
      ...(next ? [words.poolNext(written(next.lower), written(next.upper))] : []),
      words.poolDiffer(`${decimal.format(pooled.i2)} %`),
      ...(pooled.studies < 5 ? [words.poolFew] : []),
    ],
    figures: [
      {
        title: words.poolFigure,
        svg: drawForest(words.poolFigure, rows, 'linear', words.effect, words.axis),
        table: {
          caption: words.poolFigure,
          columns: [words.study, words.effect, words.lower, words.upper, words.weight],
          rows: rows.map(({ name, estimate, lower, upper, kind, weight }) => [
            name,
            kind === 'new' ? null : written(estimate),
            written(lower),
            written(upper),
            weight === undefined ? null : `${decimal.format(100 * weight)} %`,
          ]),
        },
      },
    ],
    tables: [],
    trust: [words.poolLevel, sayPlan(words, context.plan), words.poolTransfer],
    caveats: sayNotes(context.language, [...pooled.assumptions, ...pooled.diagnostics]),
    provenance: context.provenance,
  };
}
