import { Option, type Command } from 'commander';
import { layers, type Layer } from '@meedoen/units';
import { formats, type Format } from './print.ts';

/** In which law a question about one situation is answered, and how the answer is printed. */
export type ReadingOptions = {
  variant?: string;
  layer: Layer;
  laws?: string;
  format: Format;
};

/** Gives a verb the options of `ReadingOptions`. */
export function withReadingOptions(verb: Command): Command {
  return verb
    .option(
      '--variant <name or file>',
      'the law as a policy variant would have it, such as day-one, or a replacement file of your own',
    )
    .addOption(new Option('--layer <layer>', 'in which sense of the law').choices(layers).default('applied'))
    .option('--laws <folder>', 'law files to use in place of ours')
    .addOption(new Option('--format <format>', 'what to print').choices(formats).default('json'));
}
