import type { RequestEvent } from '@sveltejs/kit';
import { mostReports, type BarrierReport } from '#lib/told/report.ts';
import { monthInSeconds, type KeptFor } from './answers-cookie.ts';
import { secret } from './secret.ts';
import { readSigned, sign } from './signed.ts';

/**
 * Reports of barriers live where the answers live: in signed cookies on the device, one a report, with the same rules
 * and for as long as the answers stay. Nothing sends them anywhere.
 */
const nameOf = (number: number) => `meedoen-told-${number}`;
const numbers = Array.from({ length: mostReports }, (_, index) => index + 1);

export type KeptReport = BarrierReport & { number: number };

/** The reports on this device, oldest place first; `damaged`: one of them was not as we wrote it. */
export function readReports({ cookies }: Pick<RequestEvent, 'cookies'>): { reports: KeptReport[]; damaged: boolean } {
  const reports: KeptReport[] = [];
  let damaged = false;
  for (const number of numbers) {
    const cookie = cookies.get(nameOf(number));
    if (!cookie) continue;
    const signed = readSigned('told', cookie, secret);
    if (signed) reports.push({ ...(signed.value as BarrierReport), number });
    else damaged = true;
  }
  return { reports, damaged };
}

/** Keep a report in its own place, or in the first free one; null when no place is free. */
export function keepReport(event: RequestEvent, report: BarrierReport, number: number | null): number | null {
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

export function dropReport({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, number: number): void {
  if (numbers.includes(number)) cookies.delete(nameOf(number), rules(url));
}

export function dropAllReports(event: Pick<RequestEvent, 'cookies' | 'url'>): void {
  for (const number of numbers) if (event.cookies.get(nameOf(number)) !== undefined) dropReport(event, number);
}

function set({ cookies, url }: RequestEvent, number: number, report: BarrierReport, keptFor: KeptFor): void {
  cookies.set(nameOf(number), sign('told', report, secret), {
    ...rules(url),
    ...(keptFor === 'month' ? { maxAge: monthInSeconds } : {}),
  });
}

function rules(url: URL): { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean } {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' };
}
