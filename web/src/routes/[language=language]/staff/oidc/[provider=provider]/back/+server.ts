import { redirect } from '@sveltejs/kit';
import { doing } from '#lib/server/staff/doing.ts';
import { finishSignIn, sessionHere } from '#lib/server/staff/finish.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { comeBack, problemPage } from '#lib/server/staff/oidc.ts';
import { keepSession } from '#lib/server/staff/staff-session.ts';
import type { RequestHandler } from './$types';

/** Somebody comes back from their provider: sign in, show again, add this way in, or use an invitation. */
export const GET: RequestHandler = async (event) => {
  const { asked, identity, answered, nameShown, tooWeak } = await comeBack(event);
  const { staff } = event.locals;
  const { why, language } = asked;
  const staffId = await inDatabase((store, database) => store.staffByIdentity(database, identity));

  if (tooWeak) {
    if (staffId !== null) {
      await inDatabase((store, database) =>
        store.signInRefused(database, { staffId, why: 'the provider was not certain enough' }, doing(store)),
      );
    }
    redirect(303, problemPage(asked, 'weak'));
  }

  if (why.kind === 'invitation') {
    const result = await inDatabase(async (store, database) => {
      const { secret, hash } = store.newSecret();
      const accepted = await store.acceptInvitation(
        database,
        {
          tokenHash: store.hashOfSecret(why.token),
          nameShown,
          way: { kind: 'oidc', ...identity },
          answered,
          session: sessionHere(event, hash, 'oidc'),
        },
        doing(store),
      );
      if (accepted === 'accepted') keepSession(event, secret);
      return accepted;
    });
    if (result === 'accepted') redirect(303, `/${language}/staff`);
    if (result === 'taken') redirect(303, problemPage(asked, 'taken'));
    redirect(303, `/${language}/staff/invitation/${encodeURIComponent(why.token)}`);
  }

  if (why.kind === 'add') {
    // The session may have ended while they were away, or somebody else signed in here.
    if (staff?.session.id !== why.session) redirect(303, problemPage(asked, 'late'));
    const added = await inDatabase((store, database) =>
      store.addWayIn(database, { staffId: staff.id, way: { kind: 'oidc', ...identity }, answered }, doing(store)),
    );
    redirect(303, `/${language}/staff/me?${added === 'added' ? 'added' : `problem=${added}`}`);
  }

  if (why.kind === 'again' && (staff?.session.id !== why.session || staff.id !== staffId))
    redirect(303, problemPage(asked, 'other'));
  if (staffId === null) redirect(303, problemPage(asked, 'unknown'));
  const done = await finishSignIn(event, { staffId, shown: { kind: 'oidc', ...identity }, answered });
  redirect(303, done === 'used' ? problemPage(asked, 'late') : asked.to);
};
