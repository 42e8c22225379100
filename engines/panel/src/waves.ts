import type { Groups } from '@meedoen/evidence';
import { refuse, refuseCell, type Parsed } from '@meedoen/units';

/** People seen in waves: who had what value when. (nl: meetrondes) */
export type Waves = {
  readonly people: number;
  /** Ascending. */
  readonly waves: readonly number[];
  /** People × waves; NaN where somebody was not seen or has no value. */
  readonly value: Float64Array;
  /** People × waves: the row it came from; −1 where there is none. */
  readonly row: Int32Array;
};

export type WaveColumns = {
  readonly person: Groups;
  /** A number per row, such as 0, 6 and 12 months. */
  readonly wave: ArrayLike<number>;
  /** NaN is no value. */
  readonly value: ArrayLike<number>;
};

/**
 * Put rows in their places. Refuses a wave that is not a number, somebody twice in a wave, and fewer than two waves.
 * O(n log n).
 */
export function readWaves({ person, wave, value }: WaveColumns): Parsed<Waves> {
  const size = person.codes.length;
  for (let i = 0; i < size; i++) {
    if (!Number.isFinite(wave[i]!)) {
      const message = `${wave[i]} is not a wave. Write a number, such as the months since the first.`;
      return refuseCell('wave-not-usable', 'wave', i, message, { found: String(wave[i]) });
    }
  }
  const waves = [...new Set(Array.from(wave))].toSorted((a, b) => a - b);
  if (waves.length < 2) {
    return refuse('one-wave', 'There is one wave only. Change needs at least two.', { waves: waves.length });
  }
  const place = new Map(waves.map((at, t) => [at, t]));
  const people = person.names.length;
  const values = new Float64Array(people * waves.length).fill(NaN);
  const row = new Int32Array(values.length).fill(-1);
  for (let i = 0; i < size; i++) {
    const cell = person.codes[i]! * waves.length + place.get(wave[i]!)!;
    if (row[cell] !== -1) {
      const who = person.names[person.codes[i]!]!;
      return refuseCell('person-twice', 'wave', i, `person ${who} is in wave ${wave[i]} twice. Keep one of the rows.`, {
        person: who,
        wave: wave[i]!,
      });
    }
    row[cell] = i;
    values[cell] = value[i]!;
  }
  return { ok: true, value: { people, waves, value: values, row } };
}
