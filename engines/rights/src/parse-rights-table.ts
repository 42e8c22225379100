import type { ParsedFile } from './parsed-file.ts';
import type { RightsTable } from './rights-table.ts';
export function parseRightsTable(_text: string, _file: string): ParsedFile<RightsTable> {
  throw new Error('parseRightsTable: being written');
}
