import { makesSenseToAsk, type FactRow, type FactTable, type FactValue, type Situation } from '@meedoen/rights';
import type { Day } from '@meedoen/units';
import { dontKnow, parseAnswer, parseDate, type FieldProblem, type Typed } from '#lib/answers/parse-answer.ts';

/**
 * What an employer can see or does itself: the card, what stands on it, and the papers that work for pay needs. Why
 * somebody is here, their procedure and their life are none of it.
 */
export const visibleFacts: readonly string[] = [
  'document',
  'cardValidUntil',
  'workNote',
  'permitPurpose',
  'joins',
  'permitFrom',
  'bornOn',
  'monthlySalary',
  'recognisedSponsor',
  'afterOrientationYear',
  'diplomaOn',
  'askedAsylumOn',
  'turkishPassport',
  'workedLegallySince',
  'sameEmployerSince',
  'wDocument',
  'bsn',
  'bankAccount',
  'workPermit',
  'uwvNotified',
];

/** What an employer cannot see and may take for granted, because UWV or the card says otherwise where it is not so. */
export const takenForGranted: Readonly<Record<string, FactValue>> = {
  indLetter: 'none',
  coaReception: true,
  weeksWorked: 0,
  ukraineGround: 'ukrainian-passport',
};

/** The form as it was typed; nothing of it is kept. */
export type EmployerForm = {
  /** The facts asked so far, in order. */
  asked: readonly string[];
  typed: Readonly<Record<string, Typed>>;
  start: Typed;
};

export const emptyTyped: Typed = { answer: '', day: '', month: '', year: '', number: '' };

export function readForm(form: FormData): EmployerForm {
  const text = (name: string, most = 100) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.slice(0, most) : '';
  };
  const asked = text('asked', 1000)
    .split('.')
    .filter((fact) => visibleFacts.includes(fact));
  const typedOf = (name: string): Typed => ({
    answer: text(name),
    day: text(`${name}-day`),
    month: text(`${name}-month`),
    year: text(`${name}-year`),
    number: text(`${name}-number`),
  });
  return {
    asked,
    typed: Object.fromEntries(asked.map((fact) => [fact, typedOf(fact)])),
    start: typedOf('start'),
  };
}

export type Understood =
  | { ok: true; situation: Situation; start: Day }
  | { ok: false; fact: string; problem: FieldProblem };

/** The facts of a form. What was left open is not known; only what cannot be is refused. */
export function understand(table: FactTable, { asked, typed, start }: EmployerForm, today: Day): Understood {
  const facts: Record<string, FactValue | null> = {};
  for (const fact of asked) {
    const row = table.facts.find(({ id }) => id === fact);
    if (!row || !makesSenseToAsk(row, { facts })) continue;
    const given = typed[fact] ?? emptyTyped;
    if (isEmpty(row, given)) {
      facts[fact] = null;
      continue;
    }
    const parsed = parseAnswer(row, given, today);
    if (!parsed.ok) return { ok: false, fact, problem: parsed.problem };
    facts[fact] = parsed.value;
  }
  if (isBlank(start)) return { ok: true, situation: { facts }, start: today };
  const begins = parseDate(start, null, today);
  if (!begins.ok) return { ok: false, fact: 'start', problem: begins.problem };
  return { ok: true, situation: { facts }, start: begins.day < today ? today : begins.day };
}

function isEmpty(row: FactRow, typed: Typed): boolean {
  if (typed.answer === dontKnow) return true;
  if (row.type === 'date') return isBlank(typed);
  return row.type === 'number' ? typed.number.trim() === '' : typed.answer === '';
}

function isBlank({ day, month, year }: Typed): boolean {
  return `${day}${month}${year}`.trim() === '';
}
