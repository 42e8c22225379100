import type { AuditQuestion } from '@meedoen/store';
import { addDays, dayParts, parseDay, type Day } from '@meedoen/units';
import { timeAt } from '#lib/staff/moment.ts';

/** The filters of the log page. What cannot be used is left out, and the form shows what is. */
export function auditQuestion(asked: URLSearchParams): {
  question: Omit<AuditQuestion, 'limit'>;
  chosen: Record<string, string>;
} {
  const chosen: Record<string, string> = {};
  const question: Omit<AuditQuestion, 'limit'> = {};
  const take = (name: string, fits: RegExp): string | null => {
    const value = asked.get(name)?.trim() ?? '';
    if (!fits.test(value)) return null;
    chosen[name] = value;
    return value;
  };
  const stream = take('where', /^[a-z]{1,20}(:[A-Za-z0-9-]{1,64})?$/);
  if (stream !== null) question.stream = stream;
  const staffId = take('who', uuid);
  if (staffId !== null) question.staffId = staffId;
  const act = take('what', /^[a-z-]{1,40}(\.[a-z-]{1,40})*$/);
  if (act !== null) question.act = act;
  const result = take('result', /^(done|refused)$/);
  if (result !== null) question.result = result as 'done' | 'refused';
  const from = parseDay(asked.get('from'));
  if (from.ok) [chosen['from'], question.from] = [asked.get('from')!, midnight(from.value)];
  const until = parseDay(asked.get('until'));
  if (until.ok) [chosen['until'], question.before] = [asked.get('until')!, midnight(addDays(until.value, 1))];
  const [at, id] = (asked.get('after') ?? '').split(' ');
  if (at !== undefined && id !== undefined && uuid.test(id) && !Number.isNaN(Date.parse(at)))
    question.after = { at: new Date(at), id };
  return { question, chosen };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** When a day begins in the Netherlands: one hour before it does in Greenwich, in summer two. */
function midnight(on: Day): Date {
  const { year, month, day } = dayParts(on);
  const [summer, winter] = [2, 1].map((hours) => new Date(Date.UTC(year, month - 1, day, -hours))) as [Date, Date];
  return timeAt(summer) === '00:00' ? summer : winter;
}
