// A result as a page
export { page } from './page.ts';
export type { Figure, Language, Provenance, Report, Table, Unit } from './report.ts';

// Pictures for a page of one's own: with a name that a screen reader speaks
export { drawCurves, type DrawnCurve } from './curves.ts';
export { drawForest, type ForestRow } from './forest.ts';
export { drawSeries, type SeriesPoint } from './series.ts';

// What each kind of result says and shows
export { survivalReport, type Context, type PageContext, type SurvivalResult } from './survival-report.ts';
export { coxReport } from './cox-report.ts';
export { risksReport } from './risks-report.ts';
export { poolReport, type PooledStudies } from './pool-report.ts';
export { didReport, type DidResult } from './did-report.ts';
export { compareReport, type CompareResult } from './compare-report.ts';
export { rdReport } from './rd-report.ts';
export { statesReport, type StatesResult } from './states-report.ts';
export { syntheticReport } from './synthetic-report.ts';
export { seriesReport } from './series-report.ts';
export { trialReport, type TrialResult } from './trial-report.ts';
export { panelReport } from './panel-report.ts';
export { unnamed } from './unnamed.ts';
export type { PlanAnswer } from './trust.ts';
