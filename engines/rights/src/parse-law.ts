import type { LawFile } from './law-file.ts';
import type { ParsedFile } from './parsed-file.ts';
export function parseLaw(_text: string, _file: string): ParsedFile<LawFile> {
  throw new Error('parseLaw: being written');
}
