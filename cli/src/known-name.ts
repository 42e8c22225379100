import { didYouMean } from './nearest.ts';
import { Refusal } from './refusal.ts';

/** The name itself when it is one of the known ones; else a refusal that lists them. */
export function knownName<Name extends string | undefined>(option: string, name: Name, names: readonly string[]): Name {
  if (name === undefined || names.includes(name)) return name;
  throw new Refusal(
    `${option} ${name}: there is no such name.${didYouMean(name, names)} Known: ${[...names].sort().join(', ')}.`,
  );
}
