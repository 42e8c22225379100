import { createHash, randomBytes } from 'node:crypto';
import { uuidV7Source, type Database, type StaffRole } from '@meedoen/store';
import type { BrowserContext } from 'playwright-core';

const newId = uuidV7Source({ now: Date.now, randomBytes });

/** Somebody who works for a municipality, signed in on this device a moment ago; how one signs in is played in staff.test.ts. */
export async function signInStaff(
  database: Database,
  context: BrowserContext,
  url: string,
  { name, role, municipality }: { name: string; role: StaffRole; municipality: string },
): Promise<void> {
  const token = randomBytes(32).toString('base64url');
  const id = newId();
  const now = new Date();
  await database.kysely.insertInto('staff').values({ id, name_shown: name, made_at: now, left_at: null }).execute();
  await database.kysely
    .insertInto('staff_grant')
    .values({
      id: newId(),
      staff_id: id,
      role,
      scope_kind: 'municipality',
      scope_id: municipality,
      granted_by: null,
      granted_at: now,
      reason: 'a test',
      withdrawn_by: null,
      withdrawn_at: null,
      withdrawn_why: null,
    })
    .execute();
  await database.kysely
    .insertInto('staff_session')
    .values({
      id: newId(),
      staff_id: id,
      token_hash: createHash('sha256').update(token).digest('hex'),
      previous_token_hash: null,
      rotated_at: now,
      method: 'passkey',
      device: 'Chromium',
      made_at: now,
      authenticated_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + 3_600_000),
      ended_at: null,
      ended_why: null,
    })
    .execute();
  await context.addCookies([{ name: 'meedoen-staff', value: token, url, httpOnly: true, sameSite: 'Lax' }]);
}
