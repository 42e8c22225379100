import { Option, type Command } from 'commander';
import { readSpells, type Spells, type WeightMeaning } from '@meedoen/evidence';
import type { Format } from '../print.ts';
import { accept, cellRefusal, numbersOf, type Rows } from './rows.ts';
import { withData } from './with-data.ts';

/** What every verb about time to an event asks. */
export type FollowUp = {
  data: string;
  format: Format;
  time: string;
  entry?: string;
  weight?: string;
  weights: WeightMeaning;
};

export function withFollowUp(command: Command): Command {
  return withData(command)
    .requiredOption('--time <column>', 'when following this person ended')
    .option('--entry <column>', 'when it began, if not at 0')
    .option(
      '--weight <column>',
      'how many identical people the row stands for; with --weights sampling how many like it',
    )
    .addOption(
      new Option(
        '--weights <meaning>',
        'copies: as if the rows were there so often; sampling: inverse probabilities, with robust errors',
      )
        .choices(['copies', 'sampling'])
        .default('copies'),
    );
}

export const intervalOption = (): Option =>
  new Option('--interval <shape>', 'shape of the intervals').choices(['log-log', 'log', 'plain']).default('log-log');

type Causes = { readonly column: string; readonly values: Float64Array };

export function eventsOf(rows: Rows, column: string): Causes {
  const values = numbersOf(rows, column);
  if (values.every((value) => value === 1 || value === 2) && values.includes(2)) {
    console.error(
      `${rows.name}: column ${column} holds 1 and 2: read as R does, 2 = it happened, 1 = we stopped looking.`,
    );
    return { column, values: values.map((value) => value - 1) };
  }
  const strange = values.findIndex((value) => value !== 0 && value !== 1);
  if (strange >= 0) {
    const message = `column ${column}: ${values[strange]} is neither 1 nor 0. Write 1 where it happened and 0 where we stopped looking; for more causes use "evidence risks".`;
    throw cellRefusal(rows, column, strange, message);
  }
  return { column, values };
}

export function spellsOf(rows: Rows, { time, entry, weight, weights }: FollowUp, cause: Causes): Spells {
  const named = {
    time,
    cause: cause.column,
    ...(entry !== undefined && { entry }),
    ...(weight !== undefined && { weight }),
  };
  return accept(
    readSpells({
      time: numbersOf(rows, time),
      cause: cause.values,
      ...(entry !== undefined && { entry: numbersOf(rows, entry) }),
      ...(weight !== undefined && { weight: numbersOf(rows, weight), weightMeaning: weights }),
    }),
    rows,
    named,
  );
}
