import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { situationAt } from '@meedoen/rights';
import { corpusOf } from './laws.ts';
import { readPopulation } from './population.ts';

const corpus = await corpusOf(undefined);
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'meedoen-population-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test('a row is a situation: empty was not asked, null is not known, and spreadsheets write TRUE', async () => {
  const text =
    'count,document,bornOn,bsn,monthlySalary,id\n12.5,regular-permit,1990-02-28,TRUE,5942,"a, b"\n1,null,,false,,c\n';
  const population = await readPopulation(corpus, file('good.csv', text));
  const at = (row: number): unknown => situationAt(corpus.facts, population.columns, row).facts;
  expect([population.rows, population.person(0), population.count(0)]).toEqual([2, 'a, b', 12.5]);
  expect(at(0)).toEqual({ document: 'regular-permit', bornOn: '1990-02-28', bsn: true, monthlySalary: 5942 });
  expect(at(1)).toEqual({ bsn: false });
  const plain = await readPopulation(corpus, file('plain.csv', 'document\nnone\n'));
  expect([plain.person(0), plain.count(0)]).toEqual(['1', 1]);
});

test('of many faults the first twenty are told', async () => {
  const text = `document\n${'nothing\n'.repeat(100_000)}`;
  await expect(readPopulation(corpus, file('many.csv', text))).rejects.toThrow(/:21:1: [^\n]*\nAnd more like these\.$/);
});

describe('what cannot be used is refused, where, and what to do', () => {
  test.each<{ story: string; input: string; says: RegExp }>([
    {
      story: 'a column that is no fact',
      input: 'document,bornon\nnone,1990-01-01\n',
      says: /people\.csv:1:10: there is no fact "bornon"\. Did you mean "bornOn"\?/,
    },
    {
      story: 'a choice that does not exist',
      input: 'document\nnone\nasylum-reqest\n',
      says: /people\.csv:3:1: "asylum-reqest": .* Did you mean "asylum-request"\?/,
    },
    {
      story: 'a date that does not exist',
      input: 'document,bornOn\nnone,1990-02-30\n',
      says: /people\.csv:2:6: .*1990-02-30 does not exist/,
    },
    {
      story: 'a date in the future',
      input: 'document,bornOn\nnone,2190-02-20\n',
      says: /people\.csv:2:6: .*lies in the future/,
    },
    {
      story: 'a number with cents',
      input: 'document,monthlySalary\nnone,5942.50\n',
      says: /people\.csv:2:6: .*whole number in a population/,
    },
    {
      story: 'a number in words',
      input: 'document,monthlySalary\nnone,0x10\n',
      says: /people\.csv:2:6: .*is a number from 0/,
    },
    { story: 'neither true nor false', input: 'document,bsn\nnone,maybe\n', says: /people\.csv:2:6: .*true or false/ },
    {
      story: 'facts that contradict',
      input: 'document,bornOn,arrivedOn\nnone,2001-01-01,2000-01-01\n',
      says: /people\.csv:2:17: .*cannot lie before "bornOn"/,
    },
    {
      story: 'people who count less than none',
      input: 'document,count\nnone,-1\n',
      says: /people\.csv:2:6: "-1" is no number of people/,
    },
    { story: 'no fact at all', input: 'id,count\na,1\n', says: /people\.csv:1:1: no column is a fact/ },
    {
      story: 'semicolons',
      input: 'document;bornOn\nnone;1990-01-01\n',
      says: /people\.csv:1:1: the columns are separated by ";"/,
    },
    {
      story: 'the same column twice',
      input: 'document,document\nnone,none\n',
      says: /stands here for the second time/,
    },
  ])('$story', async ({ input, says }) => {
    await expect(readPopulation(corpus, file('people.csv', input))).rejects.toThrow(says);
  });
});
