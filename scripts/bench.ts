// `npm run bench`: every bench/*.bench.ts in a process of its own, one table out, ready for BENCHMARKS.md.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** One thing worth measuring. `measure` gives the figure, in `unit`; `goal` says what we want of it in words. */
export type Bench = { name: string; unit: string; goal: string; measure: () => number | Promise<number> };

const root = join(import.meta.dirname, '..');
const [file] = process.argv.slice(2);

if (import.meta.main) {
  if (file) await measure(file);
  else everything();
}

async function measure(path: string): Promise<void> {
  const { benches } = (await import(join(root, path))) as { benches: readonly Bench[] };
  for (const { name, unit, goal, measure: take } of benches) {
    const value = await take();
    console.log(`| ${name} | ${readable(value)} ${unit} | ${goal} |`);
  }
}

function everything(): void {
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}\n`,
  );
  console.log('| what | measured | goal |\n| --- | ---: | --- |');
  for (const path of globSync('bench/*.bench.ts', { cwd: root }).sort()) {
    const { status } = spawnSync(process.execPath, [import.meta.filename, path], { cwd: root, stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}

/** Three significant digits, thousands apart. */
function readable(value: number): string {
  return new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(value);
}
