import { refuseCell, type Parsed, type Refusal } from '@meedoen/units';
import { forbidden, scaled } from './optimum.ts';
import { declaredFeatures } from './what-may-count.ts';

/** What a team gives in: as it stands in its files, ids as texts. Each list is a table; refusals name row and column. */
export type RoundInput = {
  /** What places have room in, such as dwellings, beds, school seats. */
  readonly services: readonly string[];
  readonly places: readonly { readonly id: string; readonly name: string; readonly room: readonly number[] }[];
  readonly households: readonly {
    readonly id: string;
    /** Units of each service it needs. */
    readonly needs: readonly number[];
    readonly adults: number;
    /** Where it must go if anywhere, because of family, a job, study or treatment; empty: anywhere. */
    readonly must: readonly string[];
    /** Where it cannot go. */
    readonly forbidden: readonly string[];
    /** The order of turns: the lower the earlier, by rules declared beforehand. */
    readonly urgency: number;
    /** Drawn and published beforehand; the lower the earlier among the equally urgent. */
    readonly lottery: number;
  }[];
  /** Places a household finds equally good stand in one class; 1 is best. What it does not name comes last, all equal. */
  readonly wishes: readonly { readonly household: string; readonly class: number; readonly place: string }[];
  /** What a place is worth to a member of a household, from 0 to 1, between low and high. Empty: only wishes count. */
  readonly benefit: readonly {
    readonly household: string;
    readonly member: string;
    readonly place: string;
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly because: string;
    readonly source: string;
  }[];
};

/** A checked round: places by id, households in the order of their turns. */
export type Round = {
  readonly services: readonly string[];
  readonly places: readonly string[];
  /** Per place and service: room[j × services + s]. */
  readonly room: Int32Array;
  readonly households: readonly string[];
  readonly needs: Int32Array;
  /** At i × places + j: may household i go to place j, or the first reason why not. */
  readonly closed: Uint8Array;
  /** Which of these classes, from 1, place j is for household i; places not named form the last. */
  readonly classOf: Uint16Array;
  /** The mean over all members at i × places + j in steps of 2⁻²⁰ and no finer than is known; null: only wishes count. */
  readonly values: Float64Array | null;
};

/** Why a pair cannot be, whatever anybody wishes; the place of the word in this list is the code in `closed`. */
export const closedBecause = ['allowed', 'must-go-elsewhere', 'forbidden', 'need-does-not-fit'] as const;
export type ClosedBecause = (typeof closedBecause)[number];

/** Check everything at once and put it in order, so that rows in any order give the same round. */
export function checkRound(input: RoundInput): Parsed<Round> {
  const places = [...input.places].map((one, row) => ({ ...one, row })).sort((a, b) => order(a.id, b.id));
  if (places.length === 0) return refuseCell('no-places', 'places.id', 0, 'there are no places. Give at least one.');
  for (const [at, place] of places.entries()) {
    if (place.id === '') return refuseCell('no-id', 'places.id', place.row, 'a place needs an id.');
    if (places[at - 1]?.id === place.id) return twice('places.id', place.row, place.id);
    for (const [s, service] of input.services.entries()) {
      if (!isCount(place.room[s])) return notWhole(`places.cap_${service}`, place.row, place.room[s]);
    }
  }
  const households = [...input.households]
    .map((one, row) => ({ ...one, row }))
    .sort((a, b) => a.urgency - b.urgency || a.lottery - b.lottery || order(a.id, b.id));
  if (households.length === 0) {
    return refuseCell('no-households', 'households.id', 0, 'there are no households. Give at least one.');
  }
  const placeAt = new Map(places.map((one, j) => [one.id, j]));
  const householdAt = new Map(households.map((one, i) => [one.id, i]));
  const seen = new Set<string>();
  for (const [at, one] of households.entries()) {
    if (one.id === '') return refuseCell('no-id', 'households.id', one.row, 'a household needs an id.');
    if (seen.has(one.id)) return twice('households.id', one.row, one.id);
    seen.add(one.id);
    for (const [s, service] of input.services.entries()) {
      if (!isCount(one.needs[s])) return notWhole(`households.need_${service}`, one.row, one.needs[s]);
    }
    if (!isCount(one.adults) || one.adults === 0) {
      return refuseCell('no-adults', 'households.adults', one.row, 'write how many adults there are, from 1.');
    }
    for (const column of ['urgency', 'lottery'] as const) {
      if (!Number.isSafeInteger(one[column])) {
        return refuseCell('not-whole', `households.${column}`, one.row, `${one[column]} is not a whole number.`);
      }
    }
    const before = households[at - 1];
    if (before?.urgency === one.urgency && before.lottery === one.lottery) {
      const message = `${one.id} and ${before.id} drew the same number ${one.lottery}. Draw again: ties are never broken in silence.`;
      return refuseCell('lottery-tie', 'households.lottery', one.row, message);
    }
    for (const column of ['must', 'forbidden'] as const) {
      const unknown = one[column].find((id) => !placeAt.has(id));
      if (unknown !== undefined) return unknownId(`households.${column}`, one.row, unknown, 'place');
    }
  }

  const m = places.length;
  const services = input.services.length;
  const room = Int32Array.from(places.flatMap((one) => one.room));
  const needs = Int32Array.from(households.flatMap((one) => one.needs));
  const closed = new Uint8Array(households.length * m);
  for (const [i, one] of households.entries()) {
    const must = new Set(one.must);
    const not = new Set(one.forbidden);
    for (const [j, place] of places.entries()) {
      let why: ClosedBecause = 'allowed';
      if (one.needs.some((need, s) => need > room[j * services + s]!)) why = 'need-does-not-fit';
      if (not.has(place.id)) why = 'forbidden';
      if (must.size > 0 && !must.has(place.id)) why = 'must-go-elsewhere';
      closed[i * m + j] = closedBecause.indexOf(why);
    }
  }

  const classOf = new Uint16Array(households.length * m);
  const last = new Uint16Array(households.length);
  for (const [row, wish] of input.wishes.entries()) {
    const i = householdAt.get(wish.household);
    if (i === undefined) return unknownId('wishes.household', row, wish.household, 'household');
    const j = placeAt.get(wish.place);
    if (j === undefined) return unknownId('wishes.place', row, wish.place, 'place');
    if (!isCount(wish.class) || wish.class === 0 || wish.class > 60_000) {
      return refuseCell('not-a-class', 'wishes.class', row, `${wish.class} is no class. Write 1 for the best, then 2.`);
    }
    if (classOf[i * m + j] !== 0) {
      const message = `${wish.household} ranks ${wish.place} a second time. Rank each place once.`;
      return refuseCell('ranked-twice', 'wishes.place', row, message);
    }
    classOf[i * m + j] = wish.class;
    last[i] = Math.max(last[i]!, wish.class);
  }
  for (let at = 0; at < classOf.length; at++) if (classOf[at] === 0) classOf[at] = last[Math.floor(at / m)]! + 1;

  const values = input.benefit.length === 0 ? null : valuesOf(input, placeAt, householdAt, households);
  if (values !== null && 'ok' in values) return values;
  const value: Round = {
    services: input.services,
    places: places.map((one) => one.id),
    room,
    households: households.map((one) => one.id),
    needs,
    closed,
    classOf,
    values,
  };
  return { ok: true, value };
}

/** The mean over all members, so that nobody counts for another, on a grid as wide as the typical interval. */
function valuesOf(
  { benefit }: RoundInput,
  placeAt: ReadonlyMap<string, number>,
  householdAt: ReadonlyMap<string, number>,
  households: readonly { readonly id: string; readonly adults: number; readonly row: number }[],
): Float64Array | Refusal {
  const m = placeAt.size;
  const members = households.map(() => new Map<string, Uint8Array>());
  const sums = new Float64Array(households.length * m);
  for (const [row, one] of benefit.entries()) {
    const i = householdAt.get(one.household);
    if (i === undefined) return unknownId('benefit.household', row, one.household, 'household');
    const j = placeAt.get(one.place);
    if (j === undefined) return unknownId('benefit.place', row, one.place, 'place');
    for (const column of ['low', 'value', 'high'] as const) {
      if (!(one[column] >= 0 && one[column] <= 1)) {
        return refuseCell(
          'not-a-share',
          `benefit.${column}`,
          row,
          `${one[column]} is no share. Write a number from 0 to 1.`,
        );
      }
    }
    if (one.low > one.value || one.value > one.high) {
      return refuseCell('not-between', 'benefit.value', row, `${one.value} is not between ${one.low} and ${one.high}.`);
    }
    const because = declaredFeatures(one.because);
    if ('problem' in because) {
      return refuseCell(because.problem.what, 'benefit.because', row, because.problem.message, because.problem.words);
    }
    if (one.source.trim() === '') return refuseCell('no-source', 'benefit.source', row, 'a value needs its source.');
    let told = members[i]!.get(one.member);
    if (told === undefined) members[i]!.set(one.member, (told = new Uint8Array(m)));
    if (told[j] === 1) {
      const message = `${one.member} of ${one.household} has a second value at ${one.place}. Give one.`;
      return refuseCell('valued-twice', 'benefit.place', row, message);
    }
    told[j] = 1;
    sums[i * m + j]! += scaled(one.value);
  }
  for (const [i, { id, adults, row }] of households.entries()) {
    if (members[i]!.size < adults) {
      const message = `${id} has ${adults} adults and values for ${members[i]!.size}. Give values for every adult: all count alike.`;
      return refuseCell('adult-left-out', 'households.adults', row, message);
    }
    for (const [member, told] of members[i]!) {
      if (told.includes(0)) {
        const message = `${member} of ${id} has no value at some places. Give one at every place, or none to anybody.`;
        return refuseCell('value-missing', 'households.id', row, message);
      }
    }
  }
  const widths = benefit.map((one) => scaled(one.high) - scaled(one.low)).sort((a, b) => a - b);
  const grid = Math.max(1, widths[widths.length >> 1]!);
  return sums.map((sum, at) => Math.round(sum / members[Math.floor(at / m)]!.size / grid) * grid);
}

/** The values of a round for the exact core: closed pairs forbidden, and at the end of each row a place to wait in. */
export function placementProblem(round: Round): {
  slots: number[];
  values: Float64Array;
  waiting: number;
  mostGained: number;
} {
  const m = round.places.length;
  const n = round.households.length;
  let largest = 0;
  for (const value of round.values ?? []) largest = Math.max(largest, value);
  // One more who waits costs more than all others together could gain: nobody waits so that others are better off.
  const mostGained = n * largest;
  const waiting = 2 * mostGained + 1;
  const values = new Float64Array(n * (m + 1));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      values[i * (m + 1) + j] = round.closed[i * m + j] !== 0 ? forbidden : (round.values?.[i * m + j] ?? 0);
    }
    values[i * (m + 1) + m] = -waiting;
  }
  return { slots: [...round.room, n], values, waiting, mostGained };
}

/** Does every household take one unit of one service? Then plans are exact. */
export function takesOneSlotEach(round: Round): boolean {
  return round.services.length === 1 && round.needs.every((need) => need === 1);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isCount(value: number | undefined): boolean {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value < 2 ** 31;
}

function twice(column: string, row: number, id: string): Refusal {
  return refuseCell('id-twice', column, row, `${id} stands here a second time. Give each its own id.`);
}

function unknownId(column: string, row: number, id: string, kind: string): Refusal {
  return refuseCell('unknown-id', column, row, `${id} is no ${kind} of this round. Check the spelling, or add it.`);
}

function notWhole(column: string, row: number, value: number | undefined): Refusal {
  return refuseCell('not-whole', column, row, `${value ?? 'nothing'} is no whole number from 0. Count again.`);
}
