import type { Parsed } from '@meedoen/units';
import { readCutoffData, withOutcome, type CutoffData, type Side } from './cutoff-data.ts';
import { densityAtCutoff, type DensityTest } from './density-at-cutoff.ts';
import { regressionDiscontinuity, type Discontinuity, type DiscontinuityOptions } from './discontinuity.ts';
import type { EvidenceLevel, Interval, Note } from './estimate.ts';

/** One more time the same question, in a way whose answer should be the same (or 0). */
export type Repeat = {
  readonly at: number;
  readonly estimate: number;
  readonly se: number;
  readonly p: number;
  readonly ci: Interval;
  readonly rowsInH: readonly [number, number];
};

export type CutoffChecks = {
  /** People on either side of the cutoff: more than expected on one side means that they chose it. */
  readonly density: Parsed<DensityTest>;
  /** The jump of each covariate, which should be 0: the rule came later. */
  readonly covariates: readonly { readonly name: string; readonly jump: Parsed<Repeat> }[];
  /** Jumps where there is no rule: halfway the rows of each side. Should be 0. */
  readonly placeboCutoffs: readonly { readonly at: number; readonly jump: Parsed<Repeat> }[];
  /** Without the rows nearest the cutoff (`at`: how far), who are most easily moved. */
  readonly donuts: readonly { readonly at: number; readonly jump: Parsed<Repeat> }[];
  /** With bandwidths `at` times as wide. */
  readonly widths: readonly { readonly at: number; readonly jump: Parsed<Repeat> }[];
  /** What failed, in words. */
  readonly failed: readonly Note[];
  /** That of the design, one less when a check failed. */
  readonly level: EvidenceLevel;
};

const DONUTS = [0.02, 0.05, 0.1] as const;
const WIDTHS = [0.5, 0.75, 1.5, 2] as const;

/**
 * The checks that belong to every discontinuity: density at the cutoff, covariates and cutoffs that should show nothing,
 * a donut, other bandwidths. A check that cannot be made says why instead of passing.
 *
 * M. D. Cattaneo, N. Idrobo & R. Titiunik (2020), A Practical Introduction to Regression Discontinuity Designs, ch. 5.
 */
export function checkDiscontinuity(
  data: CutoffData,
  result: Discontinuity,
  options: DiscontinuityOptions = {},
): CutoffChecks {
  const density = densityAtCutoff(data);
  const [hBelow, hAbove] = result.bandwidths.h;
  const covariates = data.covariateNames.map((name, j) => ({
    name,
    jump: repeat(
      0,
      regressionDiscontinuity(
        withOutcome(data, (side) => side.covariates[j]!),
        options,
      ),
    ),
  }));
  const placeboCutoffs = [data.below, data.above].map((side) => {
    const middle = side.at[side.groupStart[side.groups >> 1]!]!;
    return { at: middle, jump: withinSide(side, data, middle, options) };
  });
  const scaled = (factor: number): DiscontinuityOptions => {
    const { rho: _, rule: __, ...rest } = options;
    return { ...rest, h: Math.max(hBelow, hAbove) * factor, b: Math.max(...result.bandwidths.b) * factor };
  };
  const widths = WIDTHS.map((at) => ({ at, jump: repeat(at, regressionDiscontinuity(data, scaled(at))) }));
  const donuts = DONUTS.map((share) => {
    const at = share * Math.min(hBelow, hAbove);
    const without = withoutNearest(data, at);
    return { at, jump: without.ok ? repeat(at, regressionDiscontinuity(without.value, scaled(1))) : without };
  });

  const made = [density, ...covariates.map(({ jump }) => jump), ...placeboCutoffs.map(({ jump }) => jump)];
  // Several checks of honest data would often fail one by chance: together they may do so in 5 of 100 (Bonferroni).
  const limit = 0.05 / made.filter(({ ok }) => ok).length;
  const fails = (check: Parsed<{ readonly p: number }>): boolean => check.ok && check.value.p < limit;
  const failed: Note[] = [
    ...(fails(density) ? [DENSITY_JUMPS] : []),
    ...covariates.filter(({ jump }) => fails(jump)).map(({ name }) => covariateJumps(name)),
    ...placeboCutoffs.filter(({ jump }) => fails(jump)).map(({ at }) => placeboJumps(at)),
  ];
  return {
    density,
    covariates,
    placeboCutoffs,
    donuts,
    widths,
    failed,
    level: failed.length > 0 ? 3 : result.level,
  };
}

const DENSITY_JUMPS: Note = {
  what: 'density-jumps',
  words: {},
  message: 'The number of people jumps at the cutoff: they may have chosen their side.',
};

function covariateJumps(name: string): Note {
  return {
    what: 'covariate-jumps',
    words: { column: name },
    message: `${name} jumps at the cutoff, though it was fixed before: the sides differ in more than the rule.`,
  };
}

function placeboJumps(at: number): Note {
  return { what: 'placebo-jumps', words: { at }, message: `The outcome also jumps at ${at}, where there is no rule.` };
}

function repeat(at: number, answer: Parsed<Discontinuity>): Parsed<Repeat> {
  if (!answer.ok) return answer;
  const { estimate, se, p, ci, rowsInH } = answer.value;
  return { ok: true, value: { at, estimate, se, p, ci, rowsInH } };
}

/** A cutoff where there is no rule, among the rows of one side: the rule itself cannot show there. */
function withinSide(
  side: Side,
  data: CutoffData,
  cutoff: number,
  { h: _, b: __, ...options }: DiscontinuityOptions,
): Parsed<Repeat> {
  const alone = readCutoffData(columnsOf([side], data), cutoff);
  return alone.ok ? repeat(cutoff, regressionDiscontinuity(alone.value, options)) : alone;
}

function withoutNearest(data: CutoffData, radius: number): Parsed<CutoffData> {
  return readCutoffData(columnsOf([data.below, data.above], data, radius), data.cutoff);
}

function columnsOf(
  sides: readonly Side[],
  { covariateNames, clusterCount }: CutoffData,
  radius = 0,
): Parameters<typeof readCutoffData>[0] {
  const kept = sides.map((side) => {
    let first = 0;
    while (first < side.size && Math.abs(side.x[first]!) < radius) first++;
    return { side, first };
  });
  const join = (of: (side: Side) => ArrayLike<number>): number[] =>
    kept.flatMap(({ side, first }) => Array.from(of(side)).slice(first));
  return {
    running: join((side) => side.at),
    outcome: join((side) => side.y),
    covariates: covariateNames.map((name, j) => ({ name, values: join((side) => side.covariates[j]!) })),
    ...(clusterCount > 0 && {
      clusters: {
        codes: Int32Array.from(join((side) => side.clusters!)),
        names: Array.from({ length: clusterCount }, (_, code) => String(code)),
      },
    }),
  };
}
