import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  acceptInvitation,
  addWayIn,
  auditLog,
  endSession,
  giveGrant,
  invitationBy,
  invite,
  inviteFirstSteward,
  letGo,
  openDatabase,
  openInvitations,
  passkeyBy,
  removeWayIn,
  rotateToken,
  sessionsOf,
  signedInBy,
  signIn,
  staffByIdentity,
  staffList,
  uuidV7Source,
  verifyAuditLog,
  waysInOf,
  withdrawGrant,
  withdrawInvitation,
  type Database,
  type Doing,
  type SignedIn,
  type WayIn,
} from '../index.ts';
import { startTestServer, type TestServer } from '../testing.ts';

/** All of this is done as the application, so that it is known to have the rights it needs and no more. */
let server: TestServer;
let owner: Database;
let database: Database;
let clock = Date.UTC(2026, 10, 23, 10);
const newId = uuidV7Source({ now: () => clock, randomBytes });
const doing = (): Doing => ({ now: new Date(clock), newId });
const minutes = (count: number): void => void (clock += count * 60_000);
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const answered = (): { hash: string; expiresAt: Date } => ({
  hash: hash(newId()),
  expiresAt: new Date(clock + 300_000),
});

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  clock = Date.UTC(2026, 10, 23, 10);
  owner = await server.freshDatabase();
  database = await openDatabase({ dataFolder: '/nowhere', databaseUrl: server.urlOf(owner), as: 'application' });
});
afterEach(async () => {
  expect((await verifyAuditLog(database)).broken, 'whatever was done, the log holds').toBeNull();
  await database.stop();
  await owner.stop();
});

const passkey = (id: string): WayIn => ({
  kind: 'passkey',
  passkey: { id, publicKey: new Uint8Array([1, 2, 3]), signCount: 0, transports: ['usb'], backedUp: false, label: id },
});

/** Accept a link with a new passkey; who is signed in then. */
async function accept(token: string, name: string): Promise<SignedIn> {
  const result = await acceptInvitation(
    database,
    {
      tokenHash: hash(token),
      nameShown: name,
      way: passkey(`key of ${name}`),
      answered: answered(),
      session: { tokenHash: hash(`session of ${name}`), method: 'passkey', device: 'Firefox, Linux' },
    },
    doing(),
  );
  expect(result).toBe('accepted');
  return who(name);
}

async function who(name: string): Promise<SignedIn> {
  const found = await signedInBy(database, hash(`session of ${name}`), doing());
  if (typeof found === 'string') throw new RangeError(found);
  return found;
}

async function firstSteward(): Promise<SignedIn> {
  await inviteFirstSteward(database, { tokenHash: hash('first'), always: false }, doing());
  return accept('first', 'Ada');
}

async function invited(by: SignedIn, name: string, role: 'municipality-analyst' | 'steward'): Promise<SignedIn> {
  const scope =
    role === 'steward' ? ({ kind: 'platform' } as const) : ({ kind: 'municipality', id: 'GM0363' } as const);
  await invite(
    database,
    { by: by.id, invited: { kind: 'new', role, scope }, reason: 'begins today', tokenHash: hash(name) },
    doing(),
  );
  return accept(name, name);
}

describe('the first steward', () => {
  test('is made with a link of whoever runs the server; the next start makes none', async () => {
    const ada = await firstSteward();
    expect(ada).toMatchObject({ nameShown: 'Ada', grants: [{ role: 'steward', scope: { kind: 'platform' } }] });
    expect(await inviteFirstSteward(database, { tokenHash: hash('again'), always: false }, doing())).toBeNull();
  });

  test('a later link takes the place of the one before', async () => {
    await inviteFirstSteward(database, { tokenHash: hash('one'), always: false }, doing());
    await inviteFirstSteward(database, { tokenHash: hash('two'), always: false }, doing());
    expect(await invitationBy(database, hash('one'), new Date(clock))).toBe('withdrawn');
    expect(await invitationBy(database, hash('two'), new Date(clock))).toMatchObject({ for: { role: 'steward' } });
  });
});

describe('a link', () => {
  test('works once, also for two at the same moment', async () => {
    await inviteFirstSteward(database, { tokenHash: hash('first'), always: false }, doing());
    const results = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        acceptInvitation(
          database,
          {
            tokenHash: hash('first'),
            nameShown: name,
            way: passkey(name),
            answered: answered(),
            session: { tokenHash: hash(name), method: 'passkey', device: '' },
          },
          doing(),
        ),
      ),
    );
    expect(results.sort()).toEqual(['accepted', 'used', 'used']);
    expect(await staffList(database)).toHaveLength(1);
  });

  test('expires, is withdrawn, or is unknown', async () => {
    const ada = await firstSteward();
    const made = await invite(
      database,
      {
        by: ada.id,
        invited: { kind: 'new', role: 'steward', scope: { kind: 'platform' } },
        reason: 'two are safer',
        tokenHash: hash('second'),
      },
      doing(),
    );
    expect(made).toEqual(new Date(clock + 72 * 3_600_000));
    const [open] = await openInvitations(database, new Date(clock));
    expect(await withdrawInvitation(database, { by: ada.id, id: open!.id }, doing())).toBe(true);
    expect(await withdrawInvitation(database, { by: ada.id, id: open!.id }, doing())).toBe(false);
    expect(await invitationBy(database, hash('second'), new Date(clock))).toBe('withdrawn');
    expect(await invitationBy(database, hash('nothing'), new Date(clock))).toBe('unknown');
    await invite(
      database,
      { by: ada.id, invited: { kind: 'known', staffId: ada.id }, reason: 'lost', tokenHash: hash('third') },
      doing(),
    );
    minutes(72 * 60);
    expect(await invitationBy(database, hash('third'), new Date(clock))).toBe('expired');
  });

  test('for somebody known adds a way in and no person', async () => {
    const ada = await firstSteward();
    const bo = await invited(ada, 'Bo', 'municipality-analyst');
    await invite(
      database,
      { by: ada.id, invited: { kind: 'known', staffId: bo.id }, reason: 'new phone', tokenHash: hash('again') },
      doing(),
    );
    const result = await acceptInvitation(
      database,
      {
        tokenHash: hash('again'),
        nameShown: '',
        way: { kind: 'oidc', issuer: 'https://id.example', subject: 'bo' },
        answered: answered(),
        session: { tokenHash: hash('x'), method: 'oidc', device: '' },
      },
      doing(),
    );
    expect(result).toBe('accepted');
    expect(await staffByIdentity(database, { issuer: 'https://id.example', subject: 'bo' })).toBe(bo.id);
    expect((await staffList(database)).map(({ nameShown }) => nameShown)).toEqual(['Ada', 'Bo']);
  });

  test('a way in that is somebody’s already is refused, and the link still works', async () => {
    const ada = await firstSteward();
    await invite(
      database,
      { by: ada.id, invited: { kind: 'known', staffId: ada.id }, reason: 'x', tokenHash: hash('l') },
      doing(),
    );
    const session = { tokenHash: hash('x'), method: 'passkey', device: '' } as const;
    const way = passkey('key of Ada');
    expect(
      await acceptInvitation(
        database,
        { tokenHash: hash('l'), nameShown: '', way, answered: answered(), session },
        doing(),
      ),
    ).toBe('taken');
    expect(await invitationBy(database, hash('l'), new Date(clock))).toMatchObject({ for: { nameShown: 'Ada' } });
  });
});

describe('a session', () => {
  test('ends after half an hour without a request', async () => {
    await firstSteward();
    minutes(29);
    await who('Ada');
    minutes(29);
    await who('Ada');
    minutes(30);
    expect(await signedInBy(database, hash('session of Ada'), doing())).toBe('expired');
    clock -= 60 * 60_000;
    expect(await signedInBy(database, hash('session of Ada'), doing()), 'a clock set back opens nothing').toBe(
      'expired',
    );
  });

  test('ends after twelve hours, however busy', async () => {
    await firstSteward();
    for (let worked = 0; worked < 12 * 60 - 20; worked += 20) {
      minutes(20);
      await who('Ada');
    }
    minutes(20);
    expect(await signedInBy(database, hash('session of Ada'), doing())).toBe('expired');
  });

  test('gets another token; the one before counts for a minute, and used later it ends everything', async () => {
    const ada = await firstSteward();
    minutes(20);
    await who('Ada');
    minutes(10);
    expect((await who('Ada')).session.rotationIsDue).toBe(true);
    const from = hash('session of Ada');
    const change = { sessionId: ada.session.id, from, to: hash('next') };
    expect(await rotateToken(database, change, new Date(clock))).toBe(true);
    expect(await rotateToken(database, change, new Date(clock)), 'another request was first').toBe(false);
    clock += 60_000;
    expect((await who('Ada')).session.rotationIsDue).toBe(false);
    clock += 1;
    expect(await signedInBy(database, from, doing())).toBe('ended');
    expect(await signedInBy(database, hash('next'), doing())).toBe('ended');
    const [line] = await auditLog(database, { act: 'session.end', limit: 1 });
    expect(line).toMatchObject({ staffId: ada.id, subject: ada.session.id });
  });

  test('is ended from another one, and only by its holder', async () => {
    const ada = await firstSteward();
    const bo = await invited(ada, 'Bo', 'municipality-analyst');
    const theft = { staffId: bo.id, sessionId: ada.session.id, why: 'ended-elsewhere' } as const;
    expect(await endSession(database, theft, doing())).toBe(false);
    expect(await sessionsOf(database, ada.id, new Date(clock))).toHaveLength(1);
    expect(await endSession(database, { ...theft, staffId: ada.id }, doing())).toBe(true);
    expect(await signedInBy(database, hash('session of Ada'), doing())).toBe('ended');
    expect(await sessionsOf(database, ada.id, new Date(clock))).toEqual([]);
  });

  test('one proof begins one session', async () => {
    const ada = await firstSteward();
    const once = answered();
    const attempt = (token: string): Promise<string> =>
      signIn(
        database,
        {
          shown: { kind: 'passkey', passkeyId: 'key of Ada', signCount: 1, backedUp: true },
          answered: once,
          session: { staffId: ada.id, tokenHash: hash(token), method: 'passkey', device: '' },
          instead: ada.session.id,
        },
        doing(),
      );
    expect((await Promise.all(['a', 'b', 'c'].map(attempt))).sort()).toEqual(['signed in', 'used', 'used']);
    expect(await signedInBy(database, hash('session of Ada'), doing()), 'renewed, so the old one is over').toBe(
      'ended',
    );
    expect(await passkeyBy(database, 'key of Ada')).toMatchObject({ staffId: ada.id, signCount: 1 });
  });
});

describe('a grant', () => {
  test('is given, and withdrawn it is gone with the next request', async () => {
    const ada = await firstSteward();
    const bo = await invited(ada, 'Bo', 'municipality-analyst');
    const scope = { kind: 'organisation', id: 'taalcafe' } as const;
    const gift = { by: ada.id, to: bo.id, role: 'organisation-editor', scope, reason: 'keeps the page' } as const;
    expect(await giveGrant(database, gift, doing())).toBe('given');
    expect(await giveGrant(database, gift, doing())).toBe('has it');
    const grant = (await who('Bo')).grants.find(({ role }) => role === 'organisation-editor')!;
    const taking = { by: ada.id, grantId: grant.id, reason: 'left the group' };
    expect(await withdrawGrant(database, taking, doing())).toBe('withdrawn');
    expect(await withdrawGrant(database, taking, doing())).toBe('unknown');
    expect((await who('Bo')).grants.map(({ role }) => role)).toEqual(['municipality-analyst']);
    const log = await auditLog(database, { stream: 'organisation:taalcafe', limit: 9 });
    expect(log.map(({ act, reason, subject }) => [act, reason, subject])).toEqual([
      ['grant.withdraw', 'left the group', bo.id],
      ['grant.give', 'keeps the page', bo.id],
    ]);
  });

  test('who is no steward there is refused, and that is written down', async () => {
    const ada = await firstSteward();
    const bo = await invited(ada, 'Bo', 'municipality-analyst');
    const scope = { kind: 'platform' } as const;
    const by = bo.id;
    expect(await giveGrant(database, { by, to: by, role: 'steward', scope, reason: 'me' }, doing())).toBe('refused');
    expect(
      await invite(
        database,
        { by, invited: { kind: 'new', role: 'steward', scope }, reason: 'a friend', tokenHash: hash('f') },
        doing(),
      ),
    ).toBeNull();
    expect(await withdrawGrant(database, { by, grantId: ada.grants[0]!.id, reason: 'x' }, doing())).toBe('refused');
    expect(await letGo(database, { by, staffId: ada.id, reason: 'x' }, doing())).toBe('refused');
    const refused = await auditLog(database, { staffId: by, result: 'refused', limit: 9 });
    expect(refused.map(({ act }) => act)).toEqual(['staff.let-go', 'grant.withdraw', 'invitation.make', 'grant.give']);
    expect(await invitationBy(database, hash('f'), new Date(clock))).toBe('unknown');
  });

  test('a steward of one municipality invites there and nowhere else', async () => {
    const ada = await firstSteward();
    const bo = await invited(ada, 'Bo', 'municipality-analyst');
    const here = { kind: 'municipality', id: 'GM0363' } as const;
    await giveGrant(database, { by: ada.id, to: bo.id, role: 'steward', scope: here, reason: 'x' }, doing());
    const asking = async (scope: typeof here | { kind: 'municipality'; id: 'GM0001' } | { kind: 'platform' }) =>
      (await invite(
        database,
        {
          by: bo.id,
          invited: { kind: 'new', role: 'municipality-analyst', scope },
          reason: 'x',
          tokenHash: hash(newId()),
        },
        doing(),
      )) !== null;
    expect(await asking(here)).toBe(true);
    expect(await asking({ kind: 'municipality', id: 'GM0001' })).toBe(false);
    expect(await asking({ kind: 'platform' })).toBe(false);
  });

  test('the last steward stays, also when two withdraw each other at once', async () => {
    const ada = await firstSteward();
    const own = { by: ada.id, grantId: ada.grants[0]!.id, reason: 'x' };
    expect(await withdrawGrant(database, own, doing())).toBe('last');
    expect(await letGo(database, { by: ada.id, staffId: ada.id, reason: 'x' }, doing())).toBe('last');
    const bo = await invited(ada, 'Bo', 'steward');
    const results = await Promise.all([
      withdrawGrant(database, { by: ada.id, grantId: bo.grants[0]!.id, reason: 'x' }, doing()),
      withdrawGrant(database, { by: bo.id, grantId: ada.grants[0]!.id, reason: 'x' }, doing()),
    ]);
    expect(results.filter((result) => result === 'withdrawn')).toHaveLength(1);
    const left = (await staffList(database)).flatMap(({ grants }) => grants);
    expect(left).toHaveLength(1);
  });
});

test('who is let go has no grant, session, way in or open link', async () => {
  const ada = await firstSteward();
  const bo = await invited(ada, 'Bo', 'municipality-analyst');
  await invite(
    database,
    { by: ada.id, invited: { kind: 'known', staffId: bo.id }, reason: 'x', tokenHash: hash('l') },
    doing(),
  );
  expect(await letGo(database, { by: ada.id, staffId: bo.id, reason: 'another job' }, doing())).toBe('gone');
  expect(await signedInBy(database, hash('session of Bo'), doing())).toBe('ended');
  expect(await passkeyBy(database, 'key of Bo')).toBeNull();
  expect(await invitationBy(database, hash('l'), new Date(clock))).toBe('withdrawn');
  const line = (await staffList(database)).find(({ id }) => id === bo.id)!;
  expect(line).toMatchObject({ leftAt: new Date(clock), grants: [] });
});

test('the last way in cannot be removed, also when two are removed at once', async () => {
  const ada = await firstSteward();
  const first = { staffId: ada.id, kind: 'passkey', id: 'key of Ada' } as const;
  expect(await removeWayIn(database, first, doing())).toBe('last');
  const way = { kind: 'oidc', issuer: 'https://id.example', subject: 'ada' } as const;
  expect(await addWayIn(database, { staffId: ada.id, way, answered: answered() }, doing())).toBe('added');
  expect(await addWayIn(database, { staffId: ada.id, way, answered: answered() }, doing())).toBe('taken');
  const [, identity] = await waysInOf(database, ada.id);
  expect(identity).toMatchObject({ kind: 'oidc', issuer: 'https://id.example' });
  const results = await Promise.all([
    removeWayIn(database, first, doing()),
    removeWayIn(database, { staffId: ada.id, kind: 'oidc', id: identity!.id }, doing()),
  ]);
  expect(results.sort()).toEqual(['last', 'removed']);
  expect(await removeWayIn(database, { ...first, id: 'not hers' }, doing())).toBe('unknown');
});

test('whoever reads the tables finds no token by which to become somebody', async () => {
  await firstSteward();
  const { rows } = await owner.pool.query<{ whole: string }>(
    'SELECT row_to_json(s)::text AS whole FROM staff_session s UNION ALL SELECT row_to_json(i)::text FROM staff_invitation i',
  );
  expect(rows).toHaveLength(2);
  for (const { whole } of rows) expect(whole).not.toMatch(/session of Ada|"first"/);
});
