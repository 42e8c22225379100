import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';
import { digestOfAnchor, firstBreak, noHash, type AuditEntry, type ChainBreak } from './audit-chain.ts';

/** What somebody wants to see of the log; all given parts must hold. */
export type AuditQuestion = {
  stream?: string;
  staffId?: string;
  /** An act (`grant.give`) or a kind of thing (`grant`). */
  act?: string;
  result?: 'done' | 'refused';
  from?: Date;
  before?: Date;
  /** Go on after this entry of the page before. */
  after?: { at: Date; id: string };
  limit: number;
};

export type AuditLine = Omit<AuditEntry, 'hash' | 'previousHash'> & {
  /** The name they had; null for whoever runs the server. */
  nameShown: string | null;
};

/** Lines of the log, newest first. */
export async function auditLog(database: Database, question: AuditQuestion): Promise<readonly AuditLine[]> {
  const rows = await database.read((kysely) => {
    let query = kysely
      .selectFrom('audit_entry')
      .leftJoin('staff', 'staff.id', 'audit_entry.staff_id')
      .selectAll('audit_entry')
      .select('staff.name_shown')
      .orderBy('at', 'desc')
      .orderBy('audit_entry.id', 'desc')
      .limit(question.limit);
    const { stream, staffId, act, result, from, before, after } = question;
    if (stream !== undefined) query = query.where('owner_id', '=', stream);
    if (staffId !== undefined) query = query.where('audit_entry.staff_id', '=', staffId);
    if (act !== undefined)
      query = act.includes('.') ? query.where('act', '=', act) : query.where('act', '^@', `${act}.`);
    if (result !== undefined) query = query.where('result', '=', result);
    if (from !== undefined) query = query.where('at', '>=', from);
    if (before !== undefined) query = query.where('at', '<', before);
    if (after !== undefined)
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('at', 'audit_entry.id'), '<', tuple(after.at, after.id)),
      );
    return query.execute();
  });
  return rows.map((row) => {
    const { hash: _, previousHash: __, ...line } = entryOf(row);
    return { ...line, nameShown: row.name_shown };
  });
}

/** The streams and the acts that the log knows, to choose from. */
export async function auditChoices(
  database: Database,
): Promise<{ streams: readonly string[]; acts: readonly string[] }> {
  return database.read(async (kysely) => ({
    streams: (await kysely.selectFrom('audit_stream').select('id').orderBy('id').execute()).map(({ id }) => id),
    acts: (await kysely.selectFrom('audit_entry').select('act').distinct().orderBy('act').execute()).map(
      ({ act }) => act,
    ),
  }));
}

export type AuditVerification = {
  streams: number;
  entries: number;
  anchors: number;
  /** The first place where the log is not what it was; null when everything holds. */
  broken: ChainBreak | { anchor: string; what: 'changed' | 'does not follow' | 'not what was published' } | null;
};

const entriesAtATime = 1000;

/**
 * Make every hash of the log again, along each chain, and hold the published anchors against them. `published` are
 * digests by day that somebody kept elsewhere: only these show a log that was rewritten as a whole.
 */
export async function verifyAuditLog(
  database: Database,
  published: ReadonlyMap<string, string> = new Map(),
): Promise<AuditVerification> {
  const streams = await database.read((kysely) =>
    kysely.selectFrom('audit_stream').select('id').orderBy('id').execute(),
  );
  const anchors = await database.read((kysely) =>
    kysely.selectFrom('audit_anchor').selectAll().orderBy('id').execute(),
  );
  /** What the anchors say each chain must hold: hash by stream and number. */
  const promised = new Map<string, string>();
  const counted: AuditVerification = { streams: streams.length, entries: 0, anchors: anchors.length, broken: null };

  let previous = noHash;
  for (const { id, heads, previous_digest, digest } of anchors) {
    const broken = (what: 'changed' | 'does not follow' | 'not what was published'): AuditVerification => ({
      ...counted,
      broken: { anchor: id, what },
    });
    if (digest !== digestOfAnchor(id, heads, previous_digest)) return broken('changed');
    if (previous_digest !== previous) return broken('does not follow');
    if ((published.get(id) ?? digest) !== digest) return broken('not what was published');
    previous = digest;
    for (const [stream, number, hash] of JSON.parse(heads) as Head[]) promised.set(`${stream} ${number}`, hash);
  }
  const missing = [...published.keys()].find((day) => !anchors.some(({ id }) => id === day));
  if (missing !== undefined) return { ...counted, broken: { anchor: missing, what: 'not what was published' } };

  for (const { id: stream } of streams) {
    let head = { number: 0, hash: noHash };
    for (;;) {
      const from = head.number;
      const rows = await database.read((kysely) =>
        kysely
          .selectFrom('audit_entry')
          .selectAll()
          .where('owner_id', '=', stream)
          .where('number', '>', from)
          .orderBy('number')
          .limit(entriesAtATime)
          .execute(),
      );
      const entries = rows.map(entryOf);
      const broken = firstBreak(entries, head);
      if (broken !== null) return { ...counted, broken };
      counted.entries += entries.length;
      for (const { number, hash } of entries) {
        const key = `${stream} ${number}`;
        if ((promised.get(key) ?? hash) !== hash) return { ...counted, broken: { stream, number, what: 'changed' } };
        promised.delete(key);
      }
      const last = entries.at(-1);
      if (last === undefined) break;
      head = { number: last.number, hash: last.hash };
    }
  }
  // An anchor that speaks of an entry which is not there: the end of a chain was cut off.
  for (const key of promised.keys()) {
    const [stream, number] = key.split(' ');
    return { ...counted, broken: { stream: stream!, number: Number(number), what: 'missing' } };
  }
  return counted;
}

type Head = [stream: string, number: number, hash: string];

/** What is published of a day: who keeps it can show later whether the log was rewritten. */
export type Anchor = { day: string; madeAt: Date; entries: number; digest: string };

/** Lay the anchor of a day (such as `2026-11-23`) when there is none yet and there is something to hold. */
export async function layAnchor(database: Database, day: string, now: Date): Promise<void> {
  const there = await database.read((kysely) =>
    kysely.selectFrom('audit_anchor').select('id').where('id', '>=', day).limit(1).executeTakeFirst(),
  );
  if (there !== undefined) return;
  await database.write(async (transaction) => {
    const rows = await transaction
      .selectFrom('audit_entry')
      .select(['owner_id', 'number', 'hash'])
      .distinctOn('owner_id')
      .orderBy('owner_id')
      .orderBy('number', 'desc')
      .execute();
    if (rows.length === 0) return;
    const heads = JSON.stringify(rows.map(({ owner_id, number, hash }): Head => [owner_id, number, hash]));
    const before = await transaction
      .selectFrom('audit_anchor')
      .select('digest')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    const previous = before?.digest ?? noHash;
    await transaction
      .insertInto('audit_anchor')
      .values({
        id: day,
        made_at: now,
        entries: rows.reduce((sum, { number }) => sum + number, 0),
        heads,
        previous_digest: previous,
        digest: digestOfAnchor(day, heads, previous),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** The anchors of the last `days` days that have one, newest first. */
export async function anchors(database: Database, days: number): Promise<readonly Anchor[]> {
  const rows = await database.read((kysely) =>
    kysely.selectFrom('audit_anchor').selectAll().orderBy('id', 'desc').limit(days).execute(),
  );
  return rows.map(({ id, made_at, entries, digest }) => ({ day: id, madeAt: made_at, entries, digest }));
}

function entryOf(row: Tables['audit_entry']): AuditEntry {
  return {
    stream: row.owner_id,
    id: row.id,
    number: row.number,
    at: row.at,
    staffId: row.staff_id,
    act: row.act,
    subject: row.subject,
    reason: row.reason,
    result: row.result,
    details: row.details,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
