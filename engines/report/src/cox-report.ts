import { holdsNoEffect, type CoxModel, type Proportionality } from '@meedoen/evidence';
import { drawForest } from './forest.ts';
import { sayNotes } from './notes.ts';
import type { Report } from './report.ts';
import type { Context } from './survival-report.ts';
import { saySmallestRatio } from './smallest-seen.ts';
import { sayTrust } from './trust.ts';
import { wordsOf } from './words.ts';

/** A Cox model as a page: hazard ratios in words, as a forest, and whether they last. */
export function coxReport(model: CoxModel, proportional: Proportionality, context: Context): Report {
  const words = wordsOf(context.language);
  const { decimal } = words;
  const written = (value: number | null): string => (value === null ? '–' : decimal.format(value));
  const rows = model.terms.map(({ name, hazardRatio: { estimate, ci } }) => ({
    name,
    estimate,
    lower: ci.lower,
    upper: ci.upper,
    kind: 'one' as const,
  }));
  return {
    title: words.coxTitle(context.event),
    says: [
      ...rows.map(({ name, estimate, lower, upper }) =>
        words.coxSays(name, written(estimate), written(lower), written(upper)),
      ),
      ...model.terms.flatMap(({ name, smallestDetectable, ci }) =>
        smallestDetectable && holdsNoEffect({ ci }) ? [saySmallestRatio(words, name, smallestDetectable)] : [],
      ),
    ],
    figures: [
      {
        title: words.coxFigure,
        svg: drawForest(words.coxFigure, rows, 'log', words.ratio, words.axis),
        table: {
          caption: words.coxFigure,
          columns: [words.covariate, words.ratio, words.lower, words.upper, 'β', 'SE', 'p'],
          rows: model.terms.map(({ name, hazardRatio: { estimate, ci }, estimate: beta, se, p }) => [
            name,
            written(estimate),
            written(ci.lower),
            written(ci.upper),
            written(beta),
            written(se),
            p === null ? null : words.p(p),
          ]),
        },
      },
    ],
    tables: [],
    trust: [
      ...sayTrust(words, model.terms[0]?.level ?? null, context.plan),
      ...(proportional.global ? [words.proportional(words.p(proportional.global.p))] : []),
    ],
    caveats: sayNotes(context.language, [...(model.terms[0]?.assumptions ?? []), ...model.diagnostics]),
    provenance: context.provenance,
  };
}
