import {
  audit,
  type Audit,
  type AuditEffort,
  type CellSum,
  type DerivedBounds,
  type PublicView,
  type Requirement,
} from './audit.ts';
import { categoriesOf, strides, sumsOf, type CrossTable } from './cross-table.ts';
import type { PrimaryCell } from './primary-cells.ts';

/** What happens to a cell. Readers see one mark for both kinds of hidden: to know which is which would tell too much. */
export const cellState = { shown: 0, primary: 1, complementary: 2 } as const;

export type Suppression = {
  /** A `cellState` for each cell of the table. */
  readonly states: Uint8Array;
  /** What can still be derived about each primary cell, in people. */
  readonly counts: Audit;
  /** The same for the sums, where there are any. */
  readonly amounts: Audit | null;
  /** Fewest people a hidden cell is known to hold: 1 when all empty cells are shown, or else 0. */
  readonly atLeast: 0 | 1;
  readonly rounds: number;
};

/** Other knowledge that readers have, such as earlier releases: how the table looks among it, and what must stay vague. */
export type Surroundings = {
  /** The view of the counts when these cells are hidden; its first cells are those of the table, in their order. */
  view(states: Uint8Array, atLeast: 0 | 1): PublicView;
  readonly requirements: readonly (Requirement & {
    /** The cell of the table to hide for it. */ readonly because: number;
  })[];
};

/** More primary cells than this, and bounds are given as far as needed; and no cell is tried to be shown after all. */
const fewEnoughToRefine = 150;

/**
 * Hide what must be hidden and as much beside it as the audit asks for.
 *
 * For each cell that fails the audit, the cheapest exchange is sought: a set of cells between which people could be
 * moved without a shown number changing, that is the product of one step in each dimension (to a sibling and back, or
 * up to the total), as in the hypercube method (Giessing & Repsilber 2002). Its cost is the number of people whose
 * cell disappears. The audit decides when it is enough; in tables of moderate size, cells that turn out not to be needed
 * are shown again, the largest first. The same table always gives the same answer. `null`: not even hiding everything
 * satisfies the surroundings.
 */
export function suppress(
  table: CrossTable,
  primary: readonly PrimaryCell[],
  surroundings?: Surroundings,
): Suppression | null {
  const sums = sumsOf(table);
  const states = new Uint8Array(table.counts.length);
  for (const { cell } of primary) states[cell] = cellState.primary;
  const countNeeds = primary.flatMap(({ count, siblings }) => [count, ...siblings]);
  const amountNeeds = primary.flatMap(({ amount }) => (amount ? [amount] : []));
  const extra = surroundings?.requirements ?? [];
  const becauseOf = new Map(extra.map(({ cell, because }) => [cell, because]));

  const exchanges = exchangesIn(table);
  /** Cells an exchange has already been found for: no programme is needed. Other knowledge could forbid the exchange. */
  const proven = new Map<Requirement, Exchange>();
  const prove = (need: Requirement, found: Exchange | null): void => {
    const hidden =
      found?.hides.every((cell) => states[cell] !== cellState.shown) && states[need.cell] !== cellState.shown;
    if (!surroundings && found && hidden) proven.set(need, found);
  };
  /** An exchange that may empty a cell counts only while a reader must think that hidden cells can be empty. */
  const proofOf = (need: Requirement, atLeast: 0 | 1): DerivedBounds | null => {
    const found = proven.get(need);
    return found && found.atLeast >= atLeast ? found.bounds : null;
  };
  const auditCounts = (effort: AuditEffort): Audit | null => {
    const atLeast = fewestHidden(table, states);
    const view = surroundings?.view(states, atLeast) ?? viewOf(table.counts, sums, states, atLeast, true);
    const proofs = countNeeds.map((need) => (effort === 'exact' ? null : proofOf(need, atLeast)));
    const found = audit(view, [...countNeeds.filter((_, at) => proofs[at] === null), ...extra], effort);
    return found && { ...found, bounds: [...proofs.filter((proof) => proof !== null), ...found.bounds] };
  };
  const auditAmounts = (effort: AuditEffort): Audit | null =>
    table.amounts && audit(viewOf(table.amounts.totals, sums, states, 0, false), amountNeeds, effort);
  const failingNow = (
    effort: AuditEffort,
  ): { counts: readonly Requirement[]; amounts: readonly Requirement[] } | null => {
    const counts = auditCounts(effort);
    return counts && { counts: counts.failing, amounts: auditAmounts(effort)?.failing ?? [] };
  };

  for (const need of countNeeds) prove(need, exchanges.cheapest(need, states));
  let rounds = 0;
  for (;;) {
    // In a large table, first what is certain to be needed: an audit before that would find nearly everything failing.
    const failing =
      rounds === 0 && primary.length > fewEnoughToRefine && !surroundings
        ? { counts: countNeeds.filter((need) => proofOf(need, 1) === null), amounts: [] }
        : failingNow('enough');
    if (failing === null) return null;
    if (failing.counts.length + failing.amounts.length === 0) break;
    rounds++;
    let more = false;
    const hide = (cells: readonly number[]): void => {
      for (const cell of cells) {
        if (states[cell] !== cellState.shown) continue;
        states[cell] = cellState.complementary;
        more = true;
      }
    };
    for (const need of failing.counts) {
      const cell = becauseOf.get(need.cell) ?? need.cell;
      if (states[cell] === cellState.shown) {
        states[cell] = cellState.primary;
        more = true;
      }
      const exchange = exchanges.cheapest({ ...need, cell }, states);
      hide(exchange?.hides ?? []);
      prove(need, exchange);
    }
    if (!more) {
      // No single exchange helps further: hide the cheapest neighbour of each cell that fails.
      for (const need of [...failing.counts, ...failing.amounts]) {
        hide(cheapestNeighbour(table, sums, states, becauseOf.get(need.cell) ?? need.cell));
      }
    }
    if (!more) return null;
  }

  if (primary.length <= fewEnoughToRefine) {
    proven.clear();
    showAgain(table, states, () => {
      const failing = failingNow('any-failure');
      return failing !== null && failing.counts.length + failing.amounts.length === 0;
    });
  }
  const exactly = primary.length <= fewEnoughToRefine;
  const last = (run: (effort: AuditEffort) => Audit | null): Audit | null => {
    const bounds = exactly ? run('exact') : null;
    // The very bounds can cost more than there is to spend; that each is wide enough has been shown already.
    return bounds === null || bounds.failing.length > 0 ? run('enough') : bounds;
  };
  const counts = last(auditCounts);
  const amounts = last(auditAmounts);
  if (counts === null || counts.failing.length + (amounts?.failing.length ?? 0) > 0) {
    throw new RangeError('suppress: a cell passed the audit and then failed it.');
  }
  return { states, counts, amounts, atLeast: fewestHidden(table, states), rounds };
}

/** What readers know of a table: what is shown, and of a hidden cell that it holds at least so much. */
export function viewOf(
  values: Float64Array,
  sums: readonly CellSum[],
  states: Uint8Array,
  atLeast: number,
  whole: boolean,
): PublicView {
  return {
    low: values.map((value, cell) => (states[cell] === cellState.shown ? value : atLeast)),
    high: values.map((value, cell) => (states[cell] === cellState.shown ? value : Infinity)),
    sums,
    whole,
    truth: values,
  };
}

/** As long as every empty cell is shown, a reader knows that a hidden one is not empty. */
function fewestHidden({ counts }: CrossTable, states: Uint8Array): 0 | 1 {
  return counts.some((count, cell) => count === 0 && states[cell] !== cellState.shown) ? 0 : 1;
}

/** Show complementary cells again, the most people first, wherever the audit still passes. */
function showAgain({ counts }: CrossTable, states: Uint8Array, passes: () => boolean): void {
  const hidden = [...states.keys()].filter((cell) => states[cell] === cellState.complementary);
  for (const cell of hidden.sort((a, b) => counts[b]! - counts[a]! || a - b)) {
    states[cell] = cellState.shown;
    if (!passes()) states[cell] = cellState.complementary;
  }
}

/** The smallest shown cell that shares a sum with this one, or with a hidden cell tied to it. */
function cheapestNeighbour(
  { counts }: CrossTable,
  sums: readonly CellSum[],
  states: Uint8Array,
  from: number,
): number[] {
  const holding = new Map<number, number[][]>();
  for (const { total, parts } of sums) {
    const cells = [total, ...parts];
    for (const cell of cells) holding.set(cell, [...(holding.get(cell) ?? []), cells]);
  }
  const reached = new Set([from]);
  let edge = [from];
  while (edge.length > 0) {
    let best = -1;
    const next: number[] = [];
    for (const cell of edge) {
      for (const other of (holding.get(cell) ?? []).flat()) {
        if (reached.has(other)) continue;
        if (states[other] !== cellState.shown) {
          reached.add(other);
          next.push(other);
        } else if (best < 0 || cost(other) < cost(best) || (cost(other) === cost(best) && other < best)) best = other;
      }
    }
    if (best >= 0) return [best];
    edge = next;
  }
  return [];

  // Empty cells last: to hide one takes away the knowledge that hidden cells hold somebody, and helps least.
  function cost(cell: number): number {
    return counts[cell] === 0 ? Infinity : counts[cell]!;
  }
}

/** Steps along one dimension: which cells go up and which go down, as distances from the cell in question. */
type Step = { readonly up: readonly number[]; readonly down: readonly number[] };

/** Which shown cells it asks to hide, how far the cell can then be moved either way, and how empty cells may become. */
type Exchange = { readonly hides: readonly number[]; readonly bounds: DerivedBounds; readonly atLeast: 0 | 1 };

const mostExchanges = 20_000;

function exchangesIn({ dimensions, counts }: CrossTable): {
  cheapest(need: Requirement, states: Uint8Array): Exchange | null;
} {
  const steps = strides(dimensions);

  /** From a category down to one that holds no others, each time the fullest: people are moved between these. */
  const down = (cell: number, d: number, category: number): number[] => {
    const path = [category];
    const { categories } = dimensions[d]!;
    for (let at = category; categories[at]!.children.length > 0;) {
      const here = at;
      const size = (child: number): number => counts[cell + (child - category) * steps[d]!]!;
      at = categories[here]!.children.reduce((most, child) => (size(child) > size(most) ? child : most));
      path.push(at);
    }
    return path;
  };

  const stepsAlong = (cell: number, d: number, category: number): Step[] => {
    const { categories } = dimensions[d]!;
    const step = steps[d]!;
    const away = (path: readonly number[]): number[] => path.map((at) => (at - category) * step);
    const found: Step[] = [];
    const own = down(cell, d, category);
    let up = own;
    for (let at = category; ;) {
      const { parent } = categories[at]!;
      if (parent < 0) break;
      for (const sibling of categories[parent]!.children) {
        if (sibling === at) continue;
        found.push({ up: away(up), down: away(down(cell + (sibling - category) * step, d, sibling)) });
      }
      at = parent;
      up = [at, ...up];
    }
    // Up to the total: then the total itself is hidden.
    found.push({ up: away(up), down: [] });
    return found;
  };

  return {
    cheapest({ cell, width, upperAtLeast = -Infinity }, states) {
      const cost = (at: number): number => (states[at] === cellState.shown ? counts[at]! + 1 : 0);
      const at = categoriesOf(cell, dimensions);
      for (const atLeast of [1, 0] as const) {
        const room = (one: number): number => counts[one]! - atLeast;
        const usable = (one: number): boolean => atLeast === 0 || counts[one]! > 0;
        const own = room(cell);
        const perDimension = Math.max(4, Math.floor(mostExchanges ** (1 / dimensions.length)));
        // The cheapest steps alone make the cheapest exchanges, nearly always.
        const along = dimensions.map((_, d) =>
          stepsAlong(cell, d, at[d]!)
            .filter(
              (step) =>
                step.up.every((away) => usable(cell + away)) &&
                step.down.every((away) => usable(cell + away) && own + room(cell + away) >= width),
            )
            .map((step) => ({
              step,
              cost: [...step.up, ...step.down].reduce((sum, away) => sum + cost(cell + away), 0),
            }))
            .sort((a, b) => a.cost - b.cost)
            .slice(0, perDimension)
            .map(({ step }) => step),
        );
        let best: Exchange | null = null;
        let lowest = Infinity;
        const extend = (d: number, ups: readonly number[], downs: readonly number[], spent: number): void => {
          if (spent >= lowest) return;
          if (d === dimensions.length) {
            const least = (cells: readonly number[]): number =>
              cells.reduce((min, one) => Math.min(min, room(one)), Infinity);
            const lower = least(ups);
            const upper = least(downs);
            if (lower + upper < width || counts[cell]! + upper < upperAtLeast) return;
            best = {
              hides: [...ups, ...downs].filter((one) => states[one] === cellState.shown),
              bounds: { cell, lower: counts[cell]! - lower, upper: counts[cell]! + upper, exact: false },
              atLeast,
            };
            lowest = spent;
            return;
          }
          for (const { up, down: under } of along[d]!) {
            const nextUps = [
              ...ups.flatMap((one) => up.map((away) => one + away)),
              ...downs.flatMap((one) => under.map((away) => one + away)),
            ];
            const nextDowns = [
              ...downs.flatMap((one) => up.map((away) => one + away)),
              ...ups.flatMap((one) => under.map((away) => one + away)),
            ];
            if (!nextUps.every(usable) || !nextDowns.every(usable)) continue;
            let next = 0;
            for (const one of nextUps) next += cost(one);
            for (const one of nextDowns) next += cost(one);
            extend(d + 1, nextUps, nextDowns, next);
            if (lowest === 0) return;
          }
        };
        extend(0, [cell], [], 0);
        if (best !== null) return best;
      }
      return null;
    },
  };
}
