import { join } from 'node:path';
import { knowledgeFolder, loadExampleConversation as readConversation } from '@meedoen/knowledge';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { answersOf } from './answers-owed.ts';
import { conversations } from './conversations.ts';
import { loadExampleConversation, removeExampleConversation } from './example-conversation.ts';
import { releaseOf } from './release-conversation.ts';
import { acceptedStatements } from './statements.ts';
import { openForTests, talk, today } from './voices-for-tests.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(() => server.stop());

const example = readConversation(join(knowledgeFolder(), 'example-town'));

test('the example is loaded once, is marked, finds what was planted, and goes without a trace', async () => {
  await openForTests(database);
  expect(await loadExampleConversation(database, example, today)).toBe(true);
  expect(await loadExampleConversation(database, example, today)).toBe(false);

  const statements = await acceptedStatements(database, example.id);
  const release = (await releaseOf(database, example.id))!;
  const said = (id: string) => statements.find((one) => one.id === id)!.translations['en']?.words ?? 'in English';
  const ranked = release.statements.toSorted((a, b) => b.bridge!.value - a.bridge!.value);
  // Fifteen and fourteen of sixteen agree; one and nine want a fence.
  expect(said(ranked[0]!.statement)).toBe('We want to cook our own food.');
  expect(said(ranked.at(-1)!.statement)).toBe('There must be a fence around the location.');
  expect(release.attendance['side']).toEqual({ newcomer: 16, neighbour: 16 });
  expect((await answersOf(database, example.id, today)).length).toBeGreaterThan(1);

  await removeExampleConversation(database);
  expect((await conversations(database)).map(({ id }) => id)).toEqual([talk]);
  for (const table of [
    'vote',
    'statement',
    'statement_translation',
    'participant',
    'answer_owed',
    'conversation_release',
  ])
    expect((await database.pool.query(`SELECT FROM ${table}`)).rowCount, table).toBe(0);
});

test('every statement of the example is there in eight languages', () => {
  for (const { language, translations } of example.statements)
    expect(new Set([language, ...Object.keys(translations)]).size).toBe(8);
});
