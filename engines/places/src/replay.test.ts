import { expect, test } from 'vitest';
import { smallRound } from '../test/rounds.ts';
import { mechanisms } from './match.ts';
import { replay, replayText } from './replay.ts';

const input = smallRound([1, 1, 1], null, [
  [[3], [1], [2]],
  [[2], [3]],
  [[2], [1]],
]);

function written(mechanism: (typeof mechanisms)[number]): string {
  const done = replayText(input, { mechanism, need: 1 });
  if (!done.ok) throw new Error(done.problem.message);
  return done.value.text;
}

test.each(mechanisms)('%s: carried out again, the same to the byte', (mechanism) => {
  const again = replay(written(mechanism));
  expect(again.ok && again.value.same).toBe(true);
  expect(again.ok && again.value.moved).toEqual([]);
});

test('with one wish changed it says who would have gone elsewhere', () => {
  const file = JSON.parse(written('priority')) as { input: { wishes: { household: string; place: string }[] } };
  const wish = file.input.wishes.find(({ household, place }) => household === 'C' && place === 'p2')!;
  wish.place = 'p3';
  // C stands last: its wish moves nobody, and nothing is the same to the byte.
  const last = replay(JSON.stringify(file));
  expect(last.ok && [last.value.same, last.value.moved]).toEqual([false, []]);
  file.input.wishes = file.input.wishes.map((one) =>
    one.household === 'A' ? { ...one, place: { p3: 'p2', p1: 'p3', p2: 'p1' }[one.place]! } : one,
  );
  const first = replay(JSON.stringify(file));
  expect(first.ok && first.value.moved).toEqual([
    { household: 'A', before: 'p3', after: 'p2' },
    { household: 'B', before: 'p2', after: 'p3' },
  ]);
});

test.each([
  { story: 'no JSON', text: '{', what: 'not-json' },
  { story: 'another file', text: '{"format":"other"}', what: 'not-a-replay' },
  {
    story: 'a list that is none',
    text: written('kda').replace('"wishes": [', '"wishes": 3, "x": ['),
    what: 'not-a-replay',
  },
  { story: 'a number as text', text: written('kda').replace('"lottery": 0', '"lottery": "0"'), what: 'not-a-replay' },
  { story: 'a mechanism nobody knows', text: written('kda').replaceAll('"kda"', '"dice"'), what: 'not-a-replay' },
  { story: 'a tie of numbers', text: written('kda').replace('"lottery": 0', '"lottery": 1'), what: 'lottery-tie' },
])('$story: $what', ({ text, what }) => {
  const again = replay(text);
  expect(again.ok ? 'accepted' : again.problem.what).toBe(what);
});
