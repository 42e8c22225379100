// Before the data, and beside every result that found nothing: how many people, or how small an effect
export {
  eventsNeeded,
  peopleForMeans,
  peopleForShares,
  powerOfMeans,
  powerOfShares,
  smallestDetectable,
  type Clustering,
} from './power.ts';

// Who gets what next
export { nextBatch, parseTrialPlan, type NextBatch, type TrialOutcomes, type TrialPlan } from './next-batch.ts';
export { chancesOfBest, type BetaBelief } from './best-arm.ts';
export { hierarchicalBelief, type ArmInStrata, type HierarchicalBelief } from './hierarchical.ts';
export {
  armAt,
  assignmentProbabilities,
  wholePlaces,
  type AssignmentOptions,
  type AssignmentRule,
} from './assignment.ts';

// What each arm does, although the assignment learnt on the way
export {
  adaptiveInference,
  sampleRatio,
  type AdaptiveInference,
  type AdaptiveWeights,
  type ArmContrast,
  type ArmEstimate,
  type SampleRatio,
  type TrialHistory,
} from './adaptive-inference.ts';

// Limits that hold at every time at once: look as often as you like
export {
  asymptoticSequence,
  bernsteinSequence,
  normalMixtureBoundary,
  oneSidedMixtureBoundary,
  shareSequence,
  stitchedBoundary,
  type SequenceLimits,
} from './confidence-sequence.ts';
