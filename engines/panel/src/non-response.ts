import {
  fitLogistic,
  influenceThrough,
  intervalByClusters,
  linearDesign,
  varianceFromInfluence,
  type Covariate,
  type Estimate,
  type Groups,
  type LogisticFit,
  type Note,
} from '@meedoen/evidence';
import { sum } from '@meedoen/numbers';
import { refuse, type Parsed } from '@meedoen/units';
import type { Waves } from './waves.ts';

/** A mean change with how much each person (in the order of the panel) moves it. */
export type WeightedChange = Estimate & { readonly influence: Float64Array };

/** What those who were not seen may change in the answer, wave by wave: three answers side by side. */
export type NonResponse = {
  readonly wave: number;
  /** People with a value in the first wave: about them the answers speak. */
  readonly began: number;
  /** … who had one in every wave up to this one. Only they count. */
  readonly stayed: number;
  /** … who have a value now but missed a wave before; they count as not seen. */
  readonly returned: number;
  readonly unweighted: WeightedChange;
  /** Weighted as if everybody had stayed. Refused where the model cannot be fitted. */
  readonly weighted: Parsed<WeightedAnswer>;
  /** Mean change if everybody not seen has now the lowest, or the highest, possible value. No model; no sampling error. */
  readonly bounds: { readonly lower: number; readonly upper: number };
};

export type WeightedAnswer = WeightedChange & {
  readonly effectiveSize: number;
  readonly largestWeight: number;
  /** Weights beyond the 1st and 99th percentile, which were drawn in to them. */
  readonly drawnIn: number;
};

export type NonResponseOptions = {
  /** Lowest and highest possible value. */
  readonly range: { readonly lowest: number; readonly highest: number };
  /** What else staying may depend on: one number per row, of which that of the first wave counts. */
  readonly characteristics?: readonly Covariate[];
  /** What people lie in, per row; default each person alone. */
  readonly clusters?: Groups;
  readonly confidence?: number;
};

const STAYING: Note = {
  what: 'missing-at-random',
  words: {},
  message:
    'Who stayed and who did not are alike in what we did not see, once their earlier values and the named characteristics are alike.',
};
const EVERYBODY_ALIKE: Note = {
  what: 'missing-completely-at-random',
  words: {},
  message: 'People who were not seen changed like those who were.',
};

type Stage = { readonly fit: LogisticFit; readonly person: Int32Array };

/**
 * The mean change since the first wave of everybody who began, though not everybody was seen again: as seen, weighted,
 * and between the worst and the best case.
 *
 * At each wave a logistic model, among those seen in every wave before, gives the share p who are seen, from the value in the first and
 * the last wave and the characteristics. A person who stayed stands for 1/Πp people; weights are drawn in to their 1st and
 * 99th percentile. Errors count that the models were fitted (stacked influence functions); the percentiles are taken as known.
 *
 * Refuses when nobody began, when unusable characteristics are given, and, per wave, what {@link fitLogistic} refuses. Waves until
 * which nobody stayed are left out. O(waves·iterations·n·p²).
 *
 * J. M. Robins, A. Rotnitzky & L. P. Zhao (1995), JASA 90, 106–121. C. F. Manski (1990), American Economic Review 80, 319–323.
 */
export function nonResponseWeights(panel: Waves, options: NonResponseOptions): Parsed<NonResponse[]> {
  const { waves, value, row, people } = panel;
  const { range, characteristics = [], clusters, confidence = 0.95 } = options;
  const width = waves.length;
  const began = Int32Array.from({ length: people }, (_, i) => i).filter((i) => !Number.isNaN(value[i * width]!));
  if (began.length === 0) {
    return refuse(
      'nobody-began',
      `Nobody has a value in wave ${waves[0]}. Begin with a wave in which people have one.`,
      {
        wave: waves[0]!,
      },
    );
  }
  const n = began.length;
  const at = (i: number, t: number): number => value[i * width + t]!;
  const unit = Int32Array.from(began, (i) => (clusters ? clusters.codes[row[i * width]!]! : i));
  const count = new Set(unit).size;
  const place = new Map(Array.from(began, (i, k) => [i, k]));

  const answerOf = (
    change: Float64Array,
    weight: Float64Array,
    stages: readonly Stage[],
    turns: Uint8Array,
  ): WeightedChange => {
    let total = 0;
    let moved = 0;
    for (let k = 0; k < n; k++) {
      if (weight[k] === 0) continue;
      total += weight[k]!;
      moved += weight[k]! * change[k]!;
    }
    const estimate = moved / total;
    const influence = new Float64Array(n);
    for (let k = 0; k < n; k++) if (weight[k] !== 0) influence[k] = (weight[k]! * (change[k]! - estimate)) / total;
    const own = influence.slice();
    for (const { fit, person } of stages) {
      const { names, matrix } = fit.design;
      const slope = new Float64Array(names.length);
      for (let r = 0; r < person.length; r++) {
        const k = person[r]!;
        // The weight 1/p falls by (1 − p) of itself as the linear predictor grows by one; a weight drawn in stays.
        if (turns[k] === 0) continue;
        const turned = -own[k]! * (1 - fit.fitted[r]!);
        for (let j = 0; j < slope.length; j++) slope[j]! += matrix[r * slope.length + j]! * turned;
      }
      influenceThrough(fit, slope).forEach((part, r) => (influence[person[r]!]! += part));
    }
    const se = Math.sqrt(varianceFromInfluence(influence, { weight: null, weightMeaning: 'sampling', person: unit }));
    return {
      estimate,
      ...intervalByClusters(estimate, se, count, confidence),
      n: weight.reduce((seen, w) => seen + (w > 0 ? 1 : 0), 0),
      level: 1,
      assumptions: [stages.length > 0 ? STAYING : EVERYBODY_ALIKE],
      influence,
    };
  };

  const found: NonResponse[] = [];
  const product = new Float64Array(n).fill(1);
  let stages: Parsed<Stage[]> = { ok: true, value: [] };
  let inside: Int32Array = began;
  for (let t = 1; t < width; t++) {
    const stayed: Int32Array = inside.filter((i) => !Number.isNaN(at(i, t)));
    if (stayed.length === 0) break;
    if (stages.ok && stayed.length < inside.length) {
      const fitted = stageOf(panel, inside, t, characteristics);
      stages = fitted.ok ? { ok: true, value: [...stages.value, fitted.value(place)] } : fitted;
      if (stages.ok) {
        const { fit, person } = stages.value.at(-1)!;
        person.forEach((k, r) => (product[k]! *= fit.fitted[r]!));
      }
    }
    inside = stayed;
    const change = new Float64Array(n);
    const here = new Uint8Array(n);
    for (const i of stayed) {
      const k = place.get(i)!;
      here[k] = 1;
      change[k] = at(i, t) - at(i, 0);
    }
    let returned = 0;
    const lost = { lower: 0, upper: 0 };
    for (let k = 0; k < n; k++) {
      const i = began[k]!;
      const now = at(i, t);
      if (here[k] === 0 && !Number.isNaN(now)) returned++;
      // Whoever came back has a value: the bounds need no guess for it.
      lost.lower += (Number.isNaN(now) ? range.lowest : now) - at(i, 0);
      lost.upper += (Number.isNaN(now) ? range.highest : now) - at(i, 0);
    }
    const none = new Uint8Array(n);
    found.push({
      wave: waves[t]!,
      began: n,
      stayed: stayed.length,
      returned,
      unweighted: answerOf(change, Float64Array.from(here), [], none),
      weighted: stages.ok ? { ok: true, value: weightedAnswer(stages.value) } : stages,
      bounds: { lower: lost.lower / n, upper: lost.upper / n },
    });

    function weightedAnswer(models: readonly Stage[]): WeightedAnswer {
      const raw = product.map((p, k) => (here[k] === 1 ? 1 / p : 0));
      const sorted = raw.filter((w) => w > 0).sort();
      const [low, high] = [percentile(sorted, 0.01), percentile(sorted, 0.99)];
      const turns = here.map((is, k) => (is === 1 && raw[k]! >= low && raw[k]! <= high ? 1 : 0));
      const weight = raw.map((w) => (w === 0 ? 0 : Math.min(high, Math.max(low, w))));
      const drawnIn = stayed.length - turns.reduce((a, b) => a + b, 0);
      const answer = answerOf(change, weight, models, turns);
      const mass = sum(weight);
      return {
        ...answer,
        diagnostics: [
          ...answer.diagnostics,
          ...(drawnIn === 0
            ? []
            : [
                {
                  what: 'weights-drawn-in',
                  words: { people: drawnIn, lower: low, upper: high },
                  message: `${drawnIn} weights lay beyond the 1st or 99th percentile and were drawn in to ${low.toFixed(3)} or ${high.toFixed(3)}.`,
                },
              ]),
        ],
        effectiveSize: mass ** 2 / sum(weight.map((w) => w * w)),
        largestWeight: high,
        drawnIn,
      };
    }
  }
  if (found.length === 0) {
    return refuse('nobody-seen-again', `Nobody who was seen in wave ${waves[0]} was seen in the next.`, {
      wave: waves[0]!,
    });
  }
  return { ok: true, value: found };
}

/** The model of who, of those inside until now, has a value in wave t. */
function stageOf(
  { waves, value, row }: Waves,
  inside: Int32Array,
  t: number,
  characteristics: readonly Covariate[],
): Parsed<(place: ReadonlyMap<number, number>) => Stage> {
  const width = waves.length;
  const valueIn = (wave: number): Covariate => ({
    name: `value in wave ${waves[wave]}`,
    values: Float64Array.from(inside, (i) => value[i * width + wave]!),
  });
  const history = [
    ...(t > 1 ? [valueIn(0), valueIn(t - 1)] : [valueIn(0)]),
    ...characteristics.map(({ name, values }) => ({
      name,
      values: Float64Array.from(inside, (i) => values[row[i * width]!]!),
    })),
  ];
  // What everybody left shares tells nobody apart.
  const telling = history.filter(({ values }) => Array.from(values).some((x) => x !== values[0]));
  const design = linearDesign(telling, inside.length);
  if (!design.ok) return design;
  const seen = Float64Array.from(inside, (i) => (Number.isNaN(value[i * width + t]!) ? 0 : 1));
  const fit = fitLogistic(design.value, seen, { column: `seen in wave ${waves[t]}` });
  if (!fit.ok) return fit;
  return {
    ok: true,
    value: (place) => ({ fit: fit.value, person: Int32Array.from(inside, (i) => place.get(i)!) }),
  };
}

/** Between the two nearest of sorted values, as R's default (type 7). */
function percentile(sorted: Float64Array, p: number): number {
  const at = (sorted.length - 1) * p;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
