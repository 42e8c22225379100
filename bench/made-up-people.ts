// People made up for measuring: each fact drawn by itself, but only where its question makes sense, and one in
// sixteen not known (or another share). The same seed gives the same people.
import { makesSenseToAsk, type FactRow, type FactTable, type FactValue, type Situation } from '@meedoen/rights';
import { addDays, day, isoDay } from '@meedoen/units';

/** So many people, as they could answer on 2026-11-23. */
export function madeUpPeople(
  table: FactTable,
  count: number,
  seed: number,
  notKnown: number = 1 / 16,
): readonly Situation[] {
  const chance = chances(seed);
  return Array.from({ length: count }, () => {
    const facts: Record<string, FactValue> = {};
    for (const row of table.facts) {
      if (makesSenseToAsk(row, { facts }) && chance() > notKnown) facts[row.id] = anyValue(row, chance);
    }
    return { facts };
  });
}

function anyValue(row: FactRow, chance: () => number): FactValue {
  switch (row.type) {
    case 'choice':
      return row.choices[Math.floor(chance() * row.choices.length)] ?? '';
    case 'boolean':
      return chance() < 0.6;
    case 'number':
      return Math.floor((row.min ?? 0) + chance() * (Math.min(row.max ?? 8000, 8000) - (row.min ?? 0)));
    case 'date': {
      if (row.id === 'bornOn') return isoDay(addDays(day('1965-01-01'), Math.floor(chance() * 17_000)));
      const [first, days] = row.past ? ['2018-01-01', 3_240] : ['2024-01-01', 2_500];
      return isoDay(addDays(day(String(first)), Math.floor(chance() * Number(days))));
    }
  }
}

/** Mulberry32: a small generator that is good enough to make up people. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
