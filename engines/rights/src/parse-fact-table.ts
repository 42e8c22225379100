import type { FactTable } from './fact-table.ts';
import type { ParsedFile } from './parsed-file.ts';
export function parseFactTable(_text: string, _file: string): ParsedFile<FactTable> {
  throw new Error('parseFactTable: being written');
}
