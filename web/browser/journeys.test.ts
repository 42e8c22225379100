import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerAll, type Situation } from '@meedoen/rights';
import type { Page } from 'playwright-core';
import { stateOf } from '../src/lib/answers/timeline.ts';
import { answerQuestions, factOn, fillDate } from './answer-questions.ts';
import { applicantInMonthFive, ukrainianOnDayThree } from './persons.ts';
import { openWorld, today, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

describe.each([
  {
    story: 'an applicant in month five, in Arabic, on a phone',
    person: applicantInMonthFive,
    language: 'ar',
    javaScriptEnabled: true,
  },
  { story: 'the same without JavaScript', person: applicantInMonthFive, language: 'ar', javaScriptEnabled: false },
  {
    story: 'a Ukrainian on day three, in Ukrainian',
    person: ukrainianOnDayThree,
    language: 'uk',
    javaScriptEnabled: false,
  },
  {
    story: 'a Ukrainian on day three, in English',
    person: ukrainianOnDayThree,
    language: 'en',
    javaScriptEnabled: true,
  },
])('$story', ({ person, language, javaScriptEnabled }) => {
  test('chooses a language and a door, answers the questions and gets the answers of the engine', async () => {
    const { context, page, strangers } = await world.visitor({
      javaScriptEnabled,
      viewport: { width: 360, height: 780 },
    });
    await page.goto('/');
    await page.locator(`.door[hreflang="${language}"]`).click();
    await page.locator('.door.first').click();
    expect(factOn(page)).toBe('document');

    const asked = await answerQuestions(page, person);
    expect(new Set(asked).size, 'no question comes twice').toBe(asked.length);
    expect(new URL(page.url()).pathname).toBe(`/${language}/today`);

    // What the device holds is what was answered, and the engine says with it what the page says.
    const kept = (await (await context.request.get(`/${language}/my-answers/situation.json`)).json()) as Situation;
    expect(kept.facts).toEqual(Object.fromEntries(asked.map((fact) => [fact, person.facts[fact] ?? null])));
    expect(await statesOn(page)).toEqual(
      Object.fromEntries(
        answerAll(world.knowledge.corpus, kept, today).map((answer) => [answer.right, stateOf(answer)]),
      ),
    );
    expect(strangers).toEqual([]);
    await context.close();
  });
});

test('the applicant prints: everything open, the Dutch words and the articles beside', async () => {
  const { context, page } = await world.visitor();
  await page.goto('/ar/questions');
  await answerQuestions(page, applicantInMonthFive);
  await page.locator('a[href="/ar/today?print"]').first().click();
  expect(await page.locator('article.answer details:not([open])').count()).toBe(0);

  const work = page.locator('#paid-work');
  expect(await work.locator('[lang="nl"]').allTextContents()).toEqual(
    expect.arrayContaining(['Betaald werk bij een werkgever', 'De gemeente schrijft je in (BRP).']),
  );
  expect(await work.locator('.law a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(
    expect.arrayContaining([expect.stringContaining('wetten.overheid.nl')]),
  );
  await page.emulateMedia({ media: 'print' });
  expect(
    await page
      .locator('.top nav, .bottom, .language')
      .evaluateAll((parts) => parts.filter((part) => part.checkVisibility()).length),
  ).toBe(0);
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000);
  await context.close();
});

test('somebody without a mouse comes from the first page to a first answer', async () => {
  const { context, page } = await world.visitor();
  await page.goto('/');
  await focusOn(page, '.door[hreflang="en"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/en');
  await page.keyboard.press('Tab');
  expect(await focused(page), 'the first stop is the skip link').toContain('Go to the content');
  await page.keyboard.press('Enter');
  await focusOn(page, '.door.first');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/questions/document');

  await focusOn(page, 'input[name="answer"]');
  for (const _ of ['asylum-permit', 'ukraine-proof']) await page.keyboard.press('ArrowDown');
  expect(await page.locator('#answer-ukraine-proof').isChecked()).toBe(true);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => factIn(url) !== 'document');

  await focusOn(page, 'a.quiet');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/today');
  await focusOn(page, 'a[data-right="paid-work"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/today/work?open=paid-work#paid-work');
  expect(await page.locator('#paid-work details').getAttribute('open')).not.toBeNull();
  await focusOn(page, '#internship summary');
  await page.keyboard.press('Space');
  expect(await page.locator('#internship details').getAttribute('open')).not.toBeNull();
  await context.close();
});

test('back goes to the question before, with the answer that was given', async () => {
  const { context, page } = await world.visitor({ javaScriptEnabled: false });
  await page.goto('/en/questions/document');
  await page.locator('#answer-asylum-request').check();
  await page.locator('form .button').click();
  await page.locator('.back').click();
  expect(factOn(page)).toBe('document');
  expect(await page.locator('#answer-asylum-request').isChecked()).toBe(true);
  await context.close();
});

test('another card takes the answers along that only fitted the old card, and says so', async () => {
  const { context, page } = await world.visitor({ javaScriptEnabled: false });
  await page.goto('/en/questions/document');
  await page.locator('#answer-asylum-request').check();
  await page.locator('form .button').click();
  await page.goto('/en/questions/askedAsylumOn');
  await fillDate(page, '2026-06-25');
  await page.locator('form .button').click();

  await page.goto('/en/questions/document?change');
  await page.locator('#answer-eu-passport').check();
  await page.locator('form .button').click();
  expect(new URL(page.url()).pathname).toBe('/en/my-answers');
  expect(await page.locator('.notice').allTextContents()).toEqual([expect.stringContaining('Asked for asylum on')]);
  expect(await page.locator('.facts dt').count()).toBe(1);
  await context.close();
});

test('a file saved on one device opens on another', async () => {
  const { context, page } = await world.visitor({ javaScriptEnabled: false });
  await page.goto('/en/my-answers');
  await page.locator('#file').setInputFiles({
    name: 'situation.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(applicantInMonthFive)),
  });
  await page.locator('form[action="?/load"] .button').click();
  expect(await page.locator('[role="status"]').textContent()).toContain('13 answers');
  await page.goto('/en/today');
  expect(await statesOn(page)).toMatchObject({ 'paid-work': 'from', 'language-lessons': 'yes' });
  await context.close();
});

test('the help of the example town comes from the database, and says that it is an example', async () => {
  const { context, page } = await world.visitor({ javaScriptEnabled: false });
  await page.goto('/en/help?topic=language');
  expect(await page.locator('.helpers').last().textContent()).toContain('Language café (example)');
  expect(await page.locator('.notice.example').textContent()).toContain('do not really exist');
  await context.close();
});

async function statesOn(page: Page): Promise<Record<string, string | null>> {
  return Object.fromEntries(
    await page
      .locator('a[data-right]')
      .evaluateAll((links) => links.map((link) => [link.getAttribute('data-right'), link.getAttribute('data-state')])),
  );
}

function factIn(url: URL): string | undefined {
  return /\/questions\/(\w+)/.exec(url.pathname)?.[1];
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}

/** Presses Tab until the wanted thing has the focus. */
async function focusOn(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`No Tab leads to ${selector}.`);
}
