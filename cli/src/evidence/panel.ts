import type { Command } from 'commander';
import { detectable } from '@meedoen/evidence';
import { mean, sum } from '@meedoen/numbers';
import {
  changeWithin,
  nonResponseWeights,
  readInstrument,
  readWaves,
  refuseAcross,
  sameMeaning,
  scoreInstrument,
  type Change,
} from '@meedoen/panel';
import { printCsv, printJson, type Format } from '../print.ts';
import { parseJson, readInput } from '../read-input.ts';
import { Refusal } from '../refusal.ts';
import { accept, answerOrReason, completeRows, covariatesOf, groupsOf, numbersOf, valuesOf } from './rows.ts';
import { checkPlan, namedColumns, planPart, withPage, writeReport, type PageOptions } from './report.ts';
import { withData } from './with-data.ts';
import { withoutInfluence } from './without-influence.ts';

export function panelVerb(evidence: Command): void {
  withPage(withData(evidence.command('panel')))
    .description('A questionnaire in waves: scores, change within people, and what those not seen may change.')
    .requiredOption('--instrument <file>', 'JSON: its items and how answers become a score')
    .requiredOption('--person <column>', 'whose answers a row holds')
    .requiredOption('--wave <column>', 'when, as a number; the lowest is the first')
    .option('--on <columns>', 'what staying may depend on beside earlier scores, with commas between them')
    .option('--cluster <column>', 'what people lie in, such as a location')
    .option('--language-column <column>', 'in which language a person answered: may scores be compared across?')
    .addHelpText(
      'after',
      `
The file has a row per person and wave, and a column per item under the item's id; an empty cell is no answer.
Example:
  $ meedoen evidence panel --data cli/examples/answers.csv --instrument cli/examples/instrument.json \\
      --person person --wave month --on age --format csv
No score of a single person is printed.`,
    )
    .action(run);
}

type Options = PageOptions & {
  format: Format;
  instrument: string;
  person: string;
  wave: string;
  on?: string;
  cluster?: string;
  languageColumn?: string;
};

async function run(options: Options): Promise<void> {
  const { data, format, instrument: path, person, wave, on, cluster, languageColumn: language } = options;
  const instrument = await instrumentIn(path);
  const items = instrument.items.map(({ id }) => id);
  const named = on?.split(',').map((name) => name.trim()) ?? [];
  const rows = await completeRows(data, [person, wave, cluster, language, ...named, ...items], items);
  if (rows.dropped > 0) {
    throw new Refusal(
      `${rows.name}: ${rows.dropped} rows have an empty cell in ${[person, wave, cluster, language, ...named].filter((name) => name !== undefined).join(', ')}. Left out, they would look like people who were not seen: fill the cells in.`,
    );
  }
  const people = groupsOf(rows, person);
  const when = numbersOf(rows, wave);
  const answers = items.map((name) => ({ name, values: valuesOf(rows, name, answerIn) }));
  const scores = accept(scoreInstrument(instrument, answers), rows);
  const panel = accept(readWaves({ person: people, wave: when, value: scores.score }), rows, { wave });
  const clusters = cluster === undefined ? {} : { clusters: groupsOf(rows, cluster) };
  const { better, minimalImportantDifference } = instrument;
  const change = accept(changeWithin(panel, { better, minimalImportantDifference, ...clusters }), rows);
  const nonResponse = accept(
    nonResponseWeights(panel, {
      range: scores.range,
      characteristics: named.flatMap((name) => covariatesOf(rows, name)),
      ...clusters,
    }),
    rows,
  );
  for (const { wave: at, weighted } of nonResponse) {
    if (!weighted.ok) console.error(`${rows.name}: wave ${at} is not weighted. ${weighted.problem.message}`);
  }
  const plan = await checkPlan(options, {
    method: 'panel',
    columns: namedColumns({ person, wave, cluster, language }),
    covariates: named,
    horizon: null,
  });
  await writeReport({ ...options, says: options.says ?? instrument.id }, rows, plan, (reports, context) =>
    reports.panelReport(change, nonResponse, context),
  );
  if (format === 'csv') {
    return printCsv([
      ...change.waves.map((one) => rowOf('seen at both', one.wave, one)),
      ...nonResponse.flatMap(({ wave: at, weighted, bounds, began }) => [
        ...(weighted.ok ? [rowOf('weighted', at, weighted.value)] : []),
        { way: 'worst and best case', wave: at, change: null, se: null, ...bounds, n: began },
      ]),
    ]);
  }
  const firstWave = Array.from(when.keys()).filter((i) => when[i] === panel.waves[0]);
  const across =
    language === undefined
      ? null
      : accept(sameMeaning(instrument, answers, groupsOf(rows, language), { rows: firstWave }), rows);
  printJson({
    instrument: { id: instrument.id, version: instrument.version, minimalImportantDifference },
    rows: rows.lines.length,
    people: panel.people,
    range: scores.range,
    waves: panel.waves.map((at) => {
      const those = Array.from(when.keys()).filter((i) => when[i] === at);
      const known = those.map((i) => scores.score[i]!).filter((score) => !Number.isNaN(score));
      const centre = known.length > 0 ? mean(known) : null;
      return {
        wave: at,
        rows: those.length,
        withoutScore: those.length - known.length,
        mean: centre,
        sd: known.length > 1 ? Math.sqrt(sum(known.map((x) => (x - centre!) ** 2)) / (known.length - 1)) : null,
        alpha: answerOrReason(alphaOf(those)),
      };
    }),
    ...(across && {
      acrossLanguages: across.map((pair) => ({ ...pair, refused: refuseAcross(pair)?.problem.message ?? null })),
    }),
    change: { ...change, overall: asEffect(change.overall), waves: change.waves.map(asEffect) },
    nonResponse: nonResponse.map(({ weighted, unweighted, ...rest }) => ({
      ...rest,
      unweighted: withoutInfluence(unweighted),
      weighted: answerOrReason(weighted, (one) => asEffect(withoutInfluence(one))),
    })),
    ...planPart(plan),
  });

  /** Of one wave: the same person twice would make items look more alike than they are. */
  function alphaOf(those: readonly number[]) {
    return accept(scoreInstrument(instrument, answers, { rows: those }), rows).alpha;
  }
}

function answerIn(text: string): number | string {
  if (text === '' || text === 'NA') return NaN;
  const value = Number(text);
  return Number.isNaN(value)
    ? `"${text}" is not a number. Write the number of the answer, or leave the cell empty.`
    : value;
}

/** With the smallest change that people so many and so different would probably have shown. */
function asEffect<T extends Pick<Change, 'se' | 'ci'>>(change: T) {
  return { ...change, smallestDetectable: detectable(change) };
}

function rowOf(way: string, wave: number, { estimate, se, ci, n }: Pick<Change, 'estimate' | 'se' | 'ci' | 'n'>) {
  return { way, wave, change: estimate, se, lower: ci.lower, upper: ci.upper, n };
}

async function instrumentIn(path: string) {
  const input = await readInput(path);
  const read = readInstrument(parseJson(input));
  if (read.ok) return read.value;
  const { problem } = read;
  throw new Refusal([{ ...problem, at: { ...problem.at, file: input.name } }]);
}
