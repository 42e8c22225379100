// Made-up people, for properties that must hold for everybody.
import { day, isoDay, type Day } from '@meedoen/units';
import fc from 'fast-check';
import type { FactRow, FactTable } from '../src/fact-table.ts';
import type { FactValue, Situation } from '../src/situation.ts';

/** Any day on which somebody may ask, around the versions of the example laws. */
export const anyDay: fc.Arbitrary<Day> = fc
  .integer({ min: day('2020-01-01'), max: day('2028-12-31') })
  .map((value) => value as Day);

/** Anybody: every fact given or asked in vain, whatever the others say. */
export function anySituation(table: FactTable): fc.Arbitrary<Situation> {
  const facts = Object.fromEntries(table.facts.map((row) => [row.id, fc.option(anyValue(row), { freq: 5 })]));
  return fc.record(facts).map((given) => ({ facts: given as Situation['facts'] }));
}

function anyValue(row: FactRow): fc.Arbitrary<FactValue> {
  switch (row.type) {
    case 'choice':
      return fc.constantFrom(...row.choices);
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.integer({ min: row.min ?? 0, max: Math.min(row.max ?? 6000, 6000) });
    case 'date': {
      const birth = row.id === 'bornOn';
      // Month ends are where calendars go wrong: give them more than their share.
      const days = fc.integer({ min: birth ? day('2000-01-01') : day('2019-01-01'), max: day('2028-12-31') });
      const ends = fc.constantFrom('2024-02-29', '2025-01-31', '2026-01-31', '2025-08-31', '2026-11-30');
      return fc.oneof(
        { weight: 4, arbitrary: days.map((value) => isoDay(value as Day)) },
        { weight: 1, arbitrary: ends },
      );
    }
  }
}

/** An adult who asked for asylum on a day, lives in reception and has none of the steps behind them. */
export const whoAsked = (askedOn: string) => ({
  document: 'request',
  letter: 'none',
  bornOn: '1990-05-05',
  askedOn,
  shelter: true,
  registered: false,
  number: false,
  licence: false,
});

/** The same person, of whom we know less. */
export function withoutSome(situation: Situation, coins: fc.Stream<boolean>): Situation {
  const facts = { ...situation.facts };
  for (const id of Object.keys(facts)) if (coins.next().value) facts[id] = null;
  return { facts };
}

/** The same person, whom we have asked only some of it. */
export function askedSome(situation: Situation, coins: fc.Stream<boolean>): Situation {
  return { facts: Object.fromEntries(Object.entries(situation.facts).filter(() => coins.next().value)) };
}
