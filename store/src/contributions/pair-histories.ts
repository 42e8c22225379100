/** Who comes under observation and who leaves it at one time of the clock. */
export type RiskSetStep = { month: number; entered: number; worked: number; went_away: number; last_heard: number };

export type PairedHistory = { entry: number; exit: number; cause: 'work' | 'left' | 'none'; people: number };

const causes = [
  { cause: 'work', step: 'worked' },
  { cause: 'left', step: 'went_away' },
  { cause: 'none', step: 'last_heard' },
] as const;

/**
 * Steps of a risk set, in order of time, as histories from an entry to an exit: the first that came leaves first. Estimators of
 * survival and competing risks with late entry see people only by the number at risk and the events at each time (Andersen,
 * Borgan, Gill & Keiding 1993, section IV.1); both are the same however entries and exits are paired, so the curves, their
 * errors and log-rank tests are those of the people themselves, whose own pairs nobody needs to keep.
 *
 * Throws a RangeError when more leave than have come: such steps are of no people.
 */
export function pairHistories(steps: readonly RiskSetStep[]): readonly PairedHistory[] {
  const histories: PairedHistory[] = [];
  const waiting: { entry: number; people: number }[] = [];
  let first = 0;
  for (const step of steps) {
    for (const { cause, step: kind } of causes) {
      for (let people = step[kind]; people > 0;) {
        const from = waiting[first];
        if (from === undefined) throw new RangeError(`More people leave at month ${step.month} than have come.`);
        const some = Math.min(people, from.people);
        histories.push({ entry: from.entry, exit: step.month, cause, people: some });
        people -= some;
        from.people -= some;
        if (from.people === 0) first += 1;
      }
    }
    // Who comes at a time is at risk after it: they do not leave at that same time.
    if (step.entered > 0) waiting.push({ entry: step.month, people: step.entered });
  }
  return histories;
}
