import type { RequestEvent } from '@sveltejs/kit';
import { mostReports, type BarrierReport, type ReportSending } from '#lib/told/report.ts';
import { monthInSeconds, type KeptFor } from './answers-cookie.ts';
import { cookieRules } from './cookie-rules.ts';
import { secret } from './secret.ts';
import { readSigned, sign } from './signed.ts';

/**
 * Reports of barriers live where the answers live: in signed cookies on the device, one a report, with the same rules
 * and for as long as the answers stay. What is sent of one, when the person sends it, is a coded copy without their words.
 */
const nameOf = (number: number) => `meedoen-told-${number}`;
const numbers = Array.from({ length: mostReports }, (_, index) => index + 1);

type Kept = BarrierReport & { sending: ReportSending | null };
export type KeptReport = Kept & { number: number };

const neverSent = { theme: null, sending: null };

/** The reports on this device, oldest place first; `damaged`: one of them was not as we wrote it. */
export function readReports({ cookies }: Pick<RequestEvent, 'cookies'>): { reports: KeptReport[]; damaged: boolean } {
  const reports: KeptReport[] = [];
  let damaged = false;
  for (const number of numbers) {
    const cookie = cookies.get(nameOf(number));
    if (!cookie) continue;
    const signed = readSigned('told', cookie, secret);
    // What an older version wrote has no theme and was never sent.
    if (signed) reports.push({ ...neverSent, ...(signed.value as Kept), number });
    else damaged = true;
  }
  return { reports, damaged };
}

/** Keep a report in its own place, or in the first free one; null when no place is free. */
export function keepReport(event: RequestEvent, report: Kept, number: number | null): number | null {
  const taken = readReports(event).reports.map((kept) => kept.number);
  const at = number ?? numbers.find((free) => !taken.includes(free));
  if (at === undefined) return null;
  set(event, at, report, event.locals.answers.keptFor);
  return at;
}

/** The person chose how long everything stays. */
export function keepReportsFor(event: RequestEvent, keptFor: KeptFor): void {
  for (const { number, ...report } of readReports(event).reports) set(event, number, report, keptFor);
}

/** The person took everything back: on the device too, no report counts as sent. */
export function dropSentMarks(event: RequestEvent): void {
  for (const { number, ...report } of readReports(event).reports) {
    if (report.sending !== null) set(event, number, { ...report, sending: null }, event.locals.answers.keptFor);
  }
}

export function dropReport({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, number: number): void {
  if (numbers.includes(number)) cookies.delete(nameOf(number), cookieRules(url));
}

export function dropAllReports(event: Pick<RequestEvent, 'cookies' | 'url'>): void {
  for (const number of numbers) if (event.cookies.get(nameOf(number)) !== undefined) dropReport(event, number);
}

function set({ cookies, url }: RequestEvent, number: number, report: Kept, keptFor: KeptFor): void {
  cookies.set(nameOf(number), sign('told', report, secret), {
    ...cookieRules(url),
    ...(keptFor === 'month' ? { maxAge: monthInSeconds } : {}),
  });
}
