// The exact core
export { bound, forbidden, optimum, scaled, type Optimum } from './optimum.ts';
export type { PlacementProblem, PricedPlan } from './optimum.ts';

// What may count, and what is refused
export { columnRefusal, mayCount, type MayCount } from './what-may-count.ts';

// A round: households, places, needs, wishes, values
export { checkRound, type Round, type RoundInput } from './round.ts';

// Wishes first
export { spendings, type Spending } from './priority.ts';
export { match, mechanisms, promises, type Choice, type Match, type Mechanism } from './match.ts';
export type { Alternative, PriorityOutcome, Turn } from './priority.ts';
export type { Complaints, MarketReason } from './market.ts';
export { flipTest, type FlipTest } from './flip-test.ts';

// For appeal: the same again, to the byte
export { placesIn, replay, replayText, type Replay, type Replayed } from './replay.ts';
