// How many boxes there are: what the reason for arrival distinguishes, and what one rule for all would leave.
import type { Verdict } from '../answer-type.ts';
import type { DoorCell, DoorRow } from './door-matrix.ts';
import { daysUntilOpen } from './gaps.ts';

/** The distinction index of a domain (nl: onderscheidsindex). */
export type Distinctions = {
  readonly domain: string;
  /** Rights and duties compared. */
  readonly rights: number;
  /** Groups of doors that meet the same in the whole domain: 1 = newcomer is newcomer. */
  readonly treatments: number;
  /** Articles that decide it for somebody. */
  readonly rules: number;
  /** Conditions that somebody has to meet, by name. */
  readonly conditions: number;
  /** What would be left with one rule for all, at the level of the best-treated door of each right. */
  readonly oneRule: OneRule;
};

export type OneRule = {
  /** A door for each right: of those for which it opens soonest, the one with fewest conditions and then articles. */
  readonly models: readonly { readonly right: string; readonly door: string }[];
  readonly rules: number;
  readonly conditions: number;
  /** Who would gain, and what: from which answer, and by how many days (null = from no, or unknown). */
  readonly gains: readonly {
    readonly right: string;
    readonly door: string;
    readonly from: Verdict;
    readonly days: number | null;
  }[];
};

export function distinctionsOf(rows: readonly DoorRow[]): readonly Distinctions[] {
  const domains = [...new Set(rows.map(({ domain }) => domain))];
  return domains.map((domain) => {
    const own = rows.filter((row) => row.domain === domain);
    const cells = own.flatMap((row) => row.cells);
    const doors = own[0]?.cells.map((_, place) => own.map((row) => row.cells[place]!.treatment).join()) ?? [];
    return {
      domain,
      rights: own.length,
      treatments: new Set(doors).size,
      ...sizeOf(cells),
      oneRule: oneRuleFor(own),
    };
  });
}

function oneRuleFor(rows: readonly DoorRow[]): OneRule {
  const models = rows.flatMap((row) => {
    const model = modelOf(row);
    return model ? [{ row, model }] : [];
  });
  // Without a best door (a duty, or a right that is open to nobody) everything stays as it is.
  const left = rows.flatMap((row) => {
    const found = models.find((one) => one.row === row);
    return found ? [found.model] : row.cells;
  });
  const gains = models.flatMap(({ row, model }) => {
    const soonest = daysUntilOpen(model);
    return row.cells.flatMap((cell) => {
      const { verdict } = cell.answer;
      const days = verdict === 'no' || verdict === 'unknown' ? null : daysUntilOpen(cell) - soonest;
      return days === 0 ? [] : [{ right: row.right, door: cell.door, from: verdict, days }];
    });
  });
  return { models: models.map(({ row, model }) => ({ right: row.right, door: model.door })), ...sizeOf(left), gains };
}

function modelOf({ kind, cells }: DoorRow): DoorCell | null {
  if (kind === 'duty') return null;
  const open = cells.filter(({ answer }) => answer.verdict === 'yes' || answer.verdict === 'not yet');
  const [best] = [...open].sort(
    (a, b) =>
      daysUntilOpen(a) - daysUntilOpen(b) ||
      a.answer.conditions.length - b.answer.conditions.length ||
      a.answer.because.length - b.answer.because.length,
  );
  return best ?? null;
}

function sizeOf(cells: readonly DoorCell[]): { readonly rules: number; readonly conditions: number } {
  const rules = cells.flatMap(({ answer }) => answer.because.map(({ law, article }) => `${law} ${article}`));
  const conditions = cells.flatMap(({ answer }) => answer.conditions.map(({ name }) => name));
  return { rules: new Set(rules).size, conditions: new Set(conditions).size };
}
