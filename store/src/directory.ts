import type { Day } from '@meedoen/units';
import type { Database } from './database.ts';

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
export async function helpFor(_database: Database, _question: HelpQuestion): Promise<readonly Service[]> {
  throw new Error('not built yet');
}

/** All organisations, by name. */
export async function organizations(_database: Database): Promise<readonly Organization[]> {
  throw new Error('not built yet');
}

/** One organisation with its services; null when there is none with this id (also when it is no id at all). */
export async function organization(_database: Database, _id: string): Promise<OrganizationPage | null> {
  throw new Error('not built yet');
}

/** All services that are not defunct, by name. */
export async function services(_database: Database): Promise<readonly Service[]> {
  throw new Error('not built yet');
}
