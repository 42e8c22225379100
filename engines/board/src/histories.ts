/** So many people of a group, followed from `entry` to `exit` whole months after they arrived, and what ended it. */
export type GroupedHistory = {
  readonly group: string;
  readonly entry: number;
  readonly exit: number;
  readonly cause: 'work' | 'left' | 'none';
  readonly people: number;
};

/** What the people of a town are told apart by, one way at a time. */
export type SliceBy = 'everyone' | 'cohort' | 'door' | 'programme';

export type Slice = { readonly by: SliceBy; readonly histories: readonly GroupedHistory[] };

export function peopleIn(histories: readonly GroupedHistory[]): number {
  return histories.reduce((sum, { people }) => sum + people, 0);
}

/** How many are still followed, without work and not gone, right after a time. */
export function followedAfter(histories: readonly GroupedHistory[], months: number): number {
  return peopleIn(histories.filter(({ entry, exit }) => entry <= months && exit > months));
}
