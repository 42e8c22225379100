import type { Situation } from '@meedoen/rights';
import type { Page } from 'playwright-core';

/** Answers question after question, as the person would, until the answers are there. Returns the questions in order. */
export async function answerQuestions(page: Page, person: Situation): Promise<string[]> {
  const asked: string[] = [];
  for (let question = factOn(page); question !== null; question = factOn(page)) {
    if (asked.length > 45) throw new Error(`The questions do not end: ${asked.join(', ')}`);
    asked.push(question);
    const value = person.facts[question] ?? null;
    if (value === null) await page.locator('#answer-unknown').check();
    else if (typeof value === 'boolean') await page.locator(value ? '#answer-yes' : '#answer-no').check();
    else if (typeof value === 'number') await page.locator('#number').fill(String(value));
    else if (/^\d{4}-\d\d-\d\d$/.test(value)) await fillDate(page, value);
    else await page.locator(`#answer-${value}`).check();
    await page.locator('form .button').click();
    await page.waitForLoadState('domcontentloaded');
  }
  return asked;
}

export async function fillDate(page: Page, iso: string): Promise<void> {
  const [year = '', month = '', day = ''] = iso.split('-');
  await page.locator('#day').fill(String(Number(day)));
  await page.locator('#month').fill(String(Number(month)));
  await page.locator('#year').fill(year);
}

/** The fact that the page asks for; null when it is no question. */
export function factOn(page: Page): string | null {
  return /\/questions\/([A-Za-z0-9]+)/.exec(page.url())?.[1] ?? null;
}
