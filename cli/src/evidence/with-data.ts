import { Option, type Command } from 'commander';
import { formats } from '../print.ts';

/** What every verb of evidence asks: a file, and how to print the answer. */
export function withData(command: Command): Command {
  return withFormat(
    command.requiredOption('--data <file>', 'a CSV file with a header, or - for stdin; or a .parquet file'),
  );
}

export function withFormat(command: Command): Command {
  return command.addOption(new Option('--format <format>', 'what to print').choices(formats).default('json'));
}
