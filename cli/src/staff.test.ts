import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anchors, layAnchor, type Database } from '@meedoen/store';
import { startTestServer, type TestServer } from '@meedoen/store/testing';
import { meedoen } from './testing.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(() => server.stop());

const at = (): { env: Record<string, string> } => ({
  env: { DATABASE_URL: server.urlOf(database), MEEDOEN_ORIGIN: 'https://meedoen.example/' },
});

test('a link for a steward: printed once, kept as a hash, written in the log', async () => {
  const ended = await meedoen(['staff', 'link'], at());
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const { link } = JSON.parse(ended.stdout) as { link: string };
  const [, secret] = /^https:\/\/meedoen\.example\/nl\/staff\/invitation\/([\w-]{43})$/.exec(link)!;
  const { rows } = await database.pool.query('SELECT token_hash, role, invited_by FROM staff_invitation');
  expect(rows).toEqual([
    { token_hash: createHash('sha256').update(secret!).digest('hex'), role: 'steward', invited_by: null },
  ]);
});

test('the log holds, and when it no longer does, that is refused with the place', async () => {
  await layAnchor(database, '2026-11-23', new Date('2026-11-23T12:00:00Z'));
  const [kept] = await anchors(database, 1);
  const good = await meedoen(['audit', 'verify', '--anchor', `${kept!.day}=${kept!.digest}`], at());
  expect(good).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(good.stdout)).toEqual({ streams: 1, entries: 1, anchors: 1, broken: null });

  const other = await meedoen(['audit', 'verify', '--anchor', `${kept!.day}=${'0'.repeat(64)}`], at());
  expect(other).toMatchObject({ code: 2 });
  expect(other.stderr).toContain('the anchor of 2026-11-23 is not what was published');

  const wrong = await meedoen(['audit', 'verify', '--anchor', 'yesterday'], at());
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(wrong.stderr).toContain('Write it as 2026-11-23=');

  await database.pool.query("UPDATE audit_entry SET reason = 'another'");
  const changed = await meedoen(['audit', 'verify'], at());
  expect(changed).toMatchObject({ code: 2 });
  expect(changed.stderr).toContain('entry 1 of platform is changed');
});
