import { randomBytes } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import {
  answersOf,
  openConversation,
  releaseConversation,
  uuidV7Source,
  type Database,
  type StaffRole,
} from '@meedoen/store';
import { startTestServer, type TestServer } from '@meedoen/store/testing';
import { day } from '@meedoen/units';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../scripts/chromium.ts';
import { signInStaff } from './signed-in-staff.ts';
import { startWeb, today, type RunningWeb } from './world.ts';

let databases: TestServer;
let database: Database;
let browser: Browser;
let web: RunningWeb;
const newId = uuidV7Source({ now: Date.now, randomBytes });
const talk = newId();

beforeAll(async () => {
  [databases, browser] = await Promise.all([startTestServer(), launchBrowser()]);
  database = await databases.freshDatabase();
  web = await startWeb({ MEEDOEN_DATABASE: databases.urlOf(database) });
  await openConversation(
    database,
    {
      id: talk,
      where: { kind: 'municipality', id: 'GM0344' },
      language: 'nl',
      title: 'De keuken',
      question: 'Wat moet er anders?',
      translations: { ar: { title: 'المطبخ', question: 'ما الذي يجب أن يتغير؟' } },
      sides: ['newcomer', 'neighbour'],
      fewest: 8,
      bridgeFrom: 0.5,
      form: 'advise',
      mandate: 'Het college leest elk advies.',
      answerInWeeks: 6,
      population: [],
      opensOn: '2026-11-01',
      closesOn: '2026-12-31',
      example: false,
    },
    null,
    { now: new Date(), newId },
  );
});
afterAll(async () => {
  await web.stop();
  await browser.close();
  await database.stop();
  await databases.stop();
});

/** A phone without JavaScript, in one language. */
async function visitor(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    baseURL: web.url,
    javaScriptEnabled: false,
    viewport: { width: 360, height: 780 },
  });
  context.setDefaultTimeout(20_000);
  return { context, page: await context.newPage() };
}

async function join(page: Page, language: string, side: string): Promise<void> {
  await page.goto(`/${language}/conversations/${talk}`);
  await page.locator(`input[name="side"][value="${side}"]`).check();
  await page.locator('input[name="holder"][value="mine"]').check();
  await page.locator('form[action="?/join"] button').click();
  expect((await page.locator('.code span').allTextContents()).join('')).toMatch(/^[0-9]{36}$/);
  await page.locator('form[action="?/written"] button').click();
  expect(await page.locator('.code').count()).toBe(0);
}

async function speak(page: Page, language: string, words: string): Promise<void> {
  await page.goto(`/${language}/conversations/${talk}/say`);
  await page.locator('#words').fill(words);
  await page.locator('form.question button').click();
  expect(await page.locator('#words').inputValue(), 'nothing typed is lost').toBe(words);
  await page.locator('#checked').check();
  await page.locator('form.question button').click();
  expect(await page.locator('.notice.go').count()).toBe(1);
}

/** Vote on everything there is; in whatever order it comes. */
async function vote(page: Page, language: string, opinion: (words: string) => 'agree' | 'disagree'): Promise<void> {
  await page.goto(`/${language}/conversations/${talk}`);
  for (let cards = 0; cards < 5; cards++) {
    if ((await page.locator('form.vote').count()) === 0) return;
    const shown = await page.locator('form.vote blockquote').allTextContents();
    await page.locator(`form.vote button[value="${opinion(shown.join(' '))}"]`).click();
  }
  throw new Error('more cards than statements');
}

/** Somebody who works here, signed in a moment ago. */
async function staff(role: StaffRole, name: string): Promise<{ context: BrowserContext; page: Page }> {
  const made = await visitor();
  await signInStaff(database, made.context, web.url, { name, role, municipality: 'GM0344' });
  return made;
}

/** What the pages read is at most so old. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 1600));

async function axe(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...violations.map(({ id }) => `${path}: ${id}`), ...(over > 0 ? [`${path}: ${over} px too wide`] : [])];
}

const kitchen = 'نريد أن نطبخ بأنفسنا.';
const fence = 'Er moet een hek komen.';

test(
  'eight newcomers in three languages and eight neighbours vote, a bridge appears, a decision cites it, its author sees it',
  { timeout: 400_000 },
  async () => {
    const author = await visitor();
    await join(author.page, 'ar', 'newcomer');
    await speak(author.page, 'ar', kitchen);
    const neighbour = await visitor();
    await join(neighbour.page, 'nl', 'neighbour');
    await speak(neighbour.page, 'nl', fence);

    const [anna, bilal, analyst] = await Promise.all([
      staff('steward', 'Anna'),
      staff('steward', 'Bilal'),
      staff('municipality-analyst', 'Chloë'),
    ]);
    for (const { page } of [anna, bilal]) {
      await page.goto(`/nl/staff/conversations/${talk}`);
      for (let left = 2; left > 0; left--) {
        const form = page.locator('form[action="?/judge"]').first();
        const translation = form.locator('[name="translation"]');
        if ((await translation.count()) > 0) await translation.fill('Wij willen zelf koken.');
        await form.locator('button[value="accept"]').click();
      }
      expect(await page.locator('form[action="?/judge"]').count()).toBe(0);
    }
    await settled();

    const languages = ['ar', 'uk', 'ti'];
    const people = [
      { ...author, language: 'ar', side: 'newcomer' },
      { ...neighbour, language: 'nl', side: 'neighbour' },
    ];
    for (let n = 1; n < 8; n++) {
      const newcomer = await visitor();
      const language = languages[n % 3]!;
      await join(newcomer.page, language, 'newcomer');
      people.push({ ...newcomer, language, side: 'newcomer' });
      const other = await visitor();
      await join(other.page, 'nl', 'neighbour');
      people.push({ ...other, language: 'nl', side: 'neighbour' });
    }
    for (const { page, language, side } of people)
      await vote(page, language, (words) =>
        words.includes('hek') ? (side === 'newcomer' ? 'disagree' : 'agree') : 'agree',
      );
    const { rows } = await database.pool.query<{ count: number; chances: number }>(
      `SELECT count(*) AS count, count(*) FILTER (WHERE shown_chance IS NOT NULL) AS chances FROM vote`,
    );
    expect(rows[0], 'no vote lost, each with the chance it was shown with').toEqual({ count: 32, chances: 32 });

    await releaseConversation(database, talk, today);
    await settled();
    // In the reader's own language where there is a translation, with how it was said beside it.
    await neighbour.page.goto(`/nl/conversations/${talk}/result`);
    const bridge = neighbour.page.locator('#bridges ~ ol .outcome');
    expect(await bridge.count()).toBe(1);
    expect(await bridge.first().textContent()).toContain('Wij willen zelf koken.');
    expect(await bridge.first().textContent()).toContain(kitchen);
    expect((await bridge.first().textContent())!.replaceAll(/[\u2068\u2069]/g, '')).toContain(
      'Nieuwkomers: 8 van 8 eens',
    );

    const owed = await answersOf(database, talk, day('2026-11-23'));
    expect(owed).toMatchObject([{ state: 'owed', dueOn: '2027-01-04' }]);
    await analyst.page.goto(`/nl/staff/conversations/${talk}/${owed[0]!.statement}`);
    await analyst.page.locator('form.question button').click();
    expect(await analyst.page.locator('.notice.wrong').count(), 'nothing is decided by an empty form').toBe(1);
    await analyst.page.locator('#name').fill('Eigen keuken');
    await analyst.page.locator('#words').fill('Er komt een keuken waar bewoners zelf koken.');
    await analyst.page.locator('#action').fill('Een keuken inrichten');
    await analyst.page.locator('#responsible').fill('Team locatie');
    await analyst.page.locator('#due').fill('2027-02-01');
    await analyst.page.locator('form.question button').click();
    expect(new URL(analyst.page.url()).pathname).toMatch(/^\/nl\/decisions\/GM0344\//);
    expect(await analyst.page.locator('.ground').textContent()).toContain(kitchen);

    await author.page.goto(`/ar/conversations/${talk}/mine`);
    const decision = author.page.locator('a[href*="/ar/decisions/GM0344/"]');
    expect(await decision.textContent()).toBe('Eigen keuken');
    await decision.click();
    expect(await author.page.locator('main').textContent()).toContain('Er komt een keuken waar bewoners zelf koken.');

    // Staff see numbers and never a vote: neither steward nor analyst has a page with one.
    for (const { page } of [anna, analyst]) {
      const response = await page.goto(`/nl/conversations/${talk}/mine`);
      expect(await response!.text()).not.toContain('form.vote');
      expect(await page.locator('.outcome').count()).toBe(0);
    }

    // Leaving takes the votes back.
    await neighbour.page.goto(`/nl/conversations/${talk}/mine`);
    await neighbour.page.locator('form[action="?/leave"] button').click();
    expect((await database.pool.query('SELECT FROM vote')).rowCount).toBe(30);

    // Axe needs scripts of its own; the pages have none that it waits for.
    const state = await author.context.storageState();
    const looking = await browser.newContext({
      baseURL: web.url,
      viewport: { width: 320, height: 640 },
      storageState: state,
      serviceWorkers: 'block',
    });
    const page = await looking.newPage();
    const found: string[] = [];
    for (const language of ['nl', 'ar'])
      for (const path of [
        '',
        `/${talk}`,
        `/${talk}?statement=${owed[0]!.statement}`,
        `/${talk}/say`,
        `/${talk}/result`,
        `/${talk}/mine`,
        `/${talk}/log`,
      ])
        found.push(...(await axe(page, `/${language}/conversations${path}`)));
    expect(found).toEqual([]);
  },
);
