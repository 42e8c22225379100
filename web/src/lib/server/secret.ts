import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chosenSecret, dataFolder } from './settings.ts';

/** The key that signs the answers on the device: chosen by the operator, or made once and kept beside the database. */
export const secret: string = chosenSecret ?? keptSecret();

function keptSecret(): string {
  const file = join(dataFolder, 'cookie-secret');
  mkdirSync(dataFolder, { recursive: true });
  try {
    // `wx`: of two servers that start together, one writes and the other reads what was written.
    const made = randomBytes(32).toString('base64url');
    writeFileSync(file, made, { flag: 'wx', mode: 0o600 });
    return made;
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== 'EEXIST') throw problem;
    const kept = readFileSync(file, 'utf8').trim();
    if (kept.length < 32) throw new RangeError(`${file} is damaged: remove it, and a new key is made.`);
    return kept;
  }
}
