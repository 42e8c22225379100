// What every answer looks like
export type { Estimate, EvidenceLevel, Interval, Note, Ratio } from './estimate.ts';
export type { Refusal } from './refusal.ts';

// Data at the door
export { readSpells, type SpellColumns, type Spells, type WeightMeaning } from './spells.ts';
export { everyone, readGroups, type Groups } from './groups.ts';
export { indicators, type Covariate } from './covariates.ts';

// How long until …? One curve per group
export { riskTables, type RiskTable } from './risk-table.ts';
export {
  kaplanMeier,
  survivalAt,
  type CurveOptions,
  type IntervalShape,
  type SurvivalCurve,
} from './survival-curve.ts';
export { cumulativeHazards, type CumulativeHazard, type HazardTies } from './cumulative-hazard.ts';
export { quantile } from './quantile.ts';

// … and do groups differ?
export {
  restrictedMeanDifference,
  restrictedMeans,
  type RestrictedMean,
  type RestrictedMeanDifference,
  type RestrictedMeanOptions,
} from './restricted-mean.ts';
export { logRank, type LogRank } from './log-rank.ts';

// Several characteristics at once
export { fitCox, modelConcordance, type ChiSquaredTest, type CoxModel, type CoxOptions, type CoxTerm } from './cox.ts';
export type { CoxTies } from './cox-design.ts';
export { baselineHazards, type BaselineHazard } from './cox-baseline.ts';
export { testProportionality, type Proportionality } from './proportional-hazards.ts';
export { concordance } from './concordance.ts';

// Several ways to leave, always shown together
export { cumulativeIncidence, type IncidenceCurve, type Risks, type RisksOptions } from './cumulative-incidence.ts';
export { grayTest } from './gray-test.ts';
export { fitFineGray, type FineGrayModel, type FineGrayTerm } from './fine-gray.ts';

// Any number of states, to and fro: searching, in work, searching again
export { readHistories, type Histories, type HistoryColumns } from './histories.ts';
export { stateOccupation, type Occupation, type OccupationOptions, type Transition } from './state-occupation.ts';
export {
  timeInStates,
  timeInStatesDifference,
  type TimeInState,
  type TimeInStateDifference,
  type TimeInStatesOptions,
} from './time-in-states.ts';

// What several studies say together
export {
  cumulativePool,
  leaveOneOut,
  pool,
  type Pooled,
  type PoolErrors,
  type PoolMethod,
  type PoolOptions,
  type Studies,
} from './pool.ts';
export {
  checkSmallStudies,
  metaRegression,
  type MetaRegression,
  type MetaTerm,
  type SmallStudyCheck,
} from './meta-regression.ts';

// What check-ins tell: between two waves
export { survivalBetween, turnbull, type CheckIns, type IntervalEstimate } from './interval-censored.ts';
