import { globSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Grant, Scope, SignedIn, StaffRole } from '@meedoen/store';
import { describe, expect, test } from 'vitest';
import { judge, type Verdict } from './guard.ts';
import { staffFolder, staffRoutes } from './staff-routes.ts';

const now = new Date('2026-11-23T10:00:00Z');
const town: Scope = { kind: 'municipality', id: 'GM0001' };

/** Who asks: every role, in the place of the address, in another place, and for the whole platform where that exists. */
const people = {
  nobody: null,
  'without a grant': staff(),
  'analyst here': staff(['municipality-analyst', town]),
  'analyst elsewhere': staff(['municipality-analyst', { kind: 'municipality', id: 'GM0002' }]),
  'analyst everywhere': staff(['municipality-analyst', { kind: 'platform' }]),
  'location team': staff(['location-team', { kind: 'location', id: 'example' }]),
  'organisation editor': staff(['organisation-editor', { kind: 'organisation', id: 'example' }]),
  'steward here': staff(['steward', town]),
  steward: staff(['steward', { kind: 'platform' }]),
} as const;
type Person = keyof typeof people;

const signedIn: readonly Person[] = (Object.keys(people) as Person[]).filter((person) => person !== 'nobody');

const leading: readonly Person[] = [
  'analyst here',
  'analyst elsewhere',
  'analyst everywhere',
  'location team',
  'steward here',
  'steward',
];

const everybody: readonly Person[] = ['nobody', ...signedIn];

/** Who may read each route, written down a second time: a row that opens too much differs from this. */
const expected: Readonly<Record<string, readonly Person[]>> = {
  '': signedIn,
  '/again': signedIn,
  '/decisions': ['analyst here', 'analyst elsewhere', 'analyst everywhere'],
  '/decisions/[town=town]': ['analyst here', 'analyst everywhere'],
  '/decisions/[town=town]/[decision=decision]': ['analyst here', 'analyst everywhere'],
  '/decisions/[town=town]/answer': ['analyst here', 'analyst everywhere'],
  '/decisions/[town=town]/new': ['analyst here', 'analyst everywhere'],
  '/conversations': leading,
  '/conversations/[conversation=conversation]': leading,
  '/conversations/[conversation=conversation]/[statement=statement]': leading.slice(0, 4),
  '/invitation/[secret=secret]': everybody,
  '/log': ['steward'],
  '/me': signedIn,
  '/oidc/[provider=provider]': everybody,
  '/oidc/[provider=provider]/back': everybody,
  '/people': ['steward here', 'steward'],
  '/people/[person=person]': ['steward here', 'steward'],
  '/programmes/[town=town]/new': ['analyst here', 'analyst everywhere'],
  '/refused': everybody,
  '/sign-in': everybody,
  '/towns/[town=town]': ['analyst here', 'analyst everywhere', 'steward here', 'steward'],
};

/** The routes as they stand in the folder. */
const routes = globSync('**/{+page,+page.server,+server}.{ts,svelte}', {
  cwd: join(import.meta.dirname, '../../../routes', staffFolder),
}).map((file) => (dirname(file) === '.' ? '' : `/${dirname(file).split(sep).join('/')}`));
const all = [...new Set(routes)].sort();

test('every route for staff has a row, and every row a route', () => {
  expect(Object.keys(staffRoutes).sort()).toEqual(all.map((route) => staffFolder + route));
  expect(Object.keys(expected).sort()).toEqual(all);
});

describe.each(all)('%s', (route) => {
  const rule = staffRoutes[(staffFolder + route) as keyof typeof staffRoutes];
  const params = { language: 'nl', town: 'GM0001' };

  test.each(Object.keys(people) as Person[])('%s', (person) => {
    const verdict = judge(rule, people[person], { method: 'GET', params, now });
    const wanted: Verdict = expected[route]!.includes(person) ? 'may' : person === 'nobody' ? 'sign in' : 'refused';
    expect(verdict).toBe(wanted);
  });
});

test('a route without a row is closed to everybody', () => {
  for (const person of Object.values(people))
    expect(judge(undefined, person, { method: 'GET', params: {}, now })).toBe('refused');
});

describe('a place in the address', () => {
  const rule = {
    roles: ['municipality-analyst'],
    where: ({ town: id }: Readonly<Record<string, string | undefined>>): Scope => ({ kind: 'municipality', id: id! }),
  } as const;
  test.each([
    ['analyst here', 'may'],
    ['analyst elsewhere', 'refused'],
    ['analyst everywhere', 'may'],
    ['steward', 'refused'],
    ['nobody', 'sign in'],
  ] as const)('%s: %s', (person, verdict) => {
    expect(judge(rule, people[person], { method: 'GET', params: { town: 'GM0001' }, now })).toBe(verdict);
  });
});

test.each([
  { recent: 'to change', method: 'GET', minutes: 11, verdict: 'may' },
  { recent: 'to change', method: 'POST', minutes: 9, verdict: 'may' },
  { recent: 'to change', method: 'POST', minutes: 10, verdict: 'sign in again' },
  { recent: 'always', method: 'GET', minutes: 10, verdict: 'sign in again' },
  { recent: undefined, method: 'POST', minutes: 300, verdict: 'may' },
] as const)('recent $recent, $method after $minutes minutes: $verdict', ({ recent, method, minutes, verdict }) => {
  const rule = { roles: ['steward'], ...(recent === undefined ? {} : { recent }) } as const;
  const steward = people.steward;
  const session = { ...steward.session, authenticatedAt: new Date(now.getTime() - minutes * 60_000) };
  expect(judge(rule, { ...steward, session }, { method, params: {}, now })).toBe(verdict);
});

function staff(...grants: readonly (readonly [StaffRole, Scope])[]): SignedIn {
  return {
    id: '0198a1b2-c3d4-7000-8000-000000000001',
    nameShown: 'Ada',
    grants: grants.map(([role, scope], i): Grant => ({ id: String(i), role, scope })),
    session: { id: 'session', method: 'passkey', authenticatedAt: now, rotationIsDue: false },
  };
}
