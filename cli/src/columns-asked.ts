import { didYouMean } from './nearest.ts';
import type { Refusal } from './refusal.ts';

/** Where the asked columns stand among those of a file. */
export type ColumnsAsked = {
  /** By the name they were asked by. */
  readonly places: ReadonlyMap<string, number>;
  /** The same for the needed columns, in the order they were asked. */
  readonly needed: readonly number[];
  /** The names they were asked by, in the same order. */
  readonly neededNames: readonly string[];
};

/** Which columns a reader needs, by their names; or what says so once the names in the file are known. */
export type Needed =
  | readonly (readonly string[])[]
  | ((names: readonly string[], refusal: ColumnRefusal) => readonly (readonly string[])[]);

/** A refusal of the column in this place of the header. */
export type ColumnRefusal = (message: string, column: number) => Refusal;

/** What to say about a header that is one column because something else than a comma stands between; or null. */
export function otherSeparator(names: readonly string[]): string | null {
  const other = names.length === 1 && /[;\t|]/.exec(names[0]!);
  if (!other) return null;
  return `the columns are separated by "${other[0] === '\t' ? 'a tab' : other[0]}". Save the file with commas between columns and points in numbers.`;
}

/** Find each needed column by one of its names, and each optional one if it is there; refuses a missing one, and one there twice. */
export function columnsAsked(
  names: readonly string[],
  asked: Needed,
  optional: readonly string[],
  refusal: ColumnRefusal,
): ColumnsAsked {
  const needed = typeof asked === 'function' ? asked(names, refusal) : asked;
  const places = new Map<string, number>();
  const keep = (by: string, at: number): void => {
    const again = names.indexOf(names[at]!, at + 1);
    if (again >= 0) {
      const message = `the column "${names[again]}" stands here for the second time. Give each its own name.`;
      throw refusal(message, again);
    }
    places.set(by, at);
  };
  for (const aliases of needed) {
    const found = aliases.find((alias) => names.includes(alias));
    if (found === undefined) {
      const message =
        otherSeparator(names) ??
        `there is no column ${aliases.map((alias) => `"${alias}"`).join(' or ')}.${didYouMean(aliases[0]!, names)} The columns are: ${names.join(', ')}.`;
      throw refusal(message, 0);
    }
    keep(aliases[0]!, names.indexOf(found));
  }
  for (const name of optional) if (names.includes(name)) keep(name, names.indexOf(name));
  const neededNames = needed.map(([name]) => name!);
  return { places, needed: neededNames.map((name) => places.get(name)!), neededNames };
}
