import { fail, redirect } from '@sveltejs/kit';
import { textIn } from '#lib/page/form-text.ts';
import { deviceOf } from '#lib/server/staff/device.ts';
import { doing } from '#lib/server/staff/doing.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { isRecent, requireRecent } from '#lib/server/staff/may.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import { askForPasskey, madePasskey } from '#lib/server/staff/passkeys.ts';
import { providers } from '#lib/server/staff/providers.ts';
import { shortText } from '#lib/server/staff/short-text.ts';
import { dropSession } from '#lib/server/staff/staff-session.ts';
import { ticketFor } from '#lib/server/staff/ticket.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url, request } = event;
  const staff = locals.staff!;
  const { ways, sessions, limits } = await inDatabase(async (store, database) => ({
    ways: await store.waysInOf(database, staff.id),
    sessions: await store.sessionsOf(database, staff.id, new Date()),
    limits: store.sessionLimits,
  }));
  const recent = isRecent(staff, new Date());
  const linked = new Set(ways.map((way) => (way.kind === 'oidc' ? way.issuer : null)));
  return {
    menu: menuFor(event),
    ways: ways.map((way) => ({
      ...way,
      name:
        way.kind === 'oidc' ? (providers.find(({ issuer }) => issuer === way.issuer)?.name ?? way.issuer) : way.label,
    })),
    sessions,
    here: staff.session.id,
    limits: { idle: limits.idleInMinutes, hours: limits.absoluteInHours },
    recent,
    question: recent
      ? await askForPasskey(event, {
          nameShown: staff.nameShown,
          staffId: staff.id,
          known: ways.filter(({ kind }) => kind === 'passkey').map(({ id }) => id),
        })
      : null,
    providers: providers.filter(({ issuer }) => !linked.has(issuer)).map(({ id, name }) => ({ id, name })),
    ticket: ticketFor(staff),
    device: deviceOf(request.headers.get('user-agent')),
    added: url.searchParams.has('added'),
    removed: url.searchParams.has('removed'),
    ended: url.searchParams.has('ended'),
    problem: (['taken', 'used'] as const).find((problem) => problem === url.searchParams.get('problem')) ?? null,
  };
};

export const actions: Actions = {
  add: async (event) => {
    requireRecent(event);
    const { request, locals, url } = event;
    const form = await request.formData();
    const label = shortText(form.get('label'), 80);
    if (label === null) return fail(400, { problem: 'name' as const });
    const made = await madePasskey(event, form.get('passkey'), label);
    if (typeof made === 'string') return fail(400, { problem: made });
    const added = await inDatabase((store, database) =>
      store.addWayIn(
        database,
        { staffId: locals.staff!.id, way: { kind: 'passkey', passkey: made.passkey }, answered: made.answered },
        doing(store),
      ),
    );
    if (added !== 'added') return fail(400, { problem: added });
    redirect(303, `${url.pathname}?added`);
  },
  remove: async (event) => {
    requireRecent(event);
    const { request, locals, url } = event;
    const form = await request.formData();
    const kind = form.get('kind') === 'oidc' ? 'oidc' : 'passkey';
    const removed = await inDatabase((store, database) =>
      store.removeWayIn(database, { staffId: locals.staff!.id, kind, id: textIn(form, 'id') }, doing(store)),
    );
    if (removed === 'last') return fail(400, { problem: 'last-way' as const });
    if (removed === 'unknown') return fail(400, { problem: 'gone' as const });
    redirect(303, `${url.pathname}?removed`);
  },
  end: async (event) => {
    const { request, locals, url } = event;
    const staff = locals.staff!;
    const sessionId = textIn(await request.formData(), 'id');
    const ended = await inDatabase((store, database) =>
      store.endSession(
        database,
        { staffId: staff.id, sessionId, why: sessionId === staff.session.id ? 'signed-out' : 'ended-elsewhere' },
        doing(store),
      ),
    );
    if (!ended) return fail(400, { problem: 'gone' as const });
    if (sessionId === staff.session.id) dropSession(event);
    redirect(303, `${url.pathname}?ended`);
  },
};
