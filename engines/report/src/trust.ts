import type { EvidenceLevel, PlanKept } from '@meedoen/evidence';
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
  const changes = plan.changes.map(({ message }) => message).join(' ');
  return words.planChanged(
    plan.decidedOn,
    changes,
    plan.because === null ? words.noReason : words.because(plan.because),
  );
}
