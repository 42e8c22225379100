// From counts to a board: tables that may leave, and what they say
export {
  halfYearOf,
  releaseBoard,
  type AnswerSeries,
  type AnswersOfMonth,
  type Board,
  type BarriersOfMonth,
  type BoardCounts,
  type BoardRelease,
  type FirstWorkPanel,
  type ReleasedSlice,
  type HeardOfYear,
  type ReleaseOptions,
  type ShownCount,
} from './release-board.ts';
export type { GroupedHistory, SliceBy } from './histories.ts';
export type { HeardRow } from './heard-tables.ts';
export type { MonthOfBarriers } from './month-barriers.ts';
export { boardQuestions, type MonthOfAnswers, type QuestionKind } from './month-answers.ts';

// How long until first paid work, and how sure
export type { CurvePoint, FirstWorkCurve, PublishedShare, PublishedWait } from './first-work-curves.ts';
export { shareOf } from './share-interval.ts';

// Do people who came through another door wait longer?
export { equalAccess, type ComposedHistory, type DoorGap, type EqualAccess, type Gap } from './equal-access.ts';

// The same numbers for others to reckon with
export { dataColumns, dataCsv, dataRows, type DataRow } from './data-rows.ts';

// What did a change of policy do to starts of work?
export {
  changeColumns,
  changeEffect,
  changeInSeries,
  fewestStarts,
  heldEqual,
  type ChangeEffect,
  type MonthAtRisk,
  type PolicyChange,
  type RatioAt,
  type RatioShown,
  type SeriesEffect,
} from './change-effect.ts';
