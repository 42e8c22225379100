import { month, monthsLater } from '@meedoen/units';
import { redirect } from '@sveltejs/kit';
import { dropSent, keepSent, readCheckIn } from '#lib/server/check-in-cookies.ts';
import { inGroups } from '#lib/server/keys/recovery-code.ts';
import { towns } from '#lib/server/towns.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const { sent } = readCheckIn(event);
  if (sent === null) redirect(303, `/${event.params.language}/check-in`);
  const told = month(sent.month);
  return {
    what: sent.what,
    month: told,
    numbersIn: monthsLater(told, 1),
    kept: sent.kept,
    state: sent.state,
    holder: sent.holder,
    code: sent.code === null ? null : inGroups(sent.code),
    town: (await towns()).find(({ id }) => id === sent.town) ?? null,
  };
};

export const actions: Actions = {
  /** The person has written the code down: from now on nobody has it but them. */
  written: (event) => {
    const { sent } = readCheckIn(event);
    if (sent?.holder === 'shared') dropSent(event);
    else if (sent !== null) keepSent(event, { ...sent, code: null });
    const next = sent?.what === 'report' ? '/told' : sent?.holder === 'mine' ? '/check-in/history' : '/check-in';
    redirect(303, `/${event.params.language}${next}`);
  },
};
