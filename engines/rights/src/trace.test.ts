import { day } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { littleLaw } from '../test/little-law.ts';
import { evaluateLaw, type LawResult } from './evaluate-law.ts';
import type { AnchoredNode } from './trace.ts';

const laws = [
  littleLaw({
    inputs: ['{ name: loon, type: amount, type_spec: { unit: eurocent, precision: 2 }, source: {} }'],
    definitions: '{ grens: { value: 100, type_spec: { unit: eurocent } } }',
    outputs: [
      ['boven_grens', 'boolean', '{ operation: NOT, value: { operation: LESS_THAN, subject: $loon, value: $grens } }'],
      ['delen', 'number', '{ operation: DIVIDE, values: [$loon, 0] }'],
    ],
  }),
];
const ask = (output: string, trace: true | 'document'): LawResult =>
  evaluateLaw(laws, { law: 'kleine_wet', outputs: [output], facts: { loon: 250 }, on: day('2026-11-23'), trace });

test('the plain form: what was looked up and computed, and what it came to', () => {
  expect(ask('boven_grens', true).trace).toEqual({
    node_type: 'article',
    name: 'kleine_wet',
    result: null,
    children: [
      {
        node_type: 'action',
        name: 'boven_grens',
        result: true,
        children: [
          {
            node_type: 'operation',
            name: 'NOT',
            result: true,
            children: [
              {
                node_type: 'operation',
                name: 'LESS_THAN',
                result: false,
                children: [
                  { node_type: 'resolve', name: 'loon', result: 250, resolve_type: 'DATA_SOURCE', children: [] },
                  { node_type: 'resolve', name: 'grens', result: 100, resolve_type: 'DEFINITION', children: [] },
                ],
              },
            ],
          },
        ],
      },
    ],
  });
});

describe('the document: every step has an address and a provision', () => {
  const nodes = (node: AnchoredNode): readonly AnchoredNode[] => [node, ...(node.children ?? []).flatMap(nodes)];
  const result = ask('boven_grens', 'document');
  const all = result.traceDocument ? nodes(result.traceDocument.root) : [];
  const named = (name: string): AnchoredNode | undefined => all.find((node) => node.name === name);

  test('addresses are chains of child numbers, and no two the same', () => {
    expect(result.traceDocument?.trace_version).toBe(1);
    expect(all.map(({ node_id: id }) => id)).toEqual(['n', 'n0', 'n0.0', 'n0.0.0', 'n0.0.0.0', 'n0.0.0.1']);
  });

  test('the place in the file, by keys', () => {
    expect(named('boven_grens')).toMatchObject({
      yaml_path: 'articles.1.machine_readable.execution.actions.boven_grens',
      uri: 'regelrecht://kleine_wet/boven_grens',
      anchor: { law_id: 'kleine_wet', article: '1', valid_from: '2020-01-01' },
    });
    expect(named('LESS_THAN')?.yaml_path).toBe('articles.1.machine_readable.execution.actions.boven_grens.value.value');
    expect(named('grens')?.yaml_path).toBe('articles.1.machine_readable.definitions.grens');
  });

  test('where a value comes from, and in what it counts', () => {
    expect(named('loon')).toMatchObject({
      source: { kind: 'DATA_SOURCE' },
      type_spec: { unit: 'eurocent', precision: 2 },
      yaml_path: 'articles.1.machine_readable.execution.input.loon',
    });
    expect(named('grens')?.type_spec).toEqual({ unit: 'eurocent' });
  });
});

test('on a failure the trace is there as far as it came', () => {
  const failed = ask('delen', true);
  expect(failed).toMatchObject({ ok: false, kind: 'DivisionByZero' });
  expect(failed.trace?.children[0]).toMatchObject({
    name: 'delen',
    message: 'Division by zero',
    children: [{ name: 'DIVIDE', children: [{ name: 'loon', result: 250 }] }],
  });
});
