import { join } from 'node:path';
import { exampleContributions, knowledgeFolder, loadExampleParameters } from '@meedoen/knowledge';
import { loadExamplePeople, refreshAggregates, releaseBoards, releaseEffects, type Database } from '@meedoen/store';
import { startTestServer, type TestServer } from '@meedoen/store/testing';
import { day, month, monthsLater, type Day, type Month } from '@meedoen/units';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../scripts/chromium.ts';
import { withoutMarks } from '../src/lib/language/marks.ts';
import { sayIn } from '../src/lib/language/say.ts';
import { signInStaff } from './signed-in-staff.ts';
import { startWeb, type RunningWeb } from './world.ts';

/**
 * A year in the example town. In month six it decides what the planted truth holds: evening lessons. Four towns of synthetic people
 * answer as well, as far as the clock has come, so that there is something to compare with.
 */
const firstMonth = month('2024-12');
const changeMonth = month('2025-05');
const year = Array.from({ length: 12 }, (_, at) => monthsLater(firstMonth, at));
const town = 'example-town';
const spoken = ['nl', 'ar', 'uk', 'ti'] as const;
const parameters = loadExampleParameters(join(knowledgeFolder(), 'example-town'));

type Newcomer = {
  number: number;
  language: (typeof spoken)[number];
  /** Pages in Chromium without a line of script; or a phone that waits for internet and sends from its outbox. */
  how: 'without script' | 'from the outbox';
  context: BrowserContext;
  /** The first month of paid work. */
  works: Month | null;
};

let databases: TestServer;
let database: Database;
let browser: Browser;
let web: RunningWeb;
let port = '0';

beforeAll(async () => {
  [databases, browser] = await Promise.all([startTestServer(), launchBrowser()]);
  database = await databases.freshDatabase();
  const last = year.at(-1)!;
  const sofar = (function* () {
    for (const one of exampleContributions(parameters)) if (one.contribution.month <= last) yield one;
  })();
  await loadExamplePeople(database, sofar, 'a year', new Date(0));
}, 180_000);
afterAll(async () => {
  await web.stop();
  await browser.close();
  await database.stop();
  await databases.stop();
});

/** The same server, another day. */
async function turnTo(on: string): Promise<void> {
  if (port !== '0') await web.stop();
  web = await startWeb({ MEEDOEN_DATABASE: databases.urlOf(database), MEEDOEN_TODAY: on, PORT: port });
  port = new URL(web.url).port;
}

async function released(on: Day): Promise<void> {
  await refreshAggregates(database, new Date());
  await releaseBoards(database, { on, towns: parameters.towns.map(({ id }) => id) });
  await releaseEffects(database, { on });
}

async function settle(number: number): Promise<Newcomer> {
  const how = number % 2 === 0 ? 'without script' : 'from the outbox';
  const context = await browser.newContext({
    baseURL: web.url,
    javaScriptEnabled: how !== 'without script',
    viewport: { width: 360, height: 780 },
  });
  context.setDefaultTimeout(20_000);
  const language = spoken[Math.floor(number / 2) % spoken.length]!;
  // Of who arrived, some found work before the lessons, more after.
  const works = number % 4 === 0 ? monthsLater(firstMonth, 2 + (number % 10)) : null;
  await post({ context, language }, '/check-in?/about', {
    holder: 'mine',
    town,
    door: 'family',
    month: '6',
    year: '2024',
  });
  return { number, language, how, context, works };
}

/** What a browser without script sends when a button is pressed. */
async function post(
  { context, language }: Pick<Newcomer, 'context' | 'language'>,
  path: string,
  form: Record<string, string>,
): Promise<string> {
  const answer = await context.request.post(`/${language}${path}`, {
    form,
    headers: { origin: web.url, accept: 'text/html' },
  });
  expect(answer.status(), path).toBe(200);
  return answer.url();
}

async function tellMonth(person: Newcomer, at: Month): Promise<void> {
  const paid = person.works !== null && at >= person.works;
  const named =
    at < monthsLater(changeMonth, 1) ? 'lesson-times' : person.number % 3 === 0 ? 'lesson-times' : 'housing';
  if (person.how === 'without script') return onPages(person, paid ? 'paid' : 'looking', named, at === firstMonth);
  const n = String(year.indexOf(at) * 100 + person.number).padStart(12, '0');
  const answer = await person.context.request.post(`/${person.language}/check-in/outbox`, {
    headers: { origin: web.url },
    data: {
      contribution: {
        id: `01a205b3-d000-7000-8000-${n}`,
        month: at,
        instrument: 'monthly',
        instrumentVersion: 1,
        language: person.language,
        profile: { town, door: 'family', arrived: '2024-06', ageBand: null, gender: null },
        followed: true,
        answers: [
          { question: 'still-here', value: 'here' },
          { question: 'work', value: paid ? 'paid' : 'looking' },
          ...(paid ? [{ question: 'work-began', value: person.works! }] : []),
          { question: 'stood-in-way', value: named },
          { question: 'life', value: '6' },
        ],
        words: [],
      },
      seed: String(person.number).padStart(35, '7'),
    },
  });
  expect(await answer.json()).toMatchObject({ state: 'kept' });
}

/** The forms that a page without script sends; eight people look at the page on which they consent as well. */
async function onPages(person: Newcomer, work: string, named: string, isNew: boolean): Promise<void> {
  const { language, context } = person;
  await post(person, '/check-in?/begin', {});
  await post(person, '/check-in/work', { answer: work });
  if (work === 'paid') {
    const [from, of] = person.works!.split('-') as [string, string];
    await post(person, '/check-in/work-began', { month: of, year: from });
  }
  await post(person, '/check-in/stood-in-way', { answer: named });
  if (isNew && person.number < 16) {
    const page = await context.newPage();
    await page.goto(`/${language}/check-in/send`);
    await page.locator('#count').check();
    await page.locator('#follow').check();
    await page.locator('form.consents .button').click();
    await page.waitForURL('**/thanks');
    await page.close();
    return;
  }
  const shown = await (await context.request.get(`/${language}/check-in/send`)).text();
  const id = /name="id" value="([0-9a-f-]{36})"/.exec(shown)?.[1] ?? '';
  expect(await post(person, '/check-in/send?/send', { id, count: 'yes', follow: 'yes' })).toContain('/thanks');
}

/** Somebody of the town, signed in. */
async function analyst(): Promise<Page> {
  const context = await browser.newContext({ baseURL: web.url, javaScriptEnabled: false });
  context.setDefaultTimeout(20_000);
  await signInStaff(database, context, web.url, { name: 'Ada', role: 'municipality-analyst', municipality: town });
  return context.newPage();
}

async function decideAndRegister(page: Page): Promise<void> {
  await page.goto(`/nl/staff/decisions/${town}`);
  const most = page.locator('.staff-list li').first();
  expect(await most.textContent(), 'what was named most stands first').toContain('De tijden van de lessen');
  await most.locator('a').last().click();
  await page.locator('#answer').fill('We gaan lessen in de avond geven.');
  await page.locator('form.panel .button').click();

  await page.locator('.staff-list li').first().locator('a').first().click();
  await page.locator('#outcome-yes').check();
  await page.locator('#words').fill('Twee avonden per week is er les, naast het werk.');
  await page.locator('#form-advise').check();
  await page.locator('#mandate').fill('De wethouder, binnen de begroting van 2025.');
  await page.locator('#action-words').fill('Twee leraren zoeken.');
  await page.locator('form.panel .button').click();
  const problems = page.locator('[role="alert"] a');
  expect(await problems.count(), 'the title, who does it, and when').toBe(3);
  expect(await page.locator('#words').inputValue(), 'nothing typed is lost').toContain('Twee avonden');
  await page.locator('#title').fill('Les in de avond');
  await page.locator('#action-who').fill('Team inburgering');
  for (const [field, text] of [
    ['day', '1'],
    ['month', '6'],
    ['year', '2025'],
  ] as const)
    await page.locator(`#due-${field}`).fill(text);
  await page.locator('form.panel .button').click();
  expect(page.url()).toContain('taken');

  await page.locator('a[href*="/staff/programmes/"]').click();
  expect(await page.locator('#title').inputValue()).toBe('Les in de avond');
  await page.locator('#question').fill('Beginnen mensen eerder met werk?');
  await page.locator('[name="compared"][value="example-bridge"]').check();
  await page.locator('[name="compared"][value="example-village"]').check();
  await page.locator('form.panel .button').click();
  expect(new URL(page.url()).pathname).toContain(`/nl/programmes/${town}/`);
  expect(await page.locator('main').textContent()).toContain('nog niet te zeggen');
}

test('forty newcomers in four languages; what they name most is decided, done, and measured; and they see it', async () => {
  await turnTo(`${firstMonth}-20`);
  const people: Newcomer[] = [];
  for (let number = 0; number < 40; number++) people.push(await settle(number));
  let staff: Page | null = null;

  for (const at of year) {
    if (at !== firstMonth) await turnTo(`${at}-20`);
    if (at === changeMonth) {
      await released(day(`${at}-10`));
      staff = await analyst();
      await decideAndRegister(staff);
    }
    if (at === monthsLater(changeMonth, 2)) {
      // The promise was due on the first of June: everybody sees that it is late, and then that it is done.
      const reader = await (await browser.newContext({ baseURL: web.url })).newPage();
      await reader.goto('/nl/decisions');
      expect(await reader.locator('main').textContent()).toContain('Te laat');
      await reader.context().close();
      await staff!.goto(`/nl/staff/decisions/${town}`);
      await staff!.locator('.decisions a').first().click();
      await staff!.locator('form[action="?/finish"] .button').click();
      expect(await staff!.locator('form[action="?/finish"]').count()).toBe(0);
    }
    for (let from = 0; from < people.length; from += 8)
      await Promise.all(people.slice(from, from + 8).map((person) => tellMonth(person, at)));
  }
  const given = await database.pool.query<{ given: number; languages: number }>(
    `SELECT count(*)::integer AS given, count(DISTINCT language)::integer AS languages FROM contribution
     WHERE town = $1 AND month >= $2::date AND arrived = '2024-06-01' AND door = 'family'`,
    [town, `${firstMonth}-01`],
  );
  expect(given.rows[0]!.given).toBeGreaterThanOrEqual(40 * 12);

  await turnTo('2025-12-12');
  await released(day('2025-12-10'));
  await staff!.goto(`/nl/staff/decisions/${town}`);
  await staff!.locator('.decisions a').first().click();
  await staff!.locator('#result').fill('Er komen dertig mensen per avond.');
  await staff!.locator('form[action="?/report"] .button').click();

  // The town's page says how much, between which limits; the truth that was planted lies between them.
  const reader = await (await browser.newContext({ baseURL: web.url, javaScriptEnabled: false })).newPage();
  await reader.goto(`/nl/towns/${town}`);
  // Numbers in a sentence stand between signs that keep their direction.
  const says = ((await reader.locator('.board-panel .decisions').first().textContent()) ?? '').replaceAll(
    /[\u2066-\u2069]/g,
    '',
  );
  const [, lower, upper] = /Het kan ook ([\d,]+) tot ([\d,]+) keer/.exec(says) ?? [];
  const number = (text: string | undefined): number => Number(text?.replace(',', '.'));
  expect(lower, says).toBeDefined();
  expect(number(lower)).toBeLessThan(parameters.factors.eveningLessons);
  expect(number(upper)).toBeGreaterThan(parameters.factors.eveningLessons);
  await reader.locator('a[href*="/programmes/"]').first().click();
  const page = (await reader.locator('main').textContent()) ?? '';
  // The log keeps the moment itself, whatever day the server was told it is.
  expect(page).toContain('Zo is het ook uitgerekend.');
  expect(page).toContain('op de Maryland-schaal');
  expect(await reader.locator('svg').count()).toBeGreaterThan(0);

  // Who named it sees the answer, the decision and what came of it, each in their own language.
  for (const person of people.slice(0, 8)) {
    const mine = await person.context.newPage();
    await mine.goto(`/${person.language}/check-in/history`);
    const came = mine.locator('#came');
    expect(await came.textContent(), person.language).toContain('We gaan lessen in de avond geven.');
    const link = came.locator('a[href*="/decisions/"]').first();
    expect(await link.textContent()).toBe('Les in de avond');
    expect(await came.textContent()).toContain(withoutMarks(sayIn(person.language)('decisions.stage.result')));
    await link.click();
    expect(await mine.locator('main').textContent()).toContain('Er komen dertig mensen per avond.');
    await mine.close();
  }
}, 900_000);
