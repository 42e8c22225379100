import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { uuidV7Source } from '../uuid-v7.ts';
import { answerBarrier, barrierAnswers } from './answer-barrier.ts';

let server: TestServer;
let database: Database;
const newId = uuidV7Source({ now: Date.now, randomBytes });

beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(() => server.stop());

test('a town answers: the newest stands above, and who sends the form twice answered once', async () => {
  const first = {
    id: newId(),
    town: 'GM0344',
    about: 'theme' as const,
    subject: 'lesson-times',
    language: 'nl',
    text: 'We zoeken een leraar voor de avond.',
    answeredBy: newId(),
    example: false,
  };
  const later = { ...first, id: newId(), text: 'De lessen beginnen in maart.' };
  const at = (moment: string) => ({ now: new Date(moment), newId });
  await Promise.all([1, 2].map(() => answerBarrier(database, first, at('2026-10-01T10:00:00Z'))));
  await answerBarrier(database, later, at('2026-11-01T10:00:00Z'));
  await answerBarrier(database, { ...later, id: newId(), town: 'GM0363' }, at('2026-11-02T10:00:00Z'));

  expect((await barrierAnswers(database, 'GM0344')).map(({ text }) => text)).toEqual([later.text, first.text]);
  const log = await database.kysely
    .selectFrom('audit_entry')
    .select(['owner_id', 'act', 'subject'])
    .orderBy('owner_id')
    .execute();
  const line = { owner_id: 'municipality:GM0344', act: 'barrier.answer', subject: 'theme:lesson-times' };
  expect(log).toEqual([line, line, { ...line, owner_id: 'municipality:GM0363' }]);
});
