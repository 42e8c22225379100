import { expect, test } from 'vitest';
import { parseProviders } from './providers.ts';

const good = { id: 'utrecht', name: 'Gemeente Utrecht', issuer: 'https://id.example', clientId: 'meedoen' };

test('a provider with what may be left out', () => {
  expect(parseProviders(JSON.stringify([good]), 'f')).toEqual([
    { ...good, clientSecret: null, acr: [], maxAgeInSeconds: null },
  ]);
});

test.each([
  ['{', /f: this is not JSON/],
  ['{}', /f: write a list/],
  [JSON.stringify([{ ...good, id: '../x' }]), /provider 1: id has letters/],
  [JSON.stringify([good, { ...good, issuer: 'http://id.example' }]), /provider 2: issuer begins with https/],
  [JSON.stringify([{ ...good, issuer: 'http://localhost.evil.example' }]), /issuer begins with https/],
  [JSON.stringify([{ ...good, clientId: '' }]), /clientId is missing/],
  [JSON.stringify([{ ...good, acr: 'high' }]), /acr is a list/],
  [JSON.stringify([{ ...good, maxAgeInSeconds: 0 }]), /maxAgeInSeconds is a whole number/],
])('%s is refused with what to do', (text, says) => {
  expect(() => parseProviders(text, 'f')).toThrow(says);
});
