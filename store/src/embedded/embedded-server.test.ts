import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../index.ts';
import { installedBinaries, linkLibraries, packageFor, thisPlatform } from './binaries.ts';
import { startEmbeddedServer, type EmbeddedOptions, type EmbeddedServer } from './embedded-server.ts';
import { commandOf, isServerOf } from './process-facts.ts';
import { canReach, firstClosedFolder } from './run-as.ts';
import { port, socketFolderOf } from './socket-folder.ts';

const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534, name: 'nobody' };
const started = new Set<EmbeddedServer>();
const children = new Set<ChildProcess>();
let base: string;

/** One data folder for most tests: they run one after the other, and each leaves a stopped server. */
let folder: string;

beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'meedoen-embedded-')));
  await chmod(base, 0o755);
  folder = join(base, 'data of é');
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  for (const server of started) await server.stop();
  started.clear();
});
afterAll(() => rm(base, { recursive: true, force: true }));

async function start(dataFolder: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dataFolder, ballast: false, ...options });
  started.add(server);
  return server;
}

async function query(server: { socketFolder: string }, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ host: server.socketFolder, port, user: 'meedoen', database: 'meedoen', ssl: false });
  client.on('error', () => {});
  await client.connect();
  return client
    .query<Record<string, unknown>>(sql)
    .then(({ rows }) => rows.flatMap((row) => Object.values(row)))
    .finally(() => client.end());
}

/** A process of its own that starts a server, says where, and then does what it is told. */
async function startInProcess(
  dataFolder: string,
  then = '',
  runAs: { uid?: number; gid?: number } = {},
): Promise<{ child: ChildProcess; pid: number; socketFolder: string }> {
  const script = `
    import { startEmbeddedServer } from ${JSON.stringify(new URL('./embedded-server.ts', import.meta.url).href)};
    const server = await startEmbeddedServer({ dataFolder: ${JSON.stringify(dataFolder)}, ballast: false });
    ${then}
    console.log(JSON.stringify({ pid: server.pid, socketFolder: server.socketFolder, role: server.role }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    ...runAs,
  });
  children.add(child);
  let said = '';
  let wrong = '';
  child.stderr!.on('data', (part: Buffer) => (wrong += part.toString()));
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (part: Buffer) => {
      said += part.toString();
      if (said.includes('\n')) resolve({ child, ...(JSON.parse(said) as { pid: number; socketFolder: string }) });
    });
    child.once('exit', (code) => reject(new Error(`exit ${code}: ${wrong}`)));
  });
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
}

async function until(what: () => Promise<boolean> | boolean, milliseconds = 15_000): Promise<void> {
  for (const end = Date.now() + milliseconds; !(await what()); await sleep(10)) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${what.toString()}`);
  }
}

describe('starting', () => {
  test('from nothing: only a socket, checksums, C locale, nothing in the folder that others may read', async () => {
    // An initdb that was cut off earlier leaves nothing in the way.
    await mkdir(join(folder, 'postgres.new-123', 'base'), { recursive: true });
    const server = await start(folder);
    expect((await readdir(folder)).filter((name) => name.startsWith('postgres.new'))).toEqual([]);
    expect(server.role).toBe('owner');
    const settings =
      'data_checksums listen_addresses fsync full_page_writes server_encoding lc_collate recovery_init_sync_method'.split(
        ' ',
      );
    const values = await Promise.all(
      settings.map(
        async (name) =>
          (
            await query(
              server,
              name === 'lc_collate'
                ? 'SELECT datcollate FROM pg_database WHERE datname = current_database()'
                : `SHOW ${name}`,
            )
          )[0],
      ),
    );
    expect(values).toEqual(['on', '', 'on', 'on', 'UTF8', 'C', process.platform === 'linux' ? 'syncfs' : 'fsync']);
    expect(await query(server, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user')).toEqual([false]);
    for (const part of ['postgres', 'socket']) expect((await stat(join(folder, part))).mode & 0o777).toBe(0o700);
    await server.stop();
    expect(commandOf(server.pid)).toBeNull();
    await server.stop();
  });

  test('a long path: the socket goes to a short folder of its own', async () => {
    const long = join(base, 'long-'.repeat(20));
    await mkdir(long);
    await start(folder).then((server) => server.stop());
    await rename(folder, join(long, 'data'));
    const server = await start(join(long, 'data'));
    expect(Buffer.byteLength(server.socketFolder)).toBeLessThan(80);
    expect((await stat(server.socketFolder)).mode & 0o777).toBe(0o700);
    await server.stop();
    await rm(server.socketFolder, { recursive: true });
    await rename(join(long, 'data'), folder);
  });

  test('two at once on one folder: one looks after the server, the other is its guest', async () => {
    const fresh = join(base, 'two-at-once');
    const servers = await Promise.all([startInProcess(fresh), start(fresh), startInProcess(fresh)]);
    expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1);
    for (const one of servers) if ('child' in one) one.child.kill('SIGKILL');
    // Whoever remains can always go on.
    await servers[1].ensure();
    expect(await query(servers[1], 'SELECT 1')).toEqual([1]);
  });

  test('a guest leaves without stopping the server, and takes over when the owner has gone', async () => {
    const owner = await start(folder);
    const guest = await start(folder);
    expect([owner.role, guest.role]).toEqual(['owner', 'guest']);
    const second = await start(folder);
    await second.stop();
    expect(await query(owner, 'SELECT 1')).toEqual([1]);
    await owner.stop();
    await guest.ensure();
    expect(guest.role).toBe('owner');
    expect(await query(guest, 'SELECT 1')).toEqual([1]);
  });

  test('library links that npm did not make are made', async () => {
    const installed = await installedBinaries(thisPlatform());
    const copy = join(base, 'native');
    await mkdir(copy);
    await cp(join(installed.folder, 'pg-symlinks.json'), join(copy, 'pg-symlinks.json'));
    const links = JSON.parse(await readFile(join(copy, 'pg-symlinks.json'), 'utf8')) as {
      source: string;
      target: string;
    }[];
    for (const { source } of links) {
      const file = join(copy, '..', source);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, source);
    }
    expect(await linkLibraries(copy)).toBe(true);
    expect(await linkLibraries(copy)).toBe(true);
    for (const { source, target } of links) expect(await readFile(join(copy, '..', target), 'utf8')).toBe(source);
  });
});

describe('after violence', () => {
  test('kill -9 of the server: it is started again, nothing acknowledged is lost', async () => {
    const database = await openDatabase({ dataFolder: folder });
    onTestFinished(() => database.stop());
    await database.pool.query('CREATE TABLE kept (n integer PRIMARY KEY)');
    let acknowledged = 0;
    for (let kill = 1; kill <= 3; kill++) {
      const pid = Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
      process.kill(pid, 'SIGKILL');
      // Writers do not hear of it, for they try again.
      for (let i = 0; i < 20; i++) {
        const n = acknowledged;
        await database.write((transaction) =>
          transaction
            .insertInto('kept' as never)
            .values({ n } as never)
            .onConflict((conflict) => conflict.doNothing())
            .execute(),
        );
        acknowledged += 1;
      }
      await until(async () => (await database.health()).state === 'ready');
    }
    const { rows } = await database.pool.query('SELECT count(*) AS n FROM kept');
    expect(rows).toEqual([{ n: acknowledged }]);
    expect((await database.health()).restarts).toBe(3);
  });

  test('kill -9 of the process that started it: the next start uses the same server, and stops it in the end', async () => {
    const first = await startInProcess(folder);
    await query(first, 'CREATE TABLE adopted (n integer)');
    first.child.kill('SIGKILL');
    await gone(first.child);
    const server = await start(folder);
    expect(server.pid).toBe(first.pid);
    expect(server.role).toBe('owner');
    expect(await query(server, 'SELECT count(*)::int FROM adopted')).toEqual([0]);

    // The adopted server is watched as well.
    process.kill(server.pid, 'SIGKILL');
    await until(() => server.restarts === 1);
    expect(await query(server, 'SELECT count(*)::int FROM adopted')).toEqual([0]);
    const { pid } = server;
    await server.stop();
    expect(isServerOf(pid, join(folder, 'postgres'))).toBe(false);
  });

  test('kill -9 of both at once, also during the start', async () => {
    for (const pause of [null, 0, 15, 40, 80]) {
      if (pause === null) {
        const both = await startInProcess(folder);
        process.kill(both.pid, 'SIGKILL');
        both.child.kill('SIGKILL');
        await gone(both.child);
      } else {
        const starting = startInProcess(folder).catch(() => null);
        const child = [...children].at(-1)!;
        await until(
          async () =>
            child.exitCode !== null ||
            (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')) !== '',
        );
        await sleep(pause);
        child.kill('SIGKILL');
        await Promise.all([starting, gone(child)]);
      }
      const server = await start(folder);
      expect(await query(server, 'SELECT 1')).toEqual([1]);
      await server.stop();
    }
  });

  test('a guest whose owner was killed stops the server when it leaves', async () => {
    const owner = await startInProcess(folder);
    const guest = await start(folder);
    owner.child.kill('SIGKILL');
    await gone(owner.child);
    expect(guest.role).toBe('guest');
    await guest.stop();
    expect(commandOf(owner.pid)).toBeNull();
  });

  test('a process that ends without saying goodbye takes its server along', async () => {
    const { pid, child } = await startInProcess(folder, 'setTimeout(() => process.exit(0), 50);');
    await gone(child);
    await until(() => commandOf(pid) === null);
    const server = await start(folder);
    await server.stop();
  });

  test('a stale postmaster.pid, whose number now belongs to another process', async () => {
    const server = await start(folder);
    const file = join(folder, 'postgres', 'postmaster.pid');
    const lines = (await readFile(file, 'utf8')).split('\n');
    await server.stop();

    // As root would see it after a reboot: the number now belongs to a process of the same user.
    const other = spawn('sleep', ['60'], isRoot ? { uid: nobody.uid, gid: nobody.gid } : {});
    onTestFinished(() => void other.kill());
    await writeFile(file, [String(other.pid), ...lines.slice(1)].join('\n'));
    await writeFile(join(folder, 'socket', `.s.PGSQL.${port}.lock`), [String(other.pid), ...lines.slice(1)].join('\n'));
    if (isRoot) await chown(file, nobody.uid, nobody.gid);
    const again = await start(folder);
    expect(again.role).toBe('owner');
    expect(await query(again, 'SELECT 1')).toEqual([1]);
    await again.stop();
    expect(other.exitCode).toBeNull();
  });

  test('an empty or torn postmaster.pid', async () => {
    for (const text of ['', '12', 'x\ny\n']) {
      await writeFile(join(folder, 'postgres', 'postmaster.pid'), text);
      const server = await start(folder);
      expect(await query(server, 'SELECT 1')).toEqual([1]);
      await server.stop();
    }
  });

  test('a zombie counts as dead', async () => {
    // The shell becomes a sleep, which never collects the child the shell had.
    const keeper = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void keeper.kill());
    const pid = Number(
      await new Promise<string>((resolve) => keeper.stdout.once('data', (part: Buffer) => resolve(part.toString()))),
    );
    await until(
      async () =>
        process.platform !== 'linux' || /\) Z/.test(await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => ') Z')),
    );
    expect(commandOf(pid)).toBeNull();
  });
});

describe('refusals say what to do', () => {
  test('a data folder that is a file', async () => {
    const file = join(base, 'a-file');
    await writeFile(file, '');
    await expect(start(join(file, 'data'))).rejects.toMatchObject({
      code: 'data_folder_unusable',
      message: expect.stringMatching(/cannot be written .* Make it writable .* or set MEEDOEN_DATA/) as string,
    });
  });

  test('data of another PostgreSQL', async () => {
    const older = join(base, 'older');
    await mkdir(join(older, 'postgres'), { recursive: true });
    if (isRoot) await chown(join(older, 'postgres'), nobody.uid, nobody.gid);
    await writeFile(join(older, 'postgres', 'PG_VERSION'), '17\n');
    await expect(start(older)).rejects.toThrow(/made by PostgreSQL 17, this is PostgreSQL 18\. Make a backup/);
  });

  test('a broken cluster: what PostgreSQL said, and where the log is', async () => {
    await start(folder).then((server) => server.stop());
    const control = join(folder, 'postgres', 'global', 'pg_control');
    await rename(control, `${control}.kept`);
    onTestFinished(() => rename(`${control}.kept`, control));
    await expect(start(folder)).rejects.toThrow(
      /The database did not start\. PostgreSQL said: .*pg_control.*postgres\.log/s,
    );
  });

  test.each([
    {
      platform: { system: 'linux', processor: 'x64', isMusl: true },
      says: /musl\. Use a Debian image\. Or: .*DATABASE_URL/,
    },
    {
      platform: { system: 'linux', processor: 'ia32', isMusl: false },
      says: /no embedded database for linux on ia32.*DATABASE_URL/,
    },
    { platform: { system: 'win32', processor: 'x64', isMusl: false }, says: /WSL 2.*DATABASE_URL/ },
  ])('$platform.system $platform.processor, musl: $platform.isMusl', ({ platform, says }) => {
    expect(() => packageFor(platform)).toThrow(says);
  });

  test('a server that is not there, without repeating the password', async () => {
    const opening = openDatabase({ dataFolder: base, databaseUrl: 'postgres://u:geheim@127.0.0.1:1/d' });
    await expect(opening).rejects.toMatchObject({ code: 'server_unreachable' });
    await expect(opening).rejects.not.toThrow(/geheim/);
  });
});

describe.skipIf(!isRoot)(`started by root${isRoot ? '' : ' (skipped: these tests need root)'}`, () => {
  test('the server runs as nobody', async () => {
    const server = await start(folder);
    expect((await stat(join(folder, 'postgres'))).uid).toBe(nobody.uid);
    expect((await stat(`/proc/${server.pid}`)).uid).toBe(nobody.uid);
    await server.stop();
  });

  test('a folder that nobody may pass, chosen by name: what to do', async () => {
    const closed = join(base, 'closed');
    await mkdir(closed, { mode: 0o700 });
    await expect(start(join(closed, 'data'))).rejects.toThrow(
      `so it runs as nobody, who may not pass ${closed}. Set MEEDOEN_DATA to a folder everyone may pass, such as /var/lib/meedoen; or run "chmod o+x ${closed}"`,
    );
  });

  test('the default folder, which nobody may pass: the files live elsewhere, and are found again', async () => {
    const closed = join(base, 'home-of-root');
    await mkdir(closed, { mode: 0o700 });
    const elsewhere = join(base, 'var-lib-meedoen');
    const said: string[] = [];
    const options = { mayLiveElsewhere: true, elsewhere, say: (sentence: string) => said.push(sentence) };
    const first = await start(join(closed, 'data'), options);
    await query(first, 'CREATE TABLE kept (n integer)');
    expect(first.home.startsWith(`${elsewhere}/data-`)).toBe(true);
    await first.stop();
    const again = await start(join(closed, 'data'), options);
    expect(await query(again, 'SELECT count(*)::int FROM kept')).toEqual([0]);
    await again.stop();
    expect(said).toEqual([
      `The database lives in ${first.home}, because nobody, as whom PostgreSQL runs, may not pass ${closed}.`,
    ]);
  });
});

const nodeIsReachable =
  isRoot &&
  (await canReach(process.execPath, nobody)) &&
  (await firstClosedFolder(new URL('./embedded-server.ts', import.meta.url).pathname, nobody)) === null;
const ordinary = isRoot ? { uid: nobody.uid, gid: nobody.gid } : {};
const whyNot = isRoot && !nodeIsReachable ? ' (skipped: root checked the project out where nobody may not pass)' : '';

describe.skipIf(whyNot !== '')(`started by an ordinary user${whyNot}`, () => {
  test('from nothing, and again', async () => {
    const own = join(base, 'ordinary');
    await mkdir(own);
    if (isRoot) await chown(own, nobody.uid, nobody.gid);
    for (let i = 0; i < 2; i++) {
      const { child, pid, socketFolder } = await startInProcess(own, '', ordinary);
      expect(await query({ socketFolder }, 'SELECT 1')).toEqual([1]);
      child.kill('SIGKILL');
      await gone(child);
      process.kill(pid, 'SIGINT');
      await until(() => commandOf(pid) === null);
    }
  });

  test('a folder one may not write in', async () => {
    const closed = join(base, 'not-mine');
    await mkdir(closed, { mode: isRoot ? 0o755 : 0o555 });
    await expect(startInProcess(closed, '', ordinary)).rejects.toThrow(
      /cannot be written .* Make it writable .* or set MEEDOEN_DATA/,
    );
  });

  test.skipIf(!isRoot)('data that another user made', async () => {
    const shared = join(base, 'of-another');
    await mkdir(join(shared, 'postgres'), { recursive: true });
    await chmod(shared, 0o777);
    await chown(join(shared, 'postgres'), 1234, 1234);
    await expect(startInProcess(shared, '', ordinary)).rejects.toThrow(
      /belongs to another user \(uid 1234\).*sudo chown -R 65534/,
    );
  });
});

test('the short folder is always short enough, whatever the temporary folder', () => {
  expect(socketFolderOf('/srv/data', '/tmp')).toBe('/srv/data/socket');
  for (const temporary of ['/tmp', `/var/folders/${'x'.repeat(120)}`]) {
    expect(socketFolderOf(`/${'é'.repeat(45)}`, temporary)).toMatch(/^\/tmp\/meedoen-[0-9a-f]{16}$/);
  }
});
