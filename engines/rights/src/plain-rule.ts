import { unitProblem } from './unit-check.ts';
import type { Rule, View } from './view.ts';

/**
 * Is an output what its expression says, and nothing besides? Not where articles run along or go before others, where an
 * article runs as a whole or has a construct that cannot be expressed, or mixes units.
 */
export function isPlainRule({ profile, text: { rules } }: Rule, view: View): boolean {
  return (
    profile === 'present' &&
    !view.hasOverrides &&
    view.lawsWithHooks.length === 0 &&
    rules.markings.length === 0 &&
    rules.actions.every((action) => unitProblem(rules, action) === null)
  );
}
