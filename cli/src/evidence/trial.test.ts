import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meedoen } from '../testing.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'meedoen-trial-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const plan = { programme: 'p', arms: ['letter', 'call'], model: 'independent' };
const header = 'batch,arm,outcome,p_letter,p_call';
const trial = (...words: string[]): ReturnType<typeof meedoen> => meedoen(['evidence', 'trial', ...words]);

test('before the first person everybody has the same chance of each arm', async () => {
  const { code, stdout } = await trial('--plan', file('plan.json', JSON.stringify(plan)), '--format', 'csv');
  expect(code).toBe(0);
  expect(
    stdout
      .split('\r\n')
      .slice(1, 3)
      .map((line) => line.split(',').at(-1)),
  ).toEqual(['0.5', '0.5']);
});

test('three of four calls and one of four letters: the call gets more, never all', async () => {
  const rows = [0, 0, 0, 1, 1, 1, 1, 0].map((y, i) => `1,${i < 4 ? 'letter' : 'call'},${y},0.5,0.5`);
  const history = file('history.csv', [header, ...rows, ''].join('\n'));
  const { stdout } = await trial('--plan', file('plan.json', JSON.stringify(plan)), '--history', history);
  const told = JSON.parse(stdout) as {
    next: { strata: { arms: { best: number; probability: number; mean: number }[] }[] };
    sampleRatio: { alarm: boolean };
  };
  const [letter, call] = told.next.strata[0]!.arms;
  // Beta(2, 4) against Beta(4, 2): means 1/3 and 2/3.
  expect([letter!.mean, call!.mean]).toEqual([expect.closeTo(1 / 3, 12), expect.closeTo(2 / 3, 12)]);
  expect(call!.probability).toBeCloseTo(0.1 + 0.8 * call!.best, 12);
  expect(told.sampleRatio.alarm).toBe(false);
});

test('the secret decides who gets what: the same again, another secret other arms, a log of all probabilities', async () => {
  const plans = file('plan.json', JSON.stringify(plan));
  const people = file('people.csv', `person\n${Array.from({ length: 40 }, (_, i) => `n${i}`).join('\n')}\n`);
  const assigned = async (secret: string): Promise<string> => {
    const words = ['--plan', plans, '--assign', people, '--secret', file('secret.txt', secret)];
    return (await trial(...words)).stdout;
  };
  const first = await assigned('a secret of many signs');
  expect(first).toMatch(/^person,stratum,arm,p_letter,p_call\r\nn0,everyone,(letter|call),0\.5,0\.5\r\n/);
  expect(await assigned('a secret of many signs')).toBe(first);
  expect(await assigned('another secret of signs')).not.toBe(first);
  const calls = first.match(/,call,/g)!.length;
  expect(calls).toBeGreaterThan(8);
  expect(calls).toBeLessThan(32);
});

test.each([
  {
    story: 'an arm the plan does not have',
    row: '1,visit,1,0.5,0.5',
    says: /:2:3: column arm: "visit" is no arm of the plan/,
  },
  { story: 'an outcome of 2', row: '1,call,2,0.5,0.5', says: /:2:8: column outcome: 2 is neither 1 nor 0/ },
  {
    story: 'a probability with a comma',
    row: '1,call,1,"0,5",0.5',
    says: /:2:10: column p_letter: "0,5" is not a number\. Write it with a point/,
  },
])('refused: $story', async ({ row, says }) => {
  const words = [
    '--plan',
    file('plan.json', JSON.stringify(plan)),
    '--history',
    file('bad.csv', `${header}\n${row}\n`),
  ];
  const { code, stdout, stderr } = await trial(...words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(says);
});

test.each([
  { story: 'one arm', change: { arms: ['call'] }, says: /\/arms: Name at least two/ },
  { story: 'a floor that cannot be', change: { floor: 0.6 }, says: /\/floor: 2 arms cannot each get 0\.6/ },
  { story: 'a part nobody knows', change: { nationality: 'x' }, says: /\/nationality: There is no "nationality"/ },
])('a plan is refused: $story', async ({ change, says }) => {
  const { code, stderr } = await trial('--plan', file('wrong.json', JSON.stringify({ ...plan, ...change })));
  expect(code).toBe(2);
  expect(stderr).toMatch(says);
});
