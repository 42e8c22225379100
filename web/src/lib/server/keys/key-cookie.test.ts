import { expect, test } from 'vitest';
import { deviceForTests } from '../device-for-tests.ts';
import { dropKey, keepKey, readKey } from './key-cookie.ts';
import { purposeKey, purposes } from './purpose-key.ts';
import type { RecoveryCode } from './recovery-code.ts';

const code = '5724'.repeat(9) as RecoveryCode;

test.each(purposes)('code of %s reads and writes the cookie of that purpose, and no other', (purpose) => {
  const device = deviceForTests(Object.fromEntries(purposes.map((one) => [`meedoen-key-${one}`, 'x.y'])));
  readKey(device, purpose);
  keepKey(device, purpose, { key: purposeKey(code, purpose), since: '2026-11-23', shared: false });
  dropKey(device, purpose);
  expect([...device.asked]).toEqual([`meedoen-key-${purpose}`]);
});

test('the key of one purpose in the cookie of another is forged, like anything we did not write', () => {
  const device = deviceForTests();
  keepKey(device, 'voices', { key: purposeKey(code, 'voices'), since: '2026-11-23', shared: false });
  const voices = device.cookies.get('meedoen-key-voices') ?? '';
  for (const forged of [voices, 'x', 'e30.AAAA', `${voices}.`]) {
    expect(readKey(deviceForTests({ 'meedoen-key-evidence': forged }), 'evidence')).toBe('forged');
  }
  expect(readKey(device, 'evidence')).toBeNull();
  expect(readKey(device, 'voices')).toEqual({ key: purposeKey(code, 'voices'), since: '2026-11-23' });
});
