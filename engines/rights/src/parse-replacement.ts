import type { ParsedFile } from './parsed-file.ts';
import type { Replacement } from './replacement.ts';
export function parseReplacement(_text: string, _file: string): ParsedFile<Replacement> {
  throw new Error('parseReplacement: being written');
}
