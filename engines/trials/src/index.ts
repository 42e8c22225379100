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
export { parseTrialPlan, type ClosedArm, type TrialPlan } from './trial-plan.ts';
export { nextBatch, type ArmInBatch, type NextBatch, type StopAdvice, type TrialOutcomes } from './next-batch.ts';
export { chancesOfBest, type BetaBelief } from './best-arm.ts';
export { hierarchicalBelief, type ArmInStrata, type HierarchicalBelief } from './hierarchical.ts';
export {
  armAt,
  assignmentProbabilities,
  wholePlaces,
  type AssignmentOptions,
  type AssignmentRule,
} from './assignment.ts';

// … nobody is assigned before a person signed
export {
  assign,
  parseSignatures,
  proposeBatch,
  releaseBatch,
  type BatchProposal,
  type Digest,
  type ReleasedBatch,
  type Signature,
} from './propose-batch.ts';

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

// … and was it chance? The whole programme again
export {
  auditBatches,
  batchByBatch,
  replayTest,
  type BatchAudit,
  type ReplayTest,
  type StratifiedHistory,
} from './replay.ts';

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
