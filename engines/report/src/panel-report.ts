import { detectable } from '@meedoen/evidence';
import type { ChangeWithin, NonResponse } from '@meedoen/panel';
import { drawForest, type ForestRow } from './forest.ts';
import { sayNotes, sayProblem } from './notes.ts';
import type { Report, Table } from './report.ts';
import { saySmallest } from './smallest-seen.ts';
import { studyWordsOf, type StudyWords } from './study-words.ts';
import type { PageContext } from './survival-report.ts';
import { sayInterval, sayPlan } from './trust.ts';
import { wordsOf, type Words } from './words.ts';

/** Change within people as a page: how much, who changed enough to matter, and what those not seen could make of it. */
export function panelReport(change: ChangeWithin, missing: readonly NonResponse[], context: PageContext): Report {
  const { language } = context;
  const words = wordsOf(language);
  const study = studyWordsOf(language);
  const { decimal, whole } = words;
  const last = change.waves[change.waves.length - 1]!;
  const seen = missing.find(({ wave }) => wave === last.wave);
  const percent = (share: number): string => whole.format(100 * share);
  const title = study.panelFigure();
  const rows = change.waves.flatMap((one): ForestRow[] => {
    const wave = `${study.batch()} ${one.wave}`;
    const other = missing.find((those) => those.wave === one.wave);
    const asRow = (name: string, { estimate, ci }: Pick<typeof one, 'estimate' | 'ci'>): ForestRow => ({
      name,
      estimate,
      lower: ci.lower,
      upper: ci.upper,
      kind: 'one',
    });
    return [
      asRow(study.waveSeen(wave), one),
      ...(other?.weighted.ok ? [asRow(study.waveWeighted(wave), other.weighted.value)] : []),
      ...(other
        ? [{ name: study.waveBounds(wave), estimate: one.estimate, ...other.bounds, kind: 'new' as const }]
        : []),
    ];
  });
  return {
    title: study.panelTitle(context.event),
    says: [
      last.estimate === 0
        ? study.noDifference()
        : study.panelSays(String(last.wave), decimal.format(Math.abs(last.estimate)), last.estimate > 0),
      ...sayInterval(words, last.ci),
      ...saySmallest(words, { ...last, smallestDetectable: detectable(last) }),
      ...(last.important
        ? [
            study.panelImportant(
              String(last.wave),
              percent(last.important.better.estimate),
              percent(last.important.worse.estimate),
            ),
          ]
        : []),
      ...(seen ? [study.panelSeen(String(last.wave), whole.format(seen.stayed), whole.format(seen.began))] : []),
    ],
    figures: [
      {
        title,
        svg: drawForest(title, rows, 'linear', study.change(), words.axis),
        table: {
          caption: title,
          columns: ['', study.change(), words.lower, words.upper],
          rows: rows.map(({ name, estimate, lower, upper, kind }) => [
            name,
            kind === 'new' ? null : decimal.format(estimate),
            ...[lower, upper].map((value) => (value === null ? null : decimal.format(value))),
          ]),
        },
      },
    ],
    tables: [wavesTable(change, missing, words, study)],
    trust: [study.themselves(), sayPlan(words, context.plan)],
    caveats: [
      ...sayNotes(language, [
        ...last.assumptions,
        ...last.diagnostics,
        ...missing.flatMap(({ weighted }) =>
          weighted.ok ? [...weighted.value.assumptions, ...weighted.value.diagnostics] : [],
        ),
      ]),
      ...missing.flatMap(({ wave, weighted }) =>
        weighted.ok ? [] : [study.notWeighted(String(wave), sayProblem(language, weighted.problem))],
      ),
    ],
    provenance: context.provenance,
  };
}

function wavesTable({ waves }: ChangeWithin, missing: readonly NonResponse[], words: Words, study: StudyWords): Table {
  return {
    caption: study.change(),
    columns: [study.batch(), words.people, study.change(), 'SE', words.lower, words.upper, words.effective],
    rows: waves.map(({ wave, n, estimate, se, ci }) => {
      const weighted = missing.find((one) => one.wave === wave)?.weighted;
      return [
        String(wave),
        words.whole.format(n),
        ...[estimate, se, ci.lower, ci.upper].map((value) => (value === null ? null : words.decimal.format(value))),
        weighted?.ok ? words.whole.format(weighted.value.effectiveSize) : null,
      ];
    }),
  };
}
