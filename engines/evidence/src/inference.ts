import { normalTwoSided } from '@meedoen/numbers';
import { symmetricInterval, type Interval } from './estimate.ts';

/** One way to say how sure. */
export type Inference = {
  readonly estimate: number;
  readonly se: number;
  readonly z: number;
  readonly p: number;
  readonly ci: Interval;
};

export function inferenceOf(estimate: number, se: number, confidence: number): Inference {
  const z = estimate / se;
  return {
    estimate,
    se,
    z,
    p: se > 0 ? normalTwoSided(z) : estimate === 0 ? 1 : 0,
    ci: symmetricInterval(estimate, se, confidence),
  };
}
