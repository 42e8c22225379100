import { refuse, type Parsed } from '@meedoen/units';
import { audit, type CellSum, type PublicView, type Requirement } from './audit.ts';
import { categoriesOf, sumsOf, type CrossTable, type Dimension } from './cross-table.ts';
import { roundedFrom, type DisclosureRules } from './disclosure-rules.ts';
import { cellState, type Surroundings } from './suppress.ts';

/**
 * All that was ever published, so that a new table is audited together with it. It holds published values only: whoever
 * reads it learns nothing new. A value, so that a shell can keep it as JSON. (nl: publicatieregister)
 */
export type ReleaseLedger = { readonly version: 1; readonly releases: readonly Release[] };

export type Release = ReleaseAbout & {
  readonly rules: string;
  readonly fewest: number;
  readonly width: number;
  readonly roundTo: number;
  readonly dimensions: readonly { readonly name: string; readonly paths: readonly (readonly string[])[] }[];
  /** The published counts in the order of the dimensions, the last running fastest; `null` is hidden. */
  readonly counts: readonly (number | null)[];
  /** Fewest people a hidden cell is known to hold. */
  readonly atLeast: 0 | 1;
  /** Hash of this release and of the one before it: a changed or missing release shows. */
  readonly hash: string;
};

/** About whom a release is, and how they relate to those of earlier ones. */
export type ReleaseAbout = {
  readonly id: string;
  readonly publishedOn: string;
  /** Everybody counted in the table, such as "newcomers in Voorbeeldstad, women". */
  readonly population: string;
  /** The day or month it describes. */
  readonly period: string;
  /** Ids of earlier releases that count everybody counted here, and others: this is a filter of them, or an earlier month of a running total. */
  readonly partOf?: readonly string[];
  /** Ids of earlier releases that count only people counted here, such as a part, or the running total a month before. */
  readonly holds?: readonly string[];
  /** Ids of earlier releases about much the same people at another time, some of whom came or left since. */
  readonly changedFrom?: readonly string[];
};

export type Hash = (text: string) => string;

export const emptyLedger: ReleaseLedger = { version: 1, releases: [] };

/** Is the ledger whole? Refuses one in which a release was changed, removed from the middle or put in between. */
export function checkLedger(ledger: ReleaseLedger, hash: Hash): Parsed<ReleaseLedger> {
  if (ledger?.version !== 1 || !Array.isArray(ledger.releases)) {
    return refuse('ledger-version', 'This is not a ledger of version 1. Name the file an earlier release wrote.');
  }
  let before = '';
  for (const release of ledger.releases) {
    if (release.hash !== seal(release, before, hash)) {
      return refuse(
        'ledger-changed',
        `Release ${release.id} in the ledger is not as it was published. Put the ledger back from a copy.`,
        { release: release.id },
      );
    }
    before = release.hash;
  }
  return { ok: true, value: ledger };
}

/** The ledger with one more release. */
export function record(
  ledger: ReleaseLedger,
  about: ReleaseAbout,
  rules: DisclosureRules,
  table: CrossTable,
  published: { readonly counts: readonly (number | null)[]; readonly atLeast: 0 | 1 },
  hash: Hash,
): ReleaseLedger {
  const { fewest, width, roundTo } = rules;
  const dimensions = table.dimensions.map(({ name, categories }) => ({
    name,
    paths: categories.map(({ path }) => path),
  }));
  const open = { ...about, rules: rules.id, fewest, width, roundTo, dimensions, ...published };
  return {
    version: 1,
    releases: [...ledger.releases, { ...open, hash: seal(open, ledger.releases.at(-1)?.hash ?? '', hash) }],
  };
}

function seal({ hash: _, ...release }: Omit<Release, 'hash'> & { hash?: string }, before: string, hash: Hash): string {
  return hash(before + canonical(release));
}

/** JSON with sorted keys: the same release is the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`)
    .join(',')}}`;
}

/**
 * The new table among earlier releases that speak about the same people. Cells of the same people, period and categories
 * are one unknown; where one population holds another, their difference is a cell of its own, and it must be 0, large
 * enough to show, or vague. What was hidden before must stay as vague as the rules ask.
 */
export function surroundingsOf(
  table: CrossTable,
  about: ReleaseAbout,
  rules: DisclosureRules,
  ledger: ReleaseLedger,
): Parsed<Surroundings | null> {
  const linked = linkedReleases(about, ledger);
  if (!linked.ok) return linked;
  if (linked.value.length === 0) return { ok: true, value: null };

  const low: number[] = Array.from(table.counts, () => 0);
  const high: number[] = Array.from(table.counts, () => Infinity);
  const sums: CellSum[] = sumsOf(table);
  const index = new Map<string, number>();
  const own = keysOf(table.dimensions);
  own.forEach((key, cell) => index.set(`${peopleOf(about)}${key}`, cell));
  const ownByKey = new Map(own.map((key, cell) => [key, cell]));

  const earlier: { cell: number; because: number; width: number }[] = [];
  const differences: (Requirement & { because: number })[] = [];
  for (const { release, link } of linked.value) {
    const dimensions = dimensionsOf(release);
    const keys = keysOf(dimensions);
    const here = keys.map((key, at) => {
      const name = `${peopleOf(release)}${key}`;
      let cell = index.get(name);
      if (cell === undefined) {
        index.set(name, (cell = low.length));
        low.push(0);
        high.push(Infinity);
      }
      const value = release.counts[at] ?? null;
      const [from, to] = value === null ? [release.atLeast, Infinity] : roundedFrom(value, release);
      const truth = cell < table.counts.length ? table.counts[cell]! : null;
      if (truth !== null && (truth < from || truth > to)) return { cell, at, contradicts: true };
      low[cell] = Math.max(low[cell]!, from);
      high[cell] = Math.min(high[cell]!, to);
      if (value === null) earlier.push({ cell, because: ownByKey.get(key) ?? 0, width: release.width });
      return { cell, at, contradicts: false };
    });
    const wrong = here.find(({ contradicts }) => contradicts);
    if (wrong) {
      return refuse(
        'contradicts-release',
        `${said(keys[wrong.at]!)} is ${table.counts[wrong.cell]} now, and release ${release.id} says ${release.counts[wrong.at] ?? 'that somebody is there'}. Two versions side by side tell who was added: give this table another period, or withdraw ${release.id}.`,
        { release: release.id },
      );
    }
    const cells = here.map(({ cell }) => cell);
    for (const { total, parts } of sumsOf({ dimensions, counts: new Float64Array(cells.length), amounts: null })) {
      sums.push({ total: cells[total]!, parts: parts.map((part) => cells[part]!) });
    }
    if (link === 'same') continue;
    keys.forEach((key, at) => {
      const cell = ownByKey.get(key);
      if (cell === undefined) return;
      const [whole, part] = link === 'holds' ? [cell, cells[at]!] : [cells[at]!, cell];
      const difference = low.length;
      // People who came and people who left cannot be told apart: the change may be below 0.
      low.push(link === 'changed' ? -Infinity : 0);
      high.push(Infinity);
      sums.push({ total: whole, parts: [part, difference] });
      differences.push({ cell: difference, width: rules.width, orKnownFrom: rules.fewest, because: cell });
    });
  }

  // What could be told of hidden cells before this table came: that vagueness is what it may not take away.
  const before = audit(
    { low: Float64Array.from(low), high: Float64Array.from(high), sums, whole: true },
    earlier,
    'enough',
  );
  if (before === null) {
    return refuse(
      'releases-contradict',
      `No table agrees with releases ${linked.value.map(({ release }) => release.id).join(', ')} together. Check which people they say they count.`,
    );
  }
  const vague = earlier.filter((one) => !before.failing.includes(one));
  return {
    ok: true,
    value: {
      requirements: [...vague, ...differences],
      view(states, atLeast): PublicView {
        const view = { low: Float64Array.from(low), high: Float64Array.from(high), sums, whole: true };
        table.counts.forEach((count, cell) => {
          if (states[cell] === cellState.shown) view.low[cell] = view.high[cell] = count;
          else view.low[cell] = Math.max(view.low[cell]!, Math.min(atLeast, view.high[cell]!));
        });
        return view;
      },
    },
  };
}

type Link = 'same' | 'part' | 'holds' | 'changed';

/** The releases that speak about people of the new one, each once. */
function linkedReleases(about: ReleaseAbout, ledger: ReleaseLedger): Parsed<{ release: Release; link: Link }[]> {
  const found: { release: Release; link: Link }[] = [];
  const known = new Map(ledger.releases.map((release) => [release.id, release]));
  if (known.has(about.id)) {
    return refuse('release-known', `There is a release ${about.id} already. Give this one a name of its own.`, {
      release: about.id,
    });
  }
  const named: [Link, readonly string[] | undefined][] = [
    ['part', about.partOf],
    ['holds', about.holds],
    ['changed', about.changedFrom],
  ];
  for (const [link, ids] of named) {
    for (const id of ids ?? []) {
      const release = known.get(id);
      if (!release) {
        return refuse(
          'release-unknown',
          `There is no release ${id} in the ledger. Known: ${[...known.keys()].join(', ') || 'none'}.`,
          {
            release: id,
          },
        );
      }
      found.push({ release, link });
    }
  }
  for (const release of ledger.releases) {
    if (peopleOf(release) === peopleOf(about)) found.push({ release, link: 'same' });
    // Others about the people of a linked release bind them too.
    else if (
      !found.some((one) => one.release === release) &&
      found.some((one) => peopleOf(one.release) === peopleOf(release))
    ) {
      found.push({ release, link: 'same' });
    }
  }
  return { ok: true, value: found };
}

function peopleOf({ population, period }: Pick<ReleaseAbout, 'population' | 'period'>): string {
  return `${JSON.stringify([population, period])} `;
}

/** A name for every cell that does not depend on which other dimensions a table has: totals are left out. */
function keysOf(dimensions: readonly Dimension[]): string[] {
  const size = dimensions.reduce((product, { categories }) => product * categories.length, 1);
  return Array.from({ length: size }, (_, cell) =>
    JSON.stringify(
      categoriesOf(cell, dimensions)
        .map((at, d): [string, ...string[]] => [dimensions[d]!.name, ...dimensions[d]!.categories[at]!.path])
        .filter((parts) => parts.length > 1)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
}

function said(key: string): string {
  const parts = JSON.parse(key) as string[][];
  return parts.length === 0 ? 'The total' : parts.map(([name, ...path]) => `${name} ${path.join(' / ')}`).join(', ');
}

function dimensionsOf({ dimensions }: Release): Dimension[] {
  return dimensions.map(({ name, paths }) => {
    const at = new Map(paths.map((path, category) => [JSON.stringify(path), category]));
    const categories = paths.map((path) => ({
      path,
      parent: path.length === 0 ? -1 : at.get(JSON.stringify(path.slice(0, -1)))!,
      children: [] as number[],
    }));
    categories.forEach(({ parent }, category) => parent >= 0 && categories[parent]!.children.push(category));
    return { name, categories };
  });
}
