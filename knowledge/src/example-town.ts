import { join } from 'node:path';
import { formatProblem, type Day, type Problem } from '@meedoen/units';
import { helpTopics, type HelpTopic } from './topics.ts';
import { openYaml, type Entry } from './yaml-file.ts';

/**
 * A town that does not exist, in the shape in which real towns are stored (nl: voorbeeldstad). Records carry the
 * field names of HSDS 3 (Open Referral) and refer to each other by id, one array for each kind.
 */
export type ExampleTown = {
  place: { code: string; name: string; province: string; example: true };
  checkedOn: Day;
  organizations: readonly Organization[];
  locations: readonly Location[];
  addresses: readonly Address[];
  services: readonly Service[];
  serviceAtLocations: readonly ServiceAtLocation[];
  schedules: readonly Schedule[];
  phones: readonly Phone[];
  languages: readonly Language[];
  costOptions: readonly CostOption[];
};

/** What a field says in another language than Dutch, which is the canonical one. */
export type Translations<Field extends string> = Readonly<Record<string, Readonly<Record<Field, string>>>>;

export type Organization = {
  id: string;
  name: string;
  description: string;
  email: string;
  website: string;
  example: true;
  translations: Translations<'name' | 'description'>;
};

export type Location = {
  id: string;
  organization_id: string;
  location_type: 'physical' | 'postal' | 'virtual';
  name: string;
  description: string;
  example: true;
  translations: Translations<'name' | 'description'>;
};

export type Address = {
  id: string;
  location_id: string;
  address_1: string;
  city: string;
  state_province: string;
  postal_code: string;
  country: string;
  address_type: 'physical' | 'postal' | 'virtual';
};

export type Service = {
  id: string;
  organization_id: string;
  name: string;
  description: string;
  status: 'active' | 'inactive' | 'defunct' | 'temporarily closed';
  eligibility_description: string;
  application_process: string;
  topics: readonly HelpTopic[];
  example: true;
  translations: Translations<'name' | 'description' | 'eligibility_description' | 'application_process'>;
};

export type ServiceAtLocation = { id: string; service_id: string; location_id: string };

/** Opening hours in Dutch local time: `byday` 'TU,TH', `opens_at` '09:00'. */
export type Schedule = {
  id: string;
  service_at_location_id: string;
  freq: 'WEEKLY' | 'MONTHLY';
  byday: string;
  opens_at: string;
  closes_at: string;
};

export type Phone = {
  id: string;
  organization_id: string;
  number: string;
  type: string;
  description: string;
  example: true;
};

export type Language = { id: string; service_id: string; code: string; name: string };

/** `amount` in euros; null where the organisation itself has to say it. */
export type CostOption = { id: string; service_id: string; option: string; currency: 'EUR'; amount: number | null };

const fileName = 'voorbeeldstad.yaml';

/** The example town of the folder `example-town`; throws when our own file is broken. */
export function loadExampleTown(folder: string): ExampleTown {
  const { town, problems } = readExampleTown(folder);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return town;
}

/** What is wrong with the example town, with file, line and column. */
export function checkExampleTown(folder: string): Problem[] {
  return readExampleTown(folder).problems;
}

function readExampleTown(folder: string): { town: ExampleTown; problems: Problem[] } {
  const problems: Problem[] = [];
  const root = openYaml(join(folder, fileName), `example-town/${fileName}`, problems);
  return { town: townOf(root), problems };
}

/** Read a town out of a YAML file that was opened already. */
function townOf(root: Entry): ExampleTown {
  const seen = new Set<string>();
  const id = (entry: Entry): string => {
    const value = entry.text('id');
    if (value !== '' && !uuidV7.test(value))
      entry.wrong('id', `"${value}" is no UUID of version 7, such as 01a205b3-d000-7000-8000-000000000101.`);
    if (seen.has(value)) entry.wrong('id', `The id ${value} is used twice. Give each record its own.`);
    seen.add(value);
    return value;
  };

  const place = root.record('place');
  const town = {
    place: {
      code: place.text('code'),
      name: place.text('name'),
      province: place.text('province'),
      example: example(place),
    },
    checkedOn: root.day('checked_on'),
    organizations: [] as Organization[],
    locations: [] as Location[],
    addresses: [] as Address[],
    services: [] as Service[],
    serviceAtLocations: [] as ServiceAtLocation[],
    schedules: [] as Schedule[],
    phones: [] as Phone[],
    languages: [] as Language[],
    costOptions: [] as CostOption[],
  };
  if (town.place.code !== '' && town.place.code !== 'GM9999') {
    place.wrong('code', 'An example town has the code GM9999, which no municipality has.');
  }
  place.end();

  for (const organization of root.list('organizations')) {
    const organization_id = id(organization);
    town.organizations.push({
      id: organization_id,
      name: organization.text('name'),
      description: organization.text('description'),
      email: exampleEmail(organization),
      website: exampleWebsite(organization),
      example: example(organization),
      translations: translations(organization, ['name', 'description']),
    });
    for (const phone of organization.list('phones', { optional: true })) {
      town.phones.push({
        id: id(phone),
        organization_id,
        number: exampleNumber(phone),
        type: phone.text('type'),
        description: phone.text('description'),
        example: example(phone),
      });
      phone.end();
    }
    for (const location of organization.list('locations', { optional: true })) {
      const location_id = id(location);
      town.locations.push({
        id: location_id,
        organization_id,
        location_type: location.oneOf('location_type', ['physical', 'postal', 'virtual']),
        name: location.text('name'),
        description: location.text('description'),
        example: example(location),
        translations: translations(location, ['name', 'description']),
      });
      for (const address of location.list('addresses', { optional: true })) {
        town.addresses.push({
          id: id(address),
          location_id,
          address_1: address.text('address_1'),
          city: address.text('city'),
          state_province: address.text('state_province'),
          postal_code: address.text('postal_code'),
          country: address.text('country'),
          address_type: address.oneOf('address_type', ['physical', 'postal', 'virtual']),
        });
        address.end();
      }
      location.end();
    }
    for (const service of organization.list('services', { optional: true })) readService(service, organization_id);
    organization.end();
  }
  root.end();
  return town;

  function readService(service: Entry, organization_id: string): void {
    const service_id = id(service);
    const topics = service.texts('topics').filter((topic): topic is HelpTopic => {
      const known = (helpTopics as readonly string[]).includes(topic);
      if (!known) service.wrong('topics', `"${topic}" is no help topic. Choose one of: ${helpTopics.join(', ')}.`);
      return known;
    });
    town.services.push({
      id: service_id,
      organization_id,
      name: service.text('name'),
      description: service.text('description'),
      status: service.oneOf('status', ['active', 'inactive', 'defunct', 'temporarily closed']),
      eligibility_description: service.text('eligibility_description'),
      application_process: service.text('application_process'),
      topics,
      example: example(service),
      translations: translations(service, ['name', 'description', 'eligibility_description', 'application_process']),
    });
    for (const language of service.list('languages', { optional: true })) {
      town.languages.push({ id: id(language), service_id, code: language.text('code'), name: language.text('name') });
      language.end();
    }
    for (const cost of service.list('cost_options', { optional: true })) {
      town.costOptions.push({
        id: id(cost),
        service_id,
        option: cost.text('option'),
        currency: cost.oneOf('currency', ['EUR']),
        amount: cost.maybeNumber('amount'),
      });
      cost.end();
    }
    for (const there of service.list('service_at_locations', { optional: true })) {
      const service_at_location_id = id(there);
      const location_id = there.text('location_id');
      if (location_id !== '' && !town.locations.some((location) => location.id === location_id)) {
        there.wrong('location_id', `No location above has the id ${location_id}.`);
      }
      town.serviceAtLocations.push({ id: service_at_location_id, service_id, location_id });
      for (const schedule of there.list('schedules', { optional: true })) {
        town.schedules.push({
          id: id(schedule),
          service_at_location_id,
          freq: schedule.oneOf('freq', ['WEEKLY', 'MONTHLY']),
          byday: matching(schedule, 'byday', /^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$/, 'MO,TH'),
          opens_at: matching(schedule, 'opens_at', clockTime, '09:00'),
          closes_at: matching(schedule, 'closes_at', clockTime, '12:30'),
        });
        schedule.end();
      }
      there.end();
    }
    service.end();
  }
}

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

function example(entry: Entry): true {
  if (!entry.boolean('example')) entry.wrong('example', 'Every record of the example town says "example: true".');
  return true;
}

// The three below keep the example from ever leading to somebody real.
function exampleEmail(entry: Entry): string {
  const email = entry.text('email');
  if (email !== '' && !email.endsWith('@example.org'))
    entry.wrong('email', 'An example address ends with @example.org.');
  return email;
}

function exampleWebsite(entry: Entry): string {
  const website = entry.url('website');
  if (website !== '' && !website.startsWith('https://example.org/'))
    entry.wrong('website', 'An example site starts with https://example.org/.');
  return website;
}

function exampleNumber(entry: Entry): string {
  const number = entry.text('number');
  if (number !== '' && !number.startsWith('000-'))
    entry.wrong('number', 'An example number starts with 000-, which belongs to nobody.');
  return number;
}

function matching(entry: Entry, key: string, pattern: RegExp, sample: string): string {
  const value = entry.text(key);
  if (value !== '' && !pattern.test(value)) entry.wrong(key, `Write "${key}" as '${sample}'.`);
  return value;
}

function translations<Field extends string>(entry: Entry, fields: readonly Field[]): Translations<Field> {
  const found: Record<string, Record<Field, string>> = {};
  for (const [language, texts] of entry.maybeRecord('translations')?.entries() ?? []) {
    found[language] = Object.fromEntries(fields.map((field) => [field, texts.text(field)])) as Record<Field, string>;
    texts.end();
  }
  return found;
}
