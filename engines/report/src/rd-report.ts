import type { CutoffChecks, Discontinuity, Repeat } from '@meedoen/evidence';
import type { Parsed } from '@meedoen/units';
import { drawForest, type ForestRow } from './forest.ts';
import { sayNotes } from './notes.ts';
import type { Report } from './report.ts';
import type { PageContext } from './survival-report.ts';
import { saySmallest } from './smallest-seen.ts';
import { sayInterval, sayTrust } from './trust.ts';
import { wordsOf } from './words.ts';

/** A jump at a threshold as a page: the jump with its robust interval, then the same question asked in other ways. */
export function rdReport(jump: Discontinuity, checks: CutoffChecks, cutoff: number, context: PageContext): Report {
  const words = wordsOf(context.language);
  const { decimal } = words;
  const { event } = context;
  const { robust, ci } = jump;
  const row = (name: string, one: Parsed<Repeat>): ForestRow[] =>
    one.ok
      ? [{ name, estimate: one.value.estimate, lower: one.value.ci.lower, upper: one.value.ci.upper, kind: 'one' }]
      : [];
  const rows: ForestRow[] = [
    { name: words.theJump, estimate: jump.estimate, lower: ci.lower, upper: ci.upper, kind: 'together' },
    ...checks.widths.flatMap((one) => row(words.timesAsWide(decimal.format(one.at)), one.jump)),
    ...checks.donuts.flatMap((one) => row(words.withoutNearest(decimal.format(one.at)), one.jump)),
    ...checks.placeboCutoffs.flatMap((one) => row(words.placeboAt(decimal.format(one.at)), one.jump)),
    ...checks.covariates.flatMap((one) => row(one.name, one.jump)),
  ];
  const written = (value: number | null): string | null => (value === null ? null : decimal.format(value));
  return {
    title: words.rdTitle(event, decimal.format(cutoff)),
    says: [
      jump.estimate === 0
        ? words.rdNothing(event)
        : words.rdSays(event, decimal.format(Math.abs(jump.estimate)), jump.estimate > 0),
      ...sayInterval(words, ci),
      ...saySmallest(words, jump),
      words.rdChecks(checks.failed.length),
    ],
    figures: [
      {
        title: words.rdFigure,
        svg: drawForest(words.rdFigure, rows, 'linear', words.effect, words.axis),
        table: {
          caption: `${words.rdFigure} (${words.p(robust.p)})`,
          columns: ['', words.effect, words.lower, words.upper],
          rows: rows.map(({ name, estimate, lower, upper }) => [
            name,
            written(estimate),
            written(lower),
            written(upper),
          ]),
        },
      },
    ],
    tables: [],
    trust: sayTrust(words, checks.level, context.plan),
    caveats: sayNotes(context.language, [...checks.failed, ...jump.assumptions, ...jump.diagnostics]),
    provenance: context.provenance,
  };
}
