import { refuse, type Parsed } from '@meedoen/units';
import { kda } from './kda.ts';
import { complaints, marketOf, marketReasons, type Complaints, type MarketReason } from './market.ts';
import { mttc } from './mttc.ts';
import { priority, type PriorityOutcome, type Spending } from './priority.ts';
import type { Round } from './round.ts';
import { tkda } from './tkda.ts';

/** `optimum` is `priority` with nothing to spend on wishes: they only decide between plans with the same total. */
export const mechanisms = [
  'priority',
  'priority-rolling',
  'priority-capped',
  'optimum',
  'mttc',
  'kda',
  'tkda',
] as const;
export type Mechanism = (typeof mechanisms)[number];

/** What a mechanism guarantees and what it does not, to be published before anybody is asked for a wish. */
export const promises: Readonly<
  Record<
    Mechanism,
    {
      /** Is no household ever better off by another ranking than its true one? */
      readonly truthful: boolean;
      /** Is nobody without a place if there is a plan that gives everybody one? */
      readonly everybodyPlaced: boolean;
      /** Is there no other plan (with enough total) that suits somebody more and nobody less? */
      readonly efficient: boolean;
      /** Is nobody let in below somebody who wished for it, and for whom there was room? See `Complaints`. */
      readonly noStrongEnvy: boolean;
    }
  >
> = {
  priority: { truthful: true, everybodyPlaced: true, efficient: true, noStrongEnvy: false },
  'priority-rolling': { truthful: true, everybodyPlaced: true, efficient: false, noStrongEnvy: false },
  'priority-capped': { truthful: true, everybodyPlaced: true, efficient: false, noStrongEnvy: false },
  optimum: { truthful: true, everybodyPlaced: true, efficient: true, noStrongEnvy: false },
  mttc: { truthful: true, everybodyPlaced: false, efficient: true, noStrongEnvy: false },
  kda: { truthful: false, everybodyPlaced: false, efficient: false, noStrongEnvy: true },
  tkda: { truthful: true, everybodyPlaced: false, efficient: false, noStrongEnvy: true },
};

export type Choice = {
  readonly mechanism: Mechanism;
  /** The share of the largest total to keep, for `priority` and its variants. */
  readonly need: number;
  /** Also the losses of places that were not open; left out, the plan is the same and comes sooner in large rounds. */
  readonly exactLosses?: boolean;
};

/** One round carried out: for each household its place and its reasons. A proposal: a person decides. */
export type Match = Omit<Choice, 'exactLosses'> & {
  readonly promise: (typeof promises)[Mechanism];
  readonly placed: number;
  readonly waiting: number;
  /** How many got a place of their first class, of their second, and so on; those who wait are not in it. */
  readonly byClass: readonly number[];
  readonly complaints: Complaints;
} & (
    | { readonly kind: 'priority'; readonly outcome: PriorityOutcome }
    | { readonly kind: 'market'; readonly reasons: readonly MarketReason[] }
  );

/** Carry out a round. The same round and choice give the same match, to the byte. */
export function match(round: Round, { mechanism, need, exactLosses = true }: Choice): Parsed<Match> {
  const market = marketOf(round);
  if (mechanism === 'mttc' || mechanism === 'kda' || mechanism === 'tkda') {
    if (round.values !== null) {
      const message = `${mechanism} looks at wishes and room only. Leave out the values, or choose priority.`;
      return refuse('values-not-used', message);
    }
    const plan = { mttc, kda, tkda: (given: typeof market) => tkda(given) }[mechanism](market);
    const reasons = marketReasons(round, market, plan);
    return { ok: true, value: { ...summary(reasons, plan), kind: 'market', reasons } };
  }
  const spending: Spending =
    mechanism === 'priority-rolling' ? 'rolling' : mechanism === 'priority-capped' ? 'capped' : 'plain';
  const done = priority(round, spending, mechanism === 'optimum' ? 1 : need, exactLosses);
  if (!done.ok) return done;
  const { turns } = done.value;
  const placeAt = new Map(round.places.map((id, j) => [id, j]));
  const plan = Int32Array.from(turns, ({ place }) => (place === null ? -1 : placeAt.get(place)!));
  return { ok: true, value: { ...summary(turns, plan), kind: 'priority', outcome: done.value } };

  function summary(told: readonly { readonly class: number | null }[], plan: Int32Array) {
    const classes = told.flatMap((one) => one.class ?? []);
    const byClass = Array.from({ length: classes.reduce((most, one) => Math.max(most, one), 0) }, () => 0);
    for (const one of classes) byClass[one - 1]!++;
    return {
      mechanism,
      need: mechanism === 'optimum' ? 1 : need,
      promise: promises[mechanism],
      placed: classes.length,
      waiting: round.households.length - classes.length,
      byClass,
      complaints: complaints(market, plan),
    };
  }
}
