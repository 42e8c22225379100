import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { cookieName, writeAnswers } from '../src/lib/server/answers-cookie.ts';
import { applicantInMonthFive } from './persons.ts';
import { openWorld, secret, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

async function bring(
  context: BrowserContext,
  value = writeAnswers(applicantInMonthFive, 'session', secret),
): Promise<void> {
  await context.addCookies([{ name: cookieName, value, url: world.url, httpOnly: true, sameSite: 'Lax' }]);
}

/** Everything a website can leave on a device. */
async function traces(context: BrowserContext, page: Page): Promise<Record<string, unknown>> {
  return {
    cookies: (await context.cookies()).map(({ name }) => name),
    ...(await page.evaluate(async () => ({
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      databases: (await indexedDB.databases()).length,
      local: localStorage.length,
      session: sessionStorage.length,
    }))),
  };
}

const nothing = { cookies: [], caches: [], workers: 0, databases: 0, local: 0, session: 0 };

/** Read a page until the service worker has the pages of the language. */
async function readUntilKept(page: Page, language: string): Promise<void> {
  await page.goto(`/${language}`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.goto(`/${language}/about`);
  await page.waitForFunction(async (offline) => (await caches.match(offline)) !== undefined, `/${language}/offline`, {
    timeout: 30_000,
  });
}

describe.concurrent('what stays on a device', () => {
  test('wiping leaves nothing', async () => {
    const { context, page } = await world.visitor();
    await bring(context);
    await readUntilKept(page, 'nl');
    await page.goto('/nl/my-answers');
    await page.locator('form[action="?/wipe"] button').click();
    await page.waitForURL('**/my-answers/wiped');
    expect(await traces(context, page)).toEqual(nothing);
    await context.close();
  });

  test('the answers are a cookie that no script can read and no other website can send', async () => {
    const { context, page } = await world.visitor();
    await page.goto('/nl/questions/document');
    await page.locator('#answer-none').check();
    await page.locator('form .button').click();
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ name: cookieName, httpOnly: true, sameSite: 'Lax', expires: -1 });
    expect(await page.evaluate(() => document.cookie)).toBe('');

    await page.goto('/nl/my-answers');
    await page.locator('input[value="month"]').check();
    await page.locator('form[action="?/keep"] button').click();
    const [kept] = await context.cookies();
    expect(((kept?.expires ?? 0) - Date.now() / 1000) / 86_400).toBeCloseTo(30, 1);
    await context.close();
  });

  test('pages of the language can be read without internet; answers and phone numbers are never kept', async () => {
    const { context, page } = await world.visitor();
    await bring(context);
    await readUntilKept(page, 'nl');
    for (const path of ['/nl/today', '/nl/my-answers', '/nl/phone', '/nl/questions/document']) await page.goto(path);
    const kept = await page.evaluate(async () => {
      const cache = await caches.open((await caches.keys())[0] ?? '');
      return Promise.all(
        (await cache.keys()).map(async (request) => {
          const text = await (await cache.match(request))?.text();
          return {
            path: new URL(request.url).pathname,
            personal: /2026-06-25|25 juni 2026|verder waar je was/.test(text ?? ''),
          };
        }),
      );
    });
    expect(
      kept
        .map(({ path }) => path)
        .filter((path) => path.startsWith('/nl'))
        .sort(),
    ).toEqual(['/nl', '/nl/about', '/nl/check-in/offline', '/nl/help', '/nl/offline', '/nl/words', '/nl/works']);
    expect(kept.filter(({ personal }) => personal)).toEqual([]);

    await context.setOffline(true);
    await page.goto('/nl/words');
    expect(await page.locator('h1').textContent()).toBe('Woorden in je brieven');
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'with its looks').toBe(
      'rgb(251, 248, 243)',
    );
    await page.goto('/nl/today');
    expect(await page.locator('h1').textContent()).toBe('Je bent niet verbonden met internet');
    await context.close();
  });
});

describe.concurrent('leaving quickly', () => {
  const away = 'https://www.knmi.nl/nederland-nu/weer';

  test.each(['button', 'Shift three times'])(
    'by %s: the weather, one neutral entry in the history, nothing on the device',
    async (how) => {
      const { context, page } = await world.visitor();
      let referrer: string | undefined = 'not asked yet';
      await context.route(`${away}*`, (route) => {
        referrer = route.request().headers()['referer'];
        return route.fulfill({ contentType: 'text/html', body: '<title>Weer</title>Weer' });
      });
      await bring(context);
      await page.goto('/nl');
      await page.goto('/nl/phone');
      expect(await page.title()).toBe('Telefoonnummers');
      const before = await page.evaluate(() => history.length);

      if (how === 'button') await page.locator('#leave').click();
      else for (const _ of [1, 2, 3]) await page.keyboard.press('Shift');
      await page.waitForURL(away);
      expect(referrer).toBeUndefined();
      expect(await page.evaluate(() => history.length)).toBe(before);
      expect(await context.cookies(world.url)).toEqual([]);

      // Back shows what was read before, not the numbers.
      await page.goBack();
      expect(new URL(page.url()).pathname).toBe('/nl');
      await context.close();
    },
  );

  test('without JavaScript it is a plain link that wipes and goes', async () => {
    const { context, page } = await world.visitor({ javaScriptEnabled: false });
    await bring(context);
    await page.goto('/nl/phone');
    // Playwright cannot answer in the place of a website that we are sent on to; that we ask for it is enough.
    const asked = context.waitForEvent('request', (request) => request.url() === away);
    await page.locator('#leave').click();
    expect((await asked).headers()['referer']).toBeUndefined();
    expect(await context.cookies(world.url)).toEqual([]);
    await context.close();
  });

  test('the numbers are links that dial, and the page is never stored', async () => {
    const { context, page } = await world.visitor();
    const response = await page.goto('/ti/phone');
    expect(response?.headers()['cache-control']).toBe('no-store');
    expect(await page.locator('a[href="tel:112"]').count()).toBe(1);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    await context.close();
  });
});

describe.concurrent('what cannot be used', () => {
  test.each([
    { story: 'forged', value: 'eyJrIjowLCJmIjp7ImRvY3VtZW50IjoiZXUtcGFzc3BvcnQifX0.forged' },
    { story: 'of another key', value: writeAnswers(applicantInMonthFive, 'session', 'another key') },
    { story: 'too large', value: 'a'.repeat(3900) },
  ])('a cookie that is $story is dropped, with a plain sentence', async ({ value }) => {
    const { context, page } = await world.visitor();
    await bring(context, value);
    const response = await page.goto('/en/my-answers');
    expect(response?.status()).toBe(200);
    expect(await page.locator('.notice[role="status"]').textContent()).toMatch(
      /We removed (it|them)\. You can start again\./,
    );
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });

  test.each([
    { typed: ['31', '2', '2026'], says: 'This date does not exist. That month has 28 days.', field: 'day' },
    { typed: ['', '6', '2026'], says: 'Fill in the day too.', field: 'day' },
    { typed: ['1', '13', '2026'], says: 'A year has 12 months.', field: 'month' },
    {
      typed: ['24', '11', '2026'],
      says: 'This date is in the future. Fill in a date up to 23 November 2026.',
      field: 'year',
    },
    { typed: ['1', '6', '26'], says: 'Write the year with four digits', field: 'year' },
    { typed: ['x', '6', '2026'], says: 'Use digits only.', field: 'day' },
  ])('the date $typed: the message stands at the field and nothing is lost', async ({ typed, says, field }) => {
    const { context, page } = await world.visitor({ javaScriptEnabled: false });
    await bring(context);
    await page.goto('/en/questions/arrivedOn');
    for (const [part, text] of [
      ['day', typed[0]],
      ['month', typed[1]],
      ['year', typed[2]],
    ] as const) {
      await page.locator(`#${part}`).fill(text ?? '');
    }
    await page.locator('form .button').click();
    expect(await alertOn(page)).toContain(says);
    expect(await page.locator('[role="alert"] a').getAttribute('href')).toBe(`#${field}`);
    expect(await page.locator(`#${field}`).getAttribute('aria-invalid')).toBe('true');
    expect(await page.title()).toContain('Please look at this question again');
    expect([await page.inputValue('#day'), await page.inputValue('#month'), await page.inputValue('#year')]).toEqual(
      typed,
    );
    await context.close();
  });

  test('two dates that cannot both be true name each other', async () => {
    const { context, page } = await world.visitor({ javaScriptEnabled: false });
    await bring(context);
    await page.goto('/en/questions/askedAsylumOn');
    await page.locator('#day').fill('1');
    await page.locator('#month').fill('1');
    await page.locator('#year').fill('2020');
    await page.locator('form .button').click();
    expect(await alertOn(page)).toContain('Arrived on cannot be later than Asked for asylum on');
    expect(await page.inputValue('#year')).toBe('2020');
    await context.close();
  });

  test('a forged choice is refused at the field; an unknown question is a calm 404', async () => {
    const { context, page } = await world.visitor();
    const origin = { origin: world.url, accept: 'text/html' };
    const forged = await context.request.post('/ar/questions/document', { form: { answer: 'king' }, headers: origin });
    expect(forged.status()).toBe(400);
    expect(await forged.text()).toContain('dir="rtl"');
    for (const path of [
      '/nl/questions/shoeSize',
      '/nl/questions/%3Cscript%3E',
      '/xx/today',
      '/nl/..%2f..%2fetc/passwd',
    ]) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(404);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.content()).not.toMatch(/node_modules|\.ts:\d|at .+\(/);
    }
    await context.close();
  });

  test.each([
    {
      story: 'broken JSON',
      content: '{ "facts": {\n  "document": "none",\n  "bsn" true } }',
      says: /Line 3, column 9: The spelling is not right/,
    },
    {
      story: 'an unknown key',
      content: '{ "facts": {\n  "shoeSize": 42 } }',
      says: /Line 2, column \d+: We do not know “shoeSize”/,
    },
    { story: 'another shape', content: '[1, 2]', says: /must contain “facts”/ },
    {
      story: 'an impossible date',
      content: '{ "facts": { "bornOn": "1990-02-30" } }',
      says: /“bornOn” does not exist/,
    },
    { story: 'no text at all', content: '\u0000\u0001\u0002', says: /Line 1, column 1: .+ It must contain “facts”/ },
  ])('a file with $story is refused with its place, and the answers stay', async ({ content, says }) => {
    const { context, page } = await world.visitor({ javaScriptEnabled: false });
    await bring(context);
    await page.goto('/en/my-answers');
    await page
      .locator('#file')
      .setInputFiles({ name: 'situation.json', mimeType: 'application/json', buffer: Buffer.from(content) });
    await page.locator('form[action="?/load"] button').click();
    expect(await alertOn(page)).toMatch(says);
    expect(await page.locator('.facts dt').count()).toBe(Object.keys(applicantInMonthFive.facts).length);
    await context.close();
  });

  test('a file of 10 MB is refused in words, and the answers stay', async () => {
    const { context, page } = await world.visitor({ javaScriptEnabled: false });
    await bring(context);
    await page.goto('/en/my-answers');
    await page
      .locator('#file')
      .setInputFiles({ name: 'big.json', mimeType: 'application/json', buffer: Buffer.alloc(10 * 1024 * 1024, ' ') });
    await page.locator('form[action="?/load"] button').click();
    expect(await alertOn(page)).toContain('This file is too large.');
    expect(await page.locator('.facts dt').count()).toBe(Object.keys(applicantInMonthFive.facts).length);
    await context.close();
  });
});

/** What the error summary says, without the invisible marks around names in another script. */
async function alertOn(page: Page): Promise<string> {
  return ((await page.locator('[role="alert"]').textContent()) ?? '').replace(/[\u2066-\u2069]/g, '');
}
