import { day } from '@meedoen/units';
import { expect, test } from 'vitest';
import { littleLaw } from '../test/little-law.ts';
import { evaluateLaw, type LawRequest } from './evaluate-law.ts';
import { receiptOf } from './receipt.ts';

const laws = ['2020-01-01', '2024-01-01', '2027-01-01'].map((from, index) =>
  littleLaw({ outputs: [['out', 'number', String(index)]] }, 'kleine_wet', from),
);
const request: LawRequest = {
  law: 'kleine_wet',
  outputs: ['out'],
  parameters: { bsn: '1' },
  on: day('2026-11-23'),
  full: true,
};

test('a receipt names the version that was used, all that were loaded, and where each output comes from', () => {
  const result = evaluateLaw(laws, request);
  if (!result.ok) throw new Error(result.message);
  const receipt = receiptOf(laws, request, result, {
    engine: { name: 'rights', version: '0.1.0' },
    hashOf: ({ validFrom }) => `sha256:${validFrom}`,
    at: '2026-11-23T12:00:00.000Z',
  });
  expect(receipt).toEqual({
    engine: { name: 'rights', version: '0.1.0' },
    law_id: 'kleine_wet',
    schema_version: null,
    valid_from: '2024-01-01',
    hash: `sha256:${day('2024-01-01')}`,
    loaded: ['2020-01-01', '2024-01-01', '2027-01-01'].map((from) => ({
      law_id: 'kleine_wet',
      schema_version: null,
      valid_from: from,
      valid_to: null,
      hash: `sha256:${day(from)}`,
    })),
    calculation_date: '2026-11-23',
    parameters: { bsn: '1' },
    requested_outputs: ['out'],
    untranslatable_mode: 'error',
    outputs: { out: { value: 1, provenance: { kind: 'direct', law: 'kleine_wet', article: '1' } } },
    notes: [],
    timestamp: '2026-11-23T12:00:00.000Z',
  });
});
