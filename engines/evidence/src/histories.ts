import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import type { Note } from './estimate.ts';
import { inOrderOf } from './groups.ts';
import type { WeightMeaning } from './spells.ts';

/** What a caller hands in: one entry per row (start, stop] of a person, all columns equally long, in any order. */
export type HistoryColumns = {
  /** Who: rows with the same id are one person. */
  readonly id: ArrayLike<string | number>;
  /** When this row begins; the person is followed from just after it … */
  readonly start: ArrayLike<number>;
  /** … up to and including here. */
  readonly stop: ArrayLike<number>;
  /** The state the person moved to at `stop`; empty, null or the same state when nothing changed. */
  readonly to: ArrayLike<string | null>;
  /** The state during the row. Left out: where the row before it led to, and at first the first of `states`. */
  readonly from?: ArrayLike<string | null>;
  /** How much the row counts, as in {@link readSpells}. */
  readonly weight?: ArrayLike<number>;
  readonly weightMeaning?: WeightMeaning;
};

/**
 * Checked histories of people who move between states (nl: levenslopen), such as searching, in work, gone.
 * Any state may be left and come back to. Rows stand as they were given.
 */
export type Histories = {
  readonly size: number;
  readonly states: readonly string[];
  /** Which person each row belongs to: a number from 0. */
  readonly person: Int32Array;
  readonly ids: readonly (string | number)[];
  readonly start: Float64Array;
  readonly stop: Float64Array;
  /** State during the row, and after it: the same number when nothing changed. */
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly weight: Float64Array | null;
  readonly weightMeaning: WeightMeaning;
  /** All rows, person after person and each person's through time. */
  readonly order: Int32Array;
  readonly notes: readonly Note[];
};

/**
 * Check the columns and follow each person through their rows.
 *
 * `states` names every state; the first is where people begin when `from` does not say otherwise. A gap between two rows
 * is time in which a person was not followed. Refuses, naming row and column: columns of different length, no rows, times
 * that are not numbers from 0 up, a start at or after the stop, rows of one person that overlap, a state that is not
 * listed, a row that begins in another state than the row before it led to at that moment, and weights that are not above
 * 0 or, as copies, differ within a person. O(n), and O(rows log rows) for a person whose rows are not in order.
 */
export function readHistories(
  columns: HistoryColumns,
  { states }: { readonly states: readonly string[] },
): Parsed<Histories> {
  const { id, start, stop, to, from, weight, weightMeaning = 'copies' } = columns;
  const size = id.length;
  if (size === 0) return refuse('no-rows', 'There are no rows. Give at least one person.');
  for (const [name, column] of Object.entries({ start, stop, to, from, weight })) {
    if (column && column.length !== size) {
      return refuse(
        'columns-differ-in-length',
        `Column ${name} has ${column.length} rows and column id has ${size}. Give every column one value per row.`,
        { column: name, rows: column.length, expected: size },
      );
    }
  }
  if (states.length < 2 || states.length > 255 || new Set(states).size !== states.length) {
    return refuse(
      'states-not-usable',
      `There are ${states.length} names of states. Name 2 to 255 states, each once; the first is where people begin.`,
      { states: states.length },
    );
  }

  const persons = new Map<string | number, number>();
  const person = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    const who = id[i]!;
    if (who === '' || who === null || who === undefined || Number.isNaN(who)) {
      return refuseCell('id-missing', 'id', i, 'the id is empty. Say whose row it is, or leave the row out.');
    }
    let code = persons.get(who);
    if (code === undefined) persons.set(who, (code = persons.size));
    person[i] = code;
  }
  for (let i = 0; i < size; i++) {
    for (const [name, column] of [
      ['start', start],
      ['stop', stop],
    ] as const) {
      const t = column[i]!;
      if (!(t >= 0 && t < Infinity)) {
        return refuseCell('time-not-usable', name, i, `${t} is not a time. Write a number from 0 up, such as 120.`, {
          found: String(t),
        });
      }
    }
    if (start[i]! >= stop[i]!) {
      return refuseCell(
        'start-not-before-stop',
        'start',
        i,
        `the row starts at ${start[i]!} and stops at ${stop[i]!}. The start must come before the stop; leave the row out if nobody was followed.`,
        { found: start[i]!, end: stop[i]! },
      );
    }
    if (weight && !(weight[i]! > 0 && weight[i]! < Infinity)) {
      const message = `${weight[i]} is not a weight. Write a number above 0, or leave the row out.`;
      return refuseCell('weight-not-usable', 'weight', i, message, { found: String(weight[i]) });
    }
  }

  const place = new Map(states.map((name, at) => [name, at]));
  const before = new Uint8Array(size);
  const after = new Uint8Array(size);
  let gaps = 0;
  let unseen = 0;
  const { order, start: firstOf } = inOrderOf(person, persons.size);
  for (let c = 0; c < persons.size; c++) {
    const rows = byStart(order.subarray(firstOf[c]!, firstOf[c + 1]!), start);
    let state = 0;
    let until = -Infinity;
    for (const i of rows) {
      if (start[i]! < until) {
        return refuseCell(
          'rows-overlap',
          'start',
          i,
          `this row of ${id[i]} starts at ${start[i]!}, before the row before it stops at ${until}. Let each row start where the one before it stops.`,
          { id: String(id[i]), found: start[i]!, end: until },
        );
      }
      const said = from?.[i];
      if (said !== undefined && said !== null && said !== '') {
        const here = place.get(said);
        if (here === undefined) return refuseState('from', i, said, states);
        if (until > -Infinity && here !== state) {
          if (start[i] === until) {
            return refuseCell(
              'state-jumps',
              'from',
              i,
              `${id[i]} was in “${states[state]}” at ${until} and this row begins in “${said}”. Write the move in column to of the row before it.`,
              { id: String(id[i]), found: said, expected: states[state]! },
            );
          }
          unseen++;
        }
        state = here;
      }
      if (until > -Infinity && start[i]! > until) gaps++;
      if (weight && weightMeaning === 'copies' && weight[i] !== weight[rows[0]!]) {
        return refuseCell(
          'copies-differ',
          'weight',
          i,
          `${id[i]} counts for ${weight[i]} here and for ${weight[rows[0]!]} in another row. Give all rows of a person one weight, or say that the weights are sampling weights.`,
          { id: String(id[i]) },
        );
      }
      before[i] = state;
      const next = to[i]!;
      if (next !== null && next !== undefined && next !== '') {
        const there = place.get(next);
        if (there === undefined) return refuseState('to', i, next, states);
        state = there;
      }
      after[i] = state;
      until = stop[i]!;
    }
  }

  const notes: Note[] = [];
  if (gaps > 0) {
    notes.push({
      what: 'gaps',
      words: { gaps, unseen },
      message: `${gaps} times a person was out of sight between two rows${unseen > 0 ? `, and came back ${unseen} times in another state` : ''}: as if lost and entered again. That is right only if being out of sight has nothing to do with the state.`,
    });
  }
  return {
    ok: true,
    value: {
      size,
      states,
      person,
      ids: [...persons.keys()],
      start: Float64Array.from(start),
      stop: Float64Array.from(stop),
      from: before,
      to: after,
      weight: weight ? Float64Array.from(weight) : null,
      weightMeaning,
      order,
      notes,
    },
  };
}

/** One person's rows by their start, in place; mostly they already are. */
function byStart(rows: Int32Array, start: ArrayLike<number>): Int32Array {
  for (let at = 1; at < rows.length; at++) {
    if (start[rows[at]!]! < start[rows[at - 1]!]!) return rows.sort((a, b) => start[a]! - start[b]!);
  }
  return rows;
}

function refuseState(
  column: string,
  row: number,
  found: string,
  states: readonly string[],
): ReturnType<typeof refuseCell> {
  return refuseCell(
    'state-not-listed',
    column,
    row,
    `“${found}” is not in the list of states. Use one of: ${states.join(', ')}; or leave the cell empty when nothing changed.`,
    { found },
  );
}
