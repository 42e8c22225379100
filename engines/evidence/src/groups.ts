import { refuse, refuseCell, type Parsed, type Refusal } from '@meedoen/units';

/** Which group each row belongs to: a code per row, and the names the codes stand for. */
export type Groups = { readonly codes: Int32Array; readonly names: readonly string[] };

/**
 * Read a column of group names or numbers. Numbers are ordered by size, texts by their letters
 * (in code-point order, the same on every machine); `order` gives another order and must name every group.
 *
 * Refuses an empty or missing cell, and a group that `order` does not name. O(n + g log g).
 */
export function readGroups(
  values: ArrayLike<string | number | null>,
  { column = 'group', order }: { readonly column?: string; readonly order?: readonly string[] } = {},
): Parsed<Groups> {
  const first = new Map<string | number, number>();
  const codes = new Int32Array(values.length);
  const seen: (string | number)[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === null || value === undefined || value === '' || Number.isNaN(value)) {
      return refuseCell('group-missing', column, i, 'the group is empty. Fill it in or leave the row out.');
    }
    let code = first.get(value);
    if (code === undefined) {
      code = seen.length;
      first.set(value, code);
      seen.push(value);
    }
    codes[i] = code;
  }

  const allNumbers = seen.every((value) => typeof value === 'number');
  const sorted = allNumbers
    ? seen.toSorted((a, b) => Number(a) - Number(b))
    : seen.toSorted((a, b) => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0));
  const names = order ?? sorted.map(String);
  const place = new Map(names.map((name, index) => [name, index]));
  const renumber = new Int32Array(seen.length);
  for (const [index, value] of seen.entries()) {
    const code = place.get(String(value));
    if (code === undefined) {
      const at = codes.indexOf(index);
      return refuseCell(
        'group-not-listed',
        column,
        at,
        `“${value}” is not in the list of groups. Use one of: ${names.join(', ')}.`,
      );
    }
    renumber[index] = code;
  }
  for (let i = 0; i < codes.length; i++) codes[i] = renumber[codes[i]!]!;
  return { ok: true, value: { codes, names } };
}

/** The refusal of a difference between other than two groups; `null` for two. */
export function refuseUnlessTwo({ names }: Groups): Refusal | null {
  const groups = names.length;
  if (groups === 2) return null;
  return refuse(
    'two-groups-needed',
    `A difference needs two groups; here ${groups === 1 ? 'is 1' : `are ${groups}`}. Name the two to compare and leave the other rows out.`,
    { groups },
  );
}

/** Everyone in one group, for estimators that were asked for no groups. */
export function everyone(size: number): Groups {
  return { codes: new Int32Array(size), names: ['all'] };
}

/**
 * Rows in the order of their key, by counting: rows of key k are `order[start[k]]` to `order[start[k + 1] - 1]`.
 * Rows of one key stay in the order of `sequence` (default: as given), so two calls sort by two keys. O(n + keys).
 */
export function inOrderOf(
  keys: Int32Array,
  keyCount: number,
  sequence?: Int32Array,
): { readonly order: Int32Array; readonly start: Int32Array } {
  const start = new Int32Array(keyCount + 1);
  for (let i = 0; i < keys.length; i++) start[keys[i]! + 1]!++;
  for (let k = 0; k < keyCount; k++) start[k + 1]! += start[k]!;
  const next = start.slice(0, keyCount);
  const order = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const row = sequence ? sequence[i]! : i;
    order[next[keys[row]!]!++] = row;
  }
  return { order, start };
}
