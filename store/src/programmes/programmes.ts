import type { ChangeEffect, PolicyChange, SeriesEffect } from '@meedoen/board';
import { parsePlan, type AnalysisPlan } from '@meedoen/evidence';
import type { Problem } from '@meedoen/units';
import type { Kysely, Selectable } from 'kysely';
import { monthKept } from '../contributions/kept-month.ts';
import type { Database } from '../database.ts';
import { streamOf, type Scope } from '../staff/roles.ts';
import type { Tables } from '../tables.ts';

/** The effect as it was released, or why it could not be told. */
export type ReleasedEffect = { ok: true; value: ChangeEffect | SeriesEffect } | { ok: false; problem: Problem };

export type ProgrammePlan = { version: number; plan: AnalysisPlan; hash: string; reason: string; madeAt: Date };

/** A registered change of policy as everybody may read it. */
export type Programme = {
  owner: string;
  id: string;
  title: string;
  words: string;
  cost: string;
  language: string;
  decision: string | null;
  registeredAt: Date;
  example: boolean;
  change: PolicyChange;
  /** The first first; the last one counts. */
  plans: readonly ProgrammePlan[];
  /** What each release said, the newest first. */
  effects: readonly { releasedOn: string; planVersion: number; effect: ReleasedEffect }[];
};

/** Registered changes, the newest first: of one place, that touch one town, that carry out one decision, or all. */
export async function programmes(
  database: Database,
  { where, town, decision, limit }: { where?: Scope; town?: string; decision?: string; limit: number },
): Promise<readonly Programme[]> {
  return database.read(async (kysely) => {
    let query = kysely.selectFrom('programme').selectAll();
    if (where) query = query.where('owner_id', '=', streamOf(where));
    if (decision) query = query.where('decision_id', '=', decision);
    if (town) {
      query = query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('programme_town')
            .select('programme_town.town')
            .whereRef('programme_town.owner_id', '=', 'programme.owner_id')
            .whereRef('programme_town.programme_id', '=', 'programme.id')
            .where('programme_town.town', '=', town)
            .where('programme_town.from_month', 'is not', null),
        ),
      );
    }
    const rows = await query.orderBy('registered_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
    return withAll(kysely, rows);
  });
}

/** One registered change; null when there is none. */
export async function programme(database: Database, where: Scope, id: string): Promise<Programme | null> {
  return database.read(async (kysely) => {
    const row = await kysely
      .selectFrom('programme')
      .selectAll()
      .where('owner_id', '=', streamOf(where))
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? (await withAll(kysely, [row]))[0]! : null;
  });
}

/** Programmes with what belongs to each, in three questions however many they are. */
async function withAll(kysely: Kysely<Tables>, rows: readonly Selectable<Tables['programme']>[]): Promise<Programme[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const towns = await kysely
    .selectFrom('programme_town')
    .selectAll()
    .where('programme_id', 'in', ids)
    .orderBy('town')
    .execute();
  const plans = await kysely
    .selectFrom('programme_plan')
    .selectAll()
    .where('programme_id', 'in', ids)
    .orderBy('version')
    .execute();
  const effects = await kysely
    .selectFrom('programme_effect')
    .selectAll()
    .where('programme_id', 'in', ids)
    .orderBy('released_on', 'desc')
    .execute();
  return rows.map((row) => {
    const isMine = (one: { owner_id: string; programme_id: string }): boolean =>
      one.owner_id === row.owner_id && one.programme_id === row.id;
    const mine = towns.filter(isMine);
    return {
      owner: row.owner_id,
      id: row.id,
      title: row.title,
      words: row.words,
      cost: row.cost,
      language: row.language,
      decision: row.decision_id,
      registeredAt: row.registered_at,
      example: row.example,
      change: {
        changes: mine.flatMap(({ town, from_month }) =>
          from_month === null ? [] : [{ town, from: monthKept(from_month) }],
        ),
        compared: mine.flatMap(({ town, from_month }) => (from_month === null ? [town] : [])),
      },
      plans: plans.filter(isMine).map(({ version, plan, hash, reason, made_at }) => ({
        version,
        plan: planRead(plan),
        hash,
        reason,
        madeAt: made_at,
      })),
      effects: effects.filter(isMine).map(({ released_on, plan_version, effect }) => ({
        releasedOn: released_on,
        planVersion: plan_version,
        effect,
      })),
    };
  });
}

function planRead(text: string): AnalysisPlan {
  const plan = parsePlan(JSON.parse(text));
  if (!plan.ok) throw new RangeError(`The database holds a plan that is none: ${plan.problem.message}`);
  return plan.value;
}
