import type { Say } from '#lib/language/say.ts';
import type { ReportProblem } from './parse-report.ts';

/** What is wrong with a report, and how to mend it. */
export function sayReportProblem(say: Say, problem: ReportProblem): string {
  return say(problem.key, {
    ...problem.words,
    ...('day' in problem && problem.day !== undefined ? { today: say.date(problem.day) } : {}),
  });
}
