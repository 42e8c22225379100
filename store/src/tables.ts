import type { ColumnType } from 'kysely';

type Jsonb<T> = ColumnType<T, string, string>;
type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The tables as Kysely sees them. Names follow HSDS 3 (Open Referral); dates come as '2026-11-23'. */
export interface Tables {
  topic: { id: string };
  organization: {
    id: string;
    name: string;
    description: string;
    email: string | null;
    website: string | null;
    translations: Jsonb<Texts>;
    checked_on: string;
    example: boolean;
  };
  location: {
    id: string;
    organization_id: string;
    location_type: 'physical' | 'postal' | 'virtual';
    name: string;
    description: string;
    translations: Jsonb<Texts>;
    checked_on: string;
    example: boolean;
  };
  address: {
    id: string;
    location_id: string;
    address_1: string;
    city: string;
    state_province: string;
    postal_code: string;
    country: string;
    address_type: 'physical' | 'postal' | 'virtual';
    example: boolean;
  };
  service: {
    id: string;
    organization_id: string;
    name: string;
    description: string;
    status: 'active' | 'inactive' | 'defunct' | 'temporarily closed';
    eligibility_description: string;
    application_process: string;
    translations: Jsonb<Texts>;
    checked_on: string;
    example: boolean;
  };
  service_topic: { id: string; service_id: string; topic_id: string; example: boolean };
  service_at_location: { id: string; service_id: string; location_id: string; example: boolean };
  schedule: {
    id: string;
    service_at_location_id: string;
    freq: 'WEEKLY' | 'MONTHLY';
    byday: string;
    opens_at: string;
    closes_at: string;
    example: boolean;
  };
  phone: {
    id: string;
    organization_id: string;
    number: string;
    type: string;
    description: string;
    example: boolean;
  };
  language: { id: string; service_id: string; code: string; name: string; example: boolean };
  cost_option: {
    id: string;
    service_id: string;
    option: string;
    currency: string;
    amount: string | null;
    example: boolean;
  };
  schema_migration: { number: number; name: string; checksum: string; applied_at: Date };
  schema_lock: { id: number };
}
