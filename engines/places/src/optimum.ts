import { chance } from '@meedoen/numbers';
import { refuse, type Parsed } from '@meedoen/units';

/** The value of a pair that must not be: the household cannot live there. */
export const forbidden: number = -Infinity;

/**
 * Households, places with so many slots each, and what each pair is worth. One household takes one slot.
 * `values[i * places + j]` is the value of household i at place j: a whole number (see `scaled`), or `forbidden`.
 */
export type PlacementProblem = {
  readonly slots: readonly number[];
  readonly values: Float64Array;
};

/** Who lives where, and prices that prove that no other plan has a larger total: see `bound`. */
export type PricedPlan = {
  /** The place of each household. */
  readonly placeOf: Int32Array;
  /** The sum of the values of the chosen pairs. */
  readonly total: number;
  /** One price per place, 0 where slots are left. */
  readonly prices: Float64Array;
};

/** Whole numbers out of shares: 2²⁰ steps in one, so that sums over a million households stay exact. */
export function scaled(value: number): number {
  return Math.round(value * 1_048_576);
}

/**
 * No plan is worth more than this, whatever the prices ≥ 0: each household at its best place after prices, and each
 * slot sold (weak duality of the transportation problem). A plan whose total equals its bound is proved to be best.
 * One pass over whole numbers, without tolerance; −∞ if some household has no place at all.
 */
export function bound({ slots, values }: PlacementProblem, prices: ArrayLike<number>): number {
  const places = slots.length;
  let sum = 0;
  for (let j = 0; j < places; j++) sum += slots[j]! * prices[j]!;
  for (let at = 0; at < values.length; at += places) {
    let best = -Infinity;
    for (let j = 0; j < places; j++) best = Math.max(best, values[at + j]! - prices[j]!);
    sum += best;
  }
  return sum;
}

/** The most pairs of a household and a place that fit in one table of values. */
const mostPairs = 2 ** 31 - 1;

/** The plan with the largest total that gives every household a slot, or why there is none. */
export function optimum(problem: PlacementProblem): Parsed<Optimum> {
  const { slots, values } = problem;
  const places = slots.length;
  if (places === 0) return refuse('no-places', 'There are no places. Give at least one.');
  const wrong = slots.findIndex((one) => !Number.isSafeInteger(one) || one < 0);
  if (wrong >= 0) {
    return refuse('slots-not-whole', `Place ${wrong + 1} has ${slots[wrong]} slots. Give a whole number from 0.`, {
      row: wrong + 1,
    });
  }
  if (values.length % places !== 0) {
    throw new RangeError(`optimum: ${values.length} values are no whole rows of ${places} places.`);
  }
  if (values.length > mostPairs) {
    const message = `${values.length} pairs of household and place are more than ${mostPairs}. Split the round.`;
    return refuse('too-many-pairs', message);
  }
  const households = values.length / places;
  let largest = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (value === forbidden) continue;
    if (!Number.isSafeInteger(value)) {
      const [row, column] = [Math.floor(at / places) + 1, (at % places) + 1];
      const message = `Household ${row} at place ${column} is worth ${value}. Give a whole number, or forbid the pair.`;
      return refuse('value-not-whole', message, { row, column });
    }
    largest = Math.max(largest, Math.abs(value));
  }
  // A shortest path visits every place at most once, and each step moves a value by at most twice the largest.
  if (largest * 2 * (households + places + 1) > Number.MAX_SAFE_INTEGER) {
    const message = `Values up to ${largest} are too large to add up exactly. Divide them all by the same number.`;
    return refuse('values-too-large', message);
  }
  const room = slots.reduce((sum, one) => sum + one, 0);
  if (room < households) {
    const message = `${households} households do not fit in ${room} slots. Add slots, or a place to wait in.`;
    return refuse('too-few-slots', message, { households, slots: room });
  }
  const starts = Int32Array.from({ length: households }, (_, i) => i * places);
  const plan = new Optimum(slots, values, starts, startPrices(slots, values, starts));
  const left = plan.fill();
  if (left >= 0) {
    const message = `No plan gives everybody a slot: household ${left + 1} is left. Allow it more places, or add slots where it may go.`;
    return refuse('nobody-fits', message, { row: left + 1 });
  }
  return { ok: true, value: plan };
}

/** Below this many households, starting without prices is as quick. */
const smallEnough = 2000;

/**
 * Prices from which few households need a search: those of a random quarter with slots to match. Any start gives the
 * same total; the seed is fixed so that it is also the same plan.
 */
function startPrices(slots: readonly number[], values: Float64Array, starts: Int32Array): Float64Array {
  if (starts.length <= smallEnough) return new Float64Array(slots.length);
  const random = chance(starts.length);
  const sample = starts.filter(() => random.bits() < 2 ** 30);
  const room = slots.reduce((sum, one) => sum + one, 0);
  const share = sample.length / starts.length;
  // Largest remainders: the sample finds as much room, in proportion, as everybody does.
  const exact = slots.map((one) => one * share);
  const whole = exact.map(Math.floor);
  let left = Math.max(sample.length, Math.ceil(room * share)) - whole.reduce((sum, one) => sum + one, 0);
  const byRemainder = [...exact.keys()].sort((a, b) => exact[b]! - whole[b]! - (exact[a]! - whole[a]!) || a - b);
  for (const j of byRemainder) if (left-- > 0) whole[j]!++;
  const plan = new Optimum(whole, values, sample, startPrices(whole, values, sample));
  plan.fill();
  return plan.plan().prices;
}

/** Nobody moves this way, and that is certain. */
const nobody = -1;
/** Who moved this way has changed since. */
const unsure = -2;

/**
 * The best plan, kept best while the world changes: households come and go, slots are added and lost, values change.
 * Each change is one search for a shortest path over the places (never over the households), so it costs far less than
 * solving afresh and gives the same total.
 *
 * Successive shortest augmenting paths with node prices (Edmonds & Karp 1972; Tomizawa 1971), on the places only. Free
 * slots are filled with idle units of value 0 everywhere, so that every slot is taken and prices need no sign on the
 * way. Between two places j and k the cheapest move is the least `value at j − value at k` of who sits at j; a move
 * that is out of date is a lower bound until it is needed (lazy rescanning).
 */
export class Optimum {
  readonly #places: number;
  #values: Float64Array;
  /** Where the row of each household begins in the values. */
  #starts: Int32Array;
  #households: number;
  #total = 0;

  readonly #slots: Int32Array;
  readonly #price: Float64Array;
  readonly #idle: Int32Array;
  readonly #free: Int32Array;
  readonly #members: Int32Array[];
  readonly #count: Int32Array;
  /** Place of each household, and where it stands among the members there; −1: not placed. */
  #at: Int32Array;
  #position: Int32Array;
  /** Its value where it sits. */
  #own: Float64Array;

  /** At j × places + k, the least loss of moving one household from j to k, and who. */
  readonly #move: Float64Array;
  readonly #mover: Int32Array;
  /** The same losses at k × places + j: searches go both ways, and each reads a row at a time. */
  readonly #moveBack: Float64Array;

  /** Of the last search. */
  readonly #distance: Float64Array;
  readonly #via: Int32Array;
  readonly #open: Uint8Array;
  /** Whose losses the labels of the last search still give, as far as it went; −1: nobody's. */
  #searchedFor = -1;

  /** For `optimum`, which checks: a plan for these rows of the values, still to be filled. */
  constructor(slots: readonly number[], values: Float64Array, starts: Int32Array, prices: Float64Array) {
    const places = slots.length;
    this.#places = places;
    this.#values = values;
    this.#starts = starts;
    this.#households = starts.length;
    this.#slots = Int32Array.from(slots);
    this.#price = Float64Array.from(prices);
    this.#idle = new Int32Array(places);
    this.#free = Int32Array.from(slots);
    this.#members = slots.map(() => new Int32Array(4));
    this.#count = new Int32Array(places);
    this.#at = new Int32Array(starts.length).fill(-1);
    this.#position = new Int32Array(starts.length);
    this.#own = new Float64Array(starts.length);
    this.#move = new Float64Array(places * places).fill(Infinity);
    this.#mover = new Int32Array(places * places).fill(nobody);
    this.#moveBack = new Float64Array(places * places).fill(Infinity);
    this.#distance = new Float64Array(places);
    this.#via = new Int32Array(places);
    this.#open = new Uint8Array(places);
  }

  /** How many households there are, those who left included: they keep their number. */
  get households(): number {
    return this.#households;
  }

  /** The sum of the values of the chosen pairs, of those who are not settled yet. */
  get total(): number {
    return this.#total;
  }

  /** The place of a household, or −1 if it left or is settled. */
  placeOf(household: number): number {
    return this.#at[household]!;
  }

  /** What a household is worth at a place. */
  valueOf(household: number, place: number): number {
    return this.#values[this.#starts[household]! + place]!;
  }

  /** A copy of the plan as it stands. */
  plan(): PricedPlan {
    return {
      placeOf: this.#at.slice(0, this.#households),
      total: this.#total,
      prices: this.#price.slice(),
    };
  }

  /** Give everybody a place and every other slot an idle unit: −1, or a household for whom there is no slot. */
  fill(): number {
    let left = -1;
    for (const i of this.#bestAtOnce()) if (!this.#place(i) && left < 0) left = i;
    if (left < 0) {
      this.#placeAllIdle();
      this.#fromZero();
    }
    return left;
  }

  /**
   * A household comes: its number, or −1 if no plan has room for it beside all others.
   * @param row its value at each place, whole or `forbidden`
   */
  arrive(row: ArrayLike<number>): number {
    this.#check(row);
    const spare = this.#idle.findIndex((count) => count > 0);
    if (spare < 0) return -1;
    const i = this.#households;
    this.#makeRoom();
    this.#values.set(row, this.#starts[i]!);
    this.#at[i] = -1;
    this.#households++;
    // All idle units sit at the cheapest places, so any of them may go.
    this.#idle[spare]!--;
    this.#free[spare]!++;
    if (this.#place(i)) {
      this.#fromZero();
      return i;
    }
    this.#households--;
    this.#idle[spare]!++;
    this.#free[spare]!--;
    return -1;
  }

  /** A household leaves, and others may move into what it leaves. */
  depart(household: number): void {
    this.#leave(household);
    this.#placeIdle();
    this.#fromZero();
  }

  /** One more slot at a place. */
  addSlot(place: number): void {
    this.#slots[place]!++;
    this.#free[place]!++;
    this.#placeIdle();
    this.#fromZero();
  }

  /** One slot less at a place: false, and nothing changes, if then somebody would have none. */
  removeSlot(place: number): boolean {
    if (this.#slots[place] === 0) return false;
    this.#distance.fill(Infinity);
    this.#via.fill(-1);
    this.#distance[place] = 0;
    const end = this.#search(this.#idle);
    if (end < 0) return false;
    this.#idle[end]!--;
    this.#free[end]!++;
    this.#shiftTowards(end);
    this.#free[place]!--;
    this.#slots[place]!--;
    this.#fromZero();
    return true;
  }

  /**
   * What a household is worth changes, or pairs become forbidden: false, and nothing changes, if then somebody would
   * have no slot.
   */
  changeValues(household: number, row: ArrayLike<number>): boolean {
    this.#check(row);
    const start = this.#starts[household]!;
    const before = this.#values.slice(start, start + this.#places);
    const old = this.#at[household]!;
    this.#leave(household);
    // A move recorded for the old row would pass as exact once the household sits there again.
    for (let arc = 0; arc < this.#mover.length; arc++) {
      if (this.#mover[arc] === household) this.#mover[arc] = unsure;
    }
    this.#values.set(row, start);
    if (this.#place(household)) {
      this.#fromZero();
      return true;
    }
    this.#values.set(before, start);
    this.#join(household, old);
    return false;
  }

  /**
   * What all together lose if this household goes to each place instead and everybody else is placed as well as can
   * be: the optimum minus the optimum with this household there. 0 at its own place, `Infinity` where no plan can.
   * @param atMost places that cost more come as `Infinity` too, which saves time
   */
  losses(household: number, atMost: number = Infinity): Float64Array {
    const own = this.#at[household]!;
    this.#searchBack(own, atMost);
    this.#searchedFor = household;
    return Float64Array.from({ length: this.#places }, (_, k) => {
      const loss = this.#lossAt(household, k);
      return loss > atMost ? Infinity : loss;
    });
  }

  /**
   * Settle a household at a place for good and use up its slot there; what is left is the best plan for everybody else.
   * @returns what that costs: its loss there
   */
  settle(household: number, place: number): number {
    const own = this.#at[household]!;
    // As far as a place within reach, a search that stopped early is as good.
    if (this.#searchedFor !== household || this.#distance[place] === Infinity) this.#searchBack(own, Infinity);
    const loss = this.#lossAt(household, place);
    if (loss === Infinity) throw new RangeError(`settle: no plan has household ${household} at place ${place}.`);
    const far = this.#distance[place]!;
    const path = [place];
    for (let x = place; x !== own;) path.push((x = this.#via[x]!));
    this.#leave(household);
    // From the end on, so that nobody moves twice.
    for (let step = path.length - 2; step >= 0; step--) this.#shift(path[step]!, path[step + 1]!);
    for (let x = 0; x < this.#places; x++) this.#price[x]! -= Math.max(0, far - this.#distance[x]!);
    this.#free[place]!--;
    this.#slots[place]!--;
    this.#fromZero();
    return loss;
  }

  /** What one more slot at each place would add to the total: the lowest prices that still prove the plan. */
  worthOfOneMore(): Float64Array {
    // The unit that stays idle may sit anywhere for the price there; from there others move on into the new slot.
    this.#distance.set(this.#price);
    this.#via.fill(-1);
    this.#search(null);
    return this.#price.map((price, k) => price - this.#distance[k]!);
  }

  /** What one slot less at each place would cost; `Infinity` where somebody would then have none. */
  costOfOneLess(): Float64Array {
    this.#distance.fill(Infinity);
    for (let j = 0; j < this.#places; j++) if (this.#idle[j]! > 0) this.#distance[j] = 0;
    this.#spreadBack(Infinity);
    return this.#price.map((price, k) => (this.#slots[k] === 0 ? Infinity : price + this.#distance[k]!));
  }

  /** Of the last search back to where the household sits. */
  #lossAt(household: number, k: number): number {
    const start = this.#starts[household]!;
    const own = this.#at[household]!;
    const value = this.#values[start + k]!;
    if (value === forbidden) return Infinity;
    return this.#own[household]! - this.#price[own]! - (value - this.#price[k]!) + this.#distance[k]!;
  }

  /**
   * Everybody to the best place after prices at once; who no longer fits there comes back, those to whom another
   * place is nearly as good.
   */
  #bestAtOnce(): number[] {
    const places = this.#places;
    const households = this.#households;
    const values = this.#values;
    const price = this.#price;
    const choice = new Int32Array(households).fill(-1);
    const margin = new Float64Array(households);
    const chosen = new Int32Array(places);
    for (let i = 0; i < households; i++) {
      const start = this.#starts[i]!;
      let best = -Infinity;
      let second = -Infinity;
      let at = -1;
      for (let k = 0; k < places; k++) {
        const gain = values[start + k]! - price[k]!;
        // Of places equally good, one with room: else everybody whom nothing matters would have to move again.
        if (
          gain > best ||
          (gain === best && at >= 0 && chosen[at]! >= this.#slots[at]! && chosen[k]! < this.#slots[k]!)
        ) {
          second = best;
          best = gain;
          at = k;
        } else if (gain > second) second = gain;
      }
      choice[i] = at;
      margin[i] = best - second;
      if (at >= 0) chosen[at]!++;
    }
    const out = new Uint8Array(households);
    const over: number[][] = Array.from({ length: places }, () => []);
    for (let i = 0; i < households; i++) {
      const at = choice[i]!;
      if (at < 0) out[i] = 1;
      else if (chosen[at]! > this.#slots[at]!) over[at]!.push(i);
    }
    for (const [j, those] of over.entries()) {
      those.sort((a, b) => margin[a]! - margin[b]! || a - b);
      for (const i of those.slice(0, Math.max(0, those.length - this.#slots[j]!))) out[i] = 1;
    }
    const left: number[] = [];
    for (let i = 0; i < households; i++) {
      if (out[i] === 1) left.push(i);
      else this.#join(i, choice[i]!);
    }
    return left;
  }

  /** Insert a household by a shortest path from it to a free slot. */
  #place(household: number): boolean {
    const start = this.#starts[household]!;
    const distance = this.#distance;
    let best = -Infinity;
    for (let k = 0; k < this.#places; k++) {
      const gain = this.#values[start + k]! - this.#price[k]!;
      distance[k] = gain;
      if (gain > best) best = gain;
    }
    if (best === -Infinity) return false;
    for (let k = 0; k < this.#places; k++) distance[k] = best - distance[k]!;
    this.#via.fill(-1);
    const end = this.#search(this.#free);
    if (end < 0) return false;
    this.#join(household, this.#shiftTowards(end));
    return true;
  }

  /** Insert one idle unit; there is a free slot, and idle units may go anywhere. */
  #placeIdle(): void {
    const cheapest = lowest(this.#price);
    for (let k = 0; k < this.#places; k++) this.#distance[k] = this.#price[k]! - cheapest;
    this.#via.fill(-1);
    const first = this.#shiftTowards(this.#search(this.#free));
    this.#idle[first]!++;
    this.#free[first]!--;
  }

  #placeAllIdle(): void {
    for (;;) {
      const cheapest = lowest(this.#price);
      let empty = 0;
      for (let j = 0; j < this.#places; j++) {
        if (this.#price[j] === cheapest) {
          this.#idle[j]! += this.#free[j]!;
          this.#free[j] = 0;
        }
        empty += this.#free[j]!;
      }
      if (empty === 0) return;
      this.#placeIdle();
    }
  }

  /**
   * Shortest paths from the labels in `distance`, up to the nearest place of which `goal` still has some: that place,
   * or −1. Without a goal: to every place.
   */
  #search(goal: Int32Array | null): number {
    this.#searchedFor = -1;
    const places = this.#places;
    const distance = this.#distance;
    const price = this.#price;
    const move = this.#move;
    const open = this.#open.fill(1);
    for (;;) {
      let j = -1;
      let near = Infinity;
      for (let k = 0; k < places; k++) {
        if (open[k] === 0) continue;
        const label = distance[k]!;
        // At the same distance the goal comes first: with many ties this ends most searches at once.
        if (label < near || (label === near && j >= 0 && goal !== null && goal[k]! > 0 && goal[j] === 0)) {
          near = label;
          j = k;
        }
      }
      if (j < 0) return -1;
      open[j] = 0;
      if (goal !== null && goal[j]! > 0) return j;
      const from = near - price[j]!;
      const mayIdle = this.#idle[j]! > 0;
      for (let k = 0; k < places; k++) {
        if (open[k] === 0) continue;
        const need = distance[k]! - from - price[k]!;
        const arc = j * places + k;
        const guess = move[arc]!;
        if (mayIdle ? guess >= need && 0 >= need : guess >= need) continue;
        const least = this.#leastMove(j, k);
        if (least < need) {
          distance[k] = from + price[k]! + least;
          this.#via[k] = j;
        }
      }
    }
  }

  /** Shortest paths towards one place, up to this far. */
  #searchBack(to: number, atMost: number): void {
    this.#distance.fill(Infinity);
    this.#distance[to] = 0;
    this.#spreadBack(atMost);
  }

  /** Shortest paths towards the places with a label in `distance`: `via` is the next step on the way there. */
  #spreadBack(atMost: number): void {
    this.#searchedFor = -1;
    const places = this.#places;
    const distance = this.#distance;
    const price = this.#price;
    const moveBack = this.#moveBack;
    const idle = this.#idle;
    const open = this.#open.fill(1);
    this.#via.fill(-1);
    let j = -1;
    let near = Infinity;
    for (let k = 0; k < places; k++) if (distance[k]! < near) near = distance[(j = k)]!;
    while (j >= 0) {
      if (near > atMost) {
        for (let k = 0; k < places; k++) if (open[k] === 1) distance[k] = Infinity;
        return;
      }
      open[j] = 0;
      const from = near + price[j]!;
      const row = j * places;
      let next = -1;
      let nextNear = Infinity;
      for (let k = 0; k < places; k++) {
        if (open[k] === 0) continue;
        let label = distance[k]!;
        const need = label - from + price[k]!;
        if (moveBack[row + k]! < need || (idle[k]! > 0 && 0 < need)) {
          const least = this.#leastMove(k, j);
          if (least < need) {
            label = from - price[k]! + least;
            distance[k] = label;
            this.#via[k] = j;
          }
        }
        if (label < nextNear) {
          nextNear = label;
          next = k;
        }
      }
      j = next;
      near = nextNear;
    }
  }

  /** The least loss of moving one unit from j to k, exactly. */
  #leastMove(j: number, k: number): number {
    const arc = j * this.#places + k;
    const mover = this.#mover[arc]!;
    if (mover === unsure || (mover >= 0 && this.#at[mover] !== j)) {
      const members = this.#members[j]!;
      const count = this.#count[j]!;
      const own = this.#own;
      const values = this.#values;
      const starts = this.#starts;
      let least = Infinity;
      let who = nobody;
      for (let m = 0; m < count; m++) {
        const i = members[m]!;
        const loss = own[i]! - values[starts[i]! + k]!;
        if (loss < least) {
          least = loss;
          who = i;
        }
      }
      this.#move[arc] = least;
      this.#moveBack[k * this.#places + j] = least;
      this.#mover[arc] = who;
    }
    return this.#idle[j]! > 0 ? Math.min(0, this.#move[arc]!) : this.#move[arc]!;
  }

  /** Raise the prices on the way to the end of a search and move everybody on the path one step: its first place, which then has a free slot. */
  #shiftTowards(end: number): number {
    const far = this.#distance[end]!;
    for (let j = 0; j < this.#places; j++) if (this.#open[j] === 0) this.#price[j]! += far - this.#distance[j]!;
    let at = end;
    for (let before = this.#via[at]!; before >= 0; before = this.#via[at]!) {
      this.#shift(before, at);
      at = before;
    }
    return at;
  }

  /** Move the unit whose move costs least, idle or not, into a free slot. */
  #shift(j: number, k: number): void {
    const arc = j * this.#places + k;
    if (this.#idle[j]! > 0 && this.#move[arc]! >= 0) {
      this.#idle[j]!--;
      this.#free[j]!++;
      this.#idle[k]!++;
      this.#free[k]!--;
      return;
    }
    const who = this.#mover[arc]!;
    this.#leave(who);
    this.#join(who, k);
  }

  #join(household: number, j: number): void {
    this.#searchedFor = -1;
    const places = this.#places;
    const start = this.#starts[household]!;
    const values = this.#values;
    const own = values[start + j]!;
    const count = this.#count[j]!;
    if (count === this.#members[j]!.length) {
      const larger = new Int32Array(count * 2);
      larger.set(this.#members[j]!);
      this.#members[j] = larger;
    }
    this.#members[j]![count] = household;
    this.#position[household] = count;
    this.#count[j] = count + 1;
    this.#at[household] = j;
    this.#own[household] = own;
    this.#free[j]!--;
    this.#total += own;
    const move = this.#move;
    const mover = this.#mover;
    const row = j * places;
    for (let k = 0; k < places; k++) {
      const loss = own - values[start + k]!;
      if (loss < move[row + k]!) {
        move[row + k] = loss;
        mover[row + k] = household;
        this.#moveBack[k * places + j] = loss;
      }
    }
  }

  /** Out of its place; moves recorded there stay as lower bounds. */
  #leave(household: number): void {
    this.#searchedFor = -1;
    const j = this.#at[household]!;
    const members = this.#members[j]!;
    const last = members[--this.#count[j]!]!;
    const hole = this.#position[household]!;
    members[hole] = last;
    this.#position[last] = hole;
    this.#at[household] = -1;
    this.#free[j]!++;
    this.#total -= this.#own[household]!;
  }

  /** Idle units sit where it is cheapest; that price is 0, and no price is below. */
  #fromZero(): void {
    const cheapest = lowest(this.#price);
    if (cheapest !== 0) for (let j = 0; j < this.#places; j++) this.#price[j]! -= cheapest;
  }

  #check(row: ArrayLike<number>): void {
    if (row.length !== this.#places) {
      throw new RangeError(`optimum: a row of ${row.length} values for ${this.#places} places.`);
    }
    for (let k = 0; k < row.length; k++) {
      if (row[k] !== forbidden && !Number.isSafeInteger(row[k])) {
        throw new RangeError(`optimum: the value ${row[k]} at place ${k} is not whole.`);
      }
    }
  }

  /** Room for one more row, an eighth at a time. */
  #makeRoom(): void {
    const households = this.#households;
    if (households < this.#at.length) return;
    const room = households + (households >> 3) + 16;
    const rowsAt = this.#values.length;
    const values = new Float64Array(rowsAt + (room - households) * this.#places);
    values.set(this.#values);
    this.#values = values;
    const longer = (from: Int32Array): Int32Array => {
      const to = new Int32Array(room);
      to.set(from);
      return to;
    };
    this.#at = longer(this.#at);
    this.#position = longer(this.#position);
    this.#starts = longer(this.#starts);
    for (let i = households; i < room; i++) this.#starts[i] = rowsAt + (i - households) * this.#places;
    const own = new Float64Array(room);
    own.set(this.#own);
    this.#own = own;
  }
}

function lowest(numbers: Float64Array): number {
  let least = Infinity;
  for (let j = 0; j < numbers.length; j++) if (numbers[j]! < least) least = numbers[j]!;
  return least;
}
