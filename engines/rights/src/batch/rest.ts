// What is left of a piece of law once the choices of a person are filled in.
import { dayOfValue, type Value } from '../value.ts';
import { OneByOne } from './one-by-one.ts';
import type { FlagProgram, QuantityProgram } from './cursor.ts';
import type { Programs } from './programs.ts';

/** What is left of an expression. */
export type Rest =
  | { readonly kind: 'known'; readonly value: Value }
  | { readonly kind: 'unknown'; readonly facts: number }
  | { readonly kind: 'choice'; readonly fact: number }
  | { readonly kind: 'flag'; readonly run: FlagProgram }
  | {
      readonly kind: 'quantity';
      readonly sort: 'date' | 'number';
      readonly run: QuantityProgram;
      readonly moves: Motion;
    }
  /** The law cannot be computed here; a problem only where it is reached. */
  | { readonly kind: 'fault' }
  | { readonly kind: 'either'; readonly when: FlagProgram; readonly gives: Rest; readonly otherwise: Rest };

/** How a quantity depends on the day: not at all, as the day itself, as a count since another day, or somehow. */
export type Motion =
  | 'no'
  | 'today'
  | { readonly since: QuantityProgram; readonly step: 'years' | 'months' | 'days' }
  | 'somehow';

/** A yes-or-no, ready to run. */
export function flagOf(programs: Programs, rest: Rest): FlagProgram {
  if (rest.kind === 'flag') return rest.run;
  if (rest.kind === 'unknown') return programs.unknownFlag(rest.facts);
  if (rest.kind === 'fault') return programs.faultFlag();
  if (rest.kind === 'known' && typeof rest.value === 'boolean') return programs.constantFlag(rest.value);
  if (rest.kind === 'either')
    return programs.eitherFlag(rest.when, flagOf(programs, rest.gives), flagOf(programs, rest.otherwise));
  throw new OneByOne();
}

/** A date or whole number, ready to run; `nothing` stands for null, which has no number of its own and is refused without. */
export function quantityOf(programs: Programs, rest: Rest, nothing: number | null = null): QuantityProgram {
  if (rest.kind === 'quantity') return rest.run;
  if (rest.kind === 'unknown') return programs.unknownQuantity(rest.facts);
  if (rest.kind === 'fault') return programs.faultQuantity();
  if (rest.kind === 'either') {
    const [gives, otherwise] = [rest.gives, rest.otherwise].map((one) => quantityOf(programs, one, nothing));
    return programs.eitherQuantity(rest.when, gives!, otherwise!);
  }
  const number = rest.kind !== 'known' ? null : rest.value === null ? nothing : numberOf(rest.value);
  if (number === null) throw new OneByOne();
  return programs.constantQuantity(number);
}

/** How it depends on the day. */
export function motionOf(rest: Rest): Motion {
  if (rest.kind === 'quantity') return rest.moves;
  if (rest.kind !== 'either') return 'no';
  return motionOf(rest.gives) === 'no' && motionOf(rest.otherwise) === 'no' ? 'no' : 'somehow';
}

/** Is it a number for sure, if it is anything? */
export function isNumber(rest: Rest): boolean {
  if (rest.kind === 'either') return isNumber(rest.gives) && isNumber(rest.otherwise);
  if (rest.kind === 'known') return typeof rest.value === 'bigint';
  return rest.kind === 'unknown' || (rest.kind === 'quantity' && rest.sort === 'number');
}

/** Is it known, or the day itself? */
export function isSure(rest: Rest): boolean {
  return rest.kind === 'known' || (rest.kind === 'quantity' && rest.moves === 'today');
}

/** Can it be run as a yes-or-no? */
export function isFlaglike(rest: Rest): boolean {
  return (
    rest.kind === 'flag' ||
    rest.kind === 'unknown' ||
    rest.kind === 'fault' ||
    (rest.kind === 'known' && typeof rest.value === 'boolean')
  );
}

export function mayBeNull(rest: Rest): boolean {
  if (rest.kind === 'either') return mayBeNull(rest.gives) || mayBeNull(rest.otherwise);
  return rest.kind === 'known' && rest.value === null;
}

/** The elements of a known list; one thing counts as a list of one. */
export function elementsOf(rest: Rest): readonly Rest[] {
  if (rest.kind !== 'known') throw new OneByOne();
  return Array.isArray(rest.value) ? rest.value.map((value: Value): Rest => ({ kind: 'known', value })) : [rest];
}

function numberOf(value: Value): number | null {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : null;
  return dayOfValue(value);
}
