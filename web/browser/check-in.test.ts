import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AxeBuilder } from '@axe-core/playwright';
import { answerBarrier, uuidV7Source } from '@meedoen/store';
import type { BrowserContext, Page } from 'playwright-core';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

const words = 'ንብዙሕ ግዜ ተጸቢና 🙂 انتظرنا طويلاً \u2066<b>&amp;</b>';

/** From the start to the page that says what will be shared; the first choice of every question. */
async function answerMonth(
  page: Page,
  language: string,
  { holder = 'mine', own = '' }: { holder?: 'mine' | 'shared'; own?: string } = {},
): Promise<readonly string[]> {
  await page.goto(`/${language}/check-in`);
  await page.locator(`#holder-${holder}`).check();
  await page.selectOption('#town', 'example-town');
  await page.selectOption('#door', 'asylum');
  await page.locator('form[action="?/about"] .button').click();
  const asked: string[] = [];
  for (let at = 0; at < 12; at++) {
    const step = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    if (step === 'send') return asked;
    asked.push(step);
    const first = page.locator('[name="answer"]').first();
    if ((await first.count()) > 0) await first.check();
    else if ((await page.locator('#month').count()) > 0) {
      await page.locator('#month').fill('10');
      await page.locator('#year').fill('2026');
    }
    if (own !== '' && step === 'should-be-asked') await page.locator('#words').fill(own);
    await page.locator('.question form .button').first().click();
  }
  throw new Error(`No end after ${asked.join(', ')}`);
}

const rows = async (table: string): Promise<number> =>
  (await world.database.pool.query<{ count: number }>(`SELECT count(*) FROM ${table}`)).rows[0]!.count;
/** How many rows of a table something added; waits for as many as were expected, because a click does not wait for its answer. */
async function added(table: string, doing: () => Promise<unknown>, expected = 1): Promise<number> {
  const before = await rows(table);
  await doing();
  for (let wait = 0; wait < 100 && (await rows(table)) - before !== expected; wait++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return (await rows(table)) - before;
}

async function send(page: Page, ...ticked: string[]): Promise<void> {
  for (const name of ticked) await page.locator(`#${name}`).check();
  await page.locator('form.consents .button').click();
}

test('in Arabic without JavaScript: asked, shown, sent, thanked, taken back', async () => {
  const { context, page, strangers } = await world.visitor({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 780 },
  });
  const asked = await answerMonth(page, 'ar', { own: words });
  expect(asked.length).toBeLessThanOrEqual(8);
  expect(asked).toContain('stood-in-way');
  expect(asked, 'nobody switched it on').not.toContain('health');
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl');

  // Everything is on the screen before anything is ticked, word for word.
  expect(await page.locator('main').textContent()).toContain(words);
  expect(await page.locator('form.consents :checked').count()).toBe(0);
  await page.locator('form.consents .button').click();
  expect(await page.locator('[role="alert"]').count()).toBe(1);

  expect(await added('contribution', () => send(page, 'count', 'words'))).toBe(1);
  expect(new URL(page.url()).pathname).toBe('/ar/check-in/thanks');
  const { rows: kept } = await world.database.pool.query<{ words: string }>('SELECT words FROM contribution_words');
  expect(kept.map((one) => one.words)).toContain(words);
  const code = (await page.locator('.code').textContent()) ?? '';
  expect(code.replaceAll(/\s/g, '')).toMatch(/^\d{36}$/);

  // Once written down it is nowhere any more.
  await page.locator('form[action="?/written"] .button').first().click();
  expect(await page.content()).not.toContain(code.trim().slice(0, 4) + ' ');
  expect(await page.locator('blockquote, q').first().textContent()).toBe(words);
  expect(await added('withdrawal', () => page.locator('form[action="?/one"] button').click())).toBe(1);
  expect(await page.locator('[role="status"]').count()).toBe(1);
  expect(strangers).toEqual([]);
  await context.close();
});

test('back never loses, and a skipped question may be answered later', async () => {
  const { context, page } = await world.visitor({ javaScriptEnabled: false });
  await page.goto('/en/check-in');
  await page.locator('#holder-mine').check();
  await page.locator('form[action="?/about"] .button').click();
  await page.locator('#answer-0').check();
  await page.locator('.question form .button').first().click();
  await page.locator('button[name="skip"]').click();
  await page.locator('a.back').click();
  await page.locator('a.back').click();
  expect(await page.locator('#answer-0').isChecked()).toBe(true);
  await page.goto('/en/check-in/work-began');
  expect(new URL(page.url()).pathname, 'not asked of who does not work').not.toContain('work-began');
  await context.close();
});

describe('one record, however often it is sent', () => {
  test('a double tap, the back button and a second tab', async () => {
    const { context, page } = await world.visitor();
    await answerMonth(page, 'nl');
    const tab = await context.newPage();
    await tab.goto('/nl/check-in/send');
    await tab.locator('#count').check();
    const sends = await added('contribution', async () => {
      await page.locator('#count').check();
      // Both requests leave with the same cookies: before any answer has come.
      const form = await fieldsOf(page);
      const cookies = await cookieHeader(context);
      await Promise.all([
        post('/nl/check-in/send?/send', form, cookies),
        post('/nl/check-in/send?/send', form, cookies),
      ]);
      await page.locator('form.consents .button').click();
      await page.waitForURL('**/thanks');
      await page.goBack();
      await tab.locator('form.consents .button').click();
      await tab.waitForURL('**/thanks');
    });
    expect(sends).toBe(1);
    await context.close();
  });

  test('a forged draft, a forged key and a form of another draft are told in words, and nothing is kept', async () => {
    const { context, page } = await world.visitor({ javaScriptEnabled: false });
    const sends = await added(
      'contribution',
      async () => {
        await answerMonth(page, 'en');
        await page.locator('#count').check();
        const form = await fieldsOf(page);
        const cookies = await cookieHeader(context);

        const other = await post(
          '/en/check-in/send?/send',
          { ...form, id: form['id']!.replace(/.$/, (last) => (last === '0' ? '1' : '0')) },
          cookies,
        );
        expect([other.status, other.text.includes('another start')]).toEqual([409, true]);
        const key = await post('/en/check-in/send?/send', form, `${cookies}; meedoen-key-evidence=e30.forged`);
        expect([key.status, key.text.includes('The key on this device was damaged')]).toEqual([409, true]);
        const stranger = await post('/en/check-in/send?/send', form, cookies, 'https://elsewhere.example');
        expect(stranger.status).toBe(403);

        await context.addCookies([{ name: 'meedoen-check-in', value: 'e30.forged', url: world.url }]);
        await page.goto('/en/check-in');
        expect(await page.locator('main').textContent()).toContain('was damaged');
      },
      0,
    );
    expect(sends).toBe(0);
    await context.close();
  });
});

test('where others use the phone too, nothing stays but the code, until it is written down', async () => {
  const { context, page } = await world.visitor();
  await answerMonth(page, 'nl', { holder: 'shared' });
  await send(page, 'count');
  await page.waitForURL('**/thanks');
  expect((await context.cookies()).map(({ name }) => name)).toEqual(['meedoen-sent']);
  await page.locator('form[action="?/written"] .button').first().click();
  await page.waitForURL('**/check-in');
  expect(await context.cookies()).toEqual([]);
  await context.close();
});

test('keeping it on the phone is a full choice: a month in the picture, and nothing at the server', async () => {
  const { context, page } = await world.visitor();
  const sends = await added(
    'contribution',
    async () => {
      await answerMonth(page, 'nl');
      await page.locator('form[action="?/keep"] .button').click();
      await page.waitForURL('**/thanks');
    },
    0,
  );
  expect(sends).toBe(0);
  expect(await page.locator('.code').count()).toBe(0);
  await page.goto('/nl/check-in/history');
  expect(await page.locator('.my-marks circle, .my-marks rect').count()).toBeGreaterThan(0);
  const file = await context.request.get('/nl/check-in/history/my-months.json');
  expect(((await file.json()) as { months: unknown[] }).months).toHaveLength(1);
  await context.close();
});

test('the code brings the key back on another phone, in the digits of another script, and takes everything back', async () => {
  const { context, page } = await world.visitor();
  await answerMonth(page, 'en');
  await send(page, 'count', 'follow');
  await page.waitForURL('**/thanks');
  const code = ((await page.locator('.code').textContent()) ?? '').replaceAll(/\s/g, '');
  await context.close();

  const other = await world.visitor({ javaScriptEnabled: false });
  await other.page.goto('/en/check-in/key');
  const arabic = Array.from(code, (digit) => String.fromCodePoint(0x660 + Number(digit))).join('');
  await other.page
    .locator('#code')
    .fill(`${arabic.slice(0, 35)}${String.fromCodePoint(0x660 + ((Number(code[35]) + 1) % 10))}`);
  await other.page.locator('form[action="?/restore"] .button').click();
  expect(await other.page.locator('[role="alert"]').textContent()).toContain('One digit is not right');
  await other.page.locator('#code').fill(arabic);
  await other.page.locator('form[action="?/restore"] .button').click();
  await other.page.goto('/en/check-in/history');
  const gone = await added('member', () => other.page.locator('form[action="?/all"] .button').click(), -1);
  expect(gone).toBe(-1);
  expect(await other.page.locator('[role="status"]').textContent()).toContain('Taken back: 1');
  await other.context.close();
});

test('without internet: kept on the phone in words, sent once when there is internet again', async () => {
  const { context, page } = await world.visitor();
  await page.goto('/nl');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.goto('/nl/check-in');
  await expect
    .poll(() => page.evaluate(async () => (await caches.match('/nl/check-in/offline')) !== undefined), {
      timeout: 30_000,
    })
    .toBe(true);
  await context.setOffline(true);
  await page.goto('/nl/check-in/offline');
  await page.locator('[id="work--answer-0"]').check();
  await page.locator('[id="should-be-asked--words"]').fill(words);
  await page.locator('form[data-outbox-form] .button').click();
  expect(await page.locator('form [role="alert"]').textContent()).toContain('Kruis aan');
  await page.locator('#count').check();
  await page.locator('#words').check();
  const sends = await added('contribution', async () => {
    await page.locator('form[data-outbox-form] .button').click();
    await page.waitForFunction(() =>
      document.querySelector('[data-said]')?.textContent?.startsWith('Bewaard op je apparaat'),
    );
    await context.setOffline(false);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.waitForFunction(() => document.querySelector('[data-said]')?.textContent?.startsWith('Verstuurd'));
  });
  expect(sends).toBe(1);
  expect((await page.locator('.code').textContent())?.replaceAll(/\s/g, '')).toMatch(/^\d{36}$/);
  const { rows: kept } = await world.database.pool.query<{ words: string }>('SELECT words FROM contribution_words');
  expect(kept.map((one) => one.words)).toContain(words);
  await context.close();
});

test('a report about a refusal is shown, sent without its words, counted once and taken back', async () => {
  const { context, page } = await world.visitor({ javaScriptEnabled: false });
  await page.goto('/en/told/refused');
  await page.locator('form .button').click();
  expect(await page.locator('[role="alert"]').textContent()).toContain('Choose what it was about');
  await page.locator('#theme-waiting').check();
  await page.locator('#saying-wait').check();
  await page.locator('#words').fill(words);
  await page.locator('form .button').click();
  await page.locator('a[href*="told/send"]').click();
  await page.locator('#town').selectOption('example-town');
  await page.locator('form.question .button').click();
  expect(await page.locator('[role="alert"]').count(), 'nothing was ticked').toBe(1);
  await page.locator('#count').check();
  expect(await added('barrier_report', () => page.locator('form.question .button').click())).toBe(1);
  const { rows: kept } = await world.database.pool.query('SELECT about, subject, saying, town FROM barrier_report');
  expect(kept).toEqual([{ about: 'theme', subject: 'waiting', saying: 'wait', town: 'example-town' }]);

  await answerBarrier(
    world.database,
    {
      id: '01a205b3-d000-7000-8000-000000000077',
      town: 'example-town',
      about: 'theme',
      subject: 'waiting',
      language: 'nl',
      text: 'We beslissen voortaan binnen zes weken.',
      answeredBy: '01a205b3-d000-7000-8000-000000000078',
      example: true,
    },
    { now: new Date(), newId: uuidV7Source({ now: Date.now, randomBytes }) },
  );
  await page.goto('/en/told');
  expect(await page.locator('blockquote[lang="nl"]').textContent()).toContain('zes weken');
  await page.goto('/en/towns/example-town/barriers');
  expect(await page.locator('blockquote').textContent()).toContain('zes weken');
  expect(await page.locator('main').textContent(), 'one report is not ten').toContain('too few to show');
  await page.goto('/en/told');
  expect(await added('barrier_report', () => page.locator('button[formaction="?/back"]').click(), -1)).toBe(-1);
  await context.close();
});

test.each(['nl', 'ar'])('axe finds nothing in %s at 360 px', { timeout: 400_000 }, async (language) => {
  const found: string[] = [];
  {
    const { context, page } = await world.visitor({ viewport: { width: 360, height: 780 }, serviceWorkers: 'block' });
    const look = async (name: string) => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      found.push(...violations.map(({ id, nodes }) => `${language} ${name} ${id} ${nodes[0]?.html.slice(0, 120)}`));
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) found.push(`${language} ${name}: ${over} px too wide`);
    };
    await page.goto(`/${language}/check-in`);
    await look('start');
    await page.goto(`/${language}/check-in/offline`);
    await look('offline');
    await page.goto(`/${language}/told/refused`);
    await look('refused');
    await page.goto(`/${language}/towns/example-town/barriers`);
    await look('barriers');
    await page.goto(`/${language}/check-in/key`);
    await look('key');
    const asked = await answerMonth(page, language, { own: words });
    await look('send');
    for (const question of asked) {
      await page.goto(`/${language}/check-in/${question}`);
      await look(question);
    }
    await page.goto(`/${language}/check-in/send`);
    await send(page, 'count');
    await page.waitForURL('**/thanks');
    await look('thanks');
    await page.goto(`/${language}/check-in/history`);
    await look('history');
    await context.close();
  }
  expect(found).toEqual([]);
});

test(
  'a thousand made-up people and thirty honest ones behind one address: all thirty are served',
  { timeout: 400_000 },
  async () => {
    const { context, page } = await world.visitor();
    await answerMonth(page, 'nl');
    const contribution = (n: number) => ({
      contribution: {
        id: `01a205b3-d000-7000-8000-${String(n).padStart(12, '0')}`,
        month: '2026-11',
        instrument: 'monthly',
        instrumentVersion: 1,
        language: 'nl',
        profile: { town: 'example-town', door: null, arrived: null, ageBand: null, gender: null },
        followed: false,
        answers: [{ question: 'life', value: String(n % 11) }],
        words: [],
      },
      seed: String(n).padStart(35, '7'),
    });
    // Scripts that do not wait: they try once, and once more at once.
    let refused = 0;
    const bots = Array.from({ length: 1_000 }, (_, n) => n);
    for (let from = 0; from < bots.length; from += 50) {
      const answers = await Promise.all(
        bots.slice(from, from + 50).map(async (n) => {
          const first = await postJson('/nl/check-in/outbox', contribution(n));
          return first.status === 429 ? postJson('/nl/check-in/outbox', contribution(n)) : first;
        }),
      );
      refused += answers.filter(({ status }) => status === 429).length;
    }
    expect(refused, 'the crowd waits').toBeGreaterThan(900);

    // Thirty honest ones do what they are asked: wait as long as it says, and send again.
    const honest = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const own = contribution(500_000 + n);
        let answer = await postJson('/nl/check-in/outbox', own);
        let waited = 0;
        while (answer.status === 429) {
          const { ticket, waitInSeconds } = JSON.parse(answer.text) as { ticket: string; waitInSeconds: number };
          expect(Number(answer.headers['retry-after'])).toBe(waitInSeconds);
          waited += waitInSeconds;
          await new Promise((resolve) => setTimeout(resolve, waitInSeconds * 1000 + 50));
          answer = await postJson('/nl/check-in/outbox', { ...own, ticket });
        }
        return { status: answer.status, waited };
      }),
    );
    expect(honest.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200));
    expect(Math.max(...honest.map(({ waited }) => waited))).toBeLessThanOrEqual(60);
    const { rows: crowded } = await world.database.pool.query<{ count: number }>(
      `SELECT count(*) FROM contribution WHERE crowded`,
    );
    expect(crowded[0]!.count, 'and they are marked').toBeGreaterThanOrEqual(30);

    // Who has a page without JavaScript reads how long to wait, with everything still there; with JavaScript it goes by itself.
    await page.locator('#count').check();
    await page.locator('form.consents .button').click();
    await page.waitForURL('**/thanks', { timeout: 100_000 });
    await context.close();
  },
);

async function fieldsOf(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...new FormData(document.querySelector('form.consents') as HTMLFormElement)].map(([k, v]) => [
        k,
        typeof v === 'string' ? v : '',
      ]),
    ),
  );
}
async function cookieHeader(context: BrowserContext): Promise<string> {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
}
type Answered = { status: number; text: string; headers: Record<string, string | string[] | undefined> };

function post(path: string, form: Record<string, string>, cookie: string, origin = world.url): Promise<Answered> {
  const body = new URLSearchParams(form).toString();
  return ask(path, body, { 'content-type': 'application/x-www-form-urlencoded', cookie, origin, accept: 'text/html' });
}
function postJson(path: string, value: unknown): Promise<Answered> {
  return ask(path, JSON.stringify(value), { 'content-type': 'application/json' });
}
/** Plain http, because a browser's own fetch would mix its cookies in and follow what it is sent on to. */
function ask(path: string, body: string, headers: Record<string, string>): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(new URL(path, world.url), { method: 'POST', headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
