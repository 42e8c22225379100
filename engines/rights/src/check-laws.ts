import { isoDay, type Problem } from '@meedoen/units';
import { nullProblems } from './check-nulls.ts';
import { typeProblems } from './check-types.ts';
import type { ArticleRules, InputField, LawFile } from './law-file.ts';

/**
 * What can be said about law files before they run, by the checks that schema v0.8.0 asks of its files: types agree,
 * null is tested for where it can be and nowhere else, and an input may be null where its source may. Files of older
 * schemas promise none of this, and are left alone.
 */
export function staticProblems(laws: readonly LawFile[]): readonly Problem[] {
  const checked = laws.filter(({ schema }) => schema === 'v0.8.0');
  return checked.flatMap((law) =>
    law.articles.flatMap(({ rules }) => {
      if (!rules) return [];
      const sources = rules.inputs.flatMap((input) => sourceProblems(input, law, laws));
      return [...typeProblems(rules, null), ...nullProblems(rules), ...sources];
    }),
  );
}

function sourceProblems(input: InputField, law: LawFile, laws: readonly LawFile[]): readonly Problem[] {
  const { source, nullable, name, at } = input;
  if (nullable || source.kind === 'fact') return [];
  const id = source.kind === 'same law' ? law.id : source.law;
  const target = laws.find(
    (other) =>
      other.id === id &&
      other.profile === 'present' &&
      (source.kind !== 'same law' || other === law) &&
      inForceTogether(law, other) &&
      other.articles.some(({ rules }) => rules && givesNull(rules, source.output)),
  );
  if (!target) return [];
  const version = target.validFrom === null ? '' : ` (${isoDay(target.validFrom)})`;
  const message = `"${source.output}" of "${id}"${version} may be null; declare input "${name}" nullable.`;
  return [{ at, what: 'null', words: {}, message }];
}

function givesNull({ outputs }: ArticleRules, output: string): boolean {
  return outputs.some(({ name, nullable }) => name === output && nullable);
}

function inForceTogether(a: LawFile, b: LawFile): boolean {
  const begins = (law: LawFile): number => law.validFrom ?? -Infinity;
  const ends = (law: LawFile): number => law.validTo ?? Infinity;
  return begins(a) <= ends(b) && begins(b) <= ends(a);
}
