import type { ExampleTown } from '@meedoen/knowledge';
import { day } from '@meedoen/units';

const id = (number: number): string => `01a205b3-d000-7000-8000-${String(number).padStart(12, '0')}`;

/** A town small enough to check by hand: a library that speaks Arabic, and a legal desk that speaks Tigrinya. */
export const testTown: ExampleTown = {
  place: { code: 'GM9999', name: 'Proefdorp', province: 'Proef', example: true },
  checkedOn: day('2026-11-23'),
  organizations: [
    {
      id: id(1),
      name: 'Bibliotheek',
      description: 'Boeken',
      email: 'b@example.org',
      website: 'https://example.org/b',
      example: true,
      translations: { ar: { name: 'مكتبة', description: 'كتب' } },
    },
    {
      id: id(2),
      name: 'Advies',
      description: 'Recht',
      email: 'a@example.org',
      website: 'https://example.org/a',
      example: true,
      translations: {},
    },
  ],
  locations: [
    {
      id: id(11),
      organization_id: id(1),
      location_type: 'physical',
      name: 'Gebouw',
      description: '',
      example: true,
      translations: {},
    },
  ],
  addresses: [
    {
      id: id(21),
      location_id: id(11),
      address_1: 'Plein 1',
      city: 'Proefdorp',
      state_province: 'Proef',
      postal_code: '0000 AA',
      country: 'NL',
      address_type: 'physical',
    },
  ],
  services: [
    {
      id: id(31),
      organization_id: id(1),
      name: 'Taalcafé',
      description: 'Praten',
      status: 'active',
      eligibility_description: '',
      application_process: '',
      topics: ['language', 'meeting'],
      example: true,
      translations: {},
    },
    {
      id: id(32),
      organization_id: id(2),
      name: 'Spreekuur',
      description: 'Vragen',
      status: 'active',
      eligibility_description: '',
      application_process: '',
      topics: ['legal', 'language'],
      example: true,
      translations: {},
    },
    {
      id: id(33),
      organization_id: id(2),
      name: 'Oud spreekuur',
      description: 'Dicht',
      status: 'inactive',
      eligibility_description: '',
      application_process: '',
      topics: ['legal'],
      example: true,
      translations: {},
    },
  ],
  serviceAtLocations: [{ id: id(41), service_id: id(31), location_id: id(11) }],
  schedules: [
    {
      id: id(51),
      service_at_location_id: id(41),
      freq: 'WEEKLY',
      byday: 'TU,TH',
      opens_at: '19:00',
      closes_at: '20:30',
    },
  ],
  phones: [
    { id: id(61), organization_id: id(1), number: '000-000 00 01', type: 'voice', description: '', example: true },
  ],
  languages: [
    { id: id(71), service_id: id(31), code: 'ar', name: 'العربية' },
    { id: id(72), service_id: id(32), code: 'ti', name: 'ትግርኛ' },
  ],
  costOptions: [{ id: id(81), service_id: id(31), option: 'koffie', currency: 'EUR', amount: 1.1 }],
};
