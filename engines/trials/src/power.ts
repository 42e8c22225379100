import { findRoot, noncentralTTails, normalCdf, normalQuantile, studentQuantile } from '@meedoen/numbers';
import { refuse, type Parsed, type Refusal } from '@meedoen/units';

/** How often a true effect must be seen, and how often chance alone may look like one (two-sided). Default 0.8 and 0.05. */
export type Sureness = { readonly power?: number; readonly alpha?: number };

/** People of whom some share a place are less alike to chance than as many single people: m of them per place. */
export type Clustering = { readonly clusterSize: number; readonly icc: number };

/** People needed in each of two equal arms; a fraction, to be rounded up. */
export type PeopleNeeded = { readonly perArm: number; readonly designEffect: number };
export type PowerReached = { readonly power: number; readonly designEffect: number };

const SINGLE: Clustering = { clusterSize: 1, icc: 0 };

/** 1 + (m − 1)·ICC: how many people in places of m say as much as one person alone. L. Kish (1965), Survey Sampling. */
export function designEffect({ clusterSize, icc }: Clustering): Parsed<number> {
  const refused = outside('clusterSize', clusterSize, 1, Infinity, true) ?? outside('icc', icc, 0, 1, true);
  return refused ?? { ok: true, value: 1 + (clusterSize - 1) * icc };
}

/**
 * The smallest difference of means that `people` people, a `share` of whom are in one of the arms, would show:
 * (z_{1−α/2} + z_power)·sd·√(deff/(n·s(1 − s))). It belongs beside every result that found nothing.
 *
 * Refuses numbers out of range. H. S. Bloom (1995), Evaluation Review 19, 547–556.
 */
export function smallestDetectable(
  { people, share = 0.5, sd }: { readonly people: number; readonly share?: number; readonly sd: number },
  sure: Sureness = {},
  clustering: Clustering = SINGLE,
): Parsed<{ readonly difference: number; readonly designEffect: number }> {
  const reach = reachOf(sure);
  if (!reach.ok) return reach;
  const effect = designEffect(clustering);
  if (!effect.ok) return effect;
  const refused =
    outside('people', people, 0, Infinity) ?? outside('share', share, 0, 1) ?? outside('sd', sd, 0, Infinity);
  if (refused) return refused;
  const { alpha, power } = reach.value;
  const difference = (alpha + power) * sd * Math.sqrt(effect.value / (people * share * (1 - share)));
  return { ok: true, value: { difference, designEffect: effect.value } };
}

/**
 * Events, of both arms together, with which a log-rank test shows a hazard ratio: (z + z)²/(s(1 − s)·ln²HR).
 *
 * Refuses a ratio of 1 and numbers out of range. D. A. Schoenfeld (1983), Biometrics 39, 499–503.
 */
export function eventsNeeded(
  { hazardRatio, share = 0.5 }: { readonly hazardRatio: number; readonly share?: number },
  sure: Sureness = {},
): Parsed<number> {
  const reach = reachOf(sure);
  if (!reach.ok) return reach;
  const refused = outside('hazardRatio', hazardRatio, 0, Infinity) ?? outside('share', share, 0, 1);
  if (refused) return refused;
  if (hazardRatio === 1) return noEffect();
  const { alpha, power } = reach.value;
  return { ok: true, value: (alpha + power) ** 2 / (share * (1 - share) * Math.log(hazardRatio) ** 2) };
}

/** Two shares, such as 0.3 and 0.4 in work. */
export type TwoShares = { readonly from: number; readonly to: number };

/**
 * The power with which `perArm` people in each arm show two shares to differ, normal approximation with the pooled share
 * under no difference; the far tail is left out. As R's `power.prop.test`. Refuses equal shares and numbers out of range.
 */
export function powerOfShares(
  shares: TwoShares,
  perArm: number,
  { alpha = 0.05 }: Pick<Sureness, 'alpha'> = {},
  clustering: Clustering = SINGLE,
): Parsed<PowerReached> {
  const spreads = spreadsOf(shares);
  if (!spreads.ok) return spreads;
  const effect = designEffect(clustering);
  if (!effect.ok) return effect;
  const refused = outside('alpha', alpha, 0, 1) ?? outside('perArm', perArm, 0, Infinity);
  if (refused) return refused;
  const { apart, none, some } = spreads.value;
  const z = -normalQuantile(alpha / 2);
  const power = normalCdf((Math.sqrt(perArm / effect.value) * apart - z * none) / some);
  return { ok: true, value: { power, designEffect: effect.value } };
}

/** People per arm that show two shares to differ: {@link powerOfShares} solved for them. */
export function peopleForShares(
  shares: TwoShares,
  sure: Sureness = {},
  clustering: Clustering = SINGLE,
): Parsed<PeopleNeeded> {
  const spreads = spreadsOf(shares);
  if (!spreads.ok) return spreads;
  const reach = reachOf(sure);
  if (!reach.ok) return reach;
  const effect = designEffect(clustering);
  if (!effect.ok) return effect;
  const { apart, none, some } = spreads.value;
  const { alpha, power } = reach.value;
  const perArm = effect.value * ((alpha * none + power * some) / apart) ** 2;
  return { ok: true, value: { perArm, designEffect: effect.value } };
}

/** Two means and the spread of people around each. */
export type TwoMeans = { readonly difference: number; readonly sd: number };

/**
 * The power of a two-sided t test of `perArm` people in each arm, by the noncentral t; the far tail is left out. As R's
 * `power.t.test`. With clusters people count for 1/deff. Refuses no difference, fewer than 2 people and numbers out of range.
 */
export function powerOfMeans(
  means: TwoMeans,
  perArm: number,
  { alpha = 0.05 }: Pick<Sureness, 'alpha'> = {},
  clustering: Clustering = SINGLE,
): Parsed<PowerReached> {
  const effect = designEffect(clustering);
  if (!effect.ok) return effect;
  const refused =
    refuseMeans(means) ??
    outside('alpha', alpha, 0, 1) ??
    outside('perArm', perArm / effect.value, FEWEST, Infinity, true);
  if (refused) return refused;
  return { ok: true, value: { power: powerByT(means, perArm / effect.value, alpha), designEffect: effect.value } };
}

/** People per arm that show two means to differ: {@link powerOfMeans} solved for them, at least 2. */
export function peopleForMeans(
  means: TwoMeans,
  sure: Sureness = {},
  clustering: Clustering = SINGLE,
): Parsed<PeopleNeeded> {
  const reach = reachOf(sure);
  if (!reach.ok) return reach;
  const effect = designEffect(clustering);
  if (!effect.ok) return effect;
  const refused = refuseMeans(means);
  if (refused) return refused;
  const { power = 0.8, alpha = 0.05 } = sure;
  const short = (perArm: number): number => powerByT(means, perArm, alpha) - power;
  // With known spread it would take these; Student's t takes a little more.
  const known = 2 * (((reach.value.alpha + reach.value.power) * means.sd) / means.difference) ** 2;
  if (known > MOST) {
    return refuse(
      'effect-too-small',
      `More than ${MOST} people per arm would be needed. Ask about a larger difference.`,
      { most: MOST },
    );
  }
  let high = Math.max(FEWEST, known);
  while (short(high) < 0) high *= 2;
  const perArm = short(FEWEST) >= 0 ? FEWEST : findRoot(short, FEWEST, high);
  return { ok: true, value: { perArm: perArm * effect.value, designEffect: effect.value } };
}

/** A t test needs a spread in each arm. */
const FEWEST = 2;
/** Beyond this nobody runs a trial, and the noncentral t slows down. */
const MOST = 1e6;

function powerByT({ difference, sd }: TwoMeans, perArm: number, alpha: number): number {
  const degrees = 2 * (perArm - 1);
  const noncentrality = (Math.sqrt(perArm / 2) * Math.abs(difference)) / sd;
  return noncentralTTails(studentQuantile(1 - alpha / 2, degrees), degrees, noncentrality).upper;
}

function refuseMeans({ difference, sd }: TwoMeans): Refusal | null {
  if (difference === 0) return noEffect();
  return outside('difference', Math.abs(difference), 0, Infinity) ?? outside('sd', sd, 0, Infinity);
}

/** How far apart the shares are, and the spread of their difference if there is none and if there is. */
function spreadsOf({ from, to }: TwoShares): Parsed<{ apart: number; none: number; some: number }> {
  const refused = outside('from', from, 0, 1) ?? outside('to', to, 0, 1);
  if (refused) return refused;
  if (from === to) return noEffect();
  const both = from + to;
  return {
    ok: true,
    value: {
      apart: Math.abs(from - to),
      none: Math.sqrt(both * (1 - both / 2)),
      some: Math.sqrt(from * (1 - from) + to * (1 - to)),
    },
  };
}

/** How many standard errors α and the power ask for. */
function reachOf({ power = 0.8, alpha = 0.05 }: Sureness): Parsed<{ alpha: number; power: number }> {
  const refused = outside('power', power, 0, 1) ?? outside('alpha', alpha, 0, 1);
  if (refused) return refused;
  if (power <= alpha) {
    return refuse(
      'power-below-alpha',
      `A power of ${power} is what chance alone gives at alpha ${alpha}. Ask for more.`,
    );
  }
  return { ok: true, value: { alpha: -normalQuantile(alpha / 2), power: normalQuantile(power) } };
}

function noEffect(): Refusal {
  return refuse(
    'no-effect',
    'Without a difference there is nothing to see. Give the smallest difference that matters.',
  );
}

function outside(name: string, value: number, low: number, high: number, lowToo = false): Refusal | null {
  if ((value > low || (lowToo && value === low)) && value < high) return null;
  const above = `${lowToo ? 'from' : 'above'} ${low}`;
  const range = high === Infinity ? above : `${above} and below ${high}`;
  return refuse('number-not-usable', `${name} is ${value}: give a number ${range}.`, { name, found: String(value) });
}
