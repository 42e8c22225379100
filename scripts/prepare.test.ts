import { describe, expect, test } from 'vitest';
import { isInstalled, refuseNode } from './prepare.mjs';

test.each([
  { version: '18.20.4', welcome: false },
  { version: '20.18.3', welcome: false },
  { version: '20.19.0', welcome: true },
  { version: '22.1.0', welcome: true },
  { version: '24.21.0', welcome: true },
])('Node $version to begin with: $welcome', ({ version, welcome }) => {
  expect(refuseNode(version) === null).toBe(welcome);
});

test('an old Node is told what to do', () => {
  expect(refuseNode('18.20.4')).toMatch(/20\.19 or newer.*18\.20\.4.*Install/);
});

describe('is everything installed that the lock asks for?', () => {
  const yaml = { version: '2.9.1', integrity: 'sha512-yaml' };
  const macOnly = { version: '1.0.0', integrity: 'sha512-mac', optional: true };
  const lock = { packages: { '': {}, cli: {}, 'node_modules/yaml': yaml, 'node_modules/for-mac': macOnly } };

  test.each([
    { story: 'a fresh clone', installed: null, so: false },
    {
      story: 'all there',
      installed: { packages: { 'node_modules/yaml': yaml, 'node_modules/for-mac': macOnly } },
      so: true,
    },
    {
      story: 'a package for another machine is absent',
      installed: { packages: { 'node_modules/yaml': yaml } },
      so: true,
    },
    {
      story: 'an older version is there',
      installed: { packages: { 'node_modules/yaml': { ...yaml, version: '2.8.0' } } },
      so: false,
    },
    {
      story: 'the same version with other content',
      installed: { packages: { 'node_modules/yaml': { ...yaml, integrity: 'sha512-other' } } },
      so: false,
    },
    { story: 'something is missing', installed: { packages: {} }, so: false },
  ])('$story: $so', ({ installed, so }) => {
    expect(isInstalled(lock, installed)).toBe(so);
  });
});
