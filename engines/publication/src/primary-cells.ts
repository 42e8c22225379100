import { categoriesOf, strides, type CrossTable } from './cross-table.ts';
import { breaksSumRule, type DisclosureRules } from './disclosure-rules.ts';
import type { Requirement } from './audit.ts';

/** Why a cell may not be shown for its own sake. */
export type PrimaryReason = 'too few people' | 'dominance' | 'p-percent' | 'group' | 'difference';

export type PrimaryCell = {
  readonly cell: number;
  readonly reason: PrimaryReason;
  /** How vague its count must stay. */
  readonly count: Requirement;
  /** What must be possible elsewhere in a group that it makes up nearly whole, or to belong would be to be known. */
  readonly siblings: readonly Requirement[];
  /** How vague its sum must stay, where a sum is published too. */
  readonly amount: Requirement | null;
};

/** The cells that break a rule by themselves. The rest of what is hidden is hidden for their sake. */
export function primaryCells(table: CrossTable, rules: DisclosureRules): PrimaryCell[] {
  const { counts, amounts } = table;
  const found: PrimaryCell[] = [];
  for (let cell = 0; cell < counts.length; cell++) {
    const people = counts[cell]!;
    if (people === 0) continue;
    const sum = amounts && {
      total: amounts.totals[cell]!,
      largest: amounts.largest[cell]!,
      second: amounts.second[cell]!,
    };
    const siblings = rules.groupShare === null ? [] : tellingSiblings(table, cell, rules.groupShare);
    const reason =
      people < rules.fewest
        ? 'too few people'
        : siblings.length > 0
          ? 'group'
          : sum && sum.total > 0
            ? breaksSumRule(sum, rules)
            : null;
    if (reason === null) continue;
    found.push({
      cell,
      reason,
      count: { cell, width: rules.width },
      siblings,
      amount: sum && { cell, width: amountWidth(sum, rules) },
    });
  }
  return found;
}

/**
 * Where a cell holds nearly all of a group it is part of: the fullest other cell of that group, and how many people it
 * must at least be able to hold, for the share to be open. An empty cell that is shown would tell that all are elsewhere.
 */
function tellingSiblings({ dimensions, counts }: CrossTable, cell: number, share: number): Requirement[] {
  const steps = strides(dimensions);
  const found: Requirement[] = [];
  categoriesOf(cell, dimensions).forEach((category, d) => {
    const { categories } = dimensions[d]!;
    const { parent } = categories[category]!;
    // A region of one town holds all of it by its nature; that tells about nobody.
    if (parent < 0 || categories[parent]!.children.length < 2) return;
    const beside = (other: number): number => cell + (other - category) * steps[d]!;
    const group = counts[beside(parent)]!;
    if (counts[cell]! < share * group) return;
    const fullest = categories[parent]!.children.filter((other) => other !== category)
      .map(beside)
      .reduce((most, other) => (counts[other]! > counts[most]! ? other : most));
    const others = Math.floor((counts[cell]! * (1 - share)) / share + 1e-9) + 1;
    found.push({ cell: fullest, width: 0, upperAtLeast: counts[fullest]! + others - (group - counts[cell]!) });
  });
  return found;
}

/**
 * How far apart the derivable bounds of a sum must lie, so that no contributor can come closer to the largest than
 * the rules allow: what is missing to satisfy each rule (Hundepool et al. 2012, Statistical Disclosure Control, 4.3).
 */
function amountWidth(
  { total, largest, second }: { total: number; largest: number; second: number },
  { dominance, pPercent }: DisclosureRules,
): number {
  const percent = (pPercent ?? 0) / 100;
  return Math.max(
    percent * largest,
    percent * largest - (total - largest - second),
    ...dominance.map(({ contributors, share }) => (largest + (contributors === 2 ? second : 0)) / share - total),
  );
}
