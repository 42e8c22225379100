import { parseDay, type Day } from '@meedoen/units';
import type { Decision, DecisionStage, Scope, WholeDecision } from '@meedoen/store';
import { barrierReference, type BarrierNamed } from '#lib/decisions/barrier-named.ts';
import { barriersOn, readFrozenBarrier, type FrozenBarrier } from '#lib/decisions/frozen-barrier.ts';
import { placeOf, readPlace } from '#lib/decisions/place-of.ts';
import type { Language } from '#lib/language/languages.ts';
import { sayIn } from '#lib/language/say.ts';
import { knownTown } from './boards.ts';
import { fromDatabase } from './database.ts';
import { themes } from './questionnaire.ts';
import { dayIn, today } from './settings.ts';
import { isExampleTown } from './towns.ts';

/** A decision in one line, as lists show it. */
export type DecisionLine = {
  place: string;
  placeName: string;
  id: string;
  title: string;
  language: string;
  decidedOn: Day;
  stage: DecisionStage;
  /** Promises whose day has passed. */
  late: number;
  example: boolean;
  /** What it rests on, as `GM0344 theme:lesson-times`. */
  references: readonly string[];
};

/** So many decisions stand on one page. */
const most = 200;

/** The newest decisions, everywhere or at one place; null when the database does not answer. */
export async function decisionLines(where?: Scope): Promise<readonly DecisionLine[] | null> {
  return linesOf((store, database) => store.decisions(database, { ...(where ? { where } : {}), limit: most }));
}

/** What was decided about any of these barriers. */
export async function decisionsAbout(named: readonly BarrierNamed[]): Promise<readonly DecisionLine[]> {
  const references = [...new Set(named.map(barrierReference))];
  if (references.length === 0) return [];
  const about = { kind: 'barrier' as const, references };
  return (await linesOf((store, database) => store.decisions(database, { about, limit: most }))) ?? [];
}

async function linesOf(
  question: (...of: Parameters<Parameters<typeof fromDatabase>[0]>) => Promise<readonly WholeDecision[]>,
): Promise<readonly DecisionLine[] | null> {
  const found = await fromDatabase(async (store, database) =>
    (await question(store, database)).map((one) => ({ one, stage: store.stageOf(one, today()) })),
  );
  if (found === null) return null;
  return Promise.all(found.map(({ one, stage }) => lineOf(one, stage)));
}

async function lineOf(decision: WholeDecision, stage: DecisionStage): Promise<DecisionLine> {
  const { owner, id, title, language, example } = decision;
  return {
    place: placeOf(owner),
    placeName: await placeName(owner),
    id,
    title,
    language,
    decidedOn: dayOf(decision.decidedOn),
    stage,
    late: decision.actions.filter(({ doneOn, dueOn }) => doneOn === null && dayOf(dueOn) < today()).length,
    example,
    references: decision.grounds.map(({ reference }) => reference),
  };
}

/** A ground in words of the reader's language, with its frozen numbers where they are numbers of a barrier. */
export type GroundView = {
  id: string;
  kind: string;
  name: string;
  dutch: string | null;
  content: string;
  hash: string;
  frozenOn: Day;
  barrier: FrozenBarrier | null;
};

export type DecisionView = Omit<Decision, 'decidedOn' | 'owner'> & {
  place: string;
  placeName: string;
  decidedOn: Day;
  stage: DecisionStage;
  grounds: readonly GroundView[];
  actions: readonly { id: string; words: string; responsible: string; dueOn: Day; doneOn: Day | null; late: boolean }[];
  results: readonly { id: string; words: string; reportedOn: Day; evidence: GroundView | null }[];
};

/** One decision with all that belongs to it. */
export async function decisionView(
  place: string,
  id: string,
  language: Language,
): Promise<DecisionView | 'absent' | 'down'> {
  const where = readPlace(place);
  if (where === null) return 'absent';
  const found = await fromDatabase(async (store, database) => {
    const one = await store.decision(database, where, id);
    return { decision: one && { ...one, stage: store.stageOf(one, today()) } };
  });
  if (found === null) return 'down';
  if (found.decision === null) return 'absent';
  const { owner, ...decision } = found.decision;
  const view = (ground: WholeDecision['grounds'][number]): Promise<GroundView> => groundView(ground, language);
  return {
    ...decision,
    place: placeOf(owner),
    placeName: await placeName(owner),
    decidedOn: dayOf(decision.decidedOn),
    grounds: await Promise.all(decision.grounds.map(view)),
    actions: decision.actions.map(({ dueOn, doneOn, ...action }) => ({
      ...action,
      dueOn: dayOf(dueOn),
      doneOn: doneOn === null ? null : dayOf(doneOn),
      late: doneOn === null && dayOf(dueOn) < today(),
    })),
    results: await Promise.all(
      decision.results.map(async ({ reportedOn, evidence, ...result }) => ({
        ...result,
        reportedOn: dayOf(reportedOn),
        evidence: evidence && (await view(evidence)),
      })),
    ),
  };
}

async function groundView(ground: WholeDecision['grounds'][number], language: Language): Promise<GroundView> {
  const { id, kind, reference, content, hash, frozenAt } = ground;
  const barrier = kind === 'barrier' ? readFrozenBarrier(content) : null;
  // The words of a statement stand first in what was frozen; its votes under them.
  const [first = ''] = content.split('\n');
  const named = barrier
    ? await barrierName(barrier, language)
    : { name: kind === 'statement' ? first : reference, dutch: null };
  return { id, kind, ...named, content, hash, frozenOn: dayIn(frozenAt), barrier };
}

/** What a barrier is called: the right as its page calls it, or the answer somebody could choose. */
export async function barrierName(
  { about, subject }: Pick<BarrierNamed, 'about' | 'subject'>,
  language: Language,
): Promise<{ name: string; dutch: string | null }> {
  if (about === 'right') {
    const say = sayIn(language);
    const key = `rights.right.${subject}.title`;
    return { name: say.maybe(key) ?? subject, dutch: say.dutch(key) };
  }
  const labelIn = async (of: Language): Promise<string | null> =>
    (await themes(of)).find(({ id }) => id === subject)?.label ?? null;
  return { name: (await labelIn(language)) ?? subject, dutch: await labelIn('nl') };
}

/** What a town's released board says of what stood in the way; `absent` when nothing was released yet. */
export async function barriersToDecide(town: string): Promise<readonly FrozenBarrier[] | 'absent' | 'down'> {
  const example = isExampleTown(town);
  const found = await fromDatabase(async (store, database) => ({
    board: await store.boardOf(database, { town, example }),
  }));
  if (found === null) return 'down';
  if (found.board === null) return 'absent';
  const known = await themes('nl');
  return barriersOn(
    found.board,
    known.map(({ id }) => id),
  );
}

/** A place by its name; by its code where we know no name. */
export async function placeName(owner: string): Promise<string> {
  const place = placeOf(owner);
  return (await knownTown(place)) ?? place;
}

function dayOf(iso: string): Day {
  const parsed = parseDay(iso);
  if (!parsed.ok) throw new RangeError(`The database holds a day that is none: ${iso}`);
  return parsed.value;
}
