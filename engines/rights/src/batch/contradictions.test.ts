import fc from 'fast-check';
import { expect, test } from 'vitest';
import { day } from '@meedoen/units';
import { exampleCorpus } from '../../test/example-corpus.ts';
import { anySituation } from '../../test/people.ts';
import type { Contradiction, FactTable } from '../fact-table.ts';
import { parseSituation } from '../parse-situation.ts';
import { columnsOf } from './columns.ts';
import { contradictionFinder } from './contradictions.ts';

const at = { file: 'facts.yaml', line: 1, column: 1 };
const contradictions: readonly Contradiction[] = [
  { id: 'born-before-asking', kind: 'order', earlier: 'bornOn', later: 'askedOn', at },
  {
    id: 'no-number-with-permit',
    kind: 'together',
    facts: [
      { fact: 'document', values: ['permit', 'none'] },
      { fact: 'number', values: [false] },
    ],
    at,
  },
];
const table: FactTable = { ...exampleCorpus().facts, contradictions };
const ids = table.facts.map(({ id }) => id);

test('rows of codes contradict themselves where situations do, and say the same', () => {
  const find = contradictionFinder(table, ids);
  let found = 0;
  fc.assert(
    fc.property(anySituation(table), (situation) => {
      const columns = columnsOf(table, [situation]);
      const inRow = find(ids.map((id) => columns[id]![0]!));
      const parsed = parseSituation(table, situation, day('2100-01-01'));
      const said = parsed.ok ? [] : parsed.problems.filter(({ what }) => what === 'facts-contradict');
      expect(inRow?.message ?? null).toBe(said[0]?.message ?? null);
      found += said.length;
    }),
    { numRuns: 500 },
  );
  expect(found).toBeGreaterThan(10);
});

test('what has no column contradicts nothing', () => {
  const find = contradictionFinder(table, ['askedOn']);
  expect(find([day('1900-01-01')])).toBe(null);
});
