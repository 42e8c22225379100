import * as store from '@meedoen/store';
import { expect, test } from 'vitest';
import { parseGrant } from './grant-form.ts';

const form = (choice: string, place: string, reason = 'because'): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries({ choice, place, reason })) data.set(name, value);
  return data;
};

test.each([
  ['municipality-analyst@municipality', ' GM0363 ', { kind: 'municipality', id: 'GM0363' }],
  ['municipality-analyst@platform', '', { kind: 'platform' }],
  ['organisation-editor@organisation', '01a205b3-d000-7000-8000-000000000061', { kind: 'organisation' }],
])('%s at "%s"', (choice, place, scope) => {
  expect(parseGrant(store, form(choice, place))).toMatchObject({ scope, reason: 'because' });
});

test.each([
  ['steward@organisation', 'x', 'because', 'where'],
  ['king@platform', '', 'because', 'where'],
  ['steward@platform', 'GM0363', 'because', 'where'],
  ['steward@municipality', 'Amsterdam', 'because', 'where'],
  ['location-team@location', "x'; DROP", 'because', 'where'],
  ['location-team@location', '', 'because', 'where'],
  ['steward@platform', '', '  ', 'reason'],
  ['steward@platform', '', 'a'.repeat(301), 'reason'],
  ['steward@platform', '', 'a\u0000', 'reason'],
])('%s at "%s" because "%s" is refused: %s', (choice, place, reason, problem) => {
  expect(parseGrant(store, form(choice, place, reason))).toBe(problem);
});
