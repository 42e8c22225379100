import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Where our knowledge lies: `MEEDOEN_KNOWLEDGE`, or the folder of this room. A bundler moves this file, so we look upwards
 * from wherever it ended up, and at last from where the program was started.
 */
export function knowledgeFolder(): string {
  const chosen = process.env['MEEDOEN_KNOWLEDGE'];
  if (chosen) return chosen;
  for (const start of [import.meta.dirname, process.cwd()]) {
    const found = upwardsFrom(start);
    if (found) return found;
  }
  throw new Error('The folder "knowledge" is not here. Set MEEDOEN_KNOWLEDGE to its path.');
}

function upwardsFrom(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    for (const candidate of [folder, join(folder, 'knowledge'), join(folder, 'node_modules/@meedoen/knowledge')]) {
      if (existsSync(join(candidate, 'laws')) && existsSync(join(candidate, 'rights/work.yaml'))) return candidate;
    }
    if (dirname(folder) === folder) return null;
  }
}
