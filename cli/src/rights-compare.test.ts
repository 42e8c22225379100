import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meedoen, root, type Ended } from './testing.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'meedoen-compare-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

type Counted = { people: number; days: Record<string, number>; personMonths: Record<string, number> };
type Compared = { people: number; personMonth: string; total: Counted; groups: (Counted & { group: string })[] };

const year = ['--from', '2026-11-01', '--to', '2027-10-31'];
const compare = (variants: string, input: string, ...more: string[]): Promise<Ended> =>
  meedoen(['rights', 'compare', '--variants', variants, '--population', '-', ...more], { input });

describe('person-months that a variant gives or takes', () => {
  test('by hand: 250 people until 22 December, 400 until 19 April, who may work at once from day one', async () => {
    const population = readFileSync(join(root, 'cli/examples/population.csv'), 'utf8');
    const ended = await compare('applied,day-one', population, ...year);
    const { total, groups, people, personMonth } = JSON.parse(ended.stdout) as Compared;
    // 1 November to 22 December is 52 days, to 19 April 170.
    const gained = 250 * 52 + 400 * 170;
    expect(total.days).toMatchObject({ gained, lost: 0 });
    expect(total.personMonths['gained']).toBeCloseTo(gained / 30.4375, 2);
    expect(people).toBe(1600);
    expect(personMonth).toBe('30.4375 days');
    expect(groups.map(({ group, days }) => [group, days['gained']])).toEqual([
      ['asylum-request', gained],
      ['asylum-permit', 0],
      ['ukraine-proof', 0],
    ]);
  });

  test('24 weeks in 52: what the maximum takes from somebody whose wait is over', async () => {
    const population =
      'document,bornOn,askedAsylumOn,indLetter,coaReception,weeksWorked\nasylum-request,1990-01-01,2026-01-01,none,true,0\n';
    const { stdout } = await compare('applied,24w-applied', population, '--from', '2026-11-01', '--to', '2027-10-30');
    const { total } = JSON.parse(stdout) as Compared;
    // 52 weeks, of which 24 stay.
    expect(total.days).toEqual({ first: 364, second: 168, gained: 0, lost: 196, unknown: 0 });
  });

  test('a changed copy of a variant stands beside it: five months in place of none', async () => {
    const text = readFileSync(join(root, 'knowledge/replacements/variant-pact-2026.yaml'), 'utf8');
    const own = file('five-months.yaml', text.replace('wachttijd: { value: 6,', 'wachttijd: { value: 5,'));
    const population =
      'document,bornOn,askedAsylumOn,indLetter,coaReception\nasylum-request,1990-01-01,2026-10-20,none,true\n';
    const { stdout } = await compare(`pact-2026,${own}`, population, ...year);
    // From 20 March in place of 20 April.
    expect((JSON.parse(stdout) as Compared).total.days).toMatchObject({ gained: 31, lost: 0 });
    const single = await meedoen(
      [
        'rights',
        'answer',
        '--situation',
        '-',
        '--variant',
        own,
        '--right',
        'paid-work',
        '--on',
        '2026-11-23',
        '--format',
        'csv',
      ],
      {
        input:
          '{"facts":{"document":"asylum-request","bornOn":"1990-01-01","askedAsylumOn":"2026-10-20","indLetter":"none","coaReception":true}}',
      },
    );
    expect(single.stdout).toContain(',not yet,2027-03-20,');
  });

  test('by door, and by what nobody told', async () => {
    const population = 'document,indLetter\nasylum-request,other-country\nasylum-request,none\n,\n';
    const groupsBy = async (by: string): Promise<string[]> =>
      (await compare('text,applied', population, '--by', by, '--format', 'csv')).stdout
        .trim()
        .split('\r\n')
        .map((line) => line.split(',').slice(0, 2).join());
    expect(await groupsBy('door')).toEqual([
      'door,people',
      'other-country,1',
      'asylum-applicant,1',
      'not known,1',
      'total,3',
    ]);
    expect(await groupsBy('registered')).toEqual(['registered,people', 'not known,3', 'total,3']);
  });
});

describe('everybody at once', () => {
  const people =
    'id,count,document,bornOn,askedAsylumOn,indLetter,coaReception\n"A, the first",2,asylum-request,1994-05-02,2026-06-23,none,TRUE\nB,3,eu-passport,1994-05-02,,,\n';
  const answer = (...more: string[]): Promise<Ended> =>
    meedoen(['rights', 'answer', '--population', '-', '--on', '2026-11-23', ...more], { input: people });

  test('a row a person and right, with the verdict that the person alone would hear', async () => {
    const { stdout } = await answer('--format', 'csv');
    const rows = stdout.trim().split('\r\n').slice(1);
    const alone = await meedoen(['rights', 'answer', '--situation', '-', '--on', '2026-11-23', '--format', 'csv'], {
      input: '{"facts":{"document":"eu-passport","bornOn":"1994-05-02"}}',
    });
    const verdicts = alone.stdout
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(','))
      .map((cells) => `${cells[0]} ${cells[6]}`);
    expect(rows).toHaveLength(2 * verdicts.length);
    expect(rows.filter((row) => row.startsWith('B,3,')).map((row) => row.split(',').slice(2, 4).join(' '))).toEqual(
      verdicts,
    );
    expect(rows.find((row) => row.includes(',paid-work,'))).toMatch(/^"A, the first",2,paid-work,not yet,2026-12-23,/);
  });

  test('or how many people hear each answer', async () => {
    const counted = JSON.parse((await answer('--right', 'paid-work')).stdout) as { people: number; rights: unknown };
    expect(counted).toMatchObject({
      people: 5,
      rights: [{ right: 'paid-work', people: { yes: 3, no: 0, 'not yet': 2, unknown: 0 } }],
    });
  });

  test('a Parquet file says the same as the CSV file', async () => {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const csv = join(root, 'cli/examples/population.csv');
    const parquet = join(folder, 'population.parquet');
    await connection.run(`COPY (SELECT * FROM read_csv('${csv}')) TO '${parquet}' (FORMAT parquet)`);
    connection.closeSync();
    const [one, other] = await Promise.all(
      [csv, parquet].map((path) =>
        meedoen(['rights', 'answer', '--population', path, '--on', '2026-11-23', '--format', 'csv']),
      ),
    );
    expect(other!.stderr).toBe('');
    expect(other!.stdout).toBe(one!.stdout);
  });
});

describe('what cannot be used: exit code 2, where, and what to do', () => {
  test.each<{ story: string; variants: string; more?: string[]; says: RegExp }>([
    { story: 'one variant', variants: 'day-one', says: /name two, with a comma between/ },
    { story: 'the same twice', variants: 'day-one,day-one', says: /these are the same/ },
    {
      story: 'a period backwards',
      variants: 'applied,day-one',
      more: ['--from', '2026-01-02', '--to', '2026-01-01'],
      says: /lies before 2026-01-02/,
    },
    {
      story: 'a group that is a date',
      variants: 'applied,day-one',
      more: ['--by', 'bornOn'],
      says: /--by bornOn: there is no such name/,
    },
  ])('$story', async ({ variants, more = [], says }) => {
    const { code, stderr } = await compare(variants, 'document\nnone\n', ...more);
    expect(stderr).toMatch(says);
    expect(code).toBe(2);
  });
});
