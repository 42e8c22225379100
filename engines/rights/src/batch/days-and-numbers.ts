// What is left of operations on dates and numbers.
import { wholeMonthsBetween, wholeYearsBetween, type Day } from '@meedoen/units';
import { satisfies, type Ordering } from '../comparison.ts';
import type { Value } from '../value.ts';
import type { FlagProgram, QuantityProgram } from './cursor.ts';
import { OneByOne } from './one-by-one.ts';
import type { Programs } from './programs.ts';
import { isNumber, motionOf, quantityOf, type Motion, type Rest } from './rest.ts';

/** Arithmetic on whole numbers. */
export function computed(
  programs: Programs,
  what: string,
  operands: readonly Rest[],
  compute: (values: readonly number[]) => number,
): Rest {
  // Dates and numbers are both whole numbers here, but dates cannot be summed.
  if (!operands.every(isNumber)) throw new OneByOne();
  const moves = operands.some((rest) => motionOf(rest) !== 'no');
  const run = programs.combined(
    what,
    operands.map((rest) => quantityOf(programs, rest)),
    compute,
    moves,
  );
  return { kind: 'quantity', sort: 'number', run, moves: moves ? 'somehow' : 'no' };
}

/** DATE_ADD with steps that are known. */
export function dateAdd(programs: Programs, [date, years, months, weeks, days]: readonly (Rest | null)[]): Rest {
  if (!date) throw new OneByOne();
  const [y, m, w, d] = [years, months, weeks, days].map((step) => {
    if (!step) return 0;
    const number = step.kind === 'known' && typeof step.value === 'bigint' ? Number(step.value) : null;
    if (number === null) throw new OneByOne();
    return number;
  }) as [number, number, number, number];
  const motion = motionOf(date);
  let run = quantityOf(programs, date);
  if (y !== 0) run = programs.monthsLater(run, 12 * y);
  if (m !== 0) run = programs.monthsLater(run, m);
  if (w !== 0 || d !== 0) run = programs.daysLater(run, 7 * w + d);
  return { kind: 'quantity', sort: 'date', run, moves: motion === 'no' ? 'no' : 'somehow' };
}

/** Whole years, months or days from one date to another. */
export function count(programs: Programs, from: Rest, to: Rest, step: 'years' | 'months' | 'days'): Rest {
  const counting = { years: wholeYearsBetween, months: wholeMonthsBetween, days: (a: number, b: number) => b - a }[
    step
  ];
  const since = quantityOf(programs, from);
  const [fromMoves, toMoves] = [motionOf(from), motionOf(to)];
  const moves: Motion =
    fromMoves === 'no' && toMoves === 'no'
      ? 'no'
      : fromMoves === 'no' && toMoves === 'today'
        ? { since, step }
        : 'somehow';
  const run = programs.combined(
    `count ${step}`,
    [since, quantityOf(programs, to)],
    ([a, b]) => counting(a as Day, b as Day),
    moves !== 'no',
  );
  return { kind: 'quantity', sort: 'number', run, moves };
}

/** A comparison, with the day on which it turns where that can be said. */
export function ordered(programs: Programs, ordering: Ordering, subject: Rest, value: Rest): FlagProgram {
  const [left, right] = [motionOf(subject), motionOf(value)];
  if (left === 'today' && right === 'no') return todayAgainst(programs, ordering, quantityOf(programs, value));
  if (right === 'today' && left === 'no')
    return todayAgainst(programs, mirrored[ordering], quantityOf(programs, subject));
  if (typeof left === 'object' && value.kind === 'known') {
    const flag = turning(programs, left, ordering, value.value);
    if (flag) return flag;
  }
  const moves = left !== 'no' || right !== 'no';
  return programs.compared(
    ordering,
    quantityOf(programs, subject),
    quantityOf(programs, value),
    (difference) => satisfies(ordering, difference),
    moves,
  );
}

function todayAgainst(programs: Programs, ordering: Ordering, day: QuantityProgram): FlagProgram {
  switch (ordering) {
    case 'GREATER_THAN_OR_EQUAL':
      return programs.dayHasCome(day, 0);
    case 'LESS_THAN':
      return programs.not(programs.dayHasCome(day, 0));
    case 'GREATER_THAN':
      return programs.dayHasCome(day, 1);
    case 'LESS_THAN_OR_EQUAL':
      return programs.not(programs.dayHasCome(day, 1));
  }
}

// "Six months ago or more" turns on the day six months later, "eighteen or older" on a birthday.
function turning(
  programs: Programs,
  { since, step }: Exclude<Motion, string>,
  ordering: Ordering,
  value: Value,
): FlagProgram | null {
  if (typeof value !== 'bigint' || value < 1n) return null;
  const atLeast = ordering === 'GREATER_THAN_OR_EQUAL' || ordering === 'LESS_THAN' ? Number(value) : Number(value) + 1;
  const opens =
    step === 'days'
      ? programs.daysLater(since, atLeast)
      : programs.monthsLater(since, step === 'years' ? 12 * atLeast : atLeast);
  const has = programs.dayHasCome(opens, 0);
  return ordering === 'GREATER_THAN_OR_EQUAL' || ordering === 'GREATER_THAN' ? has : programs.not(has);
}

const mirrored: Readonly<Record<Ordering, Ordering>> = {
  GREATER_THAN: 'LESS_THAN',
  LESS_THAN: 'GREATER_THAN',
  GREATER_THAN_OR_EQUAL: 'LESS_THAN_OR_EQUAL',
  LESS_THAN_OR_EQUAL: 'GREATER_THAN_OR_EQUAL',
};
