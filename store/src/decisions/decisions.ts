import { isoDay, type Day } from '@meedoen/units';
import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../database.ts';
import { streamOf, type Scope } from '../staff/roles.ts';
import type { Tables } from '../tables.ts';
import type { DecisionForm, GroundKind } from './decide.ts';

/** A decision as everybody may read it; who typed it is in the audit log and not here. */
export type Decision = {
  /** Where: `municipality:GM0344`, `location:…`, `organisation:…` or `platform`. */
  owner: string;
  id: string;
  form: DecisionForm;
  outcome: 'yes' | 'no';
  mandate: string;
  title: string;
  words: string;
  reason: string;
  dissent: string;
  language: string;
  decidedOn: string;
  example: boolean;
};

/** What a decision rests on, frozen. */
export type FrozenGround = {
  id: string;
  kind: GroundKind;
  reference: string;
  content: string;
  hash: string;
  frozenAt: Date;
};

export type DecisionAction = { id: string; words: string; responsible: string; dueOn: string; doneOn: string | null };
export type DecisionResult = { id: string; words: string; reportedOn: string; evidence: FrozenGround | null };

export type WholeDecision = Decision & {
  grounds: readonly FrozenGround[];
  actions: readonly DecisionAction[];
  results: readonly DecisionResult[];
};

/** How far a decision has come: exactly one of these at any moment. */
export type DecisionStage = 'decided no' | 'decided yes' | 'in progress' | 'overdue' | 'done' | 'result reported';

/** The newest first: of one place, about any of some things people said, or all. */
export async function decisions(
  database: Database,
  {
    where,
    about,
    limit,
  }: { where?: Scope; about?: { kind: GroundKind; references: readonly string[] }; limit: number },
): Promise<readonly WholeDecision[]> {
  if (about?.references.length === 0) return [];
  return database.read(async (kysely) => {
    let query = kysely.selectFrom('decision').selectAll();
    if (where) query = query.where('owner_id', '=', streamOf(where));
    if (about) {
      query = query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('decision_citation')
            .innerJoin('decision_ground', (join) =>
              join
                .onRef('decision_ground.owner_id', '=', 'decision_citation.owner_id')
                .onRef('decision_ground.id', '=', 'decision_citation.ground_id'),
            )
            .select('decision_ground.id')
            .whereRef('decision_citation.owner_id', '=', 'decision.owner_id')
            .whereRef('decision_citation.decision_id', '=', 'decision.id')
            .where('decision_ground.kind', '=', about.kind)
            .where('decision_ground.reference', 'in', about.references),
        ),
      );
    }
    const rows = await query.orderBy('decided_on', 'desc').orderBy('id', 'desc').limit(limit).execute();
    return withAll(kysely, rows);
  });
}

/** One decision with all that belongs to it; null when there is none. */
export async function decision(database: Database, where: Scope, id: string): Promise<WholeDecision | null> {
  return database.read(async (kysely) => {
    const row = await kysely
      .selectFrom('decision')
      .selectAll()
      .where('owner_id', '=', streamOf(where))
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? (await withAll(kysely, [row]))[0]! : null;
  });
}

/** How far it has come on a day. */
export function stageOf(decision: Pick<WholeDecision, 'outcome' | 'actions' | 'results'>, on: Day): DecisionStage {
  if (decision.results.length > 0) return 'result reported';
  if (decision.outcome === 'no') return 'decided no';
  const open = decision.actions.filter(({ doneOn }) => doneOn === null);
  if (decision.actions.length === 0) return 'decided yes';
  if (open.length === 0) return 'done';
  return open.some(({ dueOn }) => dueOn < isoDay(on)) ? 'overdue' : 'in progress';
}

type DecisionRow = Selectable<Tables['decision']>;
type GroundOfDecision = Selectable<Tables['decision_ground']>;

/** Decisions with what belongs to each, in three questions however many they are. */
async function withAll(kysely: Kysely<Tables>, rows: readonly DecisionRow[]): Promise<WholeDecision[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const grounds = await kysely
    .selectFrom('decision_citation')
    .innerJoin('decision_ground', (join) =>
      join
        .onRef('decision_ground.owner_id', '=', 'decision_citation.owner_id')
        .onRef('decision_ground.id', '=', 'decision_citation.ground_id'),
    )
    .selectAll('decision_ground')
    .select('decision_citation.decision_id')
    .where('decision_citation.decision_id', 'in', ids)
    .orderBy('decision_ground.id')
    .execute();
  const actions = await kysely
    .selectFrom('decision_action')
    .selectAll()
    .where('decision_id', 'in', ids)
    .orderBy('due_on')
    .orderBy('id')
    .execute();
  const results = await kysely
    .selectFrom('decision_result')
    .selectAll()
    .where('decision_id', 'in', ids)
    .orderBy('reported_on')
    .orderBy('id')
    .execute();
  const evidenceIds = results.flatMap(({ evidence_id }) => (evidence_id === null ? [] : [evidence_id]));
  const evidence =
    evidenceIds.length === 0
      ? []
      : await kysely.selectFrom('decision_ground').selectAll().where('id', 'in', evidenceIds).execute();

  return rows.map((row) => {
    const isMine = (one: { owner_id: string; decision_id: string }): boolean =>
      one.owner_id === row.owner_id && one.decision_id === row.id;
    const mine = grounds.filter(isMine);
    return {
      owner: row.owner_id,
      id: row.id,
      form: row.form,
      outcome: row.outcome,
      mandate: row.mandate,
      title: row.title,
      words: row.words,
      reason: row.reason,
      dissent: row.dissent,
      language: row.language,
      decidedOn: row.decided_on,
      example: row.example,
      // What it was decided for stands first.
      grounds: [
        ...mine.filter(({ id }) => id === row.because_id),
        ...mine.filter(({ id }) => id !== row.because_id),
      ].map(frozen),
      actions: actions.filter(isMine).map(({ id, words, responsible, due_on, done_on }) => ({
        id,
        words,
        responsible,
        dueOn: due_on,
        doneOn: done_on,
      })),
      results: results.filter(isMine).map(({ id, words, reported_on, evidence_id }) => {
        const found = evidence.find((one) => one.owner_id === row.owner_id && one.id === evidence_id);
        return { id, words, reportedOn: reported_on, evidence: found ? frozen(found) : null };
      }),
    };
  });
}

function frozen({ id, kind, reference, content, hash, frozen_at }: GroundOfDecision): FrozenGround {
  return { id, kind, reference, content, hash, frozenAt: frozen_at };
}
