import { randomBytes } from 'node:crypto';
import { inviteFirstSteward, newSecret, uuidV7Source, type Database } from '@meedoen/store';

/**
 * A link, to be used once, with which somebody becomes steward; null when people work here already and `always` is
 * false. Whoever runs the server may make one: there is no default password to forget to change.
 */
export async function staffLink(
  database: Database,
  { address, always }: { address: string; always: boolean },
): Promise<{ link: string; until: Date } | null> {
  const { secret, hash } = newSecret();
  const newId = uuidV7Source({ now: Date.now, randomBytes });
  const until = await inviteFirstSteward(database, { tokenHash: hash, always }, { now: new Date(), newId });
  return until === null ? null : { link: `${address}/nl/staff/invitation/${secret}`, until };
}

/** Where people find the platform: MEEDOEN_ORIGIN, or this machine. */
export function addressOfPlatform(local: string): string {
  return process.env['MEEDOEN_ORIGIN']?.replace(/\/$/, '') || local;
}
