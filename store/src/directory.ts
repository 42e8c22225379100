import { parseDay, type Day } from '@meedoen/units';
import { sql, type Kysely } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Database } from './database.ts';
import { isStorableText } from './storable-text.ts';
import type { Tables } from './tables.ts';

/** Texts of a record in other languages than Dutch: language tag → field → text. Absent = no translation. */
export type Translations = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Phone = { id: string; number: string; type: string; description: string };

/** Opening hours in Dutch local time: days 'TU,TH' (as in iCalendar), '09:00' to '12:30'. */
export type Schedule = { id: string; freq: 'WEEKLY' | 'MONTHLY'; byday: string; opensAt: string; closesAt: string };

export type Address = {
  id: string;
  address1: string;
  city: string;
  stateProvince: string;
  postalCode: string;
  country: string;
  addressType: 'physical' | 'postal' | 'virtual';
};

export type ServiceLanguage = { code: string; name: string };

/** `amount` in euros as exact text ('12.50'); null where the organisation itself has to say it. */
export type CostOption = { option: string; currency: string; amount: string | null };

/** Where a service is given, and when. */
export type ServicePlace = {
  id: string;
  name: string;
  description: string;
  locationType: 'physical' | 'postal' | 'virtual';
  translations: Translations;
  addresses: readonly Address[];
  schedules: readonly Schedule[];
};

export type Service = {
  id: string;
  organizationId: string;
  organizationName: string;
  name: string;
  description: string;
  status: 'active' | 'inactive' | 'defunct' | 'temporarily closed';
  eligibilityDescription: string;
  applicationProcess: string;
  topics: readonly string[];
  languages: readonly ServiceLanguage[];
  costOptions: readonly CostOption[];
  places: readonly ServicePlace[];
  /** Phones of the organisation that gives the service. */
  phones: readonly Phone[];
  translations: Translations;
  example: boolean;
  checkedOn: Day;
};

export type Organization = {
  id: string;
  name: string;
  description: string;
  email: string | null;
  website: string | null;
  phones: readonly Phone[];
  translations: Translations;
  example: boolean;
  checkedOn: Day;
};

export type OrganizationPage = Organization & { services: readonly Service[] };

export type HelpQuestion = {
  /** A help topic of `@meedoen/knowledge`, such as 'work' or 'legal'. */
  topic: string;
  /** Language tags; services that speak one of them come first, and every service comes along. */
  languages?: readonly string[];
};

/** Active services that help with a topic, those in one of the languages first, then by name. */
export async function helpFor(database: Database, question: HelpQuestion): Promise<readonly Service[]> {
  if (!isStorableText(question.topic)) return [];
  const found = await database.read((kysely) =>
    wholeServices(kysely)
      .where('service.status', '=', 'active')
      .where((where) =>
        where.exists(
          where
            .selectFrom('service_topic')
            .select('service_topic.id')
            .whereRef('service_topic.service_id', '=', 'service.id')
            .where('service_topic.topic_id', '=', question.topic),
        ),
      )
      .execute(),
  );
  const wanted = (question.languages ?? []).map(baseLanguage);
  const speaks = (service: Service): boolean =>
    service.languages.some(({ code }) => wanted.includes(baseLanguage(code)));
  return found.map(serviceOf).sort((a, b) => Number(speaks(b)) - Number(speaks(a)) || byName(a, b));
}

/** All organisations, by name. */
export async function organizations(database: Database): Promise<readonly Organization[]> {
  const found = await database.read((kysely) => wholeOrganizations(kysely).execute());
  return found.map(organizationOf).sort(byName);
}

/** One organisation with its services; null when there is none with this id (also when it is no id at all). */
export async function organization(database: Database, id: string): Promise<OrganizationPage | null> {
  if (!uuid.test(id)) return null;
  return database.read(async (kysely) => {
    const found = await wholeOrganizations(kysely).where('organization.id', '=', id).executeTakeFirst();
    if (found === undefined) return null;
    const offered = await wholeServices(kysely).where('service.organization_id', '=', id).execute();
    return { ...organizationOf(found), services: offered.map(serviceOf).sort(byName) };
  });
}

/** All services that are not defunct, by name. */
export async function services(database: Database): Promise<readonly Service[]> {
  const found = await database.read((kysely) => wholeServices(kysely).execute());
  return found.map(serviceOf).sort(byName);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// The database sorts by bytes (C locale), people do not.
const collator = new Intl.Collator('nl');

function byName(a: { name: string; id: string }, b: { name: string; id: string }): number {
  return collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1);
}

/** 'ar-EG' and 'ar' understand each other. */
function baseLanguage(tag: string): string {
  return tag.toLowerCase().split('-')[0]!;
}

/** An organisation with its phones, in one query. */
function wholeOrganizations(kysely: Kysely<Tables>) {
  return kysely
    .selectFrom('organization')
    .selectAll('organization')
    .select((select) => [
      jsonArrayFrom(
        select
          .selectFrom('phone')
          .select(['phone.id', 'phone.number', 'phone.type', 'phone.description'])
          .whereRef('phone.organization_id', '=', 'organization.id')
          .orderBy('phone.id'),
      ).as('phones'),
    ]);
}

/** A service with all that belongs to it, in one query and so from one moment. */
function wholeServices(kysely: Kysely<Tables>) {
  return kysely
    .selectFrom('service')
    .innerJoin('organization', 'organization.id', 'service.organization_id')
    .where('service.status', '!=', 'defunct')
    .selectAll('service')
    .select('organization.name as organization_name')
    .select((select) => [
      jsonArrayFrom(
        select
          .selectFrom('service_topic')
          .select('service_topic.topic_id')
          .whereRef('service_topic.service_id', '=', 'service.id')
          .orderBy('service_topic.topic_id'),
      ).as('topics'),
      jsonArrayFrom(
        select
          .selectFrom('language')
          .select(['language.code', 'language.name'])
          .whereRef('language.service_id', '=', 'service.id')
          .orderBy('language.id'),
      ).as('languages'),
      jsonArrayFrom(
        select
          .selectFrom('cost_option')
          // As text: JSON has no exact decimals.
          .select([
            'cost_option.option',
            'cost_option.currency',
            sql<string | null>`cost_option.amount::text`.as('amount'),
          ])
          .whereRef('cost_option.service_id', '=', 'service.id')
          .orderBy('cost_option.id'),
      ).as('cost_options'),
      jsonArrayFrom(
        select
          .selectFrom('phone')
          .select(['phone.id', 'phone.number', 'phone.type', 'phone.description'])
          .whereRef('phone.organization_id', '=', 'service.organization_id')
          .orderBy('phone.id'),
      ).as('phones'),
      jsonArrayFrom(
        select
          .selectFrom('service_at_location')
          .innerJoin('location', 'location.id', 'service_at_location.location_id')
          .select(['location.id', 'location.name', 'location.description', 'location.translations'])
          .select('location.location_type as locationType')
          .select((there) => [
            jsonArrayFrom(
              there
                .selectFrom('address')
                .select([
                  'address.id',
                  'address.address_1 as address1',
                  'address.city',
                  'address.state_province as stateProvince',
                ])
                .select(['address.postal_code as postalCode', 'address.country', 'address.address_type as addressType'])
                .whereRef('address.location_id', '=', 'location.id')
                .orderBy('address.id'),
            ).as('addresses'),
            jsonArrayFrom(
              there
                .selectFrom('schedule')
                .select(['schedule.id', 'schedule.freq', 'schedule.byday'])
                .select(['schedule.opens_at as opensAt', 'schedule.closes_at as closesAt'])
                .whereRef('schedule.service_at_location_id', '=', 'service_at_location.id')
                .orderBy('schedule.id'),
            ).as('schedules'),
          ])
          .whereRef('service_at_location.service_id', '=', 'service.id')
          .orderBy('service_at_location.id'),
      ).as('places'),
    ]);
}

type OrganizationRow = Awaited<ReturnType<ReturnType<typeof wholeOrganizations>['execute']>>[number];
type ServiceRow = Awaited<ReturnType<ReturnType<typeof wholeServices>['execute']>>[number];

function organizationOf({ checked_on, ...row }: OrganizationRow): Organization {
  return { ...row, checkedOn: dayOf(checked_on) };
}

function serviceOf(row: ServiceRow): Service {
  return {
    id: row.id,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    name: row.name,
    description: row.description,
    status: row.status,
    eligibilityDescription: row.eligibility_description,
    applicationProcess: row.application_process,
    topics: row.topics.map(({ topic_id }) => topic_id),
    languages: row.languages,
    costOptions: row.cost_options,
    places: row.places,
    phones: row.phones,
    translations: row.translations,
    example: row.example,
    checkedOn: dayOf(row.checked_on),
  };
}

function dayOf(date: string): Day {
  const parsed = parseDay(date);
  if (!parsed.ok) throw new RangeError(`The database holds a date we cannot read: ${date}`);
  return parsed.value;
}
