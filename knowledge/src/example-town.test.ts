import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatProblem } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { checkExampleTown, loadExampleTown } from './example-town.ts';
import { helpTopics } from './topics.ts';

const folder = join(import.meta.dirname, '../example-town');
const town = loadExampleTown(folder);

test('the example town has nothing to mend', () => {
  expect(checkExampleTown(folder).map(formatProblem)).toEqual([]);
});

test('a few help points and organisations, all of them examples', () => {
  expect([town.organizations.length, town.services.length]).toEqual([6, 12]);
  for (const record of [...town.organizations, ...town.locations, ...town.services, ...town.phones]) {
    expect(record.example).toBe(true);
  }
  for (const service of town.services) expect(service.name).toMatch(/\(voorbeeld\)$/);
});

test('nothing in it can lead to somebody real', () => {
  expect(town.place.code).toBe('GM9999');
  for (const phone of town.phones) expect(phone.number).toMatch(/^000-/);
  for (const address of town.addresses) expect(address.postal_code).toMatch(/^0000 /);
  for (const { email, website } of town.organizations)
    expect(`${email} ${website}`).toMatch(/@example\.org https:\/\/example\.org\//);
});

test('no example stands where only a real helpline will do', () => {
  const topics = new Set(town.services.flatMap((service) => service.topics));
  expect(helpTopics.filter((topic) => !topics.has(topic))).toEqual(['health', 'discrimination', 'violence']);
});

describe('a broken town is refused with its line', () => {
  const good = readFileSync(join(folder, 'voorbeeldstad.yaml'), 'utf8');

  test.each([
    {
      story: 'a number that could ring',
      from: "number: '000-000 00 01'",
      to: "number: '020-123 45 67'",
      says: /example number starts with 000-/,
    },
    {
      story: 'a real looking site',
      from: 'https://example.org/bibliotheek',
      to: 'https://bibliotheek.nl/',
      says: /example site starts with/,
    },
    {
      story: 'a record that does not say it is an example',
      from: '    example: true\n',
      to: '    example: false\n',
      says: /says "example: true"/,
    },
    {
      story: 'an id of another version',
      from: '-7000-8000-000000000101',
      to: '-4000-8000-000000000101',
      says: /no UUID of version 7/,
    },
    { story: 'the same id twice', from: '-000000000402', to: '-000000000401', says: /is used twice/ },
    {
      story: 'a topic we do not know',
      from: 'topics: [language, meeting]',
      to: 'topics: [language, tea]',
      says: /"tea" is no help topic/,
    },
    {
      story: 'an hour that does not exist',
      from: "opens_at: '19:00'",
      to: "opens_at: '25:00'",
      says: /Write "opens_at" as '09:00'/,
    },
    {
      story: 'a place that is not there',
      from: 'location_id: 01a205b3-d000-7000-8000-000000000201',
      to: 'location_id: 01a205b3-d000-7000-8000-000000000999',
      says: /No location above has the id/,
    },
  ])('$story', ({ from, to, says }) => {
    expect(good).toContain(from);
    const broken = mkdtempSync(join(tmpdir(), 'town-'));
    try {
      writeFileSync(join(broken, 'voorbeeldstad.yaml'), good.replace(from, to));
      expect(checkExampleTown(broken).map(formatProblem).join('\n')).toMatch(says);
      expect(checkExampleTown(broken)[0]?.at).toMatchObject({
        file: 'example-town/voorbeeldstad.yaml',
        line: expect.any(Number),
      });
    } finally {
      rmSync(broken, { recursive: true });
    }
  });

  test('no file at all', () => {
    expect(checkExampleTown(join(folder, 'nowhere')).map(formatProblem)[0]).toMatch(
      /voorbeeldstad\.yaml: This file cannot be read/,
    );
  });
});
