import { day } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { lawTexts, read } from '../test/example-corpus.ts';
import { littleLaw } from '../test/little-law.ts';
import { evaluateLaw, type LawResult } from './evaluate-law.ts';
import type { LawFile } from './law-file.ts';
import { parseLaw } from './parse-law.ts';

const law = (
  outputs: readonly (readonly [string, string, string])[],
  more: object = {},
  id?: string,
  from?: string,
): LawFile => littleLaw({ outputs, ...more }, id, from);
const run = (laws: readonly LawFile[], outputs: readonly string[], more: object = {}): LawResult =>
  evaluateLaw(laws, { law: 'kleine_wet', outputs, on: day('2026-11-23'), ...more });
const failure = (found: LawResult): string => (found.ok ? 'no failure' : `${found.kind}: ${found.message}`);

test('the example of the README', () => {
  const laws = lawTexts.map(([file, text]) => read(parseLaw(text, file)));
  const found = evaluateLaw(laws, {
    law: 'voorbeeldbesluit',
    outputs: ['opent_op', 'wachttijd_voorbij'],
    facts: { aanvraag_op: '2026-01-31' },
    on: day('2026-11-23'),
  });
  expect(found).toEqual({ ok: true, outputs: { opent_op: '2026-07-31', wachttijd_voorbij: true } });
});

describe('versions', () => {
  const old = { ...law([['out', 'number', '1']], {}, 'kleine_wet', '2020-01-01') };
  const newer = { ...law([['out', 'number', '2']], {}, 'kleine_wet', '2024-01-01'), validTo: day('2025-12-31') };

  test.each([
    { on: '2020-01-01', gives: 1 },
    { on: '2023-12-31', gives: 1 },
    { on: '2024-01-01', gives: 2 },
    { on: '2025-12-31', gives: 2 },
  ])('on $on: $gives', ({ on, gives }) => {
    expect(run([newer, old], ['out'], { on: day(on) })).toEqual({ ok: true, outputs: { out: gives } });
  });

  test.each([
    {
      on: '2019-12-31',
      says: "LawNotYetInForce: No version of law 'kleine_wet' in force on 2019-12-31 (not yet in force)",
    },
    {
      on: '2026-01-01',
      says: "LawEnded: No version of law 'kleine_wet' in force on 2026-01-01; last in force until 2025-12-31",
    },
  ])('on $on: $says', ({ on, says }) => {
    expect(failure(run([old, newer], ['out'], { on: day(on) }))).toBe(says);
  });

  test('an undated version is used only where no dated one fits', () => {
    const undated = { ...law([['out', 'number', '0']]), validFrom: null };
    expect(run([undated, newer], ['out'], { on: day('2021-01-01') })).toEqual({ ok: true, outputs: { out: 0 } });
    expect(run([undated, newer], ['out'], { on: day('2024-01-01') })).toEqual({ ok: true, outputs: { out: 2 } });
  });
});

describe('names and inputs', () => {
  test('only what is asked for is computed, in whatever order it stands', () => {
    const found = run(
      [
        law([
          ['c', 'number', '{ operation: ADD, values: [$a, 1] }'],
          ['a', 'number', '2'],
          ['broken', 'number', '{ operation: DIVIDE, values: [1, 0] }'],
        ]),
      ],
      ['c'],
    );
    expect(found).toEqual({ ok: true, outputs: { c: 3 } });
  });

  test('an output goes before a definition, a definition before an input, an input before a parameter', () => {
    const inputs = ['{ name: x, type: string, source: {} }', '{ name: y, type: string, source: {} }'];
    const parameters = ['{ name: y, type: string }', '{ name: z, type: string }'];
    const little = law(
      [
        ['w', 'string', 'output'],
        ['all', 'array', '[$w, $x, $y, $z]'],
      ],
      { inputs, parameters, definitions: '{ w: definition, x: definition }' },
    );
    const found = run([little], ['all'], { facts: { x: 'fact', y: 'fact' }, parameters: { z: 'parameter' } });
    expect(found).toEqual({ ok: true, outputs: { all: ['output', 'definition', 'fact', 'parameter'] } });
  });

  test('a value that the caller passes goes before the fact', () => {
    const little = law([['out', 'number', '$n']], { inputs: ['{ name: n, type: number, source: {} }'] });
    expect(run([little], ['out'], { facts: { n: 1 }, parameters: { n: 2 } })).toEqual({
      ok: true,
      outputs: { out: 2 },
    });
  });

  test('another law gets only the parameters that are mapped, and the same day', () => {
    const other = law(
      [['seen', 'array', '[$who, $referencedate]']],
      { parameters: ['{ name: who, type: string }'] },
      'andere_wet',
    );
    const little = law([['out', 'array', '$seen']], {
      parameters: ['{ name: person, type: string }'],
      inputs: ['{ name: seen, type: array, source: { regulation: andere_wet, parameters: { who: $person } } }'],
    });
    expect(run([little, other], ['out'], { parameters: { person: 'S.' } })).toEqual({
      ok: true,
      outputs: { out: ['S.', '2026-11-23'] },
    });
  });

  test('a law is not asked about nobody, nor about somebody unknown', () => {
    const other = law(
      [['seen', 'string', 'somebody']],
      { parameters: ['{ name: who, type: string, required: true }'] },
      'andere_wet',
    );
    const inputs = [
      '{ name: person, type: string, nullable: true, source: {} }',
      '{ name: seen, type: string, nullable: true, source: { regulation: andere_wet, parameters: { who: $person } } }',
    ];
    const little = law([['out', 'string', '$seen']], { inputs });
    expect(run([little, other], ['out'], { facts: { person: null } })).toEqual({ ok: true, outputs: { out: null } });
    expect(run([little, other], ['out'])).toMatchObject({
      ok: true,
      outputs: { out: { __unknown: true, missing: [{ law: 'kleine_wet', name: 'person', kind: 'no_data' }] } },
    });
    expect(
      failure(
        evaluateLaw([other], {
          law: 'andere_wet',
          outputs: ['seen'],
          parameters: { who: null },
          on: day('2026-11-23'),
        }),
      ),
    ).toContain('cannot be evaluated for nobody');
  });

  test('a left-out optional parameter is unknown, a required one an error', () => {
    const parameters = ['{ name: may, type: string, required: false }', '{ name: must, type: string }'];
    const little = law(
      [
        ['one', 'string', '$may'],
        ['two', 'string', '$must'],
      ],
      { parameters },
    );
    expect(run([little], ['one'])).toMatchObject({
      ok: true,
      outputs: { one: { __unknown: true, missing: [{ name: 'may', kind: 'not_passed' }] } },
    });
    expect(failure(run([little], ['two']))).toBe(
      "VariableNotFound: Variable 'must' not found: the parameter was not passed",
    );
  });

  test('null where it is declared never to be', () => {
    const little = law([['out', 'number', '$n']], { inputs: ['{ name: n, type: number, source: {} }'] });
    expect(failure(run([little], ['out'], { facts: { n: null } }))).toBe(
      "NullForNonNullable: Input 'n' is null (facts of the request), which law 'kleine_wet' declares as never absent",
    );
  });
});

describe('failures say what is the matter', () => {
  test.each([
    { story: 'no such law', laws: [], outputs: ['out'], says: "LawNotFound: Law 'kleine_wet' not found" },
    {
      story: 'no such output',
      laws: [law([['a', 'number', '1']])],
      outputs: ['b'],
      says: "OutputNotFound: Output 'b' not found in law 'kleine_wet'",
    },
    {
      story: 'a name that nothing has',
      laws: [law([['a', 'number', '$nowhere']])],
      outputs: ['a'],
      says: "VariableNotFound: Variable 'nowhere' not found in article 1 of law 'kleine_wet'",
    },
    {
      story: 'a circle',
      laws: [
        law([
          ['a', 'number', '$b'],
          ['b', 'number', '{ operation: ADD, values: [$a, 1] }'],
        ]),
      ],
      outputs: ['a'],
      says: "CircularReference: Circular reference: output 'a' of law 'kleine_wet' needs itself",
    },
  ])('$story', ({ laws, outputs, says }) => {
    expect(failure(run(laws, outputs))).toBe(says);
  });

  test('a chain of more than twenty laws', () => {
    const chain = Array.from({ length: 25 }, (_, index) =>
      law(
        [['out', 'number', '$next']],
        {
          inputs: [
            `{ name: next, type: number, nullable: true, source: { regulation: wet_${index + 1}, output: out } }`,
          ],
        },
        `wet_${index}`,
      ),
    );
    const found = evaluateLaw([...chain, law([['out', 'number', '1']], {}, 'wet_25')], {
      law: 'wet_0',
      outputs: ['out'],
      on: day('2026-11-23'),
    });
    expect(failure(found)).toContain('MaxDepthExceeded');
  });
});

describe('trace', () => {
  const little = law(
    [
      [
        'out',
        'boolean',
        '{ operation: AND, conditions: [{ operation: GREATER_THAN, subject: $n, value: $least }, $b] }',
      ],
    ],
    {
      inputs: ['{ name: n, type: number, source: {} }', '{ name: b, type: boolean, source: {} }'],
      definitions: '{ least: 5 }',
    },
  );

  test('shows every name that was read and every operation, as far as needed', () => {
    const found = run([little], ['out'], { facts: { n: 3, b: true }, trace: true });
    expect(found.trace).toEqual({
      node_type: 'article',
      name: 'kleine_wet',
      result: null,
      children: [
        {
          node_type: 'action',
          name: 'out',
          result: false,
          children: [
            {
              node_type: 'operation',
              name: 'AND',
              result: false,
              children: [
                {
                  node_type: 'operation',
                  name: 'GREATER_THAN',
                  result: false,
                  children: [
                    { node_type: 'resolve', name: 'n', result: 3, resolve_type: 'DATA_SOURCE', children: [] },
                    { node_type: 'resolve', name: 'least', result: 5, resolve_type: 'DEFINITION', children: [] },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test('on a failure, shows how far it came', () => {
    const found = run([little], ['out'], { facts: { n: 'x', b: true }, trace: true });
    expect(found.ok).toBe(false);
    expect(found.trace?.message).toContain('expected two numbers');
    expect(found.trace?.children[0]?.children[0]?.children[0]?.children.map(({ name }) => name)).toEqual([
      'n',
      'least',
    ]);
  });
});
