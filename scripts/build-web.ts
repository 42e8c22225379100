import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const stamp = join(root, 'web/build/.fingerprint');

/** Build the web unless the last build was made from the very same sources. False when it could not be built. */
export function buildWeb(): boolean {
  const fingerprint = fingerprintOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return true;

  console.error('Building the pages…');
  rmSync(stamp, { force: true });
  const vite = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: join(root, 'web'),
      stdio: ['ignore', 2, 2],
    },
  );
  if (vite.status !== 0) {
    console.error('The pages could not be built: the lines above say why.');
    return false;
  }
  writeFileSync(stamp, fingerprint);
  return true;
}

/** One hash over everything the build reads: a changed, added or removed file changes it. */
function fingerprintOfSources(): string {
  const hash = createHash('sha256').update(process.version);
  const patterns = ['package-lock.json', 'web/**', 'knowledge/**', 'engines/**', 'store/**'];
  for (const path of globSync(patterns, { cwd: root, exclude: isMade }).sort()) {
    if (statSync(join(root, path)).isFile()) hash.update(`${path}\n`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

/** What is made from sources, and what no page is made from. */
function isMade(path: string): boolean {
  return ['node_modules', 'build', '.svelte-kit', 'browser'].includes(basename(path)) || path.endsWith('.test.ts');
}
