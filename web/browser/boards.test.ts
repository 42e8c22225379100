import { createHash } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { exampleContributions } from '@meedoen/knowledge';
import { loadExamplePeople, releaseBoards } from '@meedoen/store';
import { day } from '@meedoen/units';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await loadExamplePeople(world.database, exampleContributions(world.knowledge.examplePeople!), 'boards', new Date(0));
  await releaseBoards(world.database, { on: day('2026-11-10'), towns: ['all', 'example-town'] });
}, 300_000);
afterAll(() => world.stop());

const pages = ['/towns', '/towns/example-town', '/equal-access', '/open-data', '/open-data/example-town'] as const;
const screens = [
  { language: 'nl', width: 1280 },
  { language: 'ar', width: 360 },
] as const;

describe('boards without JavaScript', () => {
  test.each(screens.flatMap((screen) => pages.map((page) => ({ ...screen, page }))))(
    '$language $page at $width px: nothing for axe, nothing scrolls sideways, nobody else is asked',
    async ({ language, width, page: path }) => {
      const plain = await world.visitor({ viewport: { width, height: 800 }, javaScriptEnabled: false });
      const answer = await plain.page.goto(`/${language}${path}`);
      expect(answer!.status()).toBe(200);
      expect(await plain.page.locator('h1').count()).toBe(1);
      expect(await plain.page.locator('body').textContent()).not.toMatch(/undefined|NaN|towns\./);
      expect(plain.strangers).toEqual([]);
      await plain.context.close();
      // axe itself is a script.
      const checked = await world.visitor({ viewport: { width, height: 800 } });
      await checked.page.goto(`/${language}${path}`);
      const wide = await checked.page.evaluate('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(width);
      const { violations } = await new AxeBuilder({ page: checked.page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
      await checked.context.close();
    },
  );

  test('the board says it is an example, draws work beside leaving, and has every number one click away', async () => {
    const { context, page } = await world.visitor({ javaScriptEnabled: false });
    await page.goto('/nl/towns/example-town');
    expect(await page.locator('main').textContent()).toContain('verzonnen mensen');
    const picture = page.locator('.drawing svg').first();
    expect(await picture.textContent()).toContain('werk gevonden');
    expect(await picture.textContent()).toContain('weg');
    await page.locator('.numbers summary').first().click();
    expect(await page.locator('.numbers table').first().isVisible()).toBe(true);
    await context.close();
  });
});

describe('bad addresses', () => {
  test.each([
    { path: '/nl/towns/GM9999', status: 404, story: 'a town that does not exist' },
    { path: '/nl/towns/%3Cscript%3E', status: 404, story: 'no town at all' },
    { path: '/nl/towns/example-village', status: 200, story: 'a town without a board says so' },
    { path: '/open-data/example-town/2020-01-01/numbers.csv', status: 404, story: 'a day without a release' },
    { path: '/open-data/example-town/2026-02-31/numbers.csv', status: 404, story: 'a day that never was' },
    { path: '/open-data/example-town/2026-11-10/secrets.csv', status: 404, story: 'a file we do not make' },
  ])('$story', async ({ path, status }) => {
    const answer = await fetch(world.url + path);
    expect(answer.status).toBe(status);
    if (path.endsWith('village')) expect(await answer.text()).toContain('Dat zegt niets over hoe het met mensen gaat');
  });
});

test('files keep their address and their bytes, and the page tells their checksum', async () => {
  const page = await (await fetch(`${world.url}/nl/open-data/example-town`)).text();
  for (const name of [
    'numbers.csv',
    'numbers.parquet',
    'board.json',
    'codebook.json',
    'disclosure.json',
    'ledger.json',
    'citation.json',
  ]) {
    const answer = await fetch(`${world.url}/open-data/example-town/2026-11-10/${name}`);
    expect(answer.status).toBe(200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(page).toContain(createHash('sha256').update(bytes).digest('hex'));
    if (name === 'numbers.parquet') expect(bytes.subarray(0, 4).toString()).toBe('PAR1');
    if (name === 'numbers.csv') expect(bytes.toString().split('\r\n').length).toBeGreaterThan(500);
  }
  const catalogue = (await (await fetch(`${world.url}/open-data/catalogue.jsonld`)).json()) as Record<
    string,
    unknown[]
  >;
  expect(catalogue['dcat:dataset']).toHaveLength(2);
});
