import { expect, test } from 'vitest';
import { giveTicket, isWorkDone, readTicket, workInBits } from './waiting-ticket.ts';

const secret = 'our key';
const id = '0190b0c4-0000-7000-8000-000000000001';
const noon = Date.UTC(2026, 10, 23, 12);
const ticket = giveTicket(id, noon + 10_000, secret);
const asked = { id, work: '', now: noon, secret };

test('a ticket opens by waiting', () => {
  expect(readTicket(ticket, asked)).toEqual({ waitInSeconds: 10 });
  expect(readTicket(ticket, { ...asked, now: noon + 9_001 })).toEqual({ waitInSeconds: 1 });
  expect(readTicket(ticket, { ...asked, now: noon + 10_000 })).toBe('open');
});

test('or at once, by work that takes about 32,768 tries', () => {
  let work = 0;
  while (!isWorkDone(ticket, work.toString(36))) work += 1;
  expect(readTicket(ticket, { ...asked, work: work.toString(36) })).toBe('open');
  expect(work).toBeLessThan(20 * 2 ** workInBits);
  expect(readTicket(ticket, { ...asked, work: `${work.toString(36)}!` })).not.toBe('open');
});

test.each([
  { story: 'of another contribution', change: { id: id.replace(/1$/, '2') } },
  { story: 'of another server', change: { secret: 'another key' } },
  { story: 'of last week', change: { now: noon + 7 * 86_400_000 } },
])('a ticket $story is none', ({ change }) => {
  expect(readTicket(ticket, { ...asked, ...change })).toBeNull();
});

test('what is no ticket is none, however long', () => {
  for (const forged of ['', 'x', 'x.y', 'x.y.z', 'a'.repeat(100_000)]) expect(readTicket(forged, asked)).toBeNull();
});
