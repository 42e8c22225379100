import { readFile } from 'node:fs/promises';
import { day } from '@meedoen/units';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../database.ts';
import { decide } from '../decisions/decide.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { answersOf, decisionAbout } from './answers-owed.ts';
import { conversation, conversations, isOpen } from './conversations.ts';
import { askAgain, judge, moderationLog, toJudge, type Judgement } from './moderate.ts';
import { join, leave, participant } from './participants.ts';
import { releaseConversation, releaseConversations, releaseOf } from './release-conversation.ts';
import { acceptedStatements, mostStatementsEach, say, statementReference, statementsOf } from './statements.ts';
import {
  acceptedForTests,
  anna,
  bilal,
  chloe,
  conversationForTests,
  david,
  doing,
  joinForTests,
  openForTests,
  somebody,
  statementId,
  talk,
  today,
  voteForTests,
} from './voices-for-tests.ts';

let server: TestServer;
let owner: Database;
let pages: Database;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  owner = await server.freshDatabase();
  // What the pages do is done in the role of the pages, so that what they may not do is refused here too.
  pages = await openDatabase({ dataFolder: '/nowhere', databaseUrl: server.urlOf(owner), as: 'application' });
  await openForTests(pages);
});
afterEach(async () => {
  await pages.stop();
  await owner.stop();
});

const votes = async () =>
  (await owner.pool.query('SELECT contributor, value, shown_by, shown_chance FROM vote ORDER BY contributor')).rows;

describe('a vote', () => {
  beforeEach(async () => {
    await joinForTests(pages, 1, 'newcomer');
    await acceptedForTests(pages, 1, 1, 'Wij willen zelf koken.');
  });

  test('is kept once, however often it comes; the last counts', async () => {
    expect(await Promise.all([1, 2, 3].map(() => voteForTests(pages, 1, 1, 1)))).toEqual(['kept', 'kept', 'kept']);
    expect(await votes()).toEqual([
      { contributor: somebody(1), value: 1, shown_by: 'equal-voice', shown_chance: 0.25 },
    ]);
    await voteForTests(pages, 1, 1, -1);
    expect(await votes()).toMatchObject([{ value: -1 }]);
    expect(await participant(pages, { conversation: talk, contributor: somebody(1) })).toEqual({
      side: 'newcomer',
      votedOn: [statementId(1)],
    });
  });

  test.each([
    { story: 'before it opens', on: '2026-10-31', refused: 'closed' },
    { story: 'after it closed', on: '2026-12-02', refused: 'closed' },
    { story: 'of who did not join', who: 2, refused: 'not-joined' },
    { story: 'on an unknown statement', statement: 9, refused: 'unknown-statement' },
    { story: 'on a statement that waits', statement: 2, refused: 'unknown-statement' },
  ])('$story is refused: $refused', async ({ on, who, statement, refused }) => {
    await sayForTests(2);
    const given = voteForTests(pages, who ?? 1, statement ?? 1, 1, on === undefined ? today : day(on));
    expect(await given).toBe(refused);
    expect(await votes()).toEqual([]);
  });

  test('of somebody who leaves meanwhile is not left behind', async () => {
    await Promise.all([
      ...Array.from({ length: 8 }, () => voteForTests(pages, 1, 1, 1)),
      leave(pages, { conversation: talk, contributor: somebody(1) }),
    ]);
    expect(await votes()).toEqual([]);
    expect(await voteForTests(pages, 1, 1, 1)).toBe('not-joined');
  });
});

describe('joining', () => {
  const who = { conversation: talk, contributor: somebody(1), language: 'ar', crowded: false, on: today };
  test('twice is once, with the last side', async () => {
    expect(await join(pages, { ...who, side: null })).toBe('joined');
    expect(await join(pages, { ...who, side: 'neighbour' })).toBe('joined');
    expect(await participant(pages, who)).toEqual({ side: 'neighbour', votedOn: [] });
  });
  test('with a side that was not asked, in a conversation that is closed or not there, is refused', async () => {
    expect(await join(pages, { ...who, side: 'mayor' })).toBe('unknown-side');
    expect(await join(pages, { ...who, side: null, on: day('2027-01-01') })).toBe('closed');
    expect(await join(pages, { ...who, side: null, conversation: statementId(9) })).toBe('closed');
    expect(await participant(pages, who)).toBeNull();
  });
});

test('a conversation comes back as it was opened', async () => {
  expect(await conversation(pages, talk)).toEqual(conversationForTests);
  expect(await conversations(pages)).toEqual([conversationForTests]);
  expect(await conversation(pages, somebody(1))).toBeNull();
  expect(isOpen(conversationForTests, today)).toBe(true);
  expect(isOpen(conversationForTests, day('2026-12-02'))).toBe(false);
});

const sayForTests = (n: number, words = 'De tuin is van iedereen.') =>
  say(pages, {
    conversation: talk,
    contributor: somebody(1),
    id: statementId(n),
    language: 'nl',
    words,
    on: today,
  });

describe('saying something', () => {
  beforeEach(() => joinForTests(pages, 1, 'newcomer'));

  test('is kept once, waits, and has a limit', async () => {
    expect(await sayForTests(1)).toBe('kept');
    expect(await sayForTests(1)).toBe('already');
    for (let n = 2; n <= mostStatementsEach; n++) expect(await sayForTests(n)).toBe('kept');
    expect(await sayForTests(99)).toBe('enough');
    expect(await acceptedStatements(pages, talk)).toEqual([]);
  });
  test('of who did not join is refused', async () => {
    const said = { conversation: talk, contributor: somebody(2), id: statementId(1), language: 'nl', words: 'x' };
    expect(await say(pages, { ...said, on: today })).toBe('not-joined');
  });
});

describe('moderation', () => {
  const verdict = (judgement: Pick<Judgement, 'verdict' | 'reason'>, by: string, words = 'De naam van een buurman.') =>
    judge(pages, { conversation: talk, statement: statementId(1), language: 'nl', words, ...judgement }, by, doing());
  const accept = { verdict: 'accept', reason: null } as const;
  const refuse = { verdict: 'refuse', reason: 'names-somebody' } as const;
  const state = async () => (await statementsOf(pages, { conversation: talk, contributor: somebody(1) }))[0]!.state;

  beforeEach(async () => {
    await joinForTests(pages, 1, 'newcomer');
    await sayForTests(1);
  });

  test('takes two who agree; one alone, or one twice, changes nothing', async () => {
    expect(await verdict(accept, anna)).toBe('first');
    expect(await verdict(accept, anna)).toBe('already');
    expect(await state()).toBe('waiting');
    expect(await verdict(refuse, bilal)).toBe('split');
    expect(await state()).toBe('waiting');
    expect(await verdict(refuse, chloe)).toBe('decided');
    expect(await state()).toBe('refused');
    expect(await verdict(accept, david)).toBe('not-waiting');
  });

  test('two at the same moment are two', async () => {
    const both = await Promise.all([verdict(accept, anna), verdict(accept, bilal)]);
    expect(both.sort()).toEqual(['decided', 'first']);
    expect(await state()).toBe('accepted');
  });

  test('after an appeal two others look, once', async () => {
    const ask = () =>
      askAgain(pages, {
        conversation: talk,
        contributor: somebody(1),
        statement: statementId(1),
        words: 'Er staat geen naam in.',
        on: today,
      });
    expect(await ask()).toBe('not-refused');
    await verdict(refuse, anna);
    await verdict(refuse, bilal);
    expect(await ask()).toBe('asked');
    expect(await ask()).toBe('already');
    expect(await verdict(accept, anna)).toBe('already');
    expect(await toJudge(pages, talk, chloe)).toMatchObject([
      { appeal: 'Er staat geen naam in.', judgements: 0, mine: true },
    ]);
    expect(await toJudge(pages, talk, anna)).toMatchObject([{ mine: false }]);
    expect(await verdict(accept, chloe)).toBe('first');
    expect(await verdict(accept, david)).toBe('decided');
    expect(await state()).toBe('accepted');
    const log = await moderationLog(pages, talk);
    expect(log.map(({ round, verdict: said }) => `${round} ${said}`).sort()).toEqual([
      '1 refuse',
      '1 refuse',
      '2 accept',
      '2 accept',
    ]);
    // Public: nobody's name in it.
    expect(JSON.stringify(log)).not.toContain(anna);
  });

  test('a refusal without a reason or words is a fault of ours', async () => {
    await expect(verdict({ verdict: 'refuse', reason: null }, anna)).rejects.toThrow(RangeError);
    await expect(verdict(refuse, anna, ' ')).rejects.toThrow(RangeError);
  });

  test('what moderators did cannot be changed by the pages', async () => {
    await verdict(refuse, anna);
    for (const statement of ["UPDATE moderation SET words = ''", 'DELETE FROM moderation', 'DELETE FROM appeal'])
      await expect(pages.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });
});

/** Eight newcomers and eight neighbours, who agree on statement 1 and not on statement 2. */
async function sixteen(): Promise<void> {
  for (let n = 1; n <= 16; n++) await joinForTests(pages, n, n <= 8 ? 'newcomer' : 'neighbour');
  await acceptedForTests(pages, 1, 1, 'Wij willen zelf koken.');
  await acceptedForTests(pages, 2, 9, 'Er moet een hek komen.');
  for (let n = 1; n <= 16; n++) {
    await voteForTests(pages, n, 1, 1);
    await voteForTests(pages, n, 2, n <= 8 ? -1 : 1);
  }
}

describe('from statement to answer', () => {
  beforeEach(sixteen);

  test('a bridge is released, an answer is owed, and is late after six weeks; a decision that cites it answers', async () => {
    expect(await releaseConversations(owner, today)).toBe(1);
    expect(await releaseConversation(owner, talk, today), 'nothing new').toBe(false);
    const release = (await releaseOf(pages, talk))!;
    expect(release.statements.map(({ statement, bridge }) => [statement, (bridge?.value ?? 0) > 0.5])).toEqual([
      [statementId(1), true],
      [statementId(2), false],
    ]);

    expect(await answersOf(pages, talk, today)).toEqual([
      {
        statement: statementId(1),
        owedSince: '2026-11-23',
        dueOn: '2027-01-04',
        state: 'owed',
        decision: null,
      },
    ]);
    expect(await answersOf(pages, talk, day('2027-01-04'))).toMatchObject([{ state: 'owed' }]);
    expect(await answersOf(pages, talk, day('2027-01-05'))).toMatchObject([{ state: 'late' }]);

    const decided = statementId(50);
    await decide(
      pages,
      {
        id: decided,
        where: conversationForTests.where,
        form: 'advise',
        outcome: 'yes',
        mandate: 'advies',
        title: 'Eigen keuken',
        words: 'Er komt een keuken.',
        reason: '',
        dissent: '',
        language: 'nl',
        decidedOn: today,
        grounds: [{ kind: 'statement', reference: statementReference(talk, statementId(1)), content: '16 van 16' }],
        actions: [{ id: statementId(51), words: 'Bouwen', responsible: 'locatie', dueOn: day('2027-02-01') }],
        example: false,
      },
      anna,
      doing(),
    );
    expect(await answersOf(pages, talk, day('2027-01-05'))).toMatchObject([
      { state: 'in progress', decision: { id: decided } },
    ]);
    expect(await decisionAbout(pages, talk, statementId(2))).toBeNull();
  });

  test('an answer stays owed when people change their votes afterwards', async () => {
    await releaseConversation(owner, talk, today);
    for (let n = 1; n <= 16; n++) await voteForTests(pages, n, 1, -1);
    await releaseConversation(owner, talk, today);
    expect(await answersOf(pages, talk, today)).toHaveLength(1);
  });

  test('the database refuses an answer to a statement that is not there', async () => {
    await expect(
      owner.pool.query(
        `INSERT INTO answer_owed VALUES ('${talk}', '${statementId(9)}', '2026-11-23', '2027-01-04', false)`,
      ),
    ).rejects.toMatchObject({ code: '23503' });
  });
});

describe('who voted what', () => {
  test('is not for the pages to read, nor for staff who use them; what they show is made by the owner', async () => {
    await sixteen();
    for (const forbidden of [
      'SELECT value FROM vote',
      'SELECT * FROM vote',
      'SELECT contributor FROM vote WHERE value = 1',
      'UPDATE vote SET voted_on = voted_on WHERE value = 1',
      'DELETE FROM vote WHERE value = 1',
      'INSERT INTO conversation_release SELECT * FROM conversation_release',
      'UPDATE answer_owed SET due_on = due_on + 100',
      'DELETE FROM conversation',
    ])
      await expect(pages.pool.query(forbidden), forbidden).rejects.toMatchObject({ code: '42501' });
    await expect(releaseConversation(pages, talk, today)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('a court asks for all that the server holds of one person', () => {
  /** Every row of every table that holds the id of the contributor, or of what they said. */
  async function everythingOf(ids: readonly string[]): Promise<Map<string, Record<string, unknown>[]>> {
    const { rows: tables } = await owner.pool.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
    const found = new Map<string, Record<string, unknown>[]>();
    for (const { name } of tables) {
      const { rows } = await owner.pool.query<Record<string, unknown>>(
        `SELECT * FROM ${name} t WHERE EXISTS (SELECT FROM unnest($1::text[]) AS id WHERE position(id IN t::text) > 0)`,
        [ids],
      );
      if (rows.length > 0) found.set(name, rows);
    }
    return found;
  }

  async function documented(): Promise<Record<string, string[]>> {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const section = readme.split('## What the server holds of somebody in a conversation')[1]!.split('\n## ')[0]!;
    return Object.fromEntries(
      [...section.matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)].map(([, table, columns]) => [
        table!,
        columns!.split(',').map((column) => column.trim()),
      ]),
    );
  }

  beforeEach(async () => {
    await joinForTests(pages, 1, 'newcomer');
    await acceptedForTests(pages, 1, 1, 'Wij willen zelf koken.');
    await sayForTests(2, 'Bel mij, Fatma.');
    await voteForTests(pages, 1, 1, 1);
  });

  test('it is what the README says, column by column, and nothing in it is finer than a day', async () => {
    const held = await everythingOf([somebody(1)]);
    expect(Object.fromEntries([...held].map(([table, [row]]) => [table, Object.keys(row!)]))).toEqual(
      await documented(),
    );
    for (const row of [...held.values()].flat())
      for (const value of Object.values(row)) expect(value).not.toBeInstanceOf(Date);
  });

  test('after leaving nothing names them, and only the words that others voted on are left', async () => {
    await leave(pages, { conversation: talk, contributor: somebody(1) });
    expect([...(await everythingOf([somebody(1)])).keys()]).toEqual([]);
    const left = await owner.pool.query('SELECT words, author FROM statement ORDER BY id');
    expect(left.rows).toEqual([
      { words: 'Wij willen zelf koken.', author: null },
      { words: '–', author: null },
    ]);
  });
});
