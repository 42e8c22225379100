// The exact core
export { bound, forbidden, optimum, scaled, type Optimum } from './optimum.ts';
export type { PlacementProblem, PricedPlan } from './optimum.ts';
