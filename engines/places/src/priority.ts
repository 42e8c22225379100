import { refuse, type Parsed } from '@meedoen/units';
import { forbidden, optimum } from './optimum.ts';
import { closedBecause, placementProblem, takesOneSlotEach, type ClosedBecause, type Round } from './round.ts';

/**
 * How much of the largest total may be spent on wishes, and by whom. `plain`: whoever comes first may spend all that is
 * left; `rolling`: by turn t no more than t/n of it has been spent; `capped`: nobody spends more than twice an equal part.
 */
export const spendings = ['plain', 'rolling', 'capped'] as const;
export type Spending = (typeof spendings)[number];

/**
 * Why a place was not open to a household at its turn. `full`: somebody would have no place; `total`: too dear;
 * `full-or-total`: one of them, where exact losses were not asked for.
 */
export type NotOpenBecause = Exclude<ClosedBecause, 'allowed'> | 'full' | 'total' | 'full-or-total';

/** A place the household did not get: its class in the wishes, and the exact loss to all together at that turn. */
export type Alternative = {
  readonly place: string;
  readonly class: number;
  /** In shares of one household's value; null where no plan has the household there, or it was not asked for. */
  readonly loss: number | null;
  /** Null: it was open, and the household wished for it less or equally. */
  readonly notOpen: NotOpenBecause | null;
};

/** What happened at the turn of one household, as data for a letter. */
export type Turn = {
  readonly household: string;
  readonly turn: number;
  /** Null: it waits, because every place it may go to is full, or there is none. */
  readonly place: string | null;
  readonly waitsBecause: 'no-place-allowed' | 'full' | null;
  readonly class: number | null;
  /** The places that were open, whatever its wishes: had it ranked another of these first, it would have got that. */
  readonly menu: readonly string[];
  /** What could be spent at this turn, and what was, in shares of one household's value. */
  readonly budget: number;
  readonly spent: number;
  /** The three best others by its own wishes. */
  readonly alternatives: readonly Alternative[];
};

export type PriorityOutcome = {
  readonly turns: readonly Turn[];
  /** The total that was reached and the largest there is, waiting not counted; equal to 0 where only wishes count. */
  readonly total: number;
  readonly best: number;
  readonly waiting: number;
};

const step = 1_048_576;

/**
 * The constrained priority mechanism (Acharya, Bansak & Hainmueller 2022), with classes of equal wishes: in the order
 * of turns each household gets the best by its own wishes of the places that leave the others a plan with no more
 * waiting, and a total of at least `need` × the largest. The menu never looks at its own ranking, so telling the truth
 * is best. `plain` is Pareto-efficient among such plans; `rolling` and `capped` (ours) share the budget over the turns.
 *
 * @param need share of the largest total to keep, 0 to 1. Without values nothing can be spent, and only room decides.
 * @param exactLosses also of places that were not open; the plan is the same without, and comes sooner in large rounds
 */
export function priority(
  round: Round,
  spending: Spending,
  need: number,
  exactLosses: boolean = true,
): Parsed<PriorityOutcome> {
  if (!(need >= 0 && need <= 1)) {
    return refuse('need-not-a-share', `The share to keep is ${need}. Give a number from 0 to 1.`);
  }
  if (!takesOneSlotEach(round)) {
    const message =
      'This mechanism gives every household one unit of one service. Draw dwellings by size as places of their own, or choose mttc, kda or tkda.';
    return refuse('not-one-slot-each', message);
  }
  const { slots, values, waiting, mostGained } = placementProblem(round);
  const solved = optimum({ slots, values });
  if (!solved.ok) return solved;
  const plan = solved.value;
  const n = round.households.length;
  const m = round.places.length;
  const wait = m;
  const waitsAtBest = plan.plan().placeOf.filter((j) => j === wait).length;
  const best = plan.total + waitsAtBest * waiting;
  const budget = Math.floor(best * (1 - need));
  let spentSoFar = 0;
  const turns: (Omit<Turn, 'place' | 'class' | 'alternatives' | 'waitsBecause'> & {
    losses: Float64Array;
    mayStay: number;
  })[] = [];
  const settledAt = new Int32Array(n).fill(-1);

  for (let i = 0; i < n; i++) {
    const left = budget - spentSoFar;
    const mayStay =
      spending === 'plain'
        ? left
        : spending === 'rolling'
          ? Math.floor((budget * (i + 1)) / n) - spentSoFar
          : Math.min(left, Math.floor((2 * budget) / n));
    const losses = plan.losses(i, exactLosses ? Infinity : mayStay);
    let choice = wait;
    let cls = Infinity;
    const menu: string[] = [];
    for (let j = 0; j < m; j++) {
      if (losses[j]! > mayStay) continue;
      menu.push(round.places[j]!);
      const at = round.classOf[i * m + j]!;
      // Of equals the one that leaves the others most; then the first by id.
      if (at < cls || (at === cls && losses[j]! < losses[choice]!)) {
        cls = at;
        choice = j;
      }
    }
    const spent = losses[choice]!;
    spentSoFar += spent;
    // Only what is open now: rolling may open more later, and who called it equal would gain by that.
    const equals = [...round.places.keys()].filter((j) => losses[j]! <= mayStay && round.classOf[i * m + j] === cls);
    if (equals.length < 2) {
      plan.settle(i, choice);
      settledAt[i] = choice;
    } else {
      const row = values.slice(i * (m + 1), (i + 1) * (m + 1)).fill(forbidden);
      for (const j of equals) row[j] = round.values?.[i * m + j] ?? 0;
      plan.changeValues(i, row);
    }
    const household = round.households[i]!;
    turns.push({ household, turn: i + 1, menu, budget: mayStay / step, spent: spent / step, losses, mayStay });
  }

  let total = 0;
  let waits = 0;
  const told = turns.map(({ losses, mayStay, ...turn }, i): Turn => {
    const at = settledAt[i]! >= 0 ? settledAt[i]! : plan.placeOf(i);
    const waitsNow = at === wait;
    if (waitsNow) waits++;
    else total += round.values?.[i * m + at] ?? 0;
    const noneAllowed = round.closed.subarray(i * m, (i + 1) * m).every((why) => why !== 0);
    return {
      ...turn,
      place: waitsNow ? null : round.places[at]!,
      waitsBecause: waitsNow ? (noneAllowed ? 'no-place-allowed' : 'full') : null,
      class: waitsNow ? null : round.classOf[i * m + at]!,
      alternatives: alternatives(round, i, at, losses, mayStay, exactLosses ? mostGained : null),
    };
  });
  return { ok: true, value: { turns: told, total: total / step, best: best / step, waiting: waits } };
}

function alternatives(
  round: Round,
  i: number,
  own: number,
  losses: Float64Array,
  mayStay: number,
  mostGained: number | null,
): Alternative[] {
  const m = round.places.length;
  const others = [...round.places.keys()].filter((j) => j !== own);
  others.sort((a, b) => round.classOf[i * m + a]! - round.classOf[i * m + b]! || losses[a]! - losses[b]! || a - b);
  return others.slice(0, 3).map((j) => {
    const loss = losses[j]!;
    const why = closedBecause[round.closed[i * m + j]!]!;
    // More than all together could gain: then somebody would have to wait, and that is not a price.
    const full = mostGained === null ? loss === Infinity : loss > mostGained;
    const dear = mostGained === null ? ('full-or-total' as const) : full ? ('full' as const) : ('total' as const);
    return {
      place: round.places[j]!,
      class: round.classOf[i * m + j]!,
      loss: full || loss === Infinity ? null : loss / step,
      notOpen: why !== 'allowed' ? why : loss > mayStay ? dear : null,
    };
  });
}
