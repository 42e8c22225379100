import type { Parsed } from '@meedoen/units';
import type { AssignmentOptions, AssignmentRule } from './assignment.ts';

/** An arm that is not given in a stratum (or anywhere, without one), from a batch on, and why. */
export type ClosedArm = {
  readonly arm: string;
  /** `null`: in every stratum. */
  readonly stratum: string | null;
  readonly fromBatch: number;
  readonly because: string;
};

/** What was decided about an adaptive programme before it began (nl: proefplan). */
export type TrialPlan = Required<AssignmentOptions> & {
  readonly programme: string;
  /** The first is the control, against which the others are held. */
  readonly arms: readonly string[];
  /** Groups whose best arm may differ; one is `everyone`. */
  readonly strata: readonly string[];
  /** `hierarchical`: strata of an arm teach about each other. `independent`: each stratum by itself. */
  readonly model: 'independent' | 'hierarchical';
  /** People in a batch before anything is learnt, spread evenly. */
  readonly firstBatch: number;
  /** How far the probability of an arm may lie apart between two strata in which it is open. */
  readonly mostApart: number;
  /** Arms closed by people, with their reason. The control is never closed. */
  readonly closed: readonly ClosedArm[];
  /** Advise to stop when an arm is this likely to be best in every stratum; `null` for never. */
  readonly stopWhenBestAbove: number | null;
  /** Advise to stop after so many people; `null` for never. */
  readonly mostPeople: number | null;
  /** Advise to close an arm in a stratum where it is this likely to do worse than the control; `null` for never. */
  readonly closeWhenWorseAbove: number | null;
};

const rules: readonly AssignmentRule[] = ['tempered-thompson', 'exploration', 'uniform'];
const known = [
  'programme',
  'arms',
  'strata',
  'model',
  'rule',
  'gamma',
  'floor',
  'firstBatch',
  'mostApart',
  'closed',
  'stopWhenBestAbove',
  'mostPeople',
  'closeWhenWorseAbove',
];

/** Below this nobody is told apart from nobody: estimates that weigh by 1/p fall apart, and an arm is closed in all but name. */
const LEAST_FLOOR = 0.05;

/**
 * Read a plan from JSON; refuses, with a pointer, what is missing, unknown or cannot be. Fairness is part of it: no arm
 * below 0.05 for anybody, an arm closed only with a reason, never the control, and two arms open in each stratum.
 */
export function parseTrialPlan(json: unknown): Parsed<TrialPlan> {
  const wrong = (pointer: string, message: string): Parsed<never> => ({
    ok: false,
    problem: { at: { pointer }, what: 'trial-plan-not-usable', words: { pointer }, message },
  });
  if (!isRecord(json)) return wrong('', 'A plan is an object: { "programme": …, "arms": [ … ] }.');
  const stranger = Object.keys(json).find((key) => !known.includes(key));
  if (stranger !== undefined)
    return wrong(`/${stranger}`, `There is no "${stranger}". Parts are: ${known.join(', ')}.`);
  const { programme, arms, strata = ['everyone'], model = 'hierarchical', rule = 'tempered-thompson' } = json;
  const { gamma = 0.2, floor = LEAST_FLOOR, firstBatch = 0, mostApart = 0.5, closed = [] } = json;
  const { stopWhenBestAbove = null, mostPeople = null, closeWhenWorseAbove = null } = json;
  if (typeof programme !== 'string' || programme.trim() === '')
    return wrong('/programme', 'Give the programme a name.');
  if (!areNames(arms) || arms.length < 2)
    return wrong('/arms', 'Name at least two different arms; the first is the control.');
  if (!areNames(strata)) return wrong('/strata', 'Write strata as a list of different names, or leave them out.');
  if (model !== 'independent' && model !== 'hierarchical')
    return wrong('/model', 'Write "hierarchical" or "independent".');
  const chosen = rules.find((one) => one === rule);
  if (chosen === undefined) return wrong('/rule', `Write one of: ${rules.join(', ')}.`);
  if (!isShare(gamma)) return wrong('/gamma', 'Write the evenly spread share as a number from 0 to 1, such as 0.2.');
  if (!isShare(floor)) return wrong('/floor', 'Write the least probability of an arm as a number, such as 0.05.');
  if (floor * arms.length > 1) {
    return wrong('/floor', `${arms.length} arms cannot each get ${floor}: choose at most ${1 / arms.length}.`);
  }
  if (floor < Math.min(LEAST_FLOOR, 1 / arms.length)) {
    return wrong(
      '/floor',
      `With less than ${LEAST_FLOOR} an arm is closed in all but name. Choose more, or close the arm and say why.`,
    );
  }
  if (!isCount(firstBatch)) return wrong('/firstBatch', 'Write a whole number of people.');
  if (!isShare(mostApart)) return wrong('/mostApart', 'Write how far strata may lie apart, from 0 to 1, such as 0.5.');
  for (const [name, value] of Object.entries({ stopWhenBestAbove, closeWhenWorseAbove })) {
    if (value !== null && !isShare(value)) return wrong(`/${name}`, 'Write a probability, such as 0.95, or null.');
  }
  if (mostPeople !== null && !isCount(mostPeople))
    return wrong('/mostPeople', 'Write a whole number of people, or null.');
  if (!Array.isArray(closed)) return wrong('/closed', 'Write closed arms as a list.');
  const closing: ClosedArm[] = [];
  for (const [at, one] of closed.entries()) {
    const pointer = `/closed/${at}`;
    if (!isRecord(one)) return wrong(pointer, 'Write { "arm": …, "stratum": …, "fromBatch": …, "because": … }.');
    const { arm, stratum = null, fromBatch = 1, because } = one;
    if (arm === arms[0])
      return wrong(`${pointer}/arm`, `${arms[0]} is the control: without it nothing can be compared.`);
    if (typeof arm !== 'string' || !arms.includes(arm))
      return wrong(`${pointer}/arm`, `Write one of: ${arms.join(', ')}.`);
    if (stratum !== null && !strata.includes(stratum as string)) {
      return wrong(`${pointer}/stratum`, `Write one of: ${strata.join(', ')}; or leave it out for all.`);
    }
    if (!isCount(fromBatch)) return wrong(`${pointer}/fromBatch`, 'Write the number of a batch.');
    if (typeof because !== 'string' || because.trim() === '') {
      return wrong(`${pointer}/because`, 'Say why this arm is closed to people who might have had it.');
    }
    closing.push({ arm, stratum: stratum as string | null, fromBatch, because });
  }
  const alone = strata.find((stratum) => openArms({ arms, closed: closing }, stratum, Infinity).length < 2);
  if (alone !== undefined) {
    return wrong(
      '/closed',
      `In stratum ${alone} one arm is left, so nothing is tried there any more. Leave two open, or end the programme.`,
    );
  }
  return {
    ok: true,
    value: {
      programme,
      arms,
      strata,
      model,
      rule: chosen,
      gamma,
      floor,
      firstBatch,
      mostApart,
      closed: closing,
      stopWhenBestAbove: stopWhenBestAbove as number | null,
      mostPeople,
      closeWhenWorseAbove: closeWhenWorseAbove as number | null,
    },
  };
}

/** The places of the arms that a stratum can get in a batch. */
export function openArms(
  { arms, closed }: Pick<TrialPlan, 'arms' | 'closed'>,
  stratum: string,
  batch: number,
): number[] {
  const shut = (arm: string): boolean =>
    closed.some((one) => one.arm === arm && (one.stratum ?? stratum) === stratum && one.fromBatch <= batch);
  return [...arms.keys()].filter((at) => !shut(arms[at]!));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areNames(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((name) => typeof name === 'string' && name.trim() !== '') &&
    new Set(value).size === value.length
  );
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
