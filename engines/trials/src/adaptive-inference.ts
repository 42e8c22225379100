import { detectable, symmetricInterval, type Effect, type Estimate, type Note } from '@meedoen/evidence';
import { chiSquaredUpperTail, normalTwoSided } from '@meedoen/numbers';
import { refuse, refuseCell, type Parsed, type Refusal } from '@meedoen/units';

/** A trial so far, one entry a person in the order of assignment. */
export type TrialHistory = {
  readonly arms: readonly string[];
  /** Whole numbers that never fall: people of one batch were assigned on what earlier batches taught. */
  readonly batch: ArrayLike<number>;
  /** Which arm, as its place in `arms`. */
  readonly arm: ArrayLike<number>;
  readonly outcome: ArrayLike<number>;
  /** The probability with which each arm could have been given, `arms.length` numbers a person; 0 where it was closed. */
  readonly probabilities: ArrayLike<number>;
};

/**
 * How much each person counts. `uniform`: alike. `constant-allocation`: √p, so that rare assignments do not rule.
 * `two-point`: weights of Hadad and others that keep the estimate normal when an arm fades out.
 */
export type AdaptiveWeights = 'uniform' | 'constant-allocation' | 'two-point';

export type ArmEstimate = Estimate & { readonly arm: string; readonly se: number };
export type ArmContrast = Effect & {
  readonly arms: readonly [arm: string, control: string];
  readonly se: number;
  readonly p: number;
};

export type AdaptiveInference = {
  readonly weights: AdaptiveWeights;
  readonly arms: readonly ArmEstimate[];
  /** Each arm against the control. */
  readonly contrasts: readonly ArmContrast[];
  /** Γ per person and arm: unbiased whatever the assignment learnt; for sequences over time. */
  readonly scores: Float64Array;
};

const ASSUMPTIONS: readonly Note[] = [
  {
    what: 'assigned-as-logged',
    words: {},
    message: 'People were assigned by chance, with the probabilities that were logged.',
  },
  { what: 'no-interference', words: {}, message: 'What one person got did not change the outcome of another.' },
];

/**
 * What each arm does, honestly, although the assignment learnt on the way: a plain mean of an arm that fell out of favour is
 * too low. Augmented inverse probability: Γ = m + 1[A = d](Y − m)/p with m the mean of the arm in earlier batches (½ if
 * none), Q̂ = ΣhΓ/Σh, V = Σh²(Γ − Q̂)²/(Σh)². O(people · arms).
 *
 * Where an arm was closed to some (probability 0), it is judged, and held against the control, on those who could get it: h is
 * 0 for the others, which the weights of Hadad and others allow since it was decided before the outcome.
 *
 * Refuses a history in which an arm never got anybody, columns of different length, a batch that falls, a probability
 * outside [0, 1], and one of 0 for the control or for the arm that was given.
 *
 * V. Hadad and others (2021), PNAS 118, e2014602118.
 */
export function adaptiveInference(
  history: TrialHistory,
  {
    weights = 'constant-allocation',
    control = 0,
    confidence = 0.95,
  }: { readonly weights?: AdaptiveWeights; readonly control?: number; readonly confidence?: number } = {},
): Parsed<AdaptiveInference> {
  const problem = findProblem(history, control);
  if (problem) return problem;
  const { arms, outcome } = history;
  const n = outcome.length;
  const k = arms.length;
  const scores = scoresOf(history);
  const couldGet = arms.map((_, d) => {
    let people = 0;
    for (let i = 0; i < n; i++) if (history.probabilities[i * k + d]! > 0) people++;
    return people;
  });
  const closedTo = (d: number): Note[] =>
    couldGet[d] === n
      ? []
      : [
          {
            what: 'arm-closed-to-some',
            words: { arm: arms[d]!, closed: n - couldGet[d]!, people: couldGet[d]! },
            message: `${arms[d]} was closed to ${n - couldGet[d]!} people: this speaks of the other ${couldGet[d]}.`,
          },
        ];
  const counted = Array.from({ length: k }, (_, d) => weightsOf(history, d, weights));
  const moved = counted.map((h, d) => centred(scores, h, d, k));
  const level = 5;
  const estimates = moved.map(({ estimate, influence }, d): ArmEstimate => {
    const se = Math.sqrt(influence.reduce((sum, u) => sum + u * u, 0));
    return {
      arm: arms[d]!,
      estimate,
      se,
      ci: symmetricInterval(estimate, se, confidence),
      n: couldGet[d]!,
      level: null,
      assumptions: ASSUMPTIONS,
      diagnostics: closedTo(d),
    };
  });
  const contrasts = arms.flatMap((arm, d): ArmContrast[] => {
    if (d === control) return [];
    // The control on the same people, so that like is held against like.
    const alike =
      couldGet[d] === n
        ? moved[control]!
        : centred(
            scores,
            counted[control]!.map((h, i) => (history.probabilities[i * k + d]! > 0 ? h : 0)),
            control,
            k,
          );
    const estimate = moved[d]!.estimate - alike.estimate;
    let variance = 0;
    for (let i = 0; i < n; i++) variance += (moved[d]!.influence[i]! - alike.influence[i]!) ** 2;
    const se = Math.sqrt(variance);
    const ci = symmetricInterval(estimate, se, confidence);
    return [
      {
        arms: [arm, arms[control]!],
        estimate,
        se,
        ci,
        smallestDetectable: detectable({ se, ci }),
        p: se > 0 ? normalTwoSided(estimate / se) : estimate === 0 ? 1 : 0,
        n: couldGet[d]!,
        level,
        assumptions: ASSUMPTIONS,
        diagnostics: closedTo(d),
      },
    ];
  });
  return { ok: true, value: { weights, arms: estimates, contrasts, scores } };
}

function scoresOf({ arms, batch, arm, outcome, probabilities }: TrialHistory): Float64Array {
  const k = arms.length;
  const n = outcome.length;
  const scores = new Float64Array(n * k);
  const count = new Float64Array(k);
  const sum = new Float64Array(k);
  const earlier = new Float64Array(k).fill(0.5);
  for (let i = 0; i < n; i++) {
    if (i > 0 && batch[i] !== batch[i - 1])
      for (let d = 0; d < k; d++) if (count[d]! > 0) earlier[d] = sum[d]! / count[d]!;
    for (let d = 0; d < k; d++) {
      const m = earlier[d]!;
      scores[i * k + d] = m + (arm[i] === d ? (outcome[i]! - m) / probabilities[i * k + d]! : 0);
    }
    count[arm[i]!]!++;
    sum[arm[i]!]! += outcome[i]!;
  }
  return scores;
}

function weightsOf({ arms, outcome, probabilities }: TrialHistory, d: number, kind: AdaptiveWeights): Float64Array {
  const k = arms.length;
  const n = outcome.length;
  const h = new Float64Array(n);
  if (kind !== 'two-point') {
    for (let i = 0; i < n; i++) {
      const p = probabilities[i * k + d]!;
      h[i] = kind === 'uniform' ? Number(p > 0) : Math.sqrt(p);
    }
    return h;
  }
  const alpha = 0.7;
  let spent = 0;
  for (let i = 0; i < n; i++) {
    const t = i + 1;
    const p = probabilities[i * k + d]!;
    const fading = ((1 - p) * (1 - alpha)) / (1 - alpha + n * (t / n) ** alpha - t);
    const share = Math.min(1, Math.max(0, fading + p / (1 + n - t)));
    const weight = share * (1 - spent);
    spent += weight;
    h[i] = Math.sqrt(weight * p);
  }
  return h;
}

function centred(
  scores: Float64Array,
  h: Float64Array,
  d: number,
  k: number,
): { estimate: number; influence: Float64Array } {
  let total = 0;
  let weighted = 0;
  for (let i = 0; i < h.length; i++) {
    total += h[i]!;
    weighted += h[i]! * scores[i * k + d]!;
  }
  const estimate = weighted / total;
  return { estimate, influence: h.map((weight, i) => (weight * (scores[i * k + d]! - estimate)) / total) };
}

export type SampleRatio = {
  readonly batches: readonly {
    readonly batch: number;
    readonly assigned: Float64Array;
    /** What the logged probabilities led to expect. */
    readonly expected: Float64Array;
    readonly chiSquared: number;
    readonly p: number;
    /** p below 0.001: do not use this trial before somebody has found out why. */
    readonly alarm: boolean;
  }[];
  readonly alarm: boolean;
};

/**
 * Were people assigned as was logged? A χ² test per batch of how many each arm got against the sum of the logged
 * probabilities. An alarm means a broken assignment, a lost log or people who left unevenly: never an effect.
 */
export function sampleRatio(history: TrialHistory): Parsed<SampleRatio> {
  const problem = findProblem(history, 0);
  if (problem) return problem;
  const { arms, batch, arm, probabilities } = history;
  const k = arms.length;
  const found = new Map<number, { assigned: Float64Array; expected: Float64Array }>();
  for (let i = 0; i < batch.length; i++) {
    let one = found.get(batch[i]!);
    if (!one) found.set(batch[i]!, (one = { assigned: new Float64Array(k), expected: new Float64Array(k) }));
    one.assigned[arm[i]!]!++;
    for (let d = 0; d < k; d++) one.expected[d]! += probabilities[i * k + d]!;
  }
  const batches = [...found].map(([number, { assigned, expected }]) => {
    // An arm that was closed in this batch is no part of the test.
    const open = [...expected.keys()].filter((d) => expected[d]! > 0);
    const chiSquared = open.reduce((sum, d) => sum + (assigned[d]! - expected[d]!) ** 2 / expected[d]!, 0);
    const p = chiSquaredUpperTail(chiSquared, open.length - 1);
    return { batch: number, assigned, expected, chiSquared, p, alarm: p < 0.001 };
  });
  return { ok: true, value: { batches, alarm: batches.some(({ alarm }) => alarm) } };
}

function findProblem({ arms, batch, arm, outcome, probabilities }: TrialHistory, control: number): Refusal | null {
  const k = arms.length;
  const n = outcome.length;
  if (k < 2) return refuse('two-arms-needed', 'A trial has at least two arms. Name them.', { arms: k });
  if (n === 0) return refuse('no-rows', 'Nobody was assigned yet. The first batch is spread evenly.');
  if (batch.length !== n || arm.length !== n || probabilities.length !== n * k) {
    return refuse(
      'columns-differ-in-length',
      'Give batch, arm, outcome and a probability for every arm of every person.',
    );
  }
  const got = new Uint8Array(k);
  for (let i = 0; i < n; i++) {
    if (i > 0 && batch[i]! < batch[i - 1]!) {
      return refuseCell(
        'batch-falls',
        'batch',
        i,
        `batch ${batch[i]!} comes after batch ${batch[i - 1]!}. Put people in the order of assignment.`,
        { found: batch[i]!, before: batch[i - 1]! },
      );
    }
    if (!(Number.isInteger(arm[i]) && arm[i]! >= 0 && arm[i]! < k)) {
      const message = `there is no arm ${arm[i]!}. Use one of ${arms.join(', ')}.`;
      return refuseCell('arm-unknown', 'arm', i, message, { found: arm[i]!, names: arms.join(', ') });
    }
    if (!Number.isFinite(outcome[i]!)) {
      const message = `${outcome[i]!} is not a number. Write a number, or leave the row out.`;
      return refuseCell('outcome-not-usable', 'outcome', i, message, { found: String(outcome[i]!) });
    }
    let sum = 0;
    for (let d = 0; d < k; d++) {
      const p = probabilities[i * k + d]!;
      const needed = d === arm[i] || d === control;
      if (!(p >= 0 && p <= 1) || (p === 0 && needed)) {
        return refuseCell(
          'probability-not-usable',
          'probabilities',
          i,
          `arm ${arms[d]!} had probability ${p}. Write a number above 0, up to 1; 0 only for an arm that was closed, never for the control or for what was given.`,
          { arm: arms[d]!, found: String(p) },
        );
      }
      sum += p;
    }
    if (Math.abs(sum - 1) > 1e-6) {
      return refuseCell(
        'probabilities-do-not-add',
        'probabilities',
        i,
        `the probabilities of the arms add to ${sum}, not to 1.`,
        { sum: String(sum) },
      );
    }
    got[arm[i]!] = 1;
  }
  const empty = got.indexOf(0);
  if (empty >= 0) {
    return refuse('arm-empty', `Nobody was assigned to ${arms[empty]!} yet. Wait until every arm has people.`, {
      arm: arms[empty]!,
    });
  }
  return null;
}
