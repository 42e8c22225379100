import { describe, expect, test } from 'vitest';
import { mulberry } from '../test/instances.ts';
import {
  everyList,
  everyPlan,
  printedMarket,
  printedPlan,
  smallMarket,
  standing,
  suitsBetter,
} from '../test/markets.ts';
import { kda } from './kda.ts';
import { complaints, type Market } from './market.ts';
import { mttc } from './mttc.ts';
import { tkda } from './tkda.ts';

describe('worked examples of Delacrétaz, Kominers & Teytelboym', () => {
  test('weak fit: a third who needs something else gets in after a second who does not fit', () => {
    const market = printedMarket(
      [
        [1, 0],
        [1, 0],
        [0, 1],
      ],
      [[1, 1]],
      [[1], [1], [1]],
      ['abc'],
    );
    for (const mechanism of [mttc, kda, tkda]) expect(printedPlan(mechanism(market))).toBe('a1 b– c1');
  });

  const lists = [
    [2, 1],
    [1, 3, 4],
    [1, 2],
    [1, 3],
  ];
  const bent = (b: number[]): Market =>
    printedMarket(
      [[1], [2], [1], [1]],
      [[2], [1], [2], [5]],
      [lists[0]!, b, lists[2]!, lists[3]!],
      ['abcd', 'ca', 'db', 'b'],
    );

  test('one service: the plans, and b gains under kda by hiding its first wish', () => {
    const market = bent(lists[1]!);
    expect(printedPlan(kda(market))).toBe('a1 b4 c2 d3');
    expect(printedPlan(tkda(market))).toBe('a1 b4 c2 d3');
    expect(printedPlan(mttc(market))).toBe('a2 b3 c1 d1');
    expect(printedPlan(kda(bent([3, 4])))).toBe('a2 b3 c1 d1');
    expect(printedPlan(tkda(bent([3, 4])))).toBe('a2 b4 c1 d3');
  });

  test('the rounds of tkda with their thresholds', () => {
    const rounds: string[] = [];
    tkda(bent([3, 4]), (round) =>
      rounds.push(
        round
          .map((one) => `${'abcd'[one.household]}${one.place + 1}[${one.threshold}]${one.rejected ? '×' : ''}`)
          .join(' '),
      ),
    );
    expect(rounds).toEqual([
      'a2[1] b3[1] c1[1] d1[1]×',
      'a2[1] b3[0]× c1[1] d3[Infinity]',
      'a2[1] b4[Infinity] c1[1] d3[Infinity]',
    ]);
  });

  test('two services', () => {
    const market = printedMarket(
      [
        [2, 1],
        [1, 0],
        [1, 0],
        [2, 0],
        [1, 1],
        [1, 0],
        [1, 0],
      ],
      [
        [4, 2],
        [4, 1],
        [3, 1],
        [1, 0],
      ],
      [[2, 3], [4, 1], [2, 1], [1], [1, 2], [1, 2, 3], [4]],
      ['abcdefg', 'eabgfcd', 'dfa', 'gb'],
    );
    expect(printedPlan(tkda(market))).toBe('a3 b1 c1 d1 e2 f3 g4');
    expect(printedPlan(kda(market))).toBe('a2 b1 c2 d1 e1 f2 g4');
    expect(printedPlan(mttc(market))).toBe('a2 b1 c2 d– e1 f1 g4');
  });
});

describe('small markets, every case walked', () => {
  const markets = Array.from({ length: 250 }, (_, seed) => {
    const random = mulberry(seed);
    return smallMarket(random, 2 + Math.floor(random() * 3), 2 + Math.floor(random() * 2));
  });

  /** The households that gain by any other list, by their true one. */
  function liars(mechanism: (market: Market) => Int32Array, market: Market): number {
    const honest = mechanism(market);
    return market.lists.filter((list, i) =>
      everyList([...list]).some((lie) => {
        const told = mechanism({ ...market, lists: market.lists.with(i, Int32Array.from(lie)) });
        return standing(market, i, told[i]!) < standing(market, i, honest[i]!);
      }),
    ).length;
  }

  test.each([
    ['mttc', mttc],
    ['tkda', tkda],
  ] as const)('%s: no list is better than the true one', (_, mechanism) => {
    for (const market of markets) expect(liars(mechanism, market)).toBe(0);
  });

  test('all keep within the room', () => {
    for (const market of markets) {
      const plans = new Set(everyPlan(market).map(String));
      for (const mechanism of [mttc, kda, tkda]) expect(plans.has(String(mechanism(market)))).toBe(true);
    }
  });

  test('mttc: no plan suits nobody less and somebody more', () => {
    for (const market of markets) {
      const plan = mttc(market);
      expect(everyPlan(market).some((other) => suitsBetter(market, other, plan))).toBe(false);
    }
  });

  test('kda and tkda: no strong envy; kda suits everybody at least as well as any plan without it', () => {
    let wronged = 0;
    for (const market of markets) {
      const plan = kda(market);
      expect(complaints(market, plan).strongEnvy).toBe(0);
      expect(complaints(market, tkda(market)).strongEnvy).toBe(0);
      for (const other of everyPlan(market)) {
        if (complaints(market, other).strongEnvy > 0) wronged++;
        else other.forEach((j, i) => expect(standing(market, i, plan[i]!)).toBeLessThanOrEqual(standing(market, i, j)));
      }
    }
    expect(wronged).toBeGreaterThan(1000);
  });
});

test('complaints by hand: an empty place that somebody prefers is waste, and blocks', () => {
  const market = printedMarket(
    [[1], [1]],
    [[1], [1]],
    [
      [1, 2],
      [1, 2],
    ],
    ['ab', 'ab'],
  );
  expect(complaints(market, Int32Array.of(1, -1))).toEqual({ waste: 2, blocking: 2, strongEnvy: 0 });
  // b sits where a, who stands above, would rather be.
  expect(complaints(market, Int32Array.of(1, 0))).toEqual({ waste: 0, blocking: 1, strongEnvy: 1 });
  expect(complaints(market, Int32Array.of(0, 1))).toEqual({ waste: 0, blocking: 0, strongEnvy: 0 });
});
