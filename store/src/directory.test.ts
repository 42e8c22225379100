import { day } from '@meedoen/units';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from './database.ts';
import { helpFor, organization, organizations, services } from './directory.ts';
import { loadExampleTown, removeExampleTown } from './example-town.ts';
import { testTown } from './test-town.ts';
import { startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
  await loadExampleTown(database, testTown);
});
afterAll(() => server.stop());

test.each([
  { story: 'by name', question: { topic: 'language' }, found: ['Spreekuur', 'Taalcafé'] },
  { story: 'Arabic first', question: { topic: 'language', languages: ['ar'] }, found: ['Taalcafé', 'Spreekuur'] },
  {
    story: 'Arabic of Egypt is understood as well',
    question: { topic: 'language', languages: ['ar-EG'] },
    found: ['Taalcafé', 'Spreekuur'],
  },
  { story: 'what is closed is not offered', question: { topic: 'legal' }, found: ['Spreekuur'] },
  { story: 'nobody helps with this', question: { topic: 'driving' }, found: [] },
  {
    story: 'no topic at all, as a forged address would have',
    question: { topic: "x'; DROP TABLE topic --\u0000" },
    found: [],
  },
])('help with $question.topic, $story', async ({ question, found }) => {
  expect((await helpFor(database, question)).map(({ name }) => name)).toEqual(found);
});

test('a service comes with all that belongs to it', async () => {
  const [cafe] = await helpFor(database, { topic: 'meeting' });
  expect(cafe).toEqual({
    id: '01a205b3-d000-7000-8000-000000000031',
    organizationId: '01a205b3-d000-7000-8000-000000000001',
    organizationName: 'Bibliotheek',
    name: 'Taalcafé',
    description: 'Praten',
    status: 'active',
    eligibilityDescription: '',
    applicationProcess: '',
    topics: ['language', 'meeting'],
    languages: [{ code: 'ar', name: 'العربية' }],
    costOptions: [{ option: 'koffie', currency: 'EUR', amount: '1.10' }],
    places: [
      {
        id: '01a205b3-d000-7000-8000-000000000011',
        name: 'Gebouw',
        description: '',
        locationType: 'physical',
        translations: {},
        addresses: [
          {
            id: '01a205b3-d000-7000-8000-000000000021',
            address1: 'Plein 1',
            city: 'Proefdorp',
            stateProvince: 'Proef',
            postalCode: '0000 AA',
            country: 'NL',
            addressType: 'physical',
          },
        ],
        schedules: [
          {
            id: '01a205b3-d000-7000-8000-000000000051',
            freq: 'WEEKLY',
            byday: 'TU,TH',
            opensAt: '19:00',
            closesAt: '20:30',
          },
        ],
      },
    ],
    phones: [{ id: '01a205b3-d000-7000-8000-000000000061', number: '000-000 00 01', type: 'voice', description: '' }],
    translations: {},
    example: true,
    checkedOn: day('2026-11-23'),
  });
});

test('organisations by name, one with its services, and none for an id that is none', async () => {
  const all = await organizations(database);
  expect(all.map(({ name }) => name)).toEqual(['Advies', 'Bibliotheek']);
  expect(all[1]).toMatchObject({
    translations: { ar: { name: 'مكتبة' } },
    phones: [{ number: '000-000 00 01' }],
    checkedOn: day('2026-11-23'),
  });
  expect((await organization(database, all[0]!.id))?.services.map(({ name }) => name)).toEqual([
    'Oud spreekuur',
    'Spreekuur',
  ]);
  expect(await organization(database, '01a205b3-d000-7000-8000-000000009999')).toBeNull();
  expect(await organization(database, '../etc/passwd')).toBeNull();
  expect((await services(database)).map(({ name }) => name)).toEqual(['Oud spreekuur', 'Spreekuur', 'Taalcafé']);
});

test('the example may be loaded again, also twice at once, changed, and taken out', async () => {
  const own = await server.freshDatabase();
  await Promise.all([loadExampleTown(own, testTown), loadExampleTown(own, testTown)]);
  const once = await services(own);
  const smaller = { ...testTown, services: testTown.services.slice(0, 2) };
  await loadExampleTown(own, testTown);
  expect(await services(own)).toEqual(once);
  await loadExampleTown(own, smaller);
  expect(await services(own)).toHaveLength(2);
  expect(await removeExampleTown(own)).toEqual({ organizations: 2, services: 2, locations: 1 });
  expect(await organizations(own)).toEqual([]);
});

test('real records stay when the example goes, and one that leans on the example is named', async () => {
  const own = await server.freshDatabase();
  await loadExampleTown(own, testTown);
  const real = '01a205b3-d000-7000-8000-0000000000f1';
  const insert = `INSERT INTO location (id, organization_id, location_type, name, description, translations, checked_on, example)
    VALUES ('${real}', '${testTown.organizations[0]!.id}', 'virtual', 'Echt', '', '{}', '2026-11-23', false)`;
  await own.pool.query(insert);
  await expect(removeExampleTown(own)).rejects.toThrow(
    'A real record in location refers to the example town. Let it refer to a real one first.',
  );
  expect(await organizations(own)).toHaveLength(2);
  await own.pool.query('DELETE FROM location WHERE NOT example');
  await removeExampleTown(own);
});

test('a text that cannot be stored is refused before anything is written', async () => {
  const own = await server.freshDatabase();
  const spoilt = { ...testTown, organizations: testTown.organizations.map((one) => ({ ...one, name: 'a\u0000' })) };
  await expect(loadExampleTown(own, spoilt)).rejects.toMatchObject({ code: 'text_refused' });
  expect(await organizations(own)).toEqual([]);
});
