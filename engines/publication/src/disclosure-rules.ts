import type { Confidence } from '@meedoen/units';

/** What may leave the house, as data: a house that has other rules passes other values. */
export type DisclosureRules = {
  readonly id: string;
  /** Fewest people in a cell that is shown. An empty cell may be shown, unless it tells about a group. */
  readonly fewest: number;
  /** A cell that is not shown must stay this vague: largest minus smallest value anybody can derive. */
  readonly width: number;
  /** A sum is not shown when its largest `contributors` make up more than `share` of it. */
  readonly dominance: readonly Dominance[];
  /** A sum is not shown when total − x₁ − x₂ < pPercent/100 · x₁: the second largest would know the largest too well. */
  readonly pPercent: number | null;
  /** A cell is not shown when it holds at least this share of its group: to belong is to be known. */
  readonly groupShare: number | null;
  /** Percentages only of at least so many people. */
  readonly shareBase: number;
  /** Shown counts are rounded to this, half up, margins on their own; 1 leaves them as they are. */
  readonly roundTo: number;
  readonly source: RuleSource;
};

export type Dominance = { readonly contributors: 1 | 2; readonly share: number };

/** Where a rule set comes from, what of it that source says, and how sure we are. */
export type RuleSource = {
  readonly name: string;
  readonly says: string;
  readonly at?: string;
  readonly confidence: Confidence;
  readonly checkedOn: string;
};

/** Our own, the strictest, and the one that counts when nobody says otherwise. Smallest and largest values never leave. */
export const strictest: DisclosureRules = {
  id: 'meedoen',
  fewest: 10,
  width: 10,
  dominance: [{ contributors: 1, share: 0.5 }],
  pPercent: 15,
  groupShare: 0.9,
  shareBase: 100,
  roundTo: 5,
  source: {
    name: 'Meedoen',
    says: 'All values are our own choice, after the practice of statistical offices. No office’s text sets them.',
    confidence: 'inference',
    checkedOn: '2026-11-23',
  },
};

/** Published rule sets, to compare with or to choose. What a source does not say is ours, and `says` names what it does. */
export const ruleSets: readonly DisclosureRules[] = [
  strictest,
  {
    ...strictest,
    id: 'abs-datalab',
    dominance: [
      { contributors: 1, share: 0.5 },
      { contributors: 2, share: 0.67 },
    ],
    roundTo: 1,
    source: {
      name: 'Australian Bureau of Statistics, DataLab: input and output clearance',
      says: 'At least 10 unweighted contributors, dominance (1,50) and (2,67), no difference below 10 between tables. The rest is ours.',
      at: 'https://www.abs.gov.au/statistics/microdata-tablebuilder/datalab/input-and-output-clearance',
      confidence: 'official_page',
      checkedOn: '2026-11-25',
    },
  },
  {
    ...strictest,
    id: 'cbs-income',
    fewest: 100,
    dominance: [{ contributors: 1, share: 0.3 }],
    roundTo: 100,
    source: {
      name: 'CBS, statistics of income',
      says: 'At least 100 observations, rounded to 100, the largest value at most 30 % of the sum. The rest is ours.',
      confidence: 'general_knowledge',
      checkedOn: '2026-11-23',
    },
  },
];

/** 13 → 15, 12 → 10, 2 → 0 with `roundTo` 5: half up. */
export function roundHalfUp(count: number, { roundTo }: Pick<DisclosureRules, 'roundTo'>): number {
  return roundTo * Math.floor(count / roundTo + 0.5);
}

/** All whole counts that round to this value: what a reader still knows. */
export function roundedFrom(value: number, { roundTo }: Pick<DisclosureRules, 'roundTo'>): [low: number, high: number] {
  return [Math.max(0, value - Math.floor(roundTo / 2)), value + Math.ceil(roundTo / 2) - 1];
}

/** The sizes behind a sum: its two largest contributions say whether it may be shown. */
export type Contributions = { readonly total: number; readonly largest: number; readonly second: number };

/** Which rule about sums this one breaks, or `null`. All contributions are 0 or more. */
export function breaksSumRule(
  { total, largest, second }: Contributions,
  { dominance, pPercent }: DisclosureRules,
): 'dominance' | 'p-percent' | null {
  for (const { contributors, share } of dominance) {
    if (largest + (contributors === 2 ? second : 0) > share * total) return 'dominance';
  }
  return pPercent !== null && total - largest - second < (pPercent / 100) * largest ? 'p-percent' : null;
}
