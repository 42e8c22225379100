import type { Month } from '@meedoen/units';

/** What somebody says once about themselves, as coarse as we count it; `null` is not said. (nl: profiel) */
export type ContributorProfile = {
  /** The town as CBS codes it, 'GM0344', or 'example-town'. */
  readonly town: string | null;
  readonly door: DoorGroup | null;
  /** The month in which they came to live in the Netherlands. */
  readonly arrived: Month | null;
  readonly ageBand: AgeBand | null;
  readonly gender: Gender | null;
};

/** Reasons for coming, in groups large enough to count. (nl: reden van komst) */
export const doorGroups = ['asylum', 'temporary-protection', 'family', 'work', 'study', 'eu', 'other'] as const;
export type DoorGroup = (typeof doorGroups)[number];

export const ageBands = ['under-18', '18-24', '25-34', '35-44', '45-54', '55-66', '67-plus'] as const;
export type AgeBand = (typeof ageBands)[number];

export const genders = ['woman', 'man', 'other'] as const;
export type Gender = (typeof genders)[number];
