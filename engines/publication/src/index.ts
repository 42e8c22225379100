// What may leave the house: rules, tables that nobody can be read from, and a ledger of all that was published
export {
  breaksSumRule,
  roundHalfUp,
  ruleSets,
  strictest,
  type Contributions,
  type DisclosureRules,
  type Dominance,
  type RuleSource,
} from './disclosure-rules.ts';
export {
  readCrossTable,
  type Amounts,
  type Category,
  type CrossTable,
  type CrossTableColumns,
  type Dimension,
} from './cross-table.ts';
export {
  audit,
  type Audit,
  type AuditEffort,
  type CellSum,
  type DerivedBounds,
  type PublicView,
  type Requirement,
} from './audit.ts';
export {
  publish,
  type DisclosureReport,
  type Publication,
  type PublishedCell,
  type PublishOptions,
} from './publish.ts';
export {
  checkLedger,
  emptyLedger,
  type Hash,
  type Release,
  type ReleaseAbout,
  type ReleaseLedger,
} from './release-ledger.ts';

// … or with noise, where releases repeat
export { discreteGaussian, discreteLaplace } from './exact-noise.ts';
export { fraction, type Fraction } from './fraction.ts';
export { randomBits, type RandomBits } from './random-bits.ts';
export {
  noisyCounts,
  noisyMean,
  type NoisyCount,
  type NoisyCounts,
  type NoisyMean,
  type PrivacyCost,
} from './noisy-statistics.ts';
export { spend, spentSoFar, type PrivacyBudget } from './privacy-budget.ts';
export { epsilonOf, rhoOfPure } from './privacy-loss.ts';
