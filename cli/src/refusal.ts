import { formatProblem, type Problem } from '@meedoen/units';

/** Input we cannot use. The process ends with code 2 and these lines on stderr. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(problems: readonly Problem[] | string) {
    super(typeof problems === 'string' ? problems : problems.map(formatProblem).join('\n'));
  }
}
