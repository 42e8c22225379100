import { once } from 'node:events';
import {
  answerBatch,
  noDay,
  verdicts,
  type BatchAnswers,
  type Columns,
  type Corpus,
  type Verdict,
} from '@meedoen/rights';
import { isoDay, type Day, type Layer } from '@meedoen/units';
import type { Population } from './population.ts';
import { csvLine, printJson, type Format } from './print.ts';

export type AskedOfPopulation = {
  readonly on: Day;
  /** This right only. */
  readonly right: string | undefined;
  readonly reading: { readonly layer: Layer; readonly variant: string | null };
  readonly format: Format;
};

/** People at a time: few enough for their answers to take little room. */
const blockSize = 16_384;

/** Prints every answer of everybody as CSV, a row a person and right; or as JSON how many people hear each answer. */
export async function answerPopulation(
  corpus: Corpus,
  population: Population,
  asked: AskedOfPopulation,
): Promise<void> {
  if (asked.format === 'csv') await printRows(corpus, population, asked);
  else printCounts(corpus, population, asked);
}

async function printRows(corpus: Corpus, population: Population, asked: AskedOfPopulation): Promise<void> {
  const header = ['person', 'count', 'right', 'verdict', 'from', 'until', 'needed', 'missing', 'article'];
  let text = csvLine(header);
  for (const { first, answers } of inBlocks(corpus, population, asked)) {
    const cite = citations(answers, asked.on);
    for (let row = 0; row < answers.rows; row++) {
      const [person, count] = [population.person(first + row), population.count(first + row)];
      for (const { right, verdict, from, until, first: steps, missing, route } of answers.rights) {
        text += csvLine([
          person,
          count,
          right,
          verdicts[verdict[row]!]!,
          written(from[row]!),
          written(until[row]!),
          answers.steps.filter((_, bit) => ((steps[row]! >>> bit) & 1) === 1).join('; '),
          answers.missingFacts(missing[row]!).join('; '),
          cite(route[row]!),
        ]);
      }
    }
    // Who reads slowly is waited for, so that the answers do not pile up.
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    text = '';
  }
}

function printCounts(corpus: Corpus, population: Population, asked: AskedOfPopulation): void {
  const { on, reading } = asked;
  const counts = new Map<string, Record<Verdict, number>>();
  let people = 0;
  for (const { first, answers } of inBlocks(corpus, population, asked)) {
    for (let row = 0; row < answers.rows; row++) people += population.count(first + row);
    for (const { right, verdict } of answers.rights) {
      const count = counts.get(right) ?? { yes: 0, no: 0, 'not yet': 0, unknown: 0 };
      counts.set(right, count);
      for (let row = 0; row < answers.rows; row++) count[verdicts[verdict[row]!]!] += population.count(first + row);
    }
  }
  printJson({
    on: isoDay(on),
    ...reading,
    rows: population.rows,
    people,
    rights: corpus.rights.flatMap(({ id, domain, kind }) => {
      const count = counts.get(id);
      return count ? [{ right: id, domain, kind, people: count }] : [];
    }),
  });
}

/** The answers, so many people at a time; `first` is the row of the first of them. */
function* inBlocks(
  corpus: Corpus,
  { columns, rows }: Population,
  { on, right, reading }: AskedOfPopulation,
): Generator<{ readonly first: number; readonly answers: BatchAnswers }> {
  const domain = corpus.rights.find(({ id }) => id === right)?.domain;
  const of = { ...reading, ...(domain !== undefined && { domain }) };
  for (let first = 0; first < rows; first += blockSize) {
    const last = Math.min(rows, first + blockSize);
    const block: Columns = Object.fromEntries(
      Object.entries(columns).map(([id, column]) => [id, column.subarray(first, last)]),
    );
    const answers = answerBatch(corpus, block, on, last - first, of);
    const rights = answers.rights.filter((one) => right === undefined || one.right === right);
    yield { first, answers: { ...answers, rights } };
  }
}

/** The article behind a route, found once. */
function citations(answers: BatchAnswers, on: Day): (route: number) => string {
  const found = new Map<number, string>();
  return (route) => {
    const known = found.get(route);
    if (known !== undefined) return known;
    const citation = route < 0 ? null : answers.cite(route, on);
    const text = citation ? `${citation.law} ${citation.article}` : '';
    found.set(route, text);
    return text;
  };
}

function written(day: number): string {
  return day === noDay ? '' : isoDay(day as Day);
}
