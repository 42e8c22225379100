// Every operation of the format by worked example, with null and unknown in every position.
import { day } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { littleLaw } from '../test/little-law.ts';
import { evaluateLaw, type LawResult } from './evaluate-law.ts';
import type { Json } from './json.ts';
import { operationNames, operationTable } from './operation-table.ts';

const inputs = [
  '{ name: n, type: number, nullable: true, source: {} }',
  '{ name: t, type: string, nullable: true, source: {} }',
  '{ name: b, type: boolean, nullable: true, source: {} }',
  '{ name: d, type: date, nullable: true, source: {} }',
  '{ name: l, type: array, nullable: true, source: {} }',
  '{ name: o, type: object, nullable: true, source: {} }',
  '{ name: unknown_n, type: number, source: {} }',
  '{ name: unknown_b, type: boolean, source: {} }',
  '{ name: unknown_d, type: date, source: {} }',
  '{ name: absent, type: number, nullable: true, source: {} }',
];

function compute(value: string, facts: Record<string, Json> = {}, on = '2026-11-23'): LawResult {
  const law = littleLaw({ inputs, outputs: [['out', 'object', value]] });
  return evaluateLaw([law], { law: 'kleine_wet', outputs: ['out'], facts: { absent: null, ...facts }, on: day(on) });
}

function result(value: string, facts?: Record<string, Json>, on?: string): Json {
  const found = compute(value, facts, on);
  if (!found.ok) return `${found.kind}: ${found.message}`;
  const out = found.outputs['out'] as Json;
  const isUnknown = typeof out === 'object' && out !== null && '__unknown' in out;
  return isUnknown ? `unknown: ${(out['missing'] as { name: string }[]).map(({ name }) => name).join(', ')}` : out;
}

type Example = readonly [value: string, gives: Json, facts?: Record<string, Json>];

function examples(rows: readonly Example[]): void {
  test.each(rows.map(([value, gives, facts]) => ({ value, gives, facts })))(
    '$value = $gives',
    ({ value, gives, facts }) => {
      expect(result(value, facts)).toEqual(gives);
    },
  );
}

describe('numbers', () => {
  examples([
    ['{ operation: ADD, values: [1, 2, 3.5] }', 6.5],
    ['{ operation: ADD, values: [0.1, 0.2] }', 0.3],
    ['{ operation: ADD, values: [a, b] }', 'ab'],
    ['{ operation: ADD, values: [[1], [2, 3]] }', [1, 2, 3]],
    ['{ operation: ADD, values: [1, b] }', 'TypeMismatch: Type mismatch: expected number, actual string'],
    ['{ operation: SUBTRACT, values: [10, 3, 4] }', 3],
    ['{ operation: MULTIPLY, values: [3, 0.1] }', 0.3],
    ['{ operation: DIVIDE, values: [1, 4] }', 0.25],
    ['{ operation: DIVIDE, values: [1, 3] }', '0.3333333333333333333333333333'],
    ['{ operation: DIVIDE, values: [1, 0] }', 'DivisionByZero: Division by zero'],
    ['{ operation: MIN, values: [3, 1.5, 2] }', 1.5],
    ['{ operation: MAX, values: [3, 1.5, 2] }', 3],
    ['{ operation: ROUND, value: 2.5, precision: 0 }', 3],
    ['{ operation: ROUND, value: -2.5, precision: 0 }', -3],
    ['{ operation: ROUND, value: 1.005, precision: 2 }', 1.01],
    ['{ operation: ROUND, value: 12350, precision: -2 }', 12400],
    ['{ operation: CEIL, value: -1.2, precision: 0 }', -1],
    ['{ operation: CEIL, value: 12301, precision: -2 }', 12400],
    ['{ operation: FLOOR, value: -1.2, precision: 0 }', -2],
    ['{ operation: FLOOR, value: 1.29, precision: 1 }', 1.2],
    [
      '{ operation: ADD, values: [9223372036854775807, 1] }',
      'ArithmeticOverflow: Arithmetic overflow: the whole number needs more than 64 bits',
    ],
    [
      '{ operation: MULTIPLY, values: [1e20, 1e20] }',
      'ArithmeticOverflow: Arithmetic overflow: the number needs more than 28 digits',
    ],
  ]);
});

describe('comparison', () => {
  examples([
    ['{ operation: EQUALS, subject: 1, value: 1.0 }', true],
    ['{ operation: EQUALS, subject: $t, value: x }', true, { t: 'x' }],
    ['{ operation: EQUALS, subject: $n, value: null }', true, { n: null }],
    ['{ operation: EQUALS, subject: $n, value: null }', false, { n: 0 }],
    ['{ operation: EQUALS, subject: $referencedate, value: "2026-11-23" }', true],
    ['{ operation: EQUALS, subject: "2026-11-24", value: $referencedate }', false],
    ['{ operation: EQUALS, subject: $l, value: [1, [2]] }', true, { l: [1, [2]] }],
    ['{ operation: EQUALS, subject: $o, value: $o }', true, { o: { a: 1, b: { c: 'x' } } }],
    ['{ operation: NOT_EQUALS, subject: 1, value: 2 }', true],
    ['{ operation: IS_NULL, subject: $absent }', true],
    ['{ operation: NOT_NULL, subject: $absent }', false],
    ['{ operation: GREATER_THAN, subject: 2, value: 1.5 }', true],
    ['{ operation: LESS_THAN, subject: 2, value: 2 }', false],
    ['{ operation: GREATER_THAN_OR_EQUAL, subject: $referencedate, value: "2026-11-23" }', true],
    ['{ operation: LESS_THAN_OR_EQUAL, subject: "2026-11-24", value: $referencedate }', false],
    [
      '{ operation: GREATER_THAN, subject: $t, value: 1 }',
      'TypeMismatch: Type mismatch: expected two numbers or two dates, actual string and number',
      { t: 'x' },
    ],
    ['{ operation: IN, subject: 2, values: [1, 2.0] }', true],
    ['{ operation: IN, subject: 3, value: [1, 2] }', false],
    ['{ operation: IN, subject: 3, value: 3 }', true],
    ['{ operation: NOT_IN, subject: 3, values: [1, 2] }', true],
    ['{ operation: IN, subject: null, values: [1, null] }', true],
  ]);
});

describe('logic: unknown is read past, and decides nothing', () => {
  examples([
    ['{ operation: AND, conditions: [] }', true],
    ['{ operation: OR, conditions: [] }', false],
    ['{ operation: AND, conditions: [true, $unknown_b, false] }', false],
    ['{ operation: AND, conditions: [true, $unknown_b] }', 'unknown: unknown_b'],
    ['{ operation: OR, conditions: [false, $unknown_b, true] }', true],
    [
      '{ operation: OR, conditions: [$unknown_b, { operation: EQUALS, subject: $unknown_n, value: 1 }] }',
      'unknown: unknown_b, unknown_n',
    ],
    ['{ operation: NOT, value: $unknown_b }', 'unknown: unknown_b'],
    ['{ operation: NOT, value: true }', false],
    ['{ operation: AND, conditions: [false, $absent] }', false],
    ['{ operation: AND, conditions: [true, $b] }', 'AbsentOperand: AND: operand is null', { b: null }],
    ['{ operation: NOT, value: $b }', 'AbsentOperand: NOT: operand is null', { b: null }],
    [
      '{ operation: AND, conditions: [$n] }',
      'TypeMismatch: Type mismatch: AND expected boolean, actual number',
      { n: 1 },
    ],
    [
      '{ operation: AND, conditions: [{ operation: NOT_NULL, subject: $absent }, { operation: GREATER_THAN, subject: $absent, value: 5 }] }',
      false,
    ],
    ['{ operation: IF, cases: [{ when: false, then: 1 }, { when: true, then: 2 }], default: 3 }', 2],
    ['{ operation: IF, cases: [{ when: false, then: 1 }], default: 3 }', 3],
    ['{ operation: IF, cases: [{ when: false, then: 1 }] }', null],
    ['{ operation: SWITCH, cases: [{ when: true, then: 1 }] }', 1],
    [
      '{ operation: IF, cases: [{ when: $unknown_b, then: 1 }, { when: true, then: 2 }], default: 3 }',
      'unknown: unknown_b',
    ],
    ['{ operation: IF, cases: [{ when: true, then: 1 }, { when: $unknown_b, then: 2 }] }', 1],
    ['{ operation: IF, cases: [{ when: $b, then: 1 }] }', 'AbsentOperand: IF: operand is null', { b: null }],
    ['{ operation: IF, cases: [{ when: true, then: 1 }], default: { operation: DIVIDE, values: [1, 0] } }', 1],
  ]);
});

describe('unknown and null in equality and membership', () => {
  examples([
    ['{ operation: EQUALS, subject: $unknown_n, value: null }', 'unknown: unknown_n'],
    ['{ operation: EQUALS, subject: [1, $unknown_n], value: [1, 2] }', 'unknown: unknown_n'],
    ['{ operation: IN, subject: 2, values: [1, $unknown_n, 2] }', true],
    ['{ operation: IN, subject: 3, values: [1, $unknown_n] }', 'unknown: unknown_n'],
    ['{ operation: IN, subject: $unknown_n, values: [1] }', 'unknown: unknown_n'],
  ]);
});

describe('dates', () => {
  examples([
    ['{ operation: AGE, date_of_birth: "2000-02-29", reference_date: "2018-02-28" }', 18],
    ['{ operation: AGE, date_of_birth: "2000-02-29", reference_date: "2018-02-27" }', 17],
    ['{ operation: AGE, date_of_birth: "2008-02-29", reference_date: "2026-11-23" }', 18],
    ['{ operation: AGE, date_of_birth: "2030-01-01", reference_date: "2026-11-23" }', -3],
    ['{ operation: DATE_ADD, date: "2026-01-31", months: 1 }', '2026-02-28'],
    ['{ operation: DATE_ADD, date: "2028-01-31", months: 1 }', '2028-02-29'],
    ['{ operation: DATE_ADD, date: "2026-11-30", months: 3 }', '2027-02-28'],
    ['{ operation: DATE_ADD, date: "2024-02-29", years: 1 }', '2025-02-28'],
    ['{ operation: DATE_ADD, date: "2024-02-29", years: 1, months: 12 }', '2026-02-28'],
    ['{ operation: DATE_ADD, date: "2026-03-31", months: -1, weeks: 1, days: -1 }', '2026-03-06'],
    ['{ operation: DATE_ADD, date: "2026-03-31", days: 1.9 }', '2026-04-01'],
    ['{ operation: DATE_ADD, date: "2026-03-31", days: -1.9 }', '2026-03-30'],
    ['{ operation: DATE_ADD, date: "2026-02-30", days: 1 }', 'InvalidDate: Invalid date: "2026-02-30"'],
    [
      '{ operation: DATE_ADD, date: "9999-12-31", days: 1 }',
      'InvalidDate: Invalid date: The day falls outside the years 1 to 9999.',
    ],
    ['{ operation: DATE, year: 2028, month: 2, day: 29 }', '2028-02-29'],
    ['{ operation: DATE, year: 2026, month: 2, day: 29 }', 'InvalidDate: Invalid date: 2026-2-29 does not exist.'],
    ['{ operation: DAY_OF_WEEK, date: $referencedate }', 0],
    ['{ operation: DAY_OF_WEEK, date: "2026-11-29" }', 6],
    ['{ operation: DATE_DIFF, from: "2026-01-31", to: "2026-02-28", in: months }', 1],
    ['{ operation: DATE_DIFF, from: "2026-02-28", to: "2026-01-31", in: months }', -1],
    ['{ operation: DATE_DIFF, from: "2026-01-31", to: "2026-02-27", in: months }', 0],
    ['{ operation: DATE_DIFF, from: "2026-01-01", to: "2026-11-23", in: days }', 326],
    ['{ operation: DATE_DIFF, from: "2000-02-29", to: "2026-02-28", in: years }', 26],
    ['{ operation: DATE_DIFF, from: "2026-01-01", to: "2026-11-23", in: $t }', 10, { t: 'months' }],
    ['{ operation: DATE_PART, date: $referencedate, in: month }', 11],
    ['{ operation: DATE_PART, date: "2026-11-23", in: year }', 2026],
    ['{ operation: DATE_PART, date: "2026-11-23", in: day }', 23],
    ['{ operation: START_OF, date: $referencedate, in: month }', '2026-11-01'],
    ['{ operation: START_OF, date: "2026-11-23", in: year }', '2026-01-01'],
    [
      '{ operation: DATE_ADD, date: { operation: START_OF, date: $referencedate, in: month }, months: 1 }',
      '2026-12-01',
    ],
    ['$referencedate', '2026-11-23'],
    ['$referencedate.month', 11],
    [
      '{ operation: AGE, date_of_birth: 3, reference_date: $referencedate }',
      'TypeMismatch: Type mismatch: expected date, actual number',
    ],
  ]);
});

describe('lists', () => {
  examples([
    ['{ operation: LIST, items: [1, $t] }', [1, 'x'], { t: 'x' }],
    [
      '{ operation: FOREACH, collection: $l, body: { operation: MULTIPLY, values: [$item, 2] } }',
      [2, 4],
      { l: [1, 2] },
    ],
    [
      '{ operation: FOREACH, collection: $l, as: kind, filter: { operation: LESS_THAN, subject: $kind.age, value: 18 }, body: $age, combine: ADD }',
      19,
      { l: [{ age: 7 }, { age: 30 }, { age: 12 }] },
    ],
    ['{ operation: FOREACH, collection: $l, body: $item, combine: ADD }', 0, { l: [] }],
    ['{ operation: FOREACH, collection: $l, body: $item, combine: OR }', false, { l: null }],
    ['{ operation: FOREACH, collection: $l, body: $item, combine: AND }', true, { l: null }],
    ['{ operation: FOREACH, collection: $l, body: $item, combine: MIN }', null, { l: null }],
    ['{ operation: FOREACH, collection: $l, body: $item }', [], { l: null }],
    ['{ operation: FOREACH, collection: 5, body: $item, combine: MAX }', 5],
    [
      '{ operation: FOREACH, collection: $l, filter: $unknown_b, body: $item, combine: ADD }',
      'unknown: unknown_b',
      { l: [1] },
    ],
    [
      '{ operation: FOREACH, collection: [false, true], filter: true, body: { operation: OR, conditions: [$unknown_b, $item] }, combine: OR }',
      true,
    ],
    [
      '{ operation: FOREACH, collection: $l, filter: $absent, body: $item }',
      'AbsentOperand: FOREACH: operand is null',
      { l: [1] },
    ],
    [
      '{ operation: FOREACH, collection: [1, null], body: $item, combine: ADD }',
      'AbsentOperand: FOREACH: operand is null',
    ],
    ['$o.a.b', 3, { o: { a: { b: 3 } } }],
    ['$o.x', "VariableNotFound: Variable 'o.x' not found", { o: { a: 1 } }],
    ['$o.a', null, { o: null }],
    ['$o.a', 'unknown: o'],
    ['$l.1', 'b', { l: ['a', 'b'] }],
    ['$n.a', "TypeMismatch: Type mismatch: expected object, actual number, at 'n.a'", { n: 1 }],
  ]);

  test('a thousand elements are enough', () => {
    const many = result('{ operation: FOREACH, collection: $l, body: $item }', {
      l: Array.from({ length: 1001 }, (_, index) => index),
    });
    expect(many).toContain('more than 1000 elements');
  });
});

/** An operand of the right kind for each key, so that null and unknown can take each place in turn. */
const fitting: Record<string, string> = {
  values: '[1, 2]',
  value: '1',
  subject: '1',
  precision: '0',
  date: '"2026-11-23"',
  date_of_birth: '"2000-01-01"',
  reference_date: '"2026-11-23"',
  years: '1',
  months: '1',
  weeks: '1',
  days: '1',
  year: '2026',
  month: '11',
  day: '23',
  from: '"2026-01-01"',
  to: '"2026-11-23"',
};

describe('null and unknown in every place of every plain operation', () => {
  const decidesItself = ['EQUALS', 'IN', 'AND', 'OR', 'NOT', 'IF', 'LIST', 'FOREACH'];
  const places = operationNames
    .filter((name) => !decidesItself.includes(name))
    .flatMap((name) => {
      const { one = [], maybe = [], list } = operationTable[name];
      const keys = [...one, ...maybe].filter((key) => key !== 'in');
      return [
        ...keys.map((key) => ({ name, key, index: null })),
        ...(list ? [0, 1].map((index) => ({ name, key: list, index })) : []),
      ];
    });

  function withAt(name: string, key: string, index: number | null, operand: string): string {
    const { one = [], maybe = [], list, words = {} } = operationTable[name as 'ADD'];
    const fields = [...one, ...maybe, ...(list ? [list] : [])].map((each) => {
      if (each !== key) return `${each}: ${each === 'in' ? 'months' : fitting[each]}`;
      return index === null ? `${each}: ${operand}` : `${each}: [${index === 0 ? `${operand}, 2` : `1, ${operand}`}]`;
    });
    const settings = Object.keys(words).map((word) => `${word}: ${word === 'in' ? 'month' : '0'}`);
    return `{ operation: ${[name, ...fields, ...settings].join(', ')} }`;
  }

  test.each(places)('$name, $key $index', ({ name, key, index }) => {
    const isDate = fitting[key]?.startsWith('"') === true;
    expect(result(withAt(name, key, index, isDate ? '$unknown_d' : '$unknown_n'))).toBe(
      `unknown: unknown_${isDate ? 'd' : 'n'}`,
    );
    expect(result(withAt(name, key, index, '$absent'))).toBe(`AbsentOperand: ${name}: operand is null`);
  });

  test('unknown goes before null: what is missing is still said', () => {
    expect(result('{ operation: ADD, values: [$absent, $unknown_n] }')).toBe('unknown: unknown_n');
  });
});
