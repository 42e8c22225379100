import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One step: a comment that says why, and one statement. */
export type Step = { sql: string; line: number };

export type Migration = {
  number: number;
  /** Such as '0003-location'. */
  name: string;
  /** SHA-256 of the text, whatever the line ends of the checkout. */
  checksum: string;
  steps: readonly Step[];
  /** The steps of the way back, which undoes the migration. */
  back: readonly Step[];
};

export const migrationName = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*$/;

/** The folder with our migrations: beside this code, or beside the package when this code was bundled elsewhere. */
export async function migrationsFolder(): Promise<string> {
  const beside = join(dirname(fileURLToPath(import.meta.url)), '..', 'migrations');
  const names = await readdir(beside).catch(() => []);
  if (names.some((name) => name === 'distribute.citus.sql')) return beside;
  return join(dirname(createRequire(import.meta.url).resolve('@meedoen/store/package.json')), 'migrations');
}

/** The migrations of a folder in order. The linter sees to it that each is well formed. */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder))
    .filter((file) => file.endsWith('.sql') && migrationName.test(file.slice(0, -4)))
    .map((file) => file.slice(0, -4))
    .sort();
  return Promise.all(
    names.map(async (name): Promise<Migration> => {
      const text = unixLines(await readFile(join(folder, `${name}.sql`), 'utf8'));
      const back = unixLines(await readFile(join(folder, 'back', `${name}.sql`), 'utf8'));
      return {
        number: Number(name.slice(0, 4)),
        name,
        checksum: createHash('sha256').update(text).digest('hex'),
        steps: stepsOf(text),
        back: stepsOf(back),
      };
    }),
  );
}

/** A step begins at a line `-- step: …` and reaches to the next. */
function stepsOf(text: string): Step[] {
  const steps: Step[] = [];
  let from: number | null = null;
  const lines = text.split('\n');
  for (let line = 0; line <= lines.length; line++) {
    if (line < lines.length && !lines[line]!.startsWith('-- step:')) continue;
    if (from !== null) steps.push({ sql: lines.slice(from, line).join('\n').trim(), line: from + 1 });
    from = line;
  }
  return steps;
}

function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
