// The National Health and Nutrition Epidemiologic Follow-up Study as Hernán & Robins use it in chapters 12 to 14.
import type { Covariate } from '../src/covariates.ts';
import { numbers, readColumns } from './reference.ts';

const columns = readColumns('causal/nhefs.csv');

export function nhefs(name: string): number[] {
  return numbers(columns[name] ?? []);
}

/** Their confounders: squares of the four numbers, and education, exercise and activity in classes. */
export function confounders(): Covariate[] {
  const number = (name: string): Covariate => ({ name, values: nhefs(name) });
  const squared = (name: string): Covariate => ({ name: `${name}²`, values: nhefs(name).map((x) => x * x) });
  const classes = (name: string, levels: number[]): Covariate[] =>
    levels.map((level) => ({ name: `${name} ${level}`, values: nhefs(name).map((x) => (x === level ? 1 : 0)) }));
  return [
    number('sex'),
    number('race'),
    number('age'),
    squared('age'),
    ...classes('education', [2, 3, 4, 5]),
    number('smokeintensity'),
    squared('smokeintensity'),
    number('smokeyrs'),
    squared('smokeyrs'),
    ...classes('exercise', [1, 2]),
    ...classes('active', [1, 2]),
    number('wt71'),
    squared('wt71'),
  ];
}
