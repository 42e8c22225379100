// The effect that several studies show together, and how far they differ
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

// What goes with larger effects, and studies that seem to be missing
export {
  checkSmallStudies,
  metaRegression,
  type MetaRegression,
  type MetaTerm,
  type SmallStudyCheck,
} from './meta-regression.ts';
export { trimAndFill, type TrimAndFill } from './trim-and-fill.ts';
