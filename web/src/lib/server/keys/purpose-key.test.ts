import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { contributorId, purposeKey, purposes } from './purpose-key.ts';
import type { RecoveryCode } from './recovery-code.ts';

const code = `${'0'.repeat(32)}5724` as RecoveryCode;
const secret = 'the secret of one purpose';

test('a purpose key is HKDF, written out by hand with HMAC (RFC 5869, sections 2.2 and 2.3)', () => {
  const hmac = (key: string | Buffer, ...data: (string | Buffer)[]) =>
    data.reduce((mac, part) => mac.update(part), createHmac('sha256', key)).digest();
  const extracted = hmac('meedoen recovery code 1', code);
  const expanded = hmac(extracted, 'purpose evidence', Buffer.from([1]));
  expect(purposeKey(code, 'evidence')).toBe(expanded.toString('base64url'));
  expect(expanded).toHaveLength(32);
});

test('this code gives this key and these ids for ever: people come back with it', () => {
  const key = purposeKey(code, 'evidence');
  expect(key).toBe('IlbmMCGlpaizMdRwwr_9BFuRcgD8-nNYdIKdIjewSNA');
  expect(contributorId(key, 'study', secret)).toBe('88348ebf-db7f-8738-bc64-ecce117a2c05');
  expect(contributorId(key, 'month:2026-11', secret)).toBe('16427daf-a2ef-8db5-9263-9c19bba7e30a');
});

test('purposes, months and secrets have nothing in common that the server could join', () => {
  const ids = purposes.flatMap((purpose) =>
    (['study', 'month:2026-11', 'month:2026-12'] as const).flatMap((label) =>
      [secret, 'another secret'].map((of) => contributorId(purposeKey(code, purpose), label, of)),
    ),
  );
  expect(new Set(ids).size).toBe(3 * 3 * 2);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
