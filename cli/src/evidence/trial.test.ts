import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
      .map((line) => line.split(',').at(-2)),
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
  expect(call!.probability).toBeCloseTo(0.1 + 0.8 * call!.best, 6);
  expect(told.sampleRatio.alarm).toBe(false);
});

test('the secret decides who gets what: the same again, another secret other arms, a log of all probabilities', async () => {
  const plans = file('plan.json', JSON.stringify(plan));
  const people = file('people.csv', `person\n${Array.from({ length: 40 }, (_, i) => `n${i}`).join('\n')}\n`);
  const signed = join(folder, 'signed-for-arms.json');
  await trial('--plan', plans, '--signatures', signed, '--sign', 'team leader');
  const assigned = async (secret: string): Promise<string> => {
    const words = ['--plan', plans, '--signatures', signed, '--assign', people, '--secret', file('secret.txt', secret)];
    return (await trial(...words)).stdout;
  };
  const first = await assigned('a secret of many signs');
  expect(first).toMatch(
    /^person,batch,stratum,arm,p_letter,p_call,proposal\r\nn0,1,everyone,(letter|call),0\.5,0\.5,[0-9a-f]{64}\r\n/,
  );
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

describe('a person signs each batch', () => {
  const rows = Array.from({ length: 40 }, (_, i) => `1,${i % 2 ? 'call' : 'letter'},${Number(i < 20)},0.5,0.5`);
  const people = 'person\na1\na2\n';
  const asked = (plans: string, history: string, signed: string): string[] => [
    '--plan',
    plans,
    '--history',
    history,
    '--signatures',
    signed,
  ];

  test('nobody is assigned before it, nor after an outcome changed', async () => {
    const plans = file('signed-plan.json', JSON.stringify(plan));
    const history = file('signed-history.csv', [header, ...rows, ''].join('\n'));
    const signed = join(folder, 'signatures.json');
    const words = asked(plans, history, signed);
    const assigning = ['--assign', file('next.csv', people), '--secret', file('secret.txt', 'a secret of many signs')];
    const before = await trial(...words, ...assigning);
    expect(before).toMatchObject({ code: 2, stdout: '' });
    const [, hash] = /Nobody signed batch 2 yet\. Look at the proposal, and sign its hash ([0-9a-f]{64})/.exec(
      before.stderr,
    )!;

    const { code, stdout } = await trial(...words, '--sign', 'team leader');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ signed: { batch: 2, hash, signedBy: 'team leader' }, advice: [] });
    expect(JSON.parse(readFileSync(signed, 'utf8'))).toHaveLength(1);
    expect((await trial(...words, ...assigning)).stdout).toMatch(/^person,batch,.*\r\na1,2,everyone,/);
    expect((await trial(...words, '--sign', 'another')).stderr).toContain('was signed by team leader');

    const changed = file('changed.csv', [header, ...rows.with(0, '1,letter,0,0.5,0.5'), ''].join('\n'));
    const after = await trial(...asked(plans, changed, signed), ...assigning);
    expect(after).toMatchObject({ code: 2, stdout: '' });
    expect(after.stderr).toContain('signed another proposal');
  });

  test('against the advice of the plan only with a reason', async () => {
    const plans = file('ending.json', JSON.stringify({ ...plan, mostPeople: 40 }));
    const signed = join(folder, 'although.json');
    const words = asked(plans, file('ending.csv', [header, ...rows, ''].join('\n')), signed);
    const without = await trial(...words, '--sign', 'team leader');
    expect(without.code).toBe(2);
    expect(without.stderr).toContain('enough-people');
    expect(existsSync(signed)).toBe(false);
    expect((await trial(...words, '--sign', 'team leader', '--although', 'One more month.')).code).toBe(0);
  });

  test('an alarm of the sample ratio stops it, signed or not', async () => {
    const odd = Array.from({ length: 60 }, (_, i) => `1,${i < 55 ? 'call' : 'letter'},1,0.5,0.5`);
    const words = asked(
      file('odd.json', JSON.stringify(plan)),
      file('odd.csv', [header, ...odd, ''].join('\n')),
      join(folder, 'odd-signed.json'),
    );
    expect((await trial(...words, '--sign', 'team leader')).code).toBe(0);
    const assigning = ['--assign', file('next.csv', people), '--secret', file('secret.txt', 'a secret of many signs')];
    expect((await trial(...words, ...assigning)).stderr).toContain('sample-ratio alarm');
  });
});

test('the example: every batch as proposed and signed, everybody as drawn, and a replay', async () => {
  const here = 'cli/examples/trial-';
  const words = ['--plan', `${here}plan.json`, '--history', `${here}history.csv`, '--stratum', 'stratum'];
  const checks = ['--person', 'person', '--signatures', `${here}signatures.json`, '--secret', `${here}secret.txt`];
  const { code, stdout } = await trial(...words, ...checks, '--replay', '19');
  expect(code).toBe(0);
  const told = JSON.parse(stdout) as {
    batches: { asProposed: boolean; signedThis: boolean }[];
    drawn: { people: number; asDrawn: number };
    replay: { draws: number; contrasts: { p: number }[] };
    effects: Record<string, { contrasts: { ci: { lower: number }; smallestDetectable: { effect: number } }[] }>;
  };
  expect(told.batches.every(({ asProposed, signedThis }) => asProposed && signedThis)).toBe(true);
  expect(told.drawn).toMatchObject({ people: 180, asDrawn: 180 });
  expect(told.replay.draws).toBe(19);
  // Nothing is seen yet; an effect of 26 points would have been.
  const [call] = told.effects['constant-allocation']!.contrasts;
  expect(call!.ci.lower).toBeLessThan(0);
  expect(call!.smallestDetectable.effect).toBeCloseTo(0.257, 3);
});
