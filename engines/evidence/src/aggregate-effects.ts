import { normalTwoSided } from '@meedoen/numbers';
import { detectable, type Detectable, type Effect } from './detectable.ts';
import { symmetricInterval, type EvidenceLevel, type Interval, type Note } from './estimate.ts';
import { squaresWithin, type GroupTimeEffects } from './group-time-effects.ts';

/** One number made from group-time effects, with what each unit moves it by (squares within clusters make se²). */
export type Aggregate = Effect & { readonly p: number | null; readonly influence: Float64Array };

/** The effect at one event time, in one cohort or in one period. */
export type AggregatePoint = {
  /** Periods since the start of the policy, or the cohort, or the period. */
  readonly at: number;
  readonly estimate: number;
  readonly se: number | null;
  readonly ci: Interval;
  readonly smallestDetectable: Detectable | null;
  readonly influence: Float64Array;
};

export type AggregateSeries = { readonly overall: Aggregate | null; readonly points: readonly AggregatePoint[] };

/** The four ways to sum up; each answers another question. */
export type AggregateEffects = {
  /** Over all cohorts and periods under the policy, large cohorts and long ones counting more. */
  readonly simple: Aggregate;
  /** By time since the start; overall: the mean over all times from the start on. */
  readonly eventStudy: AggregateSeries;
  /** By cohort; overall: how the policy did for those under it, on average. */
  readonly group: AggregateSeries;
  /** By period; overall: the mean over periods. */
  readonly calendar: AggregateSeries;
};

const ASSUMPTIONS: readonly Note[] = [
  {
    what: 'parallel-trends',
    words: {},
    message: 'Without the policy, outcomes would have changed alike with it and without it (given the covariates).',
  },
  {
    what: 'no-anticipation',
    words: {},
    message: 'Nobody acts on the policy before it starts, but for the periods of anticipation that were named.',
  },
  {
    what: 'no-spill-over',
    words: {},
    message: 'The policy in one place changes nothing in the places compared with.',
  },
];

/**
 * Sum up group-time effects with the sizes of the cohorts as weights, whose own sampling error counts.
 *
 * θ = Σ W_k·ATT_k with W_k = p_k/Σp; influence Σ W_k ψ_k + Σ ATT_k·{(1[G = g_k] − p_k)/Σp − p_k Σ_l(1[G = g_l] − p_l)/(Σp)²}.
 * (did 2.1.1 takes the first cohort's indicator for every cohort in the group average; this does not.)
 * Level 3 of the Maryland scale, 2 when the effects before the policy are not 0 (p < .05).
 * `null` where no period falls under it. O(cells × units).
 *
 * B. Callaway & P. H. C. Sant'Anna (2021), Journal of Econometrics 225, 200–230, section 3.
 */
export function aggregateEffects(all: GroupTimeEffects): AggregateEffects {
  const { effects, influence, cohorts, size, cohortOf, clusters, options, preTest } = all;
  const { confidence } = options;
  const share = new Map(cohorts.map((one) => [one.cohort, one.share]));
  const failed = preTest !== null && preTest.p < 0.05;
  const level: EvidenceLevel = failed ? 2 : 3;
  const diagnostics: Note[] = [
    ...all.diagnostics,
    ...(failed
      ? [
          {
            what: 'trends-differ-before',
            words: { p: preTest.p },
            message: 'Outcomes moved apart before the policy already: the effect after it may be more of the same.',
          },
        ]
      : []),
  ];
  const asEstimate = ({ estimate, moved }: Weighted): Aggregate => {
    const se = Math.sqrt(squaresWithin(moved, clusters));
    const ci = symmetricInterval(estimate, se, confidence);
    return {
      estimate,
      se,
      ci,
      smallestDetectable: detectable({ se, ci }),
      n: size,
      level,
      assumptions: ASSUMPTIONS,
      diagnostics,
      p: se > 0 ? normalTwoSided(estimate / se) : null,
      influence: moved,
    };
  };
  const asPoint = (at: number, { estimate, moved }: Weighted, isBase: boolean): AggregatePoint => {
    const se = isBase ? null : Math.sqrt(squaresWithin(moved, clusters));
    const ci = se === null ? { lower: null, upper: null, confidence } : symmetricInterval(estimate, se, confidence);
    return { at, estimate, se, ci, smallestDetectable: detectable({ se, ci }), influence: moved };
  };

  /** Cells weighted by the size of their cohort. */
  const weighted = (places: readonly number[]): Weighted =>
    bySize(
      places.map((at) => ({ cohort: effects[at]!.cohort, estimate: effects[at]!.estimate, moved: influence[at]! })),
    );
  const bySize = (parts: readonly (Weighted & { readonly cohort: number })[]): Weighted => {
    const total = parts.reduce((sum, { cohort }) => sum + share.get(cohort)!, 0);
    const estimate = parts.reduce((sum, part) => sum + (share.get(part.cohort)! / total) * part.estimate, 0);
    const moved = new Float64Array(size);
    const weightOf = new Map<number, number>(); // Σ over the parts of a cohort of (ATT − θ)/Σp
    for (const { cohort, estimate: effect, moved: own } of parts) {
      const w = share.get(cohort)! / total;
      for (let i = 0; i < size; i++) moved[i]! += w * own[i]!;
      weightOf.set(cohort, (weightOf.get(cohort) ?? 0) + (effect - estimate) / total);
    }
    // The weight term: Σ ATT_k{…} collects to Σ_k (ATT_k − θ)(1[G = g_k] − p_k)/Σp, and Σ (ATT_k − θ)p_k = 0.
    for (let i = 0; i < size; i++) {
      const by = weightOf.get(cohortOf[i]!);
      if (by !== undefined) moved[i]! += by / size;
    }
    return { estimate, moved };
  };
  const plainMean = (points: readonly Weighted[]): Weighted => {
    const moved = new Float64Array(size);
    for (const point of points) for (let i = 0; i < size; i++) moved[i]! += point.moved[i]! / points.length;
    return { estimate: points.reduce((sum, { estimate }) => sum + estimate, 0) / points.length, moved };
  };
  const meanOf = (points: readonly AggregatePoint[]): Aggregate | null =>
    points.length === 0
      ? null
      : asEstimate(plainMean(points.map(({ estimate, influence: moved }) => ({ estimate, moved }))));
  const placesWhere = (test: (effect: (typeof effects)[number]) => boolean): number[] =>
    effects.flatMap((effect, at) => (test(effect) ? [at] : []));
  const distinct = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

  const under = effects.filter(({ cohort, period }) => period >= cohort);
  const eventPoints = distinct(effects.map(({ cohort, period }) => period - cohort)).map((at) => {
    const places = placesWhere(({ cohort, period }) => period - cohort === at);
    return asPoint(
      at,
      weighted(places),
      places.every((place) => effects[place]!.se === null),
    );
  });
  const calendarPoints = distinct(under.map(({ period }) => period)).map((at) =>
    asPoint(at, weighted(placesWhere(({ cohort, period }) => period === at && cohort <= period)), false),
  );
  const groupPoints = distinct(under.map(({ cohort }) => cohort)).map((at) => {
    const places = placesWhere(({ cohort, period }) => cohort === at && period >= cohort);
    const parts = places.map((place) => ({ estimate: effects[place]!.estimate, moved: influence[place]! }));
    return asPoint(at, plainMean(parts), false);
  });
  return {
    simple: asEstimate(weighted(placesWhere(({ cohort, period }) => period >= cohort))),
    eventStudy: { points: eventPoints, overall: meanOf(eventPoints.filter(({ at }) => at >= 0)) },
    group: {
      points: groupPoints,
      overall:
        groupPoints.length === 0
          ? null
          : asEstimate(
              bySize(groupPoints.map(({ at, estimate, influence: moved }) => ({ cohort: at, estimate, moved }))),
            ),
    },
    calendar: { points: calendarPoints, overall: meanOf(calendarPoints) },
  };
}

type Weighted = { readonly estimate: number; readonly moved: Float64Array };
