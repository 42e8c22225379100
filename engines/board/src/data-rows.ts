import { shareOf } from './share-interval.ts';
import type { Board } from './release-board.ts';

/** One published number with all that says what it is; the columns are the same for every number. */
export type DataRow = {
  readonly town: string;
  readonly example: boolean;
  readonly topic: 'first-work' | 'wait' | 'answers' | 'barriers' | 'heard' | 'equal-access';
  /** The half-year, month or year it is of. */
  readonly period: string;
  readonly split: string;
  readonly group: string;
  readonly question: string;
  readonly value: string;
  /** Months since arrival, or the horizon of a mean; null elsewhere. */
  readonly months: number | null;
  readonly unit: 'people' | 'share' | 'months';
  /** Null: hidden. */
  readonly number: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
};

export const dataColumns: readonly (keyof DataRow)[] = [
  'town',
  'example',
  'topic',
  'period',
  'split',
  'group',
  'question',
  'value',
  'months',
  'unit',
  'number',
  'lower',
  'upper',
];

/** A board as rows, always in the same order: what a spreadsheet and a statistical program can read. */
export function dataRows(board: Board): DataRow[] {
  const { town, example } = board;
  const rows: DataRow[] = [];
  const blank = {
    town,
    example,
    split: '',
    group: '',
    question: '',
    value: '',
    months: null,
    number: null,
    lower: null,
    upper: null,
  } as const;
  for (const [split, slice] of Object.entries(board.firstWork?.slices ?? {})) {
    const of = { ...blank, topic: 'first-work' as const, period: slice.releasedIn, split };
    for (const { categories, count } of slice.cells) {
      const group = split === 'everyone' ? 'all' : (categories[0]![0] ?? 'all');
      const [cause = 'all', band = ''] = categories.at(-1)!;
      rows.push({ ...of, group, question: cause, value: band, unit: 'people', number: count });
    }
    for (const { group, points, waits } of slice.curves) {
      for (const { months, work, left, followed } of points) {
        const at = { ...of, group, months };
        rows.push({ ...at, question: 'work', unit: 'share', number: work.share, lower: work.lower, upper: work.upper });
        rows.push({
          ...at,
          question: 'left',
          unit: 'share',
          number: left?.share ?? null,
          lower: left?.lower ?? null,
          upper: left?.upper ?? null,
        });
        rows.push({ ...at, question: 'followed', unit: 'people', number: followed });
      }
      for (const { horizon, months, lower, upper } of waits) {
        rows.push({ ...of, topic: 'wait', group, months: horizon, unit: 'months', number: months, lower, upper });
      }
    }
  }
  for (const { question, months } of board.answers) {
    for (const { month, answered, counts } of months) {
      const of = { ...blank, topic: 'answers' as const, period: month, question };
      rows.push({ ...of, value: '', unit: 'people', number: answered });
      for (const { value, people } of counts) {
        rows.push({ ...of, value, unit: 'people', number: people });
        const share = shareOf(people, answered);
        if (share) {
          rows.push({ ...of, value, unit: 'share', number: share.share, lower: share.lower, upper: share.upper });
        }
      }
    }
  }
  for (const { month, counts } of board.barriers) {
    for (const { value, people } of counts) {
      rows.push({ ...blank, topic: 'barriers', period: month, value, unit: 'people', number: people });
    }
  }
  for (const { year, people, by } of board.heard) {
    const of = { ...blank, topic: 'heard' as const, period: String(year), unit: 'people' as const };
    rows.push({ ...of, number: people });
    for (const [split, counts] of Object.entries(by)) {
      for (const one of counts) rows.push({ ...of, split, group: one.value, number: one.people });
    }
  }
  if (board.equalAccess) {
    const { horizon, reference, gaps } = board.equalAccess;
    const of = {
      ...blank,
      topic: 'equal-access' as const,
      period: board.releasedOn,
      split: 'door',
      months: horizon,
      value: `against ${reference.door}`,
    };
    for (const { door, raw, alike } of gaps) {
      for (const [question, gap] of [
        ['raw', raw],
        ['alike', alike.ok ? alike.value : null],
      ] as const) {
        rows.push({
          ...of,
          group: door,
          question,
          unit: 'months',
          number: gap?.months ?? null,
          lower: gap?.lower ?? null,
          upper: gap?.upper ?? null,
        });
      }
    }
  }
  return rows;
}

/** Rows as CSV (RFC 4180): a header, commas, lines that end in CR LF; what is hidden is an empty cell. */
export function dataCsv(rows: readonly DataRow[]): string {
  const cell = (value: string | number | boolean | null): string => {
    const text = value === null ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [dataColumns.join(','), ...rows.map((row) => dataColumns.map((column) => cell(row[column])).join(','))];
  return `${lines.join('\r\n')}\r\n`;
}
