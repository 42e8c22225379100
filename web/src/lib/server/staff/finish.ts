import type { Answered, NewSession } from '@meedoen/store';
import type { RequestEvent } from '@sveltejs/kit';
import { deviceOf } from './device.ts';
import { doing } from './doing.ts';
import { inDatabase } from './in-database.ts';
import type { ShownPasskey } from './passkeys.ts';
import { keepSession } from './staff-session.ts';

type Shown = ShownPasskey['shown'] | { kind: 'oidc'; issuer: string; subject: string };

/** Begin a session for who showed who they are, in place of the one they had here. */
export async function finishSignIn(
  event: RequestEvent,
  { staffId, shown, answered }: { staffId: string; shown: Shown; answered: Answered },
): Promise<'signed in' | 'used'> {
  return inDatabase(async (store, database) => {
    const { secret, hash } = store.newSecret();
    const result = await store.signIn(
      database,
      {
        shown,
        answered,
        session: { staffId, ...sessionHere(event, hash, shown.kind) },
        instead: event.locals.staff?.session.id ?? null,
      },
      doing(store),
    );
    if (result === 'signed in') keepSession(event, secret);
    return result;
  });
}

/** A session on the device of this request. */
export function sessionHere(
  { request }: RequestEvent,
  tokenHash: string,
  method: NewSession['method'],
): Omit<NewSession, 'staffId'> {
  return { tokenHash, method, device: deviceOf(request.headers.get('user-agent')) };
}
