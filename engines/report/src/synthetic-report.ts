import type { SyntheticEffect } from '@meedoen/evidence';
import { drawLines } from './lines.ts';
import { sayNotes } from './notes.ts';
import type { Figure, Report, Table } from './report.ts';
import { saySmallest } from './smallest-seen.ts';
import { studyWordsOf, type StudyWords } from './study-words.ts';
import type { PageContext } from './survival-report.ts';
import { sayInterval, sayTrust } from './trust.ts';
import { wordsOf, type Words } from './words.ts';

/** One place against a mixture of others, as a page: the gap, the gap beside those of the other places, and the mixture. */
export function syntheticReport(effect: SyntheticEffect, context: PageContext): Report {
  const words = wordsOf(context.language);
  const study = studyWordsOf(context.language);
  const { decimal, whole } = words;
  const place = effect.treated.join(', ');
  const others = effect.placebos.length + 1;
  return {
    title: study.placeTitle(place, context.event),
    says: [
      effect.estimate === 0
        ? study.noDifference()
        : study.placeSays(place, context.event, decimal.format(Math.abs(effect.estimate)), effect.estimate > 0),
      ...sayInterval(words, effect.ci),
      ...saySmallest(words, effect),
      ...(effect.rankP === null
        ? []
        : [study.placeRank(whole.format(Math.round(effect.rankP * others)), whole.format(others))]),
    ],
    figures: [linesFigure(effect, place, words, study), gapFigure(effect, words, study)],
    tables: [mixtureTable(effect, words, study)],
    trust: sayTrust(words, effect.level, context.plan),
    caveats: sayNotes(context.language, [...effect.assumptions, ...effect.diagnostics]),
    provenance: context.provenance,
  };
}

function linesFigure({ series, start }: SyntheticEffect, place: string, words: Words, study: StudyWords): Figure {
  const title = study.placeLines();
  const points = (of: 'treated' | 'synthetic') => series.map((one) => ({ at: one.period, value: one[of] }));
  return {
    title,
    svg: drawLines(
      title,
      [
        { name: place, points: points('treated'), kind: 'line' },
        { name: study.mixture(), points: points('synthetic'), kind: 'dashed' },
      ],
      { x: study.period(), start, write: words.axis },
    ),
    table: {
      caption: title,
      columns: [study.period(), place, study.mixture()],
      rows: series.map(({ period, treated, synthetic }) => [
        String(period),
        words.decimal.format(treated),
        words.decimal.format(synthetic),
      ]),
    },
  };
}

function gapFigure({ series, start, placeboGaps }: SyntheticEffect, words: Words, study: StudyWords): Figure {
  const title = study.gapFigure();
  const own = series.map(({ period, treated, synthetic }) => ({ at: period, value: treated - synthetic }));
  return {
    title,
    svg: drawLines(
      title,
      [
        ...placeboGaps.map(({ unit, gaps }) => ({
          name: unit,
          points: gaps.map((value, at) => ({ at: series[at]!.period, value })),
          kind: 'faint' as const,
        })),
        { name: study.gap(), points: own, kind: 'line' },
      ],
      { x: study.period(), start, zero: true, write: words.axis },
    ),
    table: {
      caption: title,
      columns: [study.period(), study.gap(), ...(placeboGaps.length > 0 ? [study.placebos()] : [])],
      rows: own.map(({ at, value }, t) => {
        const those = placeboGaps.map(({ gaps }) => gaps[t]!);
        const range = [Math.min(...those), Math.max(...those)].map((one) => words.decimal.format(one)).join(' … ');
        return [String(at), words.decimal.format(value), ...(those.length > 0 ? [range] : [])];
      }),
    },
  };
}

function mixtureTable({ unitWeights }: SyntheticEffect, words: Words, study: StudyWords): Table {
  return {
    caption: study.mixtureTitle(),
    columns: [study.place(), words.weight],
    rows: unitWeights
      .filter(({ weight }) => weight >= 0.001)
      .toSorted((a, b) => b.weight - a.weight)
      .map(({ unit, weight }) => [unit, `${words.decimal.format(100 * weight)} %`]),
  };
}
