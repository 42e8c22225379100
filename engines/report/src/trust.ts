import type { EvidenceLevel, Interval, PlanKept } from '@meedoen/evidence';
import { sayNotes } from './notes.ts';
import type { Words } from './words.ts';
import { sayLevel } from './words.ts';

/** Whether what was done is what was promised. `null`: nothing was promised. */
export type PlanAnswer = (PlanKept & { readonly decidedOn: string; readonly because: string | null }) | null;

/** The sentences under “How sure is this?”. */
export function sayTrust(words: Words, level: EvidenceLevel, plan: PlanAnswer): string[] {
  return [sayLevel(words, level), sayPlan(words, plan)];
}

export function sayPlan(words: Words, plan: PlanAnswer): string {
  if (plan === null) return words.noPlan;
  if (plan.asPlanned) return words.planKept(plan.decidedOn);
  const changes = sayNotes(words.language, plan.changes).join(' ');
  return words.planChanged(
    plan.decidedOn,
    changes,
    plan.because === null ? words.noReason : words.because(plan.because),
  );
}

/** Where the truth could lie; nothing where that is undefined. */
export function sayInterval(words: Words, { lower, upper, confidence }: Interval): string[] {
  if (lower === null || upper === null) return [];
  const { decimal } = words;
  return [words.couldBe(decimal.format(lower), decimal.format(upper), `${decimal.format(100 * confidence)} %`)];
}
