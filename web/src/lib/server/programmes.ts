import type { Programme, Scope } from '@meedoen/store';
import { monthOf, type Day, type Month } from '@meedoen/units';
import type { Picture } from '#lib/boards/panel.ts';
import { placeOf, readPlace } from '#lib/decisions/place-of.ts';
import type { Language } from '#lib/language/languages.ts';
import { sayIn } from '#lib/language/say.ts';
import { effectPicture } from '#lib/programmes/effect-picture.ts';
import { sayEffect } from '#lib/programmes/say-effect.ts';
import { knownTown } from './boards.ts';
import { fromDatabase } from './database.ts';
import { placeName } from './decisions.ts';
import { dayIn } from './settings.ts';

/** A registered change as pages show it. */
export type ProgrammeView = {
  place: string;
  placeName: string;
  id: string;
  title: string;
  words: string;
  cost: string;
  language: string;
  decision: string | null;
  example: boolean;
  registeredOn: Day;
  /** Before the month in which it began was over, so before there was anything to see. */
  beforehand: boolean;
  changes: readonly { town: string; name: string; from: Month }[];
  compared: readonly { town: string; name: string }[];
  plans: readonly { version: number; hash: string; reason: string; on: Day; text: string; question: string }[];
  /** The last release; null when there was none yet. */
  effect: {
    releasedOn: string;
    says: readonly string[];
    picture: Picture | null;
    /** Of the Maryland scale, 1 to 5. */
    level: number | null;
    word: 'does' | 'probably' | 'may' | 'unknown' | null;
    trendsApart: boolean | null;
    asPlanned: boolean | null;
  } | null;
};

/** So many registered changes stand on one page. */
const most = 200;

/** Registered changes, the newest first; null when the database does not answer. */
export async function programmeViews(
  of: { where?: Scope; town?: string; decision?: string },
  language: Language,
): Promise<readonly ProgrammeView[] | null> {
  const found = await fromDatabase((store, database) => store.programmes(database, { ...of, limit: most }));
  return found && Promise.all(found.map((one) => viewOf(one, language)));
}

export async function programmeView(
  place: string,
  id: string,
  language: Language,
): Promise<ProgrammeView | 'absent' | 'down'> {
  const where = readPlace(place);
  if (where === null) return 'absent';
  const found = await fromDatabase(async (store, database) => ({ one: await store.programme(database, where, id) }));
  if (found === null) return 'down';
  return found.one === null ? 'absent' : viewOf(found.one, language);
}

async function viewOf(programme: Programme, language: Language): Promise<ProgrammeView> {
  const { owner, id, title, words, cost, decision, example, change, plans, effects } = programme;
  const registeredOn = dayIn(programme.registeredAt);
  const named = async (town: string): Promise<{ town: string; name: string }> => ({
    town,
    name: (await knownTown(town)) ?? town,
  });
  return {
    place: placeOf(owner),
    placeName: await placeName(owner),
    id,
    title,
    words,
    cost,
    language: programme.language,
    decision,
    example,
    registeredOn,
    beforehand: change.changes.every(({ from }) => monthOf(registeredOn) <= from),
    changes: await Promise.all(change.changes.map(async ({ town, from }) => ({ ...(await named(town)), from }))),
    compared: await Promise.all(change.compared.map(named)),
    plans: plans.map(({ version, hash, reason, madeAt, plan }) => ({
      version,
      hash,
      reason,
      on: dayIn(madeAt),
      text: JSON.stringify(plan, null, 1),
      question: plan.question,
    })),
    effect: effects[0] ? effectView(effects[0], language) : null,
  };
}

function effectView({ releasedOn, effect }: Programme['effects'][number], language: Language): ProgrammeView['effect'] {
  const say = sayIn(language);
  const did = effect.ok && effect.value.method === 'did' ? effect.value : null;
  return {
    releasedOn,
    says: sayEffect(say, effect),
    picture: did && effectPicture(say, did),
    level: effect.ok ? effect.value.level : null,
    word: did?.certainty.word ?? null,
    trendsApart: did?.before ? did.before.p < 0.05 : null,
    asPlanned: effect.ok ? effect.value.plan.asPlanned : null,
  };
}
