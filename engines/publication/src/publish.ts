import { refuse, type Parsed } from '@meedoen/units';
import { categoriesOf, type CrossTable } from './cross-table.ts';
import { roundHalfUp, strictest, type DisclosureRules } from './disclosure-rules.ts';
import { primaryCells } from './primary-cells.ts';
import {
  checkLedger,
  emptyLedger,
  record,
  surroundingsOf,
  type Hash,
  type ReleaseAbout,
  type ReleaseLedger,
} from './release-ledger.ts';
import { cellState, suppress, type Suppression } from './suppress.ts';

/** One row of a published table: its category in each dimension (empty path: the total), and what may be said. */
export type PublishedCell = {
  readonly categories: readonly (readonly string[])[];
  /** Rounded; `null` is hidden, whatever the reason. */
  readonly count: number | null;
  readonly amount?: number | null;
  /** Share of the total over `sharesOf`, from the published numbers; `null` where the base is hidden or too small. */
  readonly share?: number | null;
};

export type Publication = {
  readonly cells: readonly PublishedCell[];
  readonly report: DisclosureReport;
  readonly ledger: ReleaseLedger;
};

/** What stands beside every release: its rules and limits, what was hidden, and how that was checked. */
export type DisclosureReport = {
  readonly release: ReleaseAbout;
  readonly rules: DisclosureRules;
  readonly cells: { readonly all: number; readonly hidden: number };
  /** Part of the people whose most detailed cell is hidden, in whole percents; `null` when the total itself is hidden. */
  readonly peopleInHiddenCells: number | null;
  readonly audit: {
    readonly passed: true;
    /** Cells that had to stay vague. Which they are is not told, and hidden cells do not differ to the eye. */
    readonly checked: number;
    /** The narrowest of their ranges, in people; `null` when there were none, or none has an end. */
    readonly narrowest: number | null;
    readonly exactBounds: boolean;
    readonly assumedKnown: readonly string[];
    readonly togetherWith: readonly string[];
  };
  readonly limits: readonly string[];
};

export type PublishOptions = {
  readonly about: ReleaseAbout;
  readonly rules?: DisclosureRules;
  readonly ledger?: ReleaseLedger;
  readonly hash: Hash;
  /** The dimension over which shares are given, such as the outcome. */
  readonly sharesOf?: string;
};

/**
 * A table as it may leave the house, with its disclosure report and the ledger that now holds it. Refused when too
 * little could be shown, when the ledger was changed, or when the table contradicts an earlier release.
 */
export function publish(table: CrossTable, options: PublishOptions): Parsed<Publication> {
  const { about, rules = strictest, hash } = options;
  const ledger = checkLedger(options.ledger ?? emptyLedger, hash);
  if (!ledger.ok) return ledger;
  const surroundings = surroundingsOf(table, about, rules, ledger.value);
  if (!surroundings.ok) return surroundings;
  const among = surroundings.value ?? undefined;
  const sharesOf = table.dimensions.findIndex(({ name }) => name === options.sharesOf);
  if (options.sharesOf !== undefined && sharesOf < 0) {
    return refuse(
      'dimension-unknown',
      `There is no dimension ${options.sharesOf}. Known: ${table.dimensions.map(({ name }) => name).join(', ')}.`,
    );
  }

  const hidden = suppress(table, primaryCells(table, rules), among);
  if (hidden === null) {
    return refuse(
      'cannot-be-protected',
      'Even with every cell hidden, this table and earlier releases together tell too much. Publish it for more people, or wider categories.',
    );
  }
  const shown = (cell: number): boolean => hidden.states[cell] === cellState.shown;
  if (!table.counts.some((count, cell) => count > 0 && shown(cell))) {
    return refuse(
      'nothing-to-show',
      `To protect the people in it, every cell of this table would be hidden. Use wider categories, or wait for more people.`,
    );
  }

  const counts = Array.from(table.counts, (count, cell) => (shown(cell) ? roundHalfUp(count, rules) : null));
  const cells = counts.map((count, cell): PublishedCell => {
    const categories = categoriesOf(cell, table.dimensions);
    return {
      categories: categories.map((at, d) => table.dimensions[d]!.categories[at]!.path),
      count,
      ...(table.amounts && { amount: shown(cell) ? table.amounts.totals[cell]! : null }),
      ...(sharesOf >= 0 && {
        share: shareOf(count, counts[cell - categories[sharesOf]! * stepOf(table, sharesOf)] ?? null, rules),
      }),
    };
  });
  return {
    ok: true,
    value: {
      cells,
      report: reportOf(table, about, rules, hidden, ledger.value, among !== undefined),
      ledger: record(ledger.value, about, rules, table, { counts, atLeast: hidden.atLeast }, hash),
    },
  };
}

function stepOf({ dimensions }: CrossTable, d: number): number {
  return dimensions.slice(d + 1).reduce((step, { categories }) => step * categories.length, 1);
}

/** From published numbers only, so that a share tells nothing more. */
function shareOf(count: number | null, base: number | null, { shareBase }: DisclosureRules): number | null {
  return count === null || base === null || base < shareBase ? null : Math.min(1, count / base);
}

function reportOf(
  table: CrossTable,
  about: ReleaseAbout,
  rules: DisclosureRules,
  { states, counts, amounts, atLeast }: Suppression,
  ledger: ReleaseLedger,
  linked: boolean,
): DisclosureReport {
  const { dimensions } = table;
  let inHidden = 0;
  let cellsHidden = 0;
  table.counts.forEach((count, cell) => {
    if (states[cell] === cellState.shown) return;
    cellsHidden++;
    const detailed = categoriesOf(cell, dimensions).every(
      (at, d) => dimensions[d]!.categories[at]!.children.length === 0,
    );
    if (detailed) inHidden += count;
  });
  const widths = counts.bounds.map(({ lower, upper }) => upper - lower).filter((width) => width >= rules.width);
  const narrowest = Math.min(...widths);
  return {
    release: about,
    rules,
    cells: { all: table.counts.length, hidden: cellsHidden },
    peopleInHiddenCells: states[0] === cellState.shown ? Math.round((100 * inHidden) / table.counts[0]!) : null,
    audit: {
      passed: true,
      checked: counts.bounds.length,
      narrowest: Number.isFinite(narrowest) ? narrowest : null,
      exactBounds: [...counts.bounds, ...(amounts?.bounds ?? [])].every(({ exact }) => exact),
      assumedKnown: [
        'every shown number before it was rounded, margins too',
        atLeast === 1 ? 'that no hidden cell is empty' : 'that no cell is below 0',
        'these rules',
      ],
      togetherWith: linked ? ledger.releases.map(({ id }) => id) : [],
    },
    limits: [
      'Smallest and largest values, and the path of a single person, are never published.',
      'A reader who knows who is in a hidden cell may know more than this audit assumes.',
      'Earlier tables that are not in the ledger were not taken into account.',
    ],
  };
}
