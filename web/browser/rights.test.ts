import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Situation } from '@meedoen/rights';
import type { BrowserContext } from 'playwright-core';
import { cookieName, writeAnswers } from '../src/lib/server/answers-cookie.ts';
import { fillDate } from './answer-questions.ts';
import { applicantInMonthFive } from './persons.ts';
import { openWorld, secret, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

async function bring(context: BrowserContext, person: Situation): Promise<void> {
  const value = writeAnswers(person, 'session', secret);
  await context.addCookies([{ name: cookieName, value, url: world.url, httpOnly: true, sameSite: 'Lax' }]);
}

const phone = { width: 360, height: 780 };
const desktop = { width: 1280, height: 800 };

describe.concurrent('what I may do today', () => {
  test('a card past its last day: the answers stay, and the page says what it means', async () => {
    const { context, page } = await world.visitor({ javaScriptEnabled: false, viewport: phone });
    const person = { facts: { ...applicantInMonthFive.facts, cardValidUntil: '2026-10-01' } };
    await bring(context, { facts: { ...person.facts, document: 'eu-passport' } });
    await page.goto('/en/today');
    expect(await page.locator('.notice.warm h2').textContent()).toContain('1 October 2026');
    expect(await page.locator('[data-right="paid-work"]').getAttribute('data-state')).toBe('yes');
    await page.goto('/en/today/work');
    expect(await page.locator('.notice.warm a').count()).toBe(3);
    await context.close();
  });

  test('the way to work: who acts, in order, with a date, and where to begin', async () => {
    const { context, page } = await world.visitor({ javaScriptEnabled: false, viewport: desktop });
    await bring(context, applicantInMonthFive);
    await page.goto('/en/today/chain');
    const links = page.locator('.chain').first().locator('> li');
    expect(await links.locator('.word').allTextContents()).toEqual([
      'The municipality registers you (BRP).',
      'The municipality gives you a BSN.',
      'The bank opens an account in your name.',
      expect.stringContaining('(TWV)'),
      'The law makes you wait.',
    ]);
    expect(await page.locator('.chain').first().locator('.begin').count()).toBe(1);
    expect(await links.nth(3).textContent()).toContain('28 December 2026');
    await context.close();
  });

  test('from an answer to our reading of the article, and from there to the law', async () => {
    const { context, page } = await world.visitor({ javaScriptEnabled: false, viewport: desktop });
    await bring(context, applicantInMonthFive);
    await page.goto('/nl/today/work?open=paid-work');
    await page.locator('#paid-work .reading[href$="/laws/besluit_uitvoering_wav_2022/6.2"]').click();
    expect(await page.locator('h1').textContent()).toContain('artikel 6.2');
    const text = (await page.locator('main').textContent()) ?? '';
    for (const told of [
      'Asiel gevraagd op + 6 maanden',
      'Geen maximum van 24 weken meer',
      'Betaald werk bij een werkgever',
    ])
      expect(text).toContain(told);
    expect(await page.locator('a.button').getAttribute('href')).toContain('wetten.overheid.nl');
    await context.close();
  });
});

describe.concurrent.each([
  { how: 'with JavaScript, on a desktop', javaScriptEnabled: true, viewport: desktop },
  { how: 'without JavaScript, on a phone', javaScriptEnabled: false, viewport: phone },
])('$how', ({ javaScriptEnabled, viewport }) => {
  test('"this is not what I was told": typed, mended, kept, changed, taken along, gone', async () => {
    const { context, page, strangers } = await world.visitor({ javaScriptEnabled, viewport, acceptDownloads: true });
    await bring(context, applicantInMonthFive);
    await page.goto('/ar/today/work?open=paid-work');
    await page.locator('#paid-work a[href$="/told/paid-work"]').click();

    const long = `قالوا لي: ${'انتظر '.repeat(120)}`;
    await page.locator('#saying-wait').check();
    await page.locator('#place-employer').check();
    await page.locator('#words').fill(long);
    await page.locator('form .button').click();
    expect(await page.locator('[role="alert"]').count()).toBe(1);
    expect(await page.locator('#words').inputValue(), 'nothing typed is lost').toBe(long);
    expect(await page.locator('#saying-wait').isChecked()).toBe(true);

    await page.locator('#words').fill('قالوا لي: انتظر سنتين.');
    await fillDate(page, '2026-11-20');
    await page.locator('form .button').click();
    await page.waitForURL('**/ar/told?kept=1');
    expect(await page.locator('blockquote').textContent()).toBe('قالوا لي: انتظر سنتين.');

    await page.locator('a[href$="told/paid-work?report=1"]').click();
    await page.locator('#saying-pay').check();
    await page.locator('form .button').click();
    const file = (await (await context.request.get('/ar/told/barriers.json')).json()) as { reports: unknown[] };
    expect(file.reports).toEqual([
      {
        answer: expect.objectContaining({
          right: 'paid-work',
          verdict: 'not yet',
          from: '2026-12-25',
          on: '2026-11-23',
        }),
        theme: null,
        place: 'employer',
        saying: 'pay',
        words: 'قالوا لي: انتظر سنتين.',
        heardOn: '2026-11-20',
        sent: null,
      },
    ]);

    await page.goto('/ar/my-answers');
    expect(await page.locator('main a[href="/ar/told"]').count()).toBe(1);
    await page.locator('form[action="?/wipe"] button').click();
    await page.waitForURL('**/my-answers/wiped');
    expect(await context.cookies(), 'wiping takes the reports along').toEqual([]);
    expect(strangers).toEqual([]);
    await context.close();
  });

  test('an employer looks at the card, and reads what to do and by when; nothing stays', async () => {
    const { context, page, strangers } = await world.visitor({ javaScriptEnabled, viewport });
    await page.goto('/nl');
    await page.locator('.door[href="/nl/employer"]').click();
    await page.locator('form .button').click();
    expect(await page.locator('[role="alert"]').textContent()).toContain('Kies welke kaart');
    await page.locator('#document-ukraine-proof').check();
    await fillDateOf('start', '2026-12-01');
    await page.locator('form .button').click();
    await fillDateOf('cardValidUntil', '2027-03-04');
    await page.locator('form .button').click();
    await page.locator('#uwvNotified-no').check();
    await page.locator('form .button').click();

    const text = (await page.locator('main').textContent()) ?? '';
    expect(await page.locator('.verdict').getAttribute('class')).toContain('first');
    // Two working days before Tuesday 1 December is Friday the 27th.
    expect(text).toContain('Uiterlijk op \u206827 november 2026\u2069');
    expect(text).toContain('Wat je niet mag vragen');
    expect(await context.cookies()).toEqual([]);
    expect(page.url(), 'nothing in the address').toBe(`${world.url}/nl/employer`);
    expect(strangers).toEqual([]);
    await context.close();

    async function fillDateOf(name: string, iso: string): Promise<void> {
      const [year = '', month = '', day = ''] = iso.split('-');
      await page.locator(`#${name}-day`).fill(day);
      await page.locator(`#${name}-month`).fill(month);
      await page.locator(`#${name}-year`).fill(year);
    }
  });
});

test('a helper prints two languages beside each other, one from right to left, on paper too', async () => {
  const { context, page } = await world.visitor({ viewport: desktop });
  await bring(context, applicantInMonthFive);
  await page.goto('/nl/help');
  await page.locator('a[href="/nl/helper"]').first().click();
  await page.locator('.chips a[lang="ar"]').click();
  const sides = page.locator('.pair').first().locator('> div');
  expect(
    await sides.evaluateAll((all) => all.map((one) => [one.getAttribute('lang'), one.getAttribute('dir')])),
  ).toEqual([
    ['nl', 'ltr'],
    ['ar', 'rtl'],
  ]);
  await page.emulateMedia({ media: 'print' });
  const [dutch, arabic] = await sides.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x));
  expect(dutch, 'Dutch stands left, Arabic beside it').toBeLessThan(arabic ?? 0);
  expect(await page.locator('.chips').evaluateAll((parts) => parts.some((part) => part.checkVisibility()))).toBe(false);
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000);

  await page.goto('/fa/helper?with=ar');
  expect(await sides.evaluateAll((all) => all.map((one) => one.getAttribute('dir')))).toEqual(['rtl', 'rtl']);
  await context.close();
});

test('the same person behind every door: the picture and the tables tell of all of them', async () => {
  const { context, page } = await world.visitor({ javaScriptEnabled: false, viewport: desktop });
  const { corpus, doors } = world.knowledge;
  await page.goto('/nl/doors?person=driver&topic=driving');
  expect(await page.locator('.matrix use').count()).toBe(corpus.rights.length * doors.doors.length);
  const driving = corpus.rights.filter(({ domain }) => domain === 'driving');
  expect(await page.locator('.compare').count()).toBe(driving.length);
  for (const { id } of driving) {
    const told = await page.locator(`#${id} tbody th`).allTextContents();
    expect(told.flatMap((names) => names.split(' · ')).length, id).toBe(doors.doors.length);
  }
  // Case P.: one thing would let a partner of a Dutch citizen exchange her licence.
  expect(await page.locator('main').textContent()).toMatch(/30%-regeling.*niet “.?Nee.?” maar “.?Ja.?”/u);
  expect(await page.locator('.chips a[href$="person=own"]').count(), 'no answers on this device').toBe(0);
  await bring(context, applicantInMonthFive);
  await page.goto('/nl/doors?person=own');
  expect(await page.locator('.chips a[aria-current]').first().textContent()).toBe('Mijn eigen antwoorden');
  expect(await page.locator('main').textContent()).toContain('Asielzoeker');
  await context.close();
});
