export const formats = ['json', 'csv'] as const;
export type Format = (typeof formats)[number];

type Cell = string | number | boolean | null;

/** JSON for programs that read trees. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** CSV (RFC 4180) for spreadsheets and R: one row each, the keys of the first as header. */
export function printCsv(rows: readonly Readonly<Record<string, Cell>>[]): void {
  const header = Object.keys(rows[0] ?? {});
  const lines = [header, ...rows.map((row) => header.map((key) => row[key] ?? ''))];
  process.stdout.write(lines.map(csvLine).join(''));
}

/** One line of a CSV file, for who writes more of them than fit in memory. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: Cell): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
