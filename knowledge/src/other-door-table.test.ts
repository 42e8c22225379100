// "Newcomer is newcomer": one person behind seven doors on 25 November 2026, row by row as the reference has it.
import { doorMatrix, type Answer, type DoorMatrix, type Situation } from '@meedoen/rights';
import { addMonths, day, isoDay, type Day } from '@meedoen/units';
import { expect, test } from 'vitest';
import { loadKnowledge } from './load.ts';

const { corpus, doors, timetable } = await loadKnowledge();

const columns = [
  'asylum-applicant',
  'refugee',
  'subsidiary',
  'temporary-protection',
  'partner-of-dutch',
  'partner-of-expat',
  'eu-citizen',
] as const;

/** Somebody of 36 with a licence, on their first day, with every step still to do. */
function onFirstDay(on: Day, licenceCountry = 'other', more: Situation['facts'] = {}): DoorMatrix {
  const facts = {
    document: 'asylum-request',
    bornOn: '1990-05-05',
    arrivedOn: isoDay(on),
    askedAsylumOn: isoDay(on),
    indLetter: 'none',
    coaReception: true,
    licenceCountry,
    licenceValidUntil: '2030-01-01',
    livedThere: true,
    healthStatement: true,
    wDocument: false,
    registered: false,
    bsn: false,
    bankAccount: false,
    uwvNotified: false,
    workPermit: false,
    ...more,
  };
  return doorMatrix(corpus, timetable, doors, { facts }, on);
}

const today = day('2026-11-25');
const matrix = onFirstDay(today);

function row(right: string, of: (answer: Answer) => unknown, { rows }: DoorMatrix = matrix): readonly unknown[] {
  const cells = rows.find((one) => one.right === right)?.cells ?? [];
  return columns.map((door) => of(cells.find((cell) => cell.door === door)!.answer));
}

const term = (name: string) => (answer: Answer) => answer.terms.find((one) => one.name === name)?.value ?? null;

test('months before paid work: 6 with a permit and the chain for an applicant, a notice of 2 days for Ukraine, else 0', () => {
  const months = row('paid-work', ({ from, verdict }) => (verdict === 'not yet' && from ? isoDay(from) : verdict));
  expect(months).toEqual([isoDay(addMonths(today, 6)), 'yes', 'yes', 'not yet', 'yes', 'yes', 'yes']);
  expect(row('paid-work', ({ first }) => first.map(({ fact }) => fact).join(' '))).toEqual([
    'wDocument registered bsn bankAccount workPermit',
    '',
    '',
    'uwvNotified',
    '',
    '',
    '',
  ]);
  expect(row('paid-work', term('notify-working-days'))).toEqual([null, null, null, 2, null, null, null]);
});

test('who pays the Dutch course: COA’s 24 hours, the municipality, nobody, or oneself, for some with a loan', () => {
  const pays = row('civic-integration', term('who-pays'));
  const paysLessons = row('language-lessons', term('who-pays'));
  const who = pays.map((one, column) => one ?? paysLessons[column]);
  const loan = 'zelf_of_lening';
  expect(who).toEqual(['coa', 'gemeente', 'gemeente', 'niemand_volgens_wet', loan, 'zelf', loan]);
  expect(row('language-lessons', term('hours-teacher-good-chance'))[0]).toBe(24);
});

test('duty and risk of fines: only permit holders with asylum and the partner of a Dutch citizen', () => {
  expect(row('civic-integration', ({ verdict }) => verdict)).toEqual(['no', 'yes', 'yes', 'no', 'yes', 'no', 'no']);
  const fine = row('civic-integration', term('fine-route-eur'));
  expect(fine).toEqual([null, 1000, 1000, null, 1000, null, null]);
});

test('a licence from a country that is not listed: exams, but exchange for who has the 30% rule in the household', () => {
  const exams = 'theorie_en_praktijk';
  expect(row('exchange-licence', ({ verdict, missing }) => [verdict, ...missing].join(' '))).toEqual([
    ...Array<string>(5).fill('no'),
    'unknown thirtyPercent',
    'unknown thirtyPercent',
  ]);
  expect(row('exchange-licence', term('exams'))).toEqual([...Array<string>(5).fill(exams), null, null]);
});

test('a Ukrainian licence stays valid without a last day behind the door of temporary protection, and nowhere else', () => {
  const lastDays = row('driving-abroad-licence', term('last-day'), onFirstDay(today, 'ukraine'));
  expect(lastDays.map((one) => one === null)).toEqual([false, false, false, true, false, false, false]);
});

test('the evaluation of a diploma: free with the duty to integrate, else 148.83; for applicants the scope is unclear', () => {
  const price = row('free-diploma-evaluation', term('diploma-evaluation-eur'));
  expect(price).toEqual([148.83, 0, 0, 148.83, 0, 148.83, 148.83]);
  expect(row('free-diploma-evaluation', ({ verdict }) => verdict)[0]).toBe('unknown');
});

test('who chooses the municipality: COA, the municipality or a host for Ukraine, or people themselves', () => {
  const places = row('choose-municipality', term('housing-by'));
  expect(places).toEqual(['coa', 'coa', 'coa', 'gemeente_of_gastgezin', 'zelf', 'zelf', 'zelf']);
  const chooses = row('choose-municipality', ({ verdict }) => verdict);
  expect(chooses).toEqual(['no', 'no', 'no', 'unknown', 'yes', 'yes', 'yes']);
});

test.each([
  // The reference has the amounts of 2025; those of 2026 are newer.
  { year: 2025, on: day('2025-11-25'), most: 3617.22, least: 1123.78 },
  { year: 2026, on: today, most: 3792.04, least: 1178.09 },
])('school money for a child in the first year, a quarter of $year: $most or $least', ({ on, most, least }) => {
  const then = onFirstDay(on);
  const amounts = row('school-money', term('school-money-eur-quarter'), then);
  expect(amounts).toEqual([most, most, most, most, least, least, least]);
  expect(row('school-money', term('school-money-quarters'), then)).toEqual([8, 8, 8, 8, 4, 4, 4]);
});

test('the family comes: a window of three months, two years with income and house, an exam abroad from 21, or day one', () => {
  const married = { familyMember: 'spouse', permitLetterOn: isoDay(today), familyAskedInTime: true };
  const { rows } = onFirstDay(today, 'other', married);
  const answers = new Map(
    rows.find(({ right }) => right === 'family-reunification')!.cells.map((cell) => [cell.door, cell]),
  );
  const of = (door: string): unknown => {
    const { verdict, from, terms } = answers.get(door)!.answer;
    const told = Object.fromEntries(terms.map(({ name, value }) => [name.replace('family-', ''), value]));
    return { verdict, from: from && isoDay(from), ...told };
  };
  expect(of('asylum-applicant')).toMatchObject({ verdict: 'no' });
  expect(of('refugee')).toMatchObject({ verdict: 'yes', 'ask-by': day('2027-02-25'), 'income-test': false });
  const subsidiary = {
    verdict: 'not yet',
    from: '2028-11-25',
    'wait-years': 2,
    'income-test': true,
    'housing-test': true,
  };
  expect(of('subsidiary')).toMatchObject(subsidiary);
  expect(of('temporary-protection')).toMatchObject({ verdict: 'unknown' });
  expect(of('partner-of-dutch')).toMatchObject({ 'exam-abroad': true, 'partner-age': 21 });
  expect(of('highly-skilled')).toMatchObject({ verdict: 'yes', 'exam-abroad': false });
  expect(of('eu-citizen')).toMatchObject({ verdict: 'yes', 'income-test': false, 'exam-abroad': false });
});
