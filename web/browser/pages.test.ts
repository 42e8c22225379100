import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { gzipSync } from 'node:zlib';
import { cookieName, writeAnswers } from '../src/lib/server/answers-cookie.ts';
import { applicantInMonthFive } from './persons.ts';
import { openWorld, secret, type World } from './world.ts';

/** Every page of the site map, each with what makes it different on the screen. */
const pages = [
  '',
  '/questions/document',
  '/questions/askedAsylumOn',
  '/questions/weeksWorked',
  '/today',
  '/today?print',
  '/my-answers',
  '/my-answers/wiped',
  '/announced',
  '/help',
  '/works',
  '/words',
  '/about',
  '/phone',
  '/offline',
  '/not-a-page',
] as const;
/** The pages behind an answer: no script of their own but printing, so each is looked at once a screen. */
const deeperPages = [
  '/today/work?open=paid-work',
  '/today/language',
  '/today/chain',
  '/told',
  '/told/paid-work',
  '/helper?with=uk',
  '/doors?person=own',
  '/employer',
  '/laws',
  '/laws/to-check',
  '/laws/besluit_uitvoering_wav_2022',
  '/laws/besluit_uitvoering_wav_2022/6.2',
] as const;
const readingPages = [
  '',
  '/help',
  '/works',
  '/words',
  '/about',
  '/phone',
  '/doors',
  '/employer',
  '/laws',
  '/laws/to-check',
  '/laws/wet_arbeid_vreemdelingen/2',
  '/today',
  '/today/work?open=paid-work',
  '/today/chain',
] as const;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

/** The answers of the applicant on the device, so that the result page has all its parts. */
async function bring(context: BrowserContext): Promise<void> {
  const value = writeAnswers(applicantInMonthFive, 'session', secret);
  await context.addCookies([{ name: cookieName, value, url: world.url, httpOnly: true, sameSite: 'Lax' }]);
}

const deeperScreens = [
  { language: 'nl', width: 1280 },
  { language: 'ar', width: 360 },
  { language: 'ti', width: 360 },
];
const screens = ['nl', 'ar', 'ti'].flatMap((language) => [360, 1280].map((width) => ({ language, width })));

// All at once share one browser: on a machine with other work each takes its turn, so the limit is a wide one.
describe.concurrent('everybody can use every page', { timeout: 300_000 }, () => {
  test.each(screens)(
    '$language, $width px, with and without JavaScript: axe finds nothing',
    async ({ language, width }) => {
      const found: string[] = [];
      const seen = new Set<string>();
      for (const scripts of [true, false]) {
        const { context, page } = await world.visitor({ viewport: { width, height: 800 }, serviceWorkers: 'block' });
        // axe is itself a script and needs timers. "Without JavaScript" is a page whose own scripts never arrive: the same
        // document, and the journeys show that it works with JavaScript really off.
        if (!scripts) await context.route('**/*.js', (route) => route.abort());
        for (const path of ['/', ...pages.map((path) => `/${language}${path}`)]) {
          if (!path.endsWith('/wiped')) await bring(context);
          await page.goto(path);
          // A document that came out the same with and without JavaScript is looked at once.
          const document = await page.content();
          if (seen.has(document)) continue;
          seen.add(document);
          found.push(...(await violations(page, path)));
        }
        await context.close();
      }
      expect(found).toEqual([]);
      expect(seen.size, 'pages that were looked at').toBeGreaterThan(pages.length);
    },
  );

  test.each(deeperScreens)('$language, $width px, behind an answer: axe finds nothing', async ({ language, width }) => {
    const { context, page } = await world.visitor({ viewport: { width, height: 800 }, serviceWorkers: 'block' });
    await bring(context);
    const found: string[] = [];
    for (const path of deeperPages) {
      await page.goto(`/${language}${path}`);
      found.push(...(await violations(page, path)));
    }
    expect(found).toEqual([]);
    await context.close();
  });

  test.each([
    { story: 'a small phone', width: 320, height: 640 },
    { story: 'a screen of 1280 px at 400 %', width: 320, height: 225 },
  ])('nothing scrolls sideways on $story', async ({ width, height }) => {
    const { context, page } = await world.visitor({ viewport: { width, height }, serviceWorkers: 'block' });
    await bring(context);
    const wide: string[] = [];
    for (const language of ['nl', 'ar', 'ti']) {
      for (const path of [...pages, ...deeperPages]) {
        await page.goto(`/${language}${path}`);
        await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) wide.push(`/${language}${path}: ${over} px`);
        if (path === '/my-answers/wiped') await bring(context);
      }
    }
    expect(wide).toEqual([]);
    await context.close();
  });

  test('what is touched is at least 44 px, or stands in a sentence', async () => {
    const { context, page } = await world.visitor({ viewport: { width: 360, height: 780 }, serviceWorkers: 'block' });
    await bring(context);
    const small: string[] = [];
    for (const path of [
      '',
      '/questions/document',
      '/today',
      '/today/work',
      '/told/paid-work',
      '/employer',
      '/doors',
      '/my-answers',
      '/phone',
    ] as const) {
      await page.goto(`/nl${path}`);
      small.push(
        ...(await page
          .locator('button, summary, .button, .door, .option, nav a, .quiet, .chips a, .ways a, .back')
          .evaluateAll(
            (targets, at) =>
              targets
                .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 44)
                .map(
                  (target) =>
                    `${at}: ${target.textContent?.trim().slice(0, 40)} ${target.getBoundingClientRect().height}`,
                ),
            path,
          )),
      );
    }
    expect(small).toEqual([]);
    await context.close();
  });

  test('dark and forced colours hide nothing', async () => {
    for (const scheme of [{ colorScheme: 'dark' }, { forcedColors: 'active' }] as const) {
      const { context, page } = await world.visitor({ ...scheme, serviceWorkers: 'block' });
      await bring(context);
      for (const path of ['', '/questions/document', '/today?print', '/doors', '/works', '/phone'] as const) {
        await page.goto(`/nl${path}`);
        expect(await violations(page, path)).toEqual([]);
      }
      await context.close();
    }
  });
});

test.each(readingPages)('first view of /nl%s is light', async (path) => {
  const { context, page, strangers } = await world.visitor({ viewport: { width: 360, height: 780 } });
  if (path.startsWith('/today')) await bring(context);
  const weight = { html: 0, css: 0, js: 0, fonts: 0, requests: 0 };
  page.on('response', (response) => void weigh(response));
  const weighing: Promise<void>[] = [];
  async function weigh(response: Awaited<ReturnType<Page['goto']>>): Promise<void> {
    if (!response || response.request().url().startsWith('data:')) return;
    const kind = { document: 'html', stylesheet: 'css', script: 'js', font: 'fonts' }[
      response.request().resourceType()
    ];
    weight.requests += 1;
    if (kind) weighing.push(response.body().then((body) => void (weight[kind as 'html'] += gzipSync(body).length)));
  }
  await page.goto(`/nl${path}`, { waitUntil: 'networkidle' });
  await Promise.all(weighing);
  console.log(`weight of /nl${path}: ${JSON.stringify(weight)}`);

  expect(weight.html).toBeLessThanOrEqual(20 * 1024);
  expect(weight.css).toBeLessThanOrEqual(10 * 1024);
  expect(weight.js).toBeLessThanOrEqual(1024);
  expect(weight.fonts).toBe(0);
  expect(weight.requests).toBeLessThanOrEqual(5);
  expect(strangers).toEqual([]);
  await context.close();
});

test('first content on a slow phone: reported, because a busy machine would make it a coin toss', async () => {
  const { context, page } = await world.visitor({ viewport: { width: 360, height: 780 }, serviceWorkers: 'block' });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: (400 * 1024) / 8,
    uploadThroughput: (400 * 1024) / 8,
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  for (const path of ['', '/today']) {
    await bring(context);
    await page.goto(`/ar${path}`, { waitUntil: 'load' });
    const painted = await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    const paint = Math.round((await painted.jsonValue()) ?? 0);
    console.log(`first content of /ar${path} at 400 kbps, 400 ms, CPU / 4: ${paint} ms`);
    expect(paint).toBeGreaterThan(0);
  }
  await context.close();
});

test('the language and the direction stand on the page, and Dutch words carry theirs', async () => {
  const { context, page } = await world.visitor({ serviceWorkers: 'block' });
  await bring(context);
  await page.goto('/ar/today/work');
  expect(await page.locator('html').getAttribute('lang')).toBe('ar');
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
  expect(await page.locator('#paid-work h3 + .dutch').getAttribute('lang')).toBe('nl');
  // Latin digits, Gregorian year: as on the letter.
  expect(await page.locator('#paid-work .state-word').textContent()).toContain('2026');
  await page.goto('/fa/today/work');
  expect(await page.locator('#paid-work .state-word').textContent()).toContain('2026');
  await context.close();
});

test('an unreviewed translation says so and leads to the Dutch page; Dutch and English do not', async () => {
  const { context, page } = await world.visitor({ serviceWorkers: 'block' });
  await page.goto('/ar/about');
  expect(await page.locator('.notice a[hreflang="nl"]').getAttribute('href')).toBe('/nl/about');
  for (const language of ['nl', 'en']) {
    await page.goto(`/${language}/about`);
    expect(await page.locator('.notice').count()).toBe(0);
  }
  await context.close();
});

async function violations(page: Page, path: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze();
  return found.map(
    ({ id, nodes }) =>
      `${path}: ${id} at ${nodes
        .map(({ target }) => target.join(' '))
        .slice(0, 3)
        .join(' | ')}`,
  );
}
