import { type Answer, type Citation, type Term } from '@meedoen/rights';
import { isoDay, type Day } from '@meedoen/units';

/** An answer as others read it: the engine's own words, with every day written as 2026-11-23. */
export function answerAsJson(answer: Answer): unknown {
  return {
    ...answer,
    on: isoDay(answer.on),
    from: written(answer.from),
    until: written(answer.until),
    first: answer.first.map((step) => ({ ...step, because: step.because.map(citationAsJson) })),
    conditions: answer.conditions.map((condition) => ({
      ...condition,
      from: written(condition.from),
      because: condition.because.map(citationAsJson),
    })),
    terms: answer.terms.map((term) => ({ ...term, value: termValue(term), because: term.because.map(citationAsJson) })),
    because: answer.because.map(citationAsJson),
  };
}

/** The same in one row: what a spreadsheet can hold of it. */
export function answerAsRow(answer: Answer): Record<string, string | null> {
  return {
    right: answer.right,
    domain: answer.domain,
    kind: answer.kind,
    on: isoDay(answer.on),
    layer: answer.layer,
    variant: answer.variant,
    verdict: answer.verdict,
    from: written(answer.from),
    until: written(answer.until),
    first: answer.first.map((step) => `${step.fact} (${step.who})`).join('; '),
    missing: answer.missing.join('; '),
    because: [
      ...new Set(answer.because.map(({ law, article, version }) => `${law} ${article} (${isoDay(version)})`)),
    ].join('; '),
  };
}

export function citationAsJson(one: Citation): unknown {
  const { heldUntil } = one;
  return { ...one, version: isoDay(one.version), ...(heldUntil !== undefined && { heldUntil: isoDay(heldUntil) }) };
}

function termValue({ kind, value }: Term): Term['value'] {
  return kind === 'date' && value !== null ? isoDay(value as Day) : value;
}

function written(on: Day | null): string | null {
  return on === null ? null : isoDay(on);
}
