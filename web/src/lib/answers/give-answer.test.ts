import { loadKnowledge } from '@meedoen/knowledge';
import { day } from '@meedoen/units';
import { expect, test } from 'vitest';
import { giveAnswer, previousQuestion } from './give-answer.ts';

const { facts: table } = (await loadKnowledge()).corpus;
const today = day('2026-11-23');
const waiting = {
  facts: { document: 'asylum-request', indLetter: 'accelerated', acceleratedGround: 'e', bornOn: '1995-03-02' },
};

test('a new answer comes last, a changed one keeps its place', () => {
  const added = giveAnswer(table, waiting, 'arrivedOn', '2026-06-20', today);
  expect(added).toMatchObject({ ok: true, dropped: [] });
  expect(added.ok && Object.keys(added.situation.facts).at(-1)).toBe('arrivedOn');
  const changed = giveAnswer(table, waiting, 'bornOn', '1996-03-02', today);
  expect(changed.ok && Object.keys(changed.situation.facts)).toEqual(Object.keys(waiting.facts));
});

test('answers that hung on the old one go, one after the other, and are named', () => {
  expect(giveAnswer(table, waiting, 'document', 'eu-passport', today)).toEqual({
    ok: true,
    situation: { facts: { document: 'eu-passport', bornOn: '1995-03-02' } },
    dropped: ['indLetter', 'acceleratedGround'],
  });
});

test('an answer that cannot be true beside another is refused, and nothing changes', () => {
  const refused = giveAnswer(table, waiting, 'arrivedOn', '1990-01-01', today);
  expect(refused).toMatchObject({ ok: false, problem: { what: 'facts-contradict' } });
  expect(waiting.facts).not.toHaveProperty('arrivedOn');
});

test('back follows the order in which the questions were answered', () => {
  expect(previousQuestion(waiting, 'document')).toBeNull();
  expect(previousQuestion(waiting, 'indLetter')).toBe('document');
  expect(previousQuestion(waiting, 'arrivedOn'), 'not answered yet').toBe('bornOn');
});
