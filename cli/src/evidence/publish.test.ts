import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meedoen } from '../testing.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'meedoen-publish-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const towns = ['Aa,work,40', 'Aa,none,60', 'Bo,work,31', 'Bo,none,52', 'Ce,work,64', 'Ce,none,47'];
const margins = ['total,work,135', 'total,none,159', 'Aa,total,100', 'Bo,total,83', 'Ce,total,111', 'total,total,294'];
async function publish(lines: readonly string[], ...words: string[]) {
  const file = join(folder, 'towns.csv');
  writeFileSync(file, `town,outcome,people\n${lines.join('\n')}\n`);
  return meedoen(['evidence', 'publish', '--data', file, '--by', 'town,outcome', '--count', 'people', ...words]);
}

describe('meedoen evidence publish', () => {
  test('a month later the ledger keeps two people from being told apart, and holds both releases', async () => {
    const ledger = join(folder, 'ledger.json');
    writeFileSync(join(folder, 'exact.json'), '{ "roundTo": 1 }');
    const words = ['--ledger', ledger, '--rules', join(folder, 'exact.json')];
    expect((await publish(towns, '--id', 'oct', '--period', '2026-10', ...words)).code).toBe(0);
    const next = ['Aa,work,55', 'Aa,none,75', 'Bo,work,33', 'Bo,none,64', 'Ce,work,80', 'Ce,none,60'];
    const { code, stdout } = await publish(next, '--id', 'nov', '--period', '2026-11', '--holds', 'oct', ...words);
    expect(code).toBe(0);
    const { cells, report } = JSON.parse(stdout);
    const find = (town: string, outcome: string) =>
      cells.find((cell: Record<string, unknown>) => cell['town'] === town && cell['outcome'] === outcome).people;
    expect([find('Bo', 'work'), find('total', 'total')]).toEqual([null, 367]);
    expect(report.audit).toMatchObject({ passed: true, togetherWith: ['oct'] });
    expect(JSON.parse(readFileSync(ledger, 'utf8')).releases.map(({ id }: { id: string }) => id)).toEqual([
      'oct',
      'nov',
    ]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  test('margins that agree are accepted', async () => {
    const { code, stdout } = await publish([...towns, ...margins]);
    expect([code, JSON.parse(stdout).marginsChecked]).toEqual([0, true]);
  });

  test.each([
    { story: 'a negative count', lines: towns.with(1, 'Aa,none,-3'), says: /:3:9: column people: -3 people cannot be/ },
    { story: 'a decimal comma', lines: towns.with(1, 'Aa,none,"1,5"'), says: /:3:9: .*no whole number/ },
    { story: 'no count', lines: towns.with(1, 'Aa,none,'), says: /:3:9: .*this cell is empty/ },
    {
      story: 'a total that does not add up',
      lines: [...towns, ...margins.with(3, 'Bo,total,90')],
      says: /:11:10: .*this margin says 90, and its cells add up to 83/,
    },
    {
      story: 'a margin left out',
      lines: [...towns, ...margins.toSpliced(2, 1)],
      says: /the margin town Aa, outcome total is missing/,
    },
    {
      story: 'e-mail addresses',
      lines: towns.with(0, 'a@example.nl,work,40'),
      says: /:2:1: column town holds an e-mail/,
    },
    { story: 'a BSN', lines: towns.with(0, '111222333,work,40'), says: /:2:1: column town holds a BSN/ },
    { story: 'too few people', lines: ['Aa,work,1', 'Aa,none,2'], says: /every cell of this table would be hidden/ },
  ])('refuses $story', async ({ lines, says }) => {
    const ledger = join(folder, 'untouched.json');
    const { code, stdout, stderr } = await publish(lines, '--ledger', ledger);
    expect(stderr).toMatch(says);
    expect({ code, stdout, written: existsSync(ledger) }).toEqual({ code: 2, stdout: '', written: false });
  });

  test('one publisher at a time: who comes meanwhile is refused, and a run that ends leaves no lock', async () => {
    const ledger = join(folder, 'busy.json');
    writeFileSync(`${ledger}.lock`, '1');
    const { code, stdout, stderr } = await publish(towns, '--ledger', ledger);
    expect({ code, stdout, written: existsSync(ledger) }).toEqual({ code: 2, stdout: '', written: false });
    expect(stderr).toMatch(/somebody else is publishing.*remove .*busy\.json\.lock/);
    rmSync(`${ledger}.lock`);
    expect((await publish(towns, '--ledger', ledger)).code).toBe(0);
    expect(existsSync(`${ledger}.lock`)).toBe(false);
  });

  test('refuses a column that names people, unknown rules and a broken ledger', async () => {
    const file = join(folder, 'people.csv');
    writeFileSync(file, 'naam,outcome\nJan,work\n');
    expect((await meedoen(['evidence', 'publish', '--data', file, '--by', 'naam,outcome'])).stderr).toMatch(
      /"naam" names people/,
    );
    expect((await publish(towns, '--rules', 'meedon')).stderr).toMatch(/Did you mean "meedoen"/);
    writeFileSync(join(folder, 'bad.json'), '{ "version": 1, "releases": [{ "id": "x", "hash": "0" }] }');
    expect((await publish(towns, '--ledger', join(folder, 'bad.json'))).stderr).toMatch(/not as it was published/);
  });
});
