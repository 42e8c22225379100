import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '@meedoen/store';
import { startTestServer, type TestServer } from '@meedoen/store/testing';
import { meedoen } from './testing.ts';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startTestServer();
  folder = mkdtempSync(join(tmpdir(), 'meedoen-backup-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

const at = (database: Database): { env: Record<string, string> } => ({ env: { DATABASE_URL: server.urlOf(database) } });

test('migrate twice: the second time there is nothing to do', async () => {
  const database = await server.emptyDatabase();
  const first = await meedoen(['db', 'migrate'], at(database));
  expect(first).toMatchObject({ code: 0 });
  expect((JSON.parse(first.stdout) as { applied: string[] }).applied.length).toBeGreaterThan(0);
  const second = await meedoen(['db', 'migrate'], at(database));
  expect(JSON.parse(second.stdout)).toMatchObject({ applied: [] });
  await database.stop();
});

test('backup into one file, restore from it, and refuse what is broken', async () => {
  const database = await server.freshDatabase();
  const file = join(folder, 'meedoen.backup');

  expect(await meedoen(['db', 'backup', file], at(database))).toMatchObject({ code: 0 });
  const again = await meedoen(['db', 'backup', file], at(database));
  expect(again).toMatchObject({ code: 2, stdout: '' });
  expect(again.stderr).toContain(file);

  expect(await meedoen(['db', 'restore', file], at(database))).toMatchObject({ code: 0 });

  const whole = readFileSync(file);
  const cutOff = join(folder, 'cut-off.backup');
  writeFileSync(cutOff, whole.subarray(0, Math.floor(whole.length / 2)));
  for (const broken of [cutOff, join(folder, 'nobody.backup'), folder]) {
    const refused = await meedoen(['db', 'restore', broken], at(database));
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).not.toMatch(/\n {4}at /);
  }
  await database.stop();
});
