import { describe, expect, test } from 'vitest';
import { smallRound } from '../test/rounds.ts';
import { flipTest } from './flip-test.ts';
import { match, mechanisms } from './match.ts';
import { checkRound, type Round, type RoundInput } from './round.ts';

const input = smallRound(
  [1, 1],
  [
    [9, 1],
    [3, 2],
  ],
  [[[2], [1]], [[1]]],
);
const [a, b] = [input.households[0]!, input.households[1]!];
const [first] = [input.benefit[0]!];

function checked(given: RoundInput): Round {
  const round = checkRound(given);
  if (!round.ok) throw new Error(round.problem.message);
  return round.value;
}

test.each<{ what: string; at: string; given: Partial<RoundInput> }>([
  { what: 'no-places', at: 'places.id 1', given: { places: [] } },
  { what: 'no-households', at: 'households.id 1', given: { households: [] } },
  { what: 'id-twice', at: 'places.id 2', given: { places: [input.places[0]!, input.places[0]!] } },
  { what: 'id-twice', at: 'households.id 3', given: { households: [a, b, { ...a, lottery: 9 }] } },
  { what: 'not-whole', at: 'places.cap_dwelling 1', given: { places: [{ id: 'p1', name: '', room: [-1] }] } },
  { what: 'not-whole', at: 'places.cap_dwelling 1', given: { places: [{ id: 'p1', name: '', room: [] }] } },
  { what: 'not-whole', at: 'households.need_dwelling 2', given: { households: [a, { ...b, needs: [0.5] }] } },
  { what: 'not-whole', at: 'households.lottery 1', given: { households: [{ ...a, lottery: Number.NaN }] } },
  { what: 'no-adults', at: 'households.adults 1', given: { households: [{ ...a, adults: 0 }] } },
  { what: 'lottery-tie', at: 'households.lottery 2', given: { households: [a, { ...b, lottery: a.lottery }] } },
  { what: 'unknown-id', at: 'households.must 1', given: { households: [{ ...a, must: ['p9'] }] } },
  { what: 'unknown-id', at: 'wishes.place 1', given: { wishes: [{ household: 'A', class: 1, place: 'p9' }] } },
  { what: 'unknown-id', at: 'wishes.household 1', given: { wishes: [{ household: 'Z', class: 1, place: 'p1' }] } },
  { what: 'not-a-class', at: 'wishes.class 1', given: { wishes: [{ household: 'A', class: 0, place: 'p1' }] } },
  {
    what: 'ranked-twice',
    at: 'wishes.place 2',
    given: { wishes: [1, 2].map((one) => ({ household: 'A', class: one, place: 'p1' })) },
  },
  { what: 'not-a-share', at: 'benefit.value 1', given: { benefit: [{ ...first, value: Number.NaN }] } },
  { what: 'not-between', at: 'benefit.value 1', given: { benefit: [{ ...first, low: 0.9, high: 1 }] } },
  { what: 'must-not-count', at: 'benefit.because 1', given: { benefit: [{ ...first, because: 'nationality' }] } },
  { what: 'no-reason', at: 'benefit.because 1', given: { benefit: [{ ...first, because: '' }] } },
  { what: 'no-source', at: 'benefit.source 1', given: { benefit: [{ ...first, source: ' ' }] } },
  { what: 'valued-twice', at: 'benefit.place 2', given: { benefit: [first, first] } },
  { what: 'value-missing', at: 'households.id 1', given: { benefit: input.benefit.slice(1) } },
  { what: 'adult-left-out', at: 'households.adults 1', given: { households: [{ ...a, adults: 2 }, b] } },
])('$what at $at', ({ what, at, given }) => {
  const round = checkRound({ ...input, ...given });
  if (round.ok) throw new Error('accepted');
  expect(round.problem.what).toBe(what);
  expect(`${round.problem.words['column']} ${round.problem.words['row']}`).toBe(at);
});

test('every member counts alike, and what lies within the uncertainty is equal', () => {
  const member = (name: string, values: readonly number[], width: number): RoundInput['benefit'] =>
    values.map((value, j) => ({ ...first, member: name, place: `p${j + 1}`, value, low: value, high: value + width }));
  const one = { ...input, households: [a], wishes: [] };
  const exact = checked({ ...one, benefit: [...member('one', [0.5, 0], 0), ...member('two', [0, 0.25], 0)] });
  expect([...exact.values!].map((value) => value / 2 ** 20)).toEqual([0.25, 0.125]);
  const vague = checked({ ...one, benefit: member('one', [0.52, 0.48], 0.25) });
  expect(vague.values![0]).toBe(vague.values![1]);
});

test('a must-place closes the others, a need that does not fit closes a place, each with its own reason', () => {
  const round = checked({
    ...input,
    benefit: [],
    households: [
      { ...a, must: ['p2'] },
      { ...b, needs: [2] },
    ],
  });
  expect([...round.closed]).toEqual([1, 0, 3, 3]);
});

describe('the flip test', () => {
  const choice = { mechanism: 'optimum', need: 1 } as const;

  test('nothing moves when the values are the same', () => {
    const same = flipTest(checked(input), checked(input), choice);
    expect(same.ok && same.value).toEqual({ valuesMoved: 0, largestChange: 0, householdsMoved: [], passed: true });
  });

  test('a hidden proxy is found, with whom it would have sent elsewhere', () => {
    const values = [
      [9, 1],
      [15, 2],
    ];
    const flipped = checked(smallRound([1, 1], values, [[[2], [1]], [[1]]]));
    const found = flipTest(checked(input), flipped, choice);
    expect(found.ok && found.value).toEqual({
      valuesMoved: 1,
      largestChange: 0.75,
      householdsMoved: ['A', 'B'],
      passed: false,
    });
  });

  test('something else than the values may not differ, and without values there is nothing to flip', () => {
    const other = checked({ ...input, wishes: [] });
    const what = (one: Round, two: Round): unknown => {
      const done = flipTest(one, two, choice);
      return done.ok ? 'accepted' : done.problem.what;
    };
    expect(what(checked(input), other)).toBe('not-only-flipped');
    expect(what(checked({ ...input, benefit: [] }), other)).toBe('no-values');
  });
});

test('every mechanism gives places, classes and complaints; those of wishes alone refuse values', () => {
  const wishesOnly = checked({ ...input, benefit: [] });
  for (const mechanism of mechanisms) {
    const done = match(wishesOnly, { mechanism, need: 1 });
    if (!done.ok) throw new Error(done.problem.message);
    expect(done.value).toMatchObject({ placed: 2, waiting: 0, byClass: [2], complaints: { strongEnvy: 0 } });
  }
  const refused = match(checked(input), { mechanism: 'mttc', need: 1 });
  expect(refused.ok ? 'accepted' : refused.problem.what).toBe('values-not-used');
});

test('who got no place under kda reads which service ran out', () => {
  const full = checked(smallRound([1], null, [[[1]], [[1]]]));
  const done = match(full, { mechanism: 'kda', need: 1 });
  if (!done.ok || done.value.kind !== 'market') throw new Error('no match');
  expect(done.value.reasons[1]).toEqual({
    household: 'B',
    turn: 2,
    place: null,
    class: null,
    alternatives: [{ place: 'p1', class: 1, notGiven: 'full', ranOut: 'dwelling' }],
  });
});
