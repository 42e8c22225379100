// What every answer looks like
export type { Estimate, EvidenceLevel, Interval, Note, Ratio } from './estimate.ts';
export type { Refusal } from '@meedoen/units';
// … and how small an effect it could have shown: beside every one that found nothing
export {
  detectable,
  detectableByEvents,
  detectableRatio,
  holdsNoEffect,
  type Detectable,
  type DetectableRatio,
  type Effect,
  type LogEffect,
} from './detectable.ts';

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
export { grayTest, type GrayTest } from './gray-test.ts';
export { fitFineGray, type FineGrayModel, type FineGrayTerm } from './fine-gray.ts';

export { timesLost, type TimeLost, type TimesLostOptions } from './time-lost.ts';

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

// What a policy changed: units that come under it at different times …
export {
  readPanel,
  readSections,
  type Incomplete,
  type Panel,
  type PanelColumns,
  type SectionColumns,
  type Sections,
} from './panel.ts';
export {
  groupTimeEffects,
  type ChiSquaredPreTest,
  type CohortSize,
  type GroupTimeEffect,
  type GroupTimeEffects,
  type StaggeredOptions,
} from './group-time-effects.ts';
export type { AdjustmentMethod } from './two-by-two.ts';
export {
  aggregateEffects,
  type Aggregate,
  type AggregateEffects,
  type AggregatePoint,
  type AggregateSeries,
} from './aggregate-effects.ts';
export { trendSensitivity, type TrendSensitivity } from './trend-sensitivity.ts';
export { multiplierBootstrap, type Multiplier, type MultiplierBootstrap } from './multiplier-bootstrap.ts';
export {
  fixedEffects,
  type ClusteredErrors,
  type FixedEffects,
  type FixedEffectsColumns,
  type FixedEffectsTerm,
} from './fixed-effects.ts';
export { twoWayWarning, type TwoWayWarning } from './two-way-warning.ts';

// … one place against a mixture of others, or against its own past
export {
  syntheticEffect,
  type SyntheticEffect,
  type SyntheticErrors,
  type SyntheticMethod,
  type SyntheticOptions,
} from './synthetic.ts';
export {
  interruptedSeries,
  type InterruptedSeries,
  type SeriesColumns,
  type SeriesOptions,
  type SeriesTerm,
} from './interrupted-series.ts';

// … or people on either side of a threshold
export { readCutoffData, type CutoffColumns, type CutoffData } from './cutoff-data.ts';
export { regressionDiscontinuity, type Discontinuity, type DiscontinuityOptions } from './discontinuity.ts';
export { fuzzyDiscontinuity, type FuzzyDiscontinuity } from './fuzzy-discontinuity.ts';
export type { Inference } from './inference.ts';
export type { Bandwidths, BandwidthRule, PerSide } from './cutoff-bandwidth.ts';
export type { ResidualKind } from './cutoff-residuals.ts';
export type { Kernel } from './local-polynomial.ts';
export { checkDiscontinuity, type CutoffChecks, type Repeat } from './cutoff-checks.ts';
export { densityAtCutoff, type DensityTest } from './density-at-cutoff.ts';

// Two cohorts side by side: counted alike, made alike, or refused
export {
  compareMeans,
  compareTimes,
  type AdjustedMean,
  type AdjustedTime,
  type CohortComparison,
  type ComparisonRequest,
} from './compare-cohorts.ts';
export {
  mismatches,
  readDeclarations,
  type CohortDeclaration,
  type Clock,
  type Mismatch,
  type OutcomeKind,
  type Who,
} from './cohort-declaration.ts';
export { readCohorts, type CohortColumns, type Cohorts, type Estimand } from './cohorts.ts';
export {
  balanceOf,
  refuseTooDifferent,
  type Balance,
  type BalanceRow,
  type ComparisonLimits,
  type WeightSpread,
} from './balance.ts';
export {
  doublyRobustDifference,
  horvitzThompson,
  rawDifference,
  standardisedDifference,
  weightedDifference,
  type CohortDifference,
  type DoublyRobustDifference,
  type MeanOptions,
  type ModelOptions,
} from './cohort-means.ts';
export {
  timeDifferences,
  weightedCurves,
  weightedHazardRatio,
  type CohortSpells,
  type CohortTimeDifference,
  type WeightedHazardRatio,
} from './cohort-survival.ts';
export { eValue, eValueOfDifference, eValueOfHazardRatio, type EValue } from './e-value.ts';

// What check-ins tell: between two waves
export { survivalBetween, turnbull, type CheckIns, type IntervalEstimate } from './interval-censored.ts';

// Can this be trusted? What was promised, how strong the design is, how many tests there were
export {
  comparePlan,
  parsePlan,
  plannedMethods,
  planText,
  type AnalysisDone,
  type AnalysisPlan,
  type PlanKept,
  type PlannedMethod,
} from './analysis-plan.ts';
export {
  certainty,
  marylandLevel,
  recognitionAtMost,
  type Certainty,
  type Design,
  type Doubts,
  type RecognitionAtMost,
  type RecognitionStep,
  type Strengths,
} from './evidence-strength.ts';
export { correctForManyTests, type CorrectedTests, type CorrectionMethod } from './multiple-tests.ts';

// To make an estimator of one's own: a model, what each row moves in it, and the error that follows
export { linearDesign, type LinearDesign } from './linear-design.ts';
export { fitLogistic, type LogisticFit } from './logistic.ts';
export { influenceThrough } from './model-fit.ts';
export { varianceFromInfluence, type Counted } from './influence-variance.ts';
export { intervalByClusters } from './few-clusters.ts';
export { criticalValue, symmetricInterval } from './estimate.ts';
