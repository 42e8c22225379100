import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Answered, NewPasskey } from '@meedoen/store';
import type { RequestEvent } from '@sveltejs/kit';
import { answeredTo, recall, remember, untilWhen } from './ceremony.ts';
import { doing } from './doing.ts';
import { inDatabase } from './in-database.ts';
import { siteOf } from './site.ts';

/** Where a passkey answers a question of ours. Null: no passkeys at this address. */
export type PasskeyQuestion = string | null;

/**
 * Ask for a passkey to sign in with. The browser shows those it has for us, so that nobody types a name and we tell
 * nobody who works here. `only`: these, for somebody who shows again who they are.
 */
export async function askToSignIn(event: RequestEvent, only: readonly string[] = []): Promise<PasskeyQuestion> {
  const site = siteOf(event.url);
  if (!site?.passkeyName) return null;
  const options = await generateAuthenticationOptions({
    rpID: site.passkeyName,
    // The device asks for a finger, a face or a code: having the device is not enough.
    userVerification: 'required',
    allowCredentials: only.map((id) => ({ id })),
  });
  remember(event, 'passkey', { challenge: options.challenge, until: untilWhen(new Date()) });
  return JSON.stringify(options);
}

/** Ask to make a passkey. `known`: those somebody has, so that a device makes no second one. */
export async function askForPasskey(
  event: RequestEvent,
  { nameShown, staffId, known }: { nameShown: string; staffId: string | null; known: readonly string[] },
): Promise<PasskeyQuestion> {
  const site = siteOf(event.url);
  if (!site?.passkeyName) return null;
  const options = await generateRegistrationOptions({
    rpName: 'Meedoen',
    rpID: site.passkeyName,
    userName: nameShown,
    userDisplayName: nameShown,
    ...(staffId === null ? {} : { userID: new TextEncoder().encode(staffId) }),
    // We have no need to know the make of somebody's device.
    attestationType: 'none',
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  remember(event, 'passkey', { challenge: options.challenge, until: untilWhen(new Date()) });
  return JSON.stringify(options);
}

export type PasskeyProblem = 'late' | 'failed' | 'unknown';

/** A passkey that was just made, checked; or what was wrong. */
export async function madePasskey(
  event: RequestEvent,
  text: FormDataEntryValue | null,
  label: string,
): Promise<{ passkey: NewPasskey; answered: Answered } | PasskeyProblem> {
  const asked = recall(event, 'passkey', new Date());
  if (asked === null) return 'late';
  const site = siteOf(event.url);
  const response = parse<RegistrationResponseJSON>(text);
  if (!site?.passkeyName || response === null) return 'failed';
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: asked.challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.passkeyName,
      requireUserVerification: true,
    });
    if (!verified) return 'failed';
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      passkey: {
        id: credential.id,
        publicKey: credential.publicKey,
        signCount: credential.counter,
        transports: credential.transports ?? [],
        backedUp: credentialBackedUp,
        label,
      },
      answered: answeredTo(asked.challenge, asked.until),
    };
  } catch {
    // The library throws for everything that does not hold; none of it is for people to read.
    return 'failed';
  }
}

export type ShownPasskey = {
  staffId: string;
  shown: { kind: 'passkey'; passkeyId: string; signCount: number; backedUp: boolean };
  answered: Answered;
};

/** Who showed this passkey; or what was wrong. A copied passkey (its count went back) is written in the audit log. */
export async function shownPasskey(
  event: RequestEvent,
  text: FormDataEntryValue | null,
): Promise<ShownPasskey | PasskeyProblem> {
  const asked = recall(event, 'passkey', new Date());
  if (asked === null) return 'late';
  const site = siteOf(event.url);
  const response = parse<AuthenticationResponseJSON>(text);
  if (!site?.passkeyName || response === null) return 'failed';
  const known = await inDatabase((store, database) => store.passkeyBy(database, response.id));
  if (known === null) return 'unknown';
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: asked.challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.passkeyName,
      credential: {
        id: known.id,
        publicKey: known.publicKey,
        counter: known.signCount,
        transports: [...known.transports],
      },
      requireUserVerification: true,
    });
    if (verified) {
      return {
        staffId: known.staffId,
        shown: {
          kind: 'passkey',
          passkeyId: known.id,
          signCount: authenticationInfo.newCounter,
          backedUp: authenticationInfo.credentialBackedUp,
        },
        answered: answeredTo(asked.challenge, asked.until),
      };
    }
  } catch (problem) {
    if (!/counter/i.test((problem as Error).message)) return 'failed';
    await inDatabase((store, database) =>
      store.signInRefused(
        database,
        { staffId: known.staffId, why: 'the count of the passkey went back' },
        doing(store),
      ),
    );
  }
  return 'failed';
}

/** What the script put in the form; the library checks every part of it. */
function parse<T extends { id: string }>(text: FormDataEntryValue | null): T | null {
  if (typeof text !== 'string' || text.length > 20_000) return null;
  try {
    const value = JSON.parse(text) as T | null;
    return typeof value?.id === 'string' && /^[\w-]{1,1400}$/.test(value.id) ? value : null;
  } catch {
    return null;
  }
}
