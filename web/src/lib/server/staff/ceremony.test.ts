import type { RequestEvent } from '@sveltejs/kit';
import { expect, test, vi } from 'vitest';
import { deviceForTests } from '../device-for-tests.ts';

vi.stubEnv('MEEDOEN_SECRET', 'a key that only this test uses');
const { recall, remember, untilWhen } = await import('./ceremony.ts');

const now = new Date('2026-11-23T10:00:00Z');
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);
const asked = { challenge: 'abc', until: untilWhen(now) };

function device(): RequestEvent {
  const { cookies, url } = deviceForTests();
  return { cookies, url } as RequestEvent;
}

test('what we asked comes back once, and on https only to us', () => {
  const event = device();
  remember(event, 'passkey', asked);
  expect(event.cookies.get('__Host-meedoen-staff-passkey')).toBeDefined();
  expect(recall(event, 'passkey', minutes(9))).toEqual(asked);
  expect(recall(event, 'passkey', minutes(9))).toBeNull();
});

test('after ten minutes it is stale, whatever the browser kept', () => {
  const event = device();
  remember(event, 'passkey', asked);
  expect(recall(event, 'passkey', minutes(10))).toBeNull();
});

test('one question is never taken for another, nor what somebody else wrote for ours', () => {
  const event = device();
  remember(event, 'passkey', asked);
  const value = event.cookies.get('__Host-meedoen-staff-passkey')!;
  event.cookies.set('__Host-meedoen-staff-oidc', value, { path: '/' });
  expect(recall(event, 'oidc', now)).toBeNull();
  event.cookies.set('__Host-meedoen-staff-passkey', `${value}x`, { path: '/' });
  expect(recall(event, 'passkey', now)).toBeNull();
});
