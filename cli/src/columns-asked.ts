import { didYouMean } from './nearest.ts';
import type { Refusal } from './refusal.ts';

/** Where the asked columns stand among those of a file. */
export type ColumnsAsked = {
  /** By the name they were asked by. */
  readonly places: ReadonlyMap<string, number>;
  /** The same for the needed columns, in the order they were asked. */
  readonly needed: readonly number[];
};

/** Find each needed column by one of its names, and each optional one if it is there; refuses a missing one, and one there twice. */
export function columnsAsked(
  names: readonly string[],
  needed: readonly (readonly string[])[],
  optional: readonly string[],
  refusal: (message: string, column: number) => Refusal,
): ColumnsAsked {
  const places = new Map<string, number>();
  const keep = (asked: string, at: number): void => {
    const again = names.indexOf(names[at]!, at + 1);
    if (again >= 0) {
      const message = `the column "${names[again]}" stands here for the second time. Give each its own name.`;
      throw refusal(message, again);
    }
    places.set(asked, at);
  };
  for (const aliases of needed) {
    const found = aliases.find((alias) => names.includes(alias));
    if (found === undefined) {
      const other = names.length === 1 && /[;\t|]/.exec(names[0]!);
      const message = other
        ? `the columns are separated by "${other[0] === '\t' ? 'a tab' : other[0]}". Save the file with commas between columns and points in numbers.`
        : `there is no column ${aliases.map((alias) => `"${alias}"`).join(' or ')}.${didYouMean(aliases[0]!, names)} The columns are: ${names.join(', ')}.`;
      throw refusal(message, 0);
    }
    keep(aliases[0]!, names.indexOf(found));
  }
  for (const name of optional) if (names.includes(name)) keep(name, names.indexOf(name));
  return { places, needed: needed.map(([name]) => places.get(name!)!) };
}
