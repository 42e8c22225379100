import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meedoen, root } from './testing.ts';

let folder: string;
const file = (name: string, text: string | Uint8Array): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'meedoen-voices-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const votes = join(root, 'cli/examples/votes.csv');
const sides = join(root, 'cli/examples/sides.csv');

test('24 people on five statements: the kitchen connects the sides, in JSON and in CSV', async () => {
  const json = await meedoen(['voices', 'analyse', '--votes', votes, '--sides', sides, '--group-count', '2']);
  expect(json.code, json.stderr).toBe(0);
  const result = JSON.parse(json.stdout) as {
    people: number;
    commonGround: { statement: string; lowest: number; between: { sides: { bridge: number } } }[];
  };
  expect(result.people).toBe(24);
  expect(result.commonGround[0]!.statement).toBe('a kitchen of our own');
  // 10 of 12 agree on each side and 2 pass: (.8333 + .0684 − 1.2816 √(.01157 + .00285)) / 1.1369 = .6578, times 1 − 1/14.
  expect(result.commonGround[0]!.between.sides.bridge).toBeCloseTo(0.6108, 4);

  const csv = await meedoen([
    'voices',
    'analyse',
    '--votes',
    votes,
    '--sides',
    sides,
    '--group-count',
    '2',
    '--format',
    'csv',
  ]);
  const [header, ...rows] = csv.stdout.trim().split('\r\n');
  expect(header).toBe(
    'statement,leftOut,agrees,disagrees,votes,groupAwareConsensus,bridge,communityNotes,extremity,priority',
  );
  expect(rows.map((row) => row.split(',')[0])).toEqual([
    'a fence',
    'a kitchen of our own',
    'a language café',
    'later lessons',
    'quiet after ten',
  ]);
});

test('quotes, line breaks within them, a byte-order mark and stdin are no obstacle', async () => {
  const odd = '\uFEFFcomment-id,voter-id,vote\r\n"a ""good"",\nlong one",p1,1\r\n"a ""good"",\nlong one",p2,-1\r\n';
  const { code, stdout, stderr } = await meedoen(['voices', 'analyse', '--votes', '-'], { input: odd });
  expect(code, stderr).toBe(0);
  expect((JSON.parse(stdout) as { byStatement: { statement: string }[] }).byStatement[0]!.statement).toBe(
    'a "good",\nlong one',
  );
});

test('a later timestamp wins, wherever it stands; 007 stays 007', async () => {
  const log = file('times.csv', 'timestamp,comment-id,voter-id,vote\n2000,1,007,1\n1000,1,007,-1\n1500,2,008,0\n');
  const { stdout } = await meedoen(['voices', 'analyse', '--votes', log]);
  const result = JSON.parse(stdout) as { byStatement: object[]; byPerson: { person: unknown }[] };
  expect(result.byStatement[0]).toMatchObject({ statement: 1, agrees: 1, disagrees: 0 });
  expect(result.byPerson.map(({ person }) => person)).toEqual(['007', '008']);
});

describe('what cannot be used: exit code 2, where, and what to do', () => {
  const head = 'comment-id,voter-id,vote\n';
  test.each([
    { story: 'no such vote', text: `${head}1,1,1\n1,2,yes\n`, says: /:3:5: "yes" is no vote: write 1/ },
    { story: 'not a number', text: `${head}1,1,NaN\n`, says: /:2:5: "NaN" is no vote/ },
    { story: 'nobody voted', text: `${head}1,,1\n`, says: /:2:3: nobody voted here/ },
    { story: 'a cell too many', text: `${head}1,1,1,1\n`, says: /:2:1: this row has 4 cells/ },
    { story: 'a missing column', text: 'comment-id,vote\n1,1\n', says: /:1:1: there is no column "voter-id" or/ },
    { story: 'the same column twice', text: 'comment-id,voter-id,vote,vote\n', says: /:1:26: the column "vote"/ },
    { story: 'an open quote', text: `${head}"1,1,1\n`, says: /:2:1: a quote opens here/ },
    { story: 'text after a quote', text: `${head}"1"x,1,1\n`, says: /:2:4: after a closing quote/ },
    {
      story: 'a time that is none',
      text: 'timestamp,comment-id,voter-id,vote\nnoon,1,1,1\n',
      says: /:2:1: "noon" is no time/,
    },
    { story: 'an empty file', text: '', says: /:1:1: this file is empty/ },
    { story: 'only a header', text: head, says: /:2:1: there are no rows/ },
    { story: 'a thousand faults', text: head + '1,1,x\n'.repeat(1000), says: /And more like these/ },
  ])('$story', async ({ text, says }) => {
    const { code, stdout, stderr } = await meedoen(['voices', 'analyse', '--votes', file('bad.csv', text)]);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.each([
    {
      story: 'a vote on an unknown statement',
      option: '--statements',
      text: 'comment-id,moderated\na fence,1\n',
      says: /votes\.csv:2:1: statement a kitchen of our own is not in/,
    },
    {
      story: 'a statement twice',
      option: '--statements',
      text: 'comment-id\n1\n1\n',
      says: /:3:1: statement 1 stands here for the second time/,
    },
    {
      story: 'an unknown decision',
      option: '--statements',
      text: 'comment-id,moderated\n1,maybe\n',
      says: /:2:3: "maybe" is no decision/,
    },
    {
      story: 'a person on two sides',
      option: '--sides',
      text: 'person,side\na,x\na,y\n',
      says: /:3:1: a is put in "x" and in "y"/,
    },
    {
      story: 'sides of others',
      option: '--sides',
      text: 'person,side\na,x\nb,y\n',
      says: /nobody in this file has voted/,
    },
    { story: 'one side', option: '--sides', text: 'person,side\nnewcomer 1,x\n', says: /a bridge needs two/ },
  ])('$story', async ({ option, text, says }) => {
    const { code, stdout, stderr } = await meedoen([
      'voices',
      'analyse',
      '--votes',
      votes,
      option,
      file('other.csv', text),
    ]);
    expect(stderr).toMatch(says);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.each(['none', '-1', '2.5', '99'])('%s groups', async (count) => {
    const { code, stdout } = await meedoen(['voices', 'analyse', '--votes', votes, '--group-count', count]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

const shared = join(process.env['MEEDOEN_SHARED'] ?? join(root, '../shared'), 'data/voices/shared');
if (!existsSync(shared))
  console.warn(`The shared conversations are not at ${shared}: set MEEDOEN_SHARED to test against them.`);

describe.skipIf(!existsSync(shared))('a Polis export as it is', () => {
  test.each(['15-per-hour-seattle', 'scoop-hivemind.biodiversity', 'austria-climate.5twd2jsnkf.2022-08-08'])(
    '%s: with the groups of Polis, the numbers of the reference',
    async (name) => {
      const at = (which: string): string => join(shared, name, which);
      const reference = JSON.parse(readFileSync(at('reference.json'), 'utf8')) as {
        statements: number[];
        center: number[];
        extremity: number[];
        group_aware_consensus: number[];
        priorities: number[];
        selected: Record<string, [number, string][]>;
        consensus: Record<'agree' | 'disagree', number[]>;
      };
      const { code, stdout, stderr } = await meedoen([
        'voices',
        'analyse',
        '--votes',
        at('votes.csv'),
        '--statements',
        at('comments.csv'),
        '--groups',
        at('participants-votes.csv'),
      ]);
      expect(code, stderr).toBe(0);
      const result = JSON.parse(stdout) as {
        byStatement: {
          statement: number;
          mean: number;
          extremity: number;
          groupAwareConsensus: number;
          priority: number;
        }[];
        groups: { group: number; representative: { statement: number; direction: string }[] }[];
        majorities: Record<'agree' | 'disagree', { statement: number }[]>;
      };
      expect(result.byStatement.map(({ statement }) => statement)).toEqual(reference.statements);
      result.byStatement.forEach((row, i) => {
        expect(row.mean).toBeCloseTo(reference.center[i]!, 12);
        expect(row.extremity).toBeCloseTo(reference.extremity[i]!, 9);
        expect(row.groupAwareConsensus).toBeCloseTo(reference.group_aware_consensus[i]!, 12);
        expect(row.priority).toBeCloseTo(reference.priorities[i]!, 9);
      });
      for (const { group, representative } of result.groups) {
        expect(representative.map(({ statement, direction }) => [statement, direction])).toEqual(
          reference.selected[String(group)],
        );
      }
      for (const direction of ['agree', 'disagree'] as const) {
        expect(result.majorities[direction].map(({ statement }) => statement)).toEqual(reference.consensus[direction]);
      }
    },
  );
});
