import { join } from 'node:path';
import { day, type Day } from '@meedoen/units';

/** What the environment says about this server; read in one place. */
const environment = process.env;

/** Where the server keeps what it makes itself (the key of the cookie). server.ts fills it in when nobody chose. */
export const dataFolder = environment['MEEDOEN_DATA'] || join(process.cwd(), '.meedoen');

/** Address of the database; null = pages are read without it. */
export const databaseUrl = environment['MEEDOEN_DATABASE'] || environment['DATABASE_URL'] || null;

/** The key that signs the answers on the device, when an operator wants to choose it (several servers, one key). */
export const chosenSecret = environment['MEEDOEN_SECRET'] || null;

/** Where people find this platform, such as https://meedoen.example; staff sign in only there. Null: only on this machine. */
export const chosenOrigin = environment['MEEDOEN_ORIGIN']?.trim().replace(/\/$/, '') || null;

/** File with the OpenID providers by which staff may sign in; null: passkeys only. */
export const providersFile = environment['MEEDOEN_OIDC'] || null;

/** For tests and for looking ahead: the day that counts as today. */
const chosenToday = environment['MEEDOEN_TODAY'] ? day(environment['MEEDOEN_TODAY']) : null;

const amsterdam = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam', dateStyle: 'short' });

/** The day a moment falls on in the Netherlands. */
export function dayIn(moment: Date): Day {
  return day(amsterdam.format(moment));
}

/** The day it is in the Netherlands: the law does not look at the clock of the server. */
export function today(): Day {
  return chosenToday ?? dayIn(new Date());
}
