import { expect, test } from 'vitest';
import { columnRefusal, declaredFeatures, protectedTrait } from './what-may-count.ts';

test.each([
  ['nationality', 'nationality or origin'],
  ['Land van herkomst', 'nationality or origin'],
  ['country_of_birth', 'nationality or origin'],
  ['passportCountry', 'nationality or origin'],
  ['etnische groep', 'ethnicity'],
  ['gender', 'sex'],
  ['geslacht-hoofd', 'sex'],
  ['Religion', 'religion'],
  ['motherTongue', 'first language'],
  ['mother_tongue', 'first language'],
  ['moedertaal', 'first language'],
  ['voornaam', 'name or photo'],
])('%s is about %s', (name, trait) => {
  expect(protectedTrait(name)).toBe(trait);
});

test.each(['id', 'need_beds', 'manager', 'mandate', 'landing', 'trace', 'sextant', 'cap_dwelling'])(
  '%s is about none, though letters of it are',
  (name) => {
    expect(protectedTrait(name)).toBeNull();
  },
);

test('a protected column is refused and not ignored; an unknown one too, for it may hide one', () => {
  expect(columnRefusal('id', ['id'])).toBeNull();
  expect(columnRefusal('nationaliteit', ['id'])?.problem.what).toBe('must-not-count');
  expect(columnRefusal('cluster7', ['id'])?.problem.what).toBe('unknown-column');
});

test('what a value rests on is named from the list', () => {
  expect(declaredFeatures('work-in-own-trade; school')).toEqual(['work-in-own-trade', 'school']);
  const what = (text: string): unknown => {
    const said = declaredFeatures(text);
    return 'problem' in said ? said.problem.what : said;
  };
  expect(what(' ; ')).toBe('no-reason');
  expect(what('school; sex')).toBe('must-not-count');
  expect(what('machine learning')).toBe('unknown-feature');
});
