import type { InterruptedSeries } from '@meedoen/evidence';
import { drawLines } from './lines.ts';
import { sayNotes } from './notes.ts';
import type { Report } from './report.ts';
import { saySmallest } from './smallest-seen.ts';
import { studyWordsOf } from './study-words.ts';
import type { PageContext } from './survival-report.ts';
import { sayInterval, sayPlan } from './trust.ts';
import { wordsOf } from './words.ts';

/** One series with a break, as a page: how far it left its earlier trend, and the two lines. */
export function seriesReport(found: InterruptedSeries, start: number, context: PageContext): Report {
  const words = wordsOf(context.language);
  const study = studyWordsOf(context.language);
  const { decimal } = words;
  const { series, estimate } = found;
  const points = (of: 'outcome' | 'fitted' | 'without') =>
    series.map((one) => ({ at: one.period, value: one[of] })).filter(({ at }) => of !== 'without' || at >= start);
  const title = study.seriesFigure();
  return {
    title: study.seriesTitle(context.event, String(start)),
    says: [
      estimate === 0
        ? study.noDifference()
        : study.seriesSays(context.event, decimal.format(Math.abs(estimate)), estimate > 0),
      ...sayInterval(words, found.ci),
      ...saySmallest(words, found),
    ],
    figures: [
      {
        title,
        svg: drawLines(
          title,
          [
            { name: study.measured(), points: points('outcome'), kind: 'marks' },
            { name: study.trend(), points: broken(points('fitted'), start), kind: 'line' },
            { name: study.without(), points: points('without'), kind: 'dashed' },
          ],
          { x: study.period(), start, write: words.axis },
        ),
        table: {
          caption: title,
          columns: [study.period(), study.measured(), study.trend(), study.without()],
          rows: series.map((one) => [
            String(one.period),
            ...[one.outcome, one.fitted, one.without].map((value) => decimal.format(value)),
          ]),
        },
      },
    ],
    tables: [
      {
        caption: study.breakTitle(),
        columns: ['', words.effect, 'SE', words.lower, words.upper, 'p'],
        rows: (
          [
            [study.meanChange(), found],
            [study.levelChange(), found.levelChange],
            [study.slopeChange(), found.slopeChange],
          ] as const
        ).map(([name, { estimate: size, se, ci, p }]) => [
          name,
          ...[size, se, ci.lower, ci.upper].map((value) => (value === null ? null : decimal.format(value))),
          words.p(p),
        ]),
      },
    ],
    trust: [study.ownTrend(String(found.level)), sayPlan(words, context.plan)],
    caveats: sayNotes(context.language, [...found.assumptions, ...found.diagnostics]),
    provenance: context.provenance,
  };
}

type Point = { readonly at: number; readonly value: number };

/** A line that stops before the start and begins again at it: a value that is none lets go of the pen. */
function broken(points: readonly Point[], start: number): Point[] {
  return [
    ...points.filter(({ at }) => at < start),
    { at: start, value: NaN },
    ...points.filter(({ at }) => at >= start),
  ];
}
