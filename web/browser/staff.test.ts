import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditLog, inviteFirstSteward, newSecret, uuidV7Source, verifyAuditLog, type Database } from '@meedoen/store';
import { startTestServer, type TestServer } from '@meedoen/store/testing';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../scripts/chromium.ts';
import { client, startTestProvider, type TestProvider } from './test-provider.ts';
import { startWeb, type RunningWeb } from './world.ts';

let databases: TestServer;
let database: Database;
let browser: Browser;
let provider: TestProvider;
let web: RunningWeb;
let folder: string;
const contexts: BrowserContext[] = [];
const newId = uuidV7Source({ now: Date.now, randomBytes });
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

beforeAll(async () => {
  [databases, browser, provider] = await Promise.all([startTestServer(), launchBrowser(), startTestProvider()]);
  folder = mkdtempSync(join(tmpdir(), 'meedoen-staff-'));
});
/** One server for all; each test has a platform on which nobody works yet. */
beforeAll(async () => {
  database = await databases.freshDatabase();
  const file = join(folder, 'providers.json');
  const common = { issuer: provider.issuer, clientId: client.id, clientSecret: client.secret };
  writeFileSync(
    file,
    JSON.stringify([{ id: 'town', name: 'Gemeente Voorbeeld', ...common, acr: ['high'], maxAgeInSeconds: 3600 }]),
  );
  web = await startWeb({ MEEDOEN_DATABASE: databases.urlOf(database), MEEDOEN_OIDC: file });
  provider.knowClient(`${web.url}/nl/staff/oidc/town/back`);
});
afterAll(async () => {
  await web.stop();
  await database.stop();
  await browser.close();
  await provider.stop();
  await databases.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await database.pool.query('TRUNCATE staff, staff_used_challenge, audit_stream, audit_anchor CASCADE');
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  expect((await verifyAuditLog(database)).broken, 'whatever was done, the log holds').toBeNull();
});

async function visitor(
  options: { javaScriptEnabled?: boolean } = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: web.url, ...options });
  contexts.push(context);
  context.setDefaultTimeout(15_000);
  return { context, page: await context.newPage() };
}

/** A device that makes and shows passkeys at once, as after a finger. */
async function withPasskeys(page: Page, isUserVerified = true): Promise<{ cdp: CDPSession; id: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId: id } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, id };
}

async function firstLink(): Promise<string> {
  const { secret, hash: tokenHash } = newSecret();
  await inviteFirstSteward(database, { tokenHash, always: true }, { now: new Date(), newId });
  return `/nl/staff/invitation/${secret}`;
}

/** Accept a link with a passkey. */
async function accept(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.locator('#name').fill(name);
  await page.locator('form[data-passkey] button').click();
  await page.waitForURL('**/nl/staff');
}

async function steward(): Promise<{ context: BrowserContext; page: Page; cdp: CDPSession; id: string }> {
  const { context, page } = await visitor();
  const passkeys = await withPasskeys(page);
  await accept(page, await firstLink(), 'Ada');
  return { context, page, ...passkeys };
}

/** A link for somebody, made by a steward on the page. */
async function invite(page: Page, choice: string, place: string): Promise<string> {
  await page.goto('/nl/staff/people');
  await page.locator('#choice').selectOption(choice);
  await page.locator('#place').fill(place);
  await page.locator('#reason').fill('Begint vandaag.');
  await page.locator('form[action="?/invite"] button').click();
  return new URL((await page.locator('.notice.go code').textContent())!).pathname;
}

const alertOn = async (page: Page): Promise<string> =>
  (await page.locator('[role="alert"]:visible').textContent()) ?? '';
const path = (page: Page): string => new URL(page.url()).pathname;

describe('a passkey', () => {
  test('the first steward makes one with the link, signs out and in again, and the link is used up', async () => {
    const { context, page } = await visitor();
    await withPasskeys(page);
    const link = await firstLink();
    await accept(page, link, 'Ada');
    expect(await page.locator('.lead').textContent()).toContain('Ada');
    expect(await page.locator('main li').allTextContents()).toContain('beheerder · hele platform');
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ name: 'meedoen-staff', httpOnly: true, sameSite: 'Lax', expires: -1 });

    await page.goto(link);
    expect(await page.locator('.notice').first().textContent()).toBe(
      'Deze link is al gebruikt. Een link werkt één keer.',
    );

    await page.goto('/nl/staff');
    await page.locator('.staff-menu form button').click();
    expect(path(page)).toBe('/nl/staff/sign-in');
    expect((await context.cookies()).filter(({ name }) => name === 'meedoen-staff')).toEqual([]);
    await page.goto('/nl/staff/people');
    expect(path(page)).toBe('/nl/staff/sign-in');
    await page.locator('form[data-passkey] button').click();
    await page.waitForURL('**/nl/staff/people');
    expect((await auditLog(database, { limit: 9 })).map(({ act }) => act)).toEqual([
      'session.begin',
      'session.end',
      'session.begin',
      'grant.give',
      'invitation.accept',
      'invitation.make',
    ]);
  });

  test('of somebody we do not know, or that is not unlocked, lets nobody in', async () => {
    const { page } = await steward();
    const other = await visitor();
    const { cdp, id } = await withPasskeys(other.page);
    await other.page.goto('/nl/staff/sign-in');
    await other.page.locator('form[data-passkey] button').click();
    expect(await alertOn(other.page), 'a device without a passkey for us').toContain('Het is niet gelukt');

    // A passkey that this site made and then forgot.
    await accept(other.page, await invite(page, 'steward@platform', ''), 'Bo');
    await database.pool.query(
      "DELETE FROM staff_passkey WHERE staff_id = (SELECT id FROM staff WHERE name_shown = 'Bo')",
    );
    await other.context.clearCookies();
    await other.page.goto('/nl/staff/sign-in');
    await other.page.locator('form[data-passkey] button').click();
    await other.page.waitForURL('**/sign-in?/passkey');
    expect(await alertOn(other.page)).toContain('We kennen je hier nog niet');

    await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false });
    await other.page.goto('/nl/staff/sign-in');
    await other.page.locator('form[data-passkey] button').click();
    expect(await alertOn(other.page)).toContain('Het is niet gelukt');
  });

  test('a copy of one, whose count went back, is refused and written down', async () => {
    const { context, page } = await steward();
    await context.clearCookies();
    await database.pool.query('UPDATE staff_passkey SET sign_count = 1000');
    await page.goto('/nl/staff/sign-in');
    await page.locator('form[data-passkey] button').click();
    await page.waitForURL('**/sign-in?/passkey');
    expect(await alertOn(page)).toContain('We konden niet vaststellen wie je bent');
    const [line] = await auditLog(database, { result: 'refused', limit: 1 });
    expect(line).toMatchObject({ act: 'session.begin', nameShown: 'Ada' });
  });

  test('the same answer sent twice, or to an older question, counts for nothing', async () => {
    const { context, page } = await steward();
    await context.clearCookies();
    await page.goto('/nl/staff/sign-in');
    const question = (await context.cookies()).find(({ name }) => name === 'meedoen-staff-passkey')!;
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.locator('form[data-passkey] button').click();
    const body = (await sent).postData()!;
    await page.waitForURL('**/nl/staff');

    const replay = async (cookies: (typeof question)[]): Promise<string> => {
      await context.clearCookies();
      await context.addCookies(cookies);
      const answer = await context.request.post('/nl/staff/sign-in?/passkey', {
        headers: { origin: web.url, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
        data: body,
        maxRedirects: 0,
      });
      expect(answer.status()).toBe(400);
      return /role="alert">([^<]*)</.exec(await answer.text())![1]!;
    };
    expect(await replay([question])).toContain('We konden niet vaststellen wie je bent');
    // Without the count of the device, it is the question itself that was answered already.
    await database.pool.query('UPDATE staff_passkey SET sign_count = 0');
    expect(await replay([question])).toContain('Dit antwoord is al gebruikt');
    expect(await replay([])).toContain('Het duurde te lang');
    await page.goto('/nl/staff/sign-in');
    const newer = (await context.cookies()).filter(({ name }) => name === 'meedoen-staff-passkey');
    expect(await replay(newer)).toContain('We konden niet vaststellen wie je bent');
  });

  test('without JavaScript the page says that it needs it, and offers the organisation', async () => {
    const { page } = await visitor({ javaScriptEnabled: false });
    await page.goto('/en/staff/sign-in');
    const text = (await page.locator('main').textContent())!;
    expect(text).toContain('A passkey needs JavaScript');
    expect(text).toContain('works without JavaScript too');
    expect(await page.locator('form[data-passkey] button').isVisible()).toBe(false);
    expect(await page.locator('a.button.plain').isVisible()).toBe(true);
  });

  test('another is added and the first removed; the last one stays', async () => {
    const { page, cdp, id } = await steward();
    await page.goto('/nl/staff/me');
    expect(await page.getByRole('button', { name: /^Haal weg/ }).count(), 'the only way in').toBe(0);
    // The device says no to a second passkey of its own, so this is another device.
    await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: id });
    await withPasskeys(page);
    await page.locator('#label').fill('Sleutel aan mijn bos');
    await page.locator('form[data-passkey] button').click();
    await page.waitForURL('**/me?added');
    expect(await page.locator('.staff-list strong').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('Sleutel aan mijn bos')]),
    );
    await page
      .getByRole('button', { name: /^Haal weg/ })
      .first()
      .click();
    await page.waitForURL('**/me?removed');
    const left = await database.pool.query<{ id: string }>('SELECT id FROM staff_passkey');
    expect(left.rows).toHaveLength(1);
    const forced = await page.context().request.post('/nl/staff/me?/remove', {
      form: { kind: 'passkey', id: left.rows[0]!.id },
      headers: { origin: web.url, accept: 'text/html' },
    });
    expect(await forced.text()).toContain('Dit is je enige manier om in te loggen');
  });
});

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'the organisation, $javaScriptEnabled',
  (how) => {
    const atProvider = async (page: Page, account: string, acr = 'high', since = '0'): Promise<void> => {
      await page.locator('[name="account"]').fill(account);
      await page.locator('[name="acr"]').fill(acr);
      await page.locator('[name="since"]').fill(since);
      await page.locator('[value="in"]').click();
    };

    test('an invitation, out, in again, and again for an act with large consequences', async () => {
      const { page } = await visitor(how);
      await page.goto(await firstLink());
      await page.getByRole('link', { name: /Gemeente Voorbeeld/ }).click();
      await atProvider(page, 'dana');
      await page.waitForURL('**/nl/staff');
      expect(await page.locator('.lead').textContent()).toContain('dana van de gemeente');

      await page.locator('.staff-menu form button').click();
      // Signed out at the provider too, or it would not ask who they are.
      const leaveProvider = () => page.context().clearCookies({ domain: '127.0.0.1' });
      await leaveProvider();
      await page.goto('/ar/staff/people');
      expect(path(page)).toBe('/ar/staff/sign-in');
      await page.locator('a.button.plain').click();
      await atProvider(page, 'dana');
      await page.waitForURL('**/ar/staff/people');

      await database.pool.query("UPDATE staff_session SET authenticated_at = authenticated_at - interval '11 minutes'");
      const sent = await page.context().request.post('/nl/staff/people?/invite', {
        form: { choice: 'steward@platform', place: '', reason: 'x' },
        headers: { origin: web.url, accept: 'text/html' },
        maxRedirects: 0,
      });
      expect(sent.headers()['location']).toBe('/nl/staff/again?to=%2Fnl%2Fstaff%2Fpeople');
      await page.goto('/nl/staff/people');
      expect(await page.locator('#reason').count(), 'asked before somebody types, so that nothing is lost').toBe(0);
      await page.getByRole('link', { name: 'Laat eerst nog een keer zien wie je bent' }).click();
      await leaveProvider();
      await page.locator('a.button.plain').click();
      await atProvider(page, 'somebody else');
      expect(path(page)).toBe('/nl/staff/again');
      expect(await alertOn(page)).toContain('iemand anders');
      await leaveProvider();
      await page.locator('a.button.plain').click();
      await atProvider(page, 'dana', 'high', '600');
      expect(await alertOn(page), 'a sign-in of ten minutes ago is not showing again').toContain(
        'We konden niet vaststellen',
      );
      expect(path(page)).toBe('/nl/staff/again');
      await page.locator('a.button.plain').click();
      await atProvider(page, 'dana');
      await page.waitForURL('**/nl/staff/people');
      expect(await invite(page, 'steward@platform', '')).toMatch(/invitation/);
    });

    test.each([
      {
        story: 'somebody we do not know',
        account: 'stranger',
        acr: 'high',
        since: '0',
        says: 'We kennen je hier nog niet',
      },
      { story: 'too weak', account: 'dana', acr: 'low', since: '0', says: 'niet zeker genoeg' },
      { story: 'too long ago', account: 'dana', acr: 'high', since: '4000', says: 'We konden niet vaststellen' },
    ])('$story is refused', async ({ account, acr, since, says }) => {
      const { page } = await visitor(how);
      await page.goto(await firstLink());
      await page.getByRole('link', { name: /Gemeente Voorbeeld/ }).click();
      await atProvider(page, 'dana');
      await page.waitForURL('**/nl/staff');
      await page.context().clearCookies();
      await page.goto('/nl/staff/sign-in');
      await page.locator('a.button.plain').click();
      await atProvider(page, account, acr, since);
      expect(path(page)).toBe('/nl/staff/sign-in');
      expect(await alertOn(page)).toContain(says);
      expect((await page.context().cookies()).filter(({ name }) => name === 'meedoen-staff')).toEqual([]);
    });

    test('who stops there comes back to words that say so', async () => {
      const { page } = await visitor(how);
      await page.goto('/en/staff/sign-in');
      await page.locator('a.button.plain').click();
      await page.locator('[value="stop"]').click();
      expect(path(page)).toBe('/en/staff/sign-in');
      expect(await alertOn(page)).toContain('You stopped at your organisation');
    });
  },
);

describe('a way back from the organisation that is not ours', () => {
  /** The address to which the provider would send this browser back, without going there. */
  async function wayBack({ request }: BrowserContext): Promise<URL> {
    let url = new URL('/nl/staff/oidc/town', web.url);
    for (let steps = 0; steps < 8; steps++) {
      const form = { account: 'dana', acr: 'high', since: '0', do: 'in' };
      const answer = url.pathname.startsWith('/interaction/')
        ? await request.post(url.href, { form, maxRedirects: 0 })
        : await request.get(url.href, { maxRedirects: 0 });
      url = new URL(answer.headers()['location']!, url);
      if (url.pathname.endsWith('/back')) return url;
    }
    throw new RangeError('the provider sends nobody back');
  }

  async function knowDana(): Promise<void> {
    const { page } = await visitor();
    await page.goto(await firstLink());
    await page.getByRole('link', { name: /Gemeente Voorbeeld/ }).click();
    await page.locator('[name="account"]').fill('dana');
    await page.locator('[value="in"]').click();
    await page.waitForURL('**/nl/staff');
  }

  test.each([
    {
      story: 'with another state',
      change: (url: URL) => url.searchParams.set('state', 'another'),
      says: 'niet vaststellen',
    },
    { story: 'without a state', change: (url: URL) => url.searchParams.delete('state'), says: 'niet vaststellen' },
    {
      story: 'with another code',
      change: (url: URL) => url.searchParams.set('code', 'another'),
      says: 'niet vaststellen',
    },
    {
      story: 'with another issuer',
      change: (url: URL) => url.searchParams.set('iss', 'https://evil.example'),
      says: 'niet vaststellen',
    },
    { story: 'as it should be', change: () => {}, says: null },
  ])('$story', async ({ change, says }) => {
    await knowDana();
    const { page } = await visitor();
    const url = await wayBack(page.context());
    change(url);
    await page.goto(url.href);
    if (says === null) expect(path(page)).toBe('/nl/staff');
    else expect(await alertOn(page)).toContain(says);
  });

  test('in another browser (somebody sends their own way back to a victim)', async () => {
    await knowDana();
    const { page } = await visitor();
    const url = await wayBack(page.context());
    const victim = await visitor();
    await victim.page.goto(url.href);
    expect(await alertOn(victim.page)).toContain('Het duurde te lang');
    expect((await victim.context.cookies()).map(({ name }) => name)).not.toContain('meedoen-staff');
  });

  test('with another nonce: what was asked is signed, so a changed cookie is no cookie', async () => {
    await knowDana();
    const { context, page } = await visitor();
    const url = await wayBack(page.context());
    const cookie = (await context.cookies()).find(({ name }) => name === 'meedoen-staff-oidc')!;
    const [body, signature] = cookie.value.split('.');
    await context.addCookies([{ ...cookie, value: `${body!.slice(0, -2)}AA.${signature}` }]);
    await page.goto(url.href);
    expect(await alertOn(page)).toContain('Het duurde te lang');
  });

  test('with the token of another question: the nonce inside it is not the one we asked', async () => {
    await knowDana();
    const { context, page } = await visitor();
    const first = await wayBack(page.context());
    const firstCookie = (await context.cookies()).find(({ name }) => name === 'meedoen-staff-oidc')!;
    const second = await wayBack(page.context());
    // The code of the first with the state of the second: state fits the cookie, and nothing else does.
    second.searchParams.set('code', first.searchParams.get('code')!);
    await page.goto(second.href);
    expect(await alertOn(page)).toContain('niet vaststellen');
    expect(firstCookie.value).not.toBe('');
  });

  test('once more, after it was used', async () => {
    await knowDana();
    const { context, page } = await visitor();
    const url = await wayBack(page.context());
    const cookie = (await context.cookies()).find(({ name }) => name === 'meedoen-staff-oidc')!;
    await page.goto(url.href);
    expect(path(page)).toBe('/nl/staff');
    await context.clearCookies();
    await context.addCookies([cookie]);
    await page.goto(url.href);
    expect(await alertOn(page)).toContain('niet vaststellen');
  });
});

test('another way in through the organisation is linked only from the own page, a short while after signing in', async () => {
  const { page } = await steward();
  const refused = await page.goto('/nl/staff/oidc/town?for=add&ticket=forged');
  expect(refused?.status()).toBe(403);
  await page.goto('/nl/staff/me');
  await page.getByRole('link', { name: /Gemeente Voorbeeld/ }).click();
  await page.locator('[name="account"]').fill('dana');
  await page.locator('[value="in"]').click();
  await page.waitForURL('**/nl/staff/me?added');
  await database.pool.query("UPDATE staff_session SET authenticated_at = authenticated_at - interval '11 minutes'");
  await page.goto('/nl/staff/me');
  expect(await page.locator('form[data-passkey]').count()).toBe(0);
  await page.getByRole('link', { name: 'Laat eerst nog een keer zien wie je bent' }).click();
  await page.locator('form[data-passkey] button').click();
  await page.waitForURL('**/nl/staff/me');
  expect(await page.getByRole('button', { name: /^Haal weg/ }).count()).toBe(2);
});

describe('what somebody may do', () => {
  test('is given by a link, and withdrawn it is gone with the next click', async () => {
    const { page } = await steward();
    const link = await invite(page, 'steward@municipality', 'GM0363');
    const other = await visitor();
    await withPasskeys(other.page);
    await accept(other.page, link, 'Bo');
    expect((await other.page.goto('/nl/staff/people'))?.status()).toBe(200);
    expect(await other.page.locator('.staff-list').first().textContent(), 'a town sees its own').not.toContain('Ada');
    expect((await other.page.goto('/nl/staff/log'))?.status()).toBe(403);
    expect(await other.page.locator('h1').textContent()).toBe('Dit is niet voor jou open');

    await page.goto('/nl/staff/people');
    await page.getByRole('link', { name: 'Bo', exact: true }).click();
    await page.locator('main details summary').click();
    await page.locator('form[action="?/withdraw"] input[name="reason"]').fill('Andere taak.');
    await page.locator('form[action="?/withdraw"] button').click();
    expect(await page.locator('[role="status"]').textContent()).toContain('ingetrokken');
    expect((await other.page.goto('/nl/staff/people'))?.status()).toBe(403);
    expect((await other.page.goto('/nl/staff'))?.status()).toBe(200);

    await page.locator('form[action="?/let-go"] input[name="reason"]').fill('Andere baan.');
    await page.locator('form[action="?/let-go"] button').click();
    await other.page.goto('/nl/staff');
    expect(path(other.page)).toBe('/nl/staff/sign-in');
  });

  test('what was typed is not lost when a field is not right, and a forged field is refused', async () => {
    const { page } = await steward();
    await page.goto('/nl/staff/people');
    await page.locator('#choice').selectOption('municipality-analyst@municipality');
    await page.locator('#place').fill('Amsterdam');
    await page.locator('#reason').fill('Nieuw in het team.');
    await page.locator('form[action="?/invite"] button').click();
    expect(await alertOn(page)).toContain('GM0363');
    expect(await page.locator('#place').getAttribute('aria-invalid')).toBe('true');
    expect([
      await page.locator('#choice').inputValue(),
      await page.locator('#place').inputValue(),
      await page.locator('#reason').inputValue(),
    ]).toEqual(['municipality-analyst@municipality', 'Amsterdam', 'Nieuw in het team.']);
    const forged = await page.context().request.post('/nl/staff/people?/invite', {
      form: { choice: 'king@platform', place: '', reason: 'x' },
      headers: { origin: web.url, accept: 'text/html' },
    });
    expect(forged.status()).toBe(400);
  });
});

describe('a session', () => {
  test('that is expired, forged or of nobody leads to the sign-in page, and its cookie is taken off', async () => {
    const { context, page } = await steward();
    const cookie = (await context.cookies()).find(({ name }) => name === 'meedoen-staff')!;
    await database.pool.query("UPDATE staff_session SET last_seen_at = last_seen_at - interval '31 minutes'");
    await page.goto('/nl/staff/me');
    expect(path(page)).toBe('/nl/staff/sign-in');
    expect((await context.cookies()).filter(({ name }) => name === 'meedoen-staff')).toEqual([]);
    for (const value of [cookie.value, 'forged', 'A'.repeat(43), hash('x').slice(0, 43), 'a'.repeat(3000)]) {
      await context.clearCookies();
      await context.addCookies([{ ...cookie, value }]);
      await page.goto('/nl/staff/me');
      expect(path(page), value.slice(0, 50)).toBe('/nl/staff/sign-in');
      expect((await context.cookies()).filter(({ name }) => name === 'meedoen-staff')).toEqual([]);
    }
  });

  test('gets another token after half an hour; the old one, used later, ends it', async () => {
    const { context, page } = await steward();
    const before = (await context.cookies()).find(({ name }) => name === 'meedoen-staff')!;
    await database.pool.query("UPDATE staff_session SET rotated_at = rotated_at - interval '31 minutes'");
    await page.goto('/nl/staff/me');
    const after = (await context.cookies()).find(({ name }) => name === 'meedoen-staff')!;
    expect(after.value).not.toBe(before.value);
    await page.goto('/nl/staff/me');
    expect(path(page)).toBe('/nl/staff/me');

    await database.pool.query("UPDATE staff_session SET rotated_at = rotated_at - interval '61 seconds'");
    const thief = await visitor();
    await thief.context.addCookies([before]);
    await thief.page.goto('/nl/staff/me');
    expect(path(thief.page)).toBe('/nl/staff/sign-in');
    await page.goto('/nl/staff/me');
    expect(path(page), 'and the honest one signs in anew').toBe('/nl/staff/sign-in');
  });

  test('is ended from another device', async () => {
    const { context, page, cdp, id } = await steward();
    await page.goto('/nl/staff/me');
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: id });
    const other = await visitor();
    const second = await withPasskeys(other.page);
    await second.cdp.send('WebAuthn.addCredential', { authenticatorId: second.id, credential: credentials[0]! });
    await other.page.goto('/nl/staff/sign-in');
    await other.page.locator('form[data-passkey] button').click();
    await other.page.waitForURL('**/nl/staff');

    await page.goto('/nl/staff/me');
    expect(await page.locator('section').last().locator('li').count()).toBe(2);
    await page.getByRole('button', { name: /^Log daar uit/ }).click();
    await page.waitForURL('**/me?ended');
    await other.page.goto('/nl/staff');
    expect(path(other.page)).toBe('/nl/staff/sign-in');
    expect((await context.cookies()).length).toBeGreaterThan(0);
  });
});

describe('another website', () => {
  test.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['JSON', { 'content-type': 'application/json' }],
    ['plain text', { 'content-type': 'text/plain' }],
  ])('cannot send %s in somebody’s name', async (_, headers) => {
    const { context } = await steward();
    for (const origin of ['https://evil.example', 'null', '']) {
      const answer = await context.request.post('/nl/staff?/leave', {
        headers: { ...headers, ...(origin === '' ? {} : { origin }) },
        data: 'x=1',
        maxRedirects: 0,
      });
      expect(answer.status(), origin).toBe(403);
    }
    expect((await context.request.get('/nl/staff', { maxRedirects: 0 })).status()).toBe(200);
  });
});

describe('the log', () => {
  test('shows who did what and why, by filter, and is checked on the page', async () => {
    const { page } = await steward();
    await invite(page, 'location-team@location', 'kamp-zeist');
    await page.goto('/nl/staff/log');
    await page.locator('#what').selectOption('invitation.make');
    await page.locator('#where').selectOption('location:kamp-zeist');
    await page.locator('form.staff-filter button').click();
    const rows = await page.locator('tbody tr').allTextContents();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(/Ada.*link gemaakt.*locatie .?kamp-zeist.*Begint vandaag\..*gedaan/);

    await page.getByRole('button', { name: 'Controleer het hele logboek' }).click();
    expect(await page.locator('[role="status"]').textContent()).toMatch(/Het klopt: \D*5\D* regels in \D*2\D* ketens/);

    await database.pool.query("UPDATE audit_entry SET reason = 'Iets anders.' WHERE owner_id = 'location:kamp-zeist'");
    await page.goto('/nl/staff/log');
    await page.getByRole('button', { name: 'Controleer het hele logboek' }).click();
    expect(await alertOn(page)).toContain('location:kamp-zeist, 1');
    await database.pool.query(
      "UPDATE audit_entry SET reason = 'Begint vandaag.' WHERE owner_id = 'location:kamp-zeist'",
    );
  });

  test('has anchors that everybody can read and keep', async () => {
    await steward();
    // The next server that starts lays the anchor of the day.
    const other = await startWeb({ MEEDOEN_DATABASE: databases.urlOf(database) });
    const anchorsNow = async (): Promise<{ day: string; digest: string }[]> =>
      (await (await fetch(`${web.url}/anchors.json`)).json()) as { day: string; digest: string }[];
    await expect.poll(anchorsNow, { timeout: 10_000 }).toHaveLength(1);
    await other.stop();
    const list = await anchorsNow();
    const { page } = await visitor({ javaScriptEnabled: false });
    await page.goto('/nl/anchors');
    expect(await page.locator('tbody').textContent()).toContain(list[0]!.digest);
    expect(await verifyAuditLog(database, new Map(list.map(({ day, digest }) => [day, digest])))).toMatchObject({
      anchors: 1,
      broken: null,
    });
  });
});

test('at an address that nobody chose, staff cannot sign in, and read what to do', async () => {
  const other = await startWeb({
    MEEDOEN_DATABASE: databases.urlOf(database),
    MEEDOEN_ORIGIN: 'https://meedoen.example',
  });
  const { page } = await visitor();
  await page.goto(`${other.url}/en/staff/sign-in`);
  expect(await page.locator('main').textContent()).toContain('MEEDOEN_ORIGIN');
  expect(await page.locator('main form, main a.button').count()).toBe(0);
  expect((await page.goto(`${other.url}/en/staff/oidc/town`))?.status()).toBe(404);
  await other.stop();
});
