import { day } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { read } from '../test/example-corpus.ts';
import type { Json } from './json.ts';
import { parseLaw } from './parse-law.ts';
import { runProcedure, type ProcedureResult } from './run-procedure.ts';

const head = (id: string, more = ''): string => `$id: ${id}
regulatory_layer: WET
publication_date: '2020-01-01'
valid_from: '2020-01-01'
bwb_id: BWBR0000001
url: https://example.org
${more}articles:`;
const hook = (number: string, stage: string, output: string, value: string, parameter = ''): string => `
  - number: '${number}'
    text: x
    url: https://example.org
    machine_readable:
      hooks: [{ hook_point: post_actions, applies_to: { legal_character: BESCHIKKING, stage: ${stage} } }]
      execution:
        parameters: [${parameter}]
        output: [{ name: ${output}, type: date }]
        actions: [{ output: ${output}, value: ${value} }]`;
const general = `${head(
  'algemeen',
  `procedure:
  - id: beschikking
    default: true
    applies_to: { legal_character: BESCHIKKING }
    stages:
      - { name: AANVRAAG, requires: [{ name: aanvraag_op, type: date }] }
      - { name: BESLUIT }
      - { name: BEKENDMAKING, requires: [{ name: bekend_op, type: date }] }
`,
)}${hook('1', 'AANVRAAG', 'beslist_op', '{ operation: DATE_ADD, date: $aanvraag_op, weeks: 8 }', '{ name: aanvraag_op, type: date }')}${hook(
  '2',
  'BEKENDMAKING',
  'bezwaar_tot',
  '{ operation: DATE_ADD, date: $bekend_op, weeks: 6 }',
  '{ name: bekend_op, type: date }',
)}${hook('3', 'BESLUIT', 'beslist_uiterlijk', '$beslist_op', '{ name: beslist_op, type: date }')}`;
const special = `${head('bijzonder')}
  - number: '1'
    text: x
    url: https://example.org
    machine_readable:
      execution:
        produces: { legal_character: BESCHIKKING }
        output: [{ name: toegekend, type: boolean }]
        actions: [{ output: toegekend, value: true }]
  - number: '2'
    text: x
    url: https://example.org
    machine_readable:
      execution:
        output: [{ name: feit, type: boolean }]
        actions: [{ output: feit, value: true }]`;
const laws = [read(parseLaw(general, 'general.yaml')), read(parseLaw(special, 'special.yaml'))];
const run = (parameters: Record<string, Json>, output = 'toegekend'): ProcedureResult =>
  runProcedure(laws, { law: 'bijzonder', outputs: [output], parameters, on: day('2026-11-23') });

describe('a decision goes through its stages', () => {
  test('nothing begins without the application', () => {
    expect(run({})).toEqual({
      ok: true,
      procedure: 'beschikking',
      stages: [],
      outputs: {},
      waiting: { stage: 'AANVRAAG', pending: ['aanvraag_op'] },
    });
  });

  test('it goes on until something must be known; a later stage sees what an earlier one brought', () => {
    expect(run({ aanvraag_op: '2026-01-01' })).toMatchObject({
      stages: [
        { stage: 'AANVRAAG', outputs: { toegekend: true, beslist_op: '2026-02-26' } },
        { stage: 'BESLUIT', outputs: { beslist_uiterlijk: '2026-02-26' } },
      ],
      waiting: { stage: 'BEKENDMAKING', pending: ['bekend_op'] },
    });
  });

  test('to its end', () => {
    expect(run({ aanvraag_op: '2026-01-01', bekend_op: '2026-03-01' })).toMatchObject({
      outputs: { bezwaar_tot: '2026-04-12' },
      waiting: null,
    });
  });
});

test('what decides nothing has no procedure', () => {
  expect(run({}, 'feit')).toMatchObject({
    ok: false,
    message: expect.stringContaining('No procedure in force governs article 2'),
  });
  expect(run({}, 'iets')).toMatchObject({ ok: false, message: expect.stringContaining("Output 'iets' not found") });
});
