import { formatProblem, type Problem } from '@meedoen/units';

/** Input we cannot use. The process ends with code 2 and these lines on stderr. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(problems: readonly Problem[] | string) {
    super(typeof problems === 'string' ? problems : problems.map(formatProblem).join('\n'));
  }
}

/** More than these are not told: somebody who sees 20 knows what is wrong. */
export const mostProblems = 20;

/** All problems at once, so that a file can be mended in one go; past 20 only that there are more. */
export function refuseAll(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  if (problems.length <= mostProblems) throw new Refusal(problems);
  throw new Refusal([...problems.slice(0, mostProblems), { what: 'more', words: {}, message: 'And more like these.' }]);
}
