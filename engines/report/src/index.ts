// A result as a page
export { page } from './page.ts';
export type { Figure, Language, Provenance, Report, Table, Unit } from './report.ts';

// What each kind of result says and shows
export { survivalReport, type Context, type SurvivalResult } from './survival-report.ts';
export { coxReport } from './cox-report.ts';
export { risksReport } from './risks-report.ts';
export { poolReport, type PooledStudies } from './pool-report.ts';
export type { PlanAnswer } from './trust.ts';
