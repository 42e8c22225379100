import type { Contribution } from '@meedoen/experience';
import { isoDay, type Day } from '@meedoen/units';
import type { Database } from '../database.ts';
import { withRetry } from '../retry.ts';
import { storableText } from '../storable-text.ts';
import { addAnswerCodes, codedAnswers } from './answer-codes.ts';
import { keptId } from './kept-id.ts';
import { keptMonth } from './kept-month.ts';
import { milestones } from './milestones.ts';
import { orNotSaid } from './not-said.ts';

/** A contribution with what the shell knows of it. */
export type GivenContribution = {
  /** The id of the contributor: a UUID that the shell makes of the key on the device. */
  contributor: string;
  contribution: Contribution;
  /** Came from an address that sent many more than one household does. Kept, and counted apart. */
  crowded: boolean;
  receivedOn: Day;
  /** Of the synthetic people of the example; never counted with real ones. */
  example: boolean;
  /** The programme by whose invitation somebody who is followed came in; the first one said stays. */
  programme?: string | null;
};

/** `kept`; `already` here, as after a retry or a double tap; `withdrawn` by the person before it came (again). */
export type Contributed = 'kept' | 'already' | 'withdrawn';

/**
 * Keep one contribution, once: however often and by how many connections at the same moment it is sent. In one statement, so
 * all of it or nothing: the answers, the own words, and the row of who is followed.
 *
 * Its values must have been parsed; what has no place in a column throws. A text that cannot be stored is a StoreRefusal.
 */
export async function contribute(database: Database, given: GivenContribution): Promise<Contributed> {
  const [result] = await contributeMany(database, [given]);
  return result!;
}

/** Keep many, as from an offline queue or when a town is loaded: the result of each, in their order. 500 at a time, each 500 whole or not at all. */
export async function contributeMany(
  database: Database,
  given: readonly GivenContribution[],
): Promise<readonly Contributed[]> {
  const results: Contributed[] = [];
  for (let from = 0; from < given.length; from += atATime) {
    results.push(...(await contributeSome(database, given.slice(from, from + atATime))));
  }
  return results;
}

const atATime = 500;

async function contributeSome(database: Database, given: readonly GivenContribution[]): Promise<Contributed[]> {
  const rows = new Map<string, ReturnType<typeof rowOf>>();
  const keys = given.map((one) => {
    const row = rowOf(one);
    const key = `${row.owner_id} ${row.id}`;
    if (!rows.has(key)) rows.set(key, row);
    return key;
  });
  await database.checkRoomToWrite();
  const json = JSON.stringify([...rows.values()]);
  for (;;) {
    const { rows: found } = await withRetry(
      () => database.pool.query<Found>({ name: 'contribute', text: keepAll, values: [json] }),
      database.retry,
    );
    const { uncoded, kept, withdrawn } = found[0]!;
    if (uncoded) {
      const answers = [...rows.values()].flatMap((row) =>
        row.questions.map((question, i) => ({ question, value: row.answers[i]! })),
      );
      await withRetry(() => addAnswerCodes(database, answers), database.retry);
      continue;
    }
    const fresh = new Set(kept);
    const gone = new Set(withdrawn);
    return keys.map((key) => {
      if (gone.has(key)) return 'withdrawn';
      // The same one twice in a queue: the first was kept, the second is there already.
      return fresh.delete(key) ? 'kept' : 'already';
    });
  }
}

type Found = { uncoded: boolean; kept: string[]; withdrawn: string[] };

/**
 * One statement: it is prepared once a connection, takes one turn over the wire, and takes the locks of all its tables before
 * it looks, so that a withdrawal or a restore cannot come in between.
 */
const keepAll = `
  WITH given AS MATERIALIZED (
    SELECT g.*,
      ARRAY(SELECT c.id FROM unnest(g.questions, g.answers) AS a (question, value)
            JOIN answer_code c ON c.question = a.question AND c.value = a.value ORDER BY c.id) AS codes
    FROM json_to_recordset($1::json) AS g (
      owner_id uuid, id uuid, month date, received_on date, arrived date, instrument_version smallint, followed boolean,
      crowded boolean, example boolean, instrument text, language text, town text, door text, age_band text, gender text,
      questions text[], answers text[], word_questions text[], words text[],
      programme text, worked_from date, left_in date, here_in date)
  ), uncoded AS MATERIALIZED (
    SELECT count(*) > 0 AS missing FROM given WHERE cardinality(codes) <> cardinality(questions)
  ), withdrawn AS MATERIALIZED (
    SELECT owner_id, id FROM given JOIN withdrawal USING (owner_id, id)
  ), kept AS (
    INSERT INTO contribution (
      owner_id, id, month, received_on, arrived, instrument_version, turn, followed, crowded, example, instrument, language,
      town, door, age_band, gender, answers)
    SELECT g.owner_id, g.id, g.month, g.received_on, g.arrived, g.instrument_version,
      least(32767, (SELECT count(*) FROM contribution c
                    WHERE c.owner_id = g.owner_id AND c.month = g.month AND c.instrument = g.instrument)
                   + row_number() OVER (PARTITION BY g.owner_id, g.month, g.instrument) - 1),
      g.followed, g.crowded, g.example, g.instrument, g.language, g.town, g.door, g.age_band, g.gender, g.codes
    FROM given g
    WHERE NOT (SELECT missing FROM uncoded)
      AND NOT EXISTS (SELECT FROM withdrawn w WHERE w.owner_id = g.owner_id AND w.id = g.id)
    -- In one order for all, so that two queues that hold the same do not wait for each other in a circle.
    ORDER BY g.owner_id, g.id
    ON CONFLICT DO NOTHING
    RETURNING owner_id, id
  ), kept_words AS (
    INSERT INTO contribution_words (owner_id, contribution_id, position, question, words)
    SELECT g.owner_id, g.id, w.position, w.question, w.words
    FROM kept JOIN given g USING (owner_id, id),
      unnest(g.word_questions, g.words) WITH ORDINALITY AS w (question, words, position)
  ), kept_member AS (
    INSERT INTO member (
      owner_id, instrument, town, door, age_band, gender, language, programme, arrived, first_month, last_month,
      first_work_month, left_month, here_month, crowded, example)
    SELECT g.owner_id, g.instrument, ${firstSaid('town')}, ${firstSaid('door')}, ${firstSaid('age_band')}, ${firstSaid('gender')},
      (array_agg(g.language ORDER BY g.month))[1], coalesce((array_agg(g.programme ORDER BY g.month) FILTER (WHERE g.programme IS NOT NULL))[1], 'none'),
      (array_agg(g.arrived ORDER BY g.month) FILTER (WHERE g.arrived IS NOT NULL))[1], min(g.month), max(g.month),
      min(g.worked_from), max(g.left_in), max(g.here_in), bool_or(g.crowded), bool_or(g.example)
    FROM kept JOIN given g USING (owner_id, id)
    WHERE g.followed
    GROUP BY g.owner_id, g.instrument
    ORDER BY g.owner_id
    ON CONFLICT (owner_id, instrument) DO UPDATE SET
      town = ${unlessSaid('town', 'not-said')}, door = ${unlessSaid('door', 'not-said')},
      age_band = ${unlessSaid('age_band', 'not-said')}, gender = ${unlessSaid('gender', 'not-said')},
      programme = ${unlessSaid('programme', 'none')}, arrived = coalesce(member.arrived, excluded.arrived),
      -- The least and the greatest, in whatever order the months of an offline queue come in.
      first_month = least(member.first_month, excluded.first_month), last_month = greatest(member.last_month, excluded.last_month),
      first_work_month = least(member.first_work_month, excluded.first_work_month),
      left_month = greatest(member.left_month, excluded.left_month), here_month = greatest(member.here_month, excluded.here_month),
      crowded = member.crowded OR excluded.crowded
    RETURNING owner_id, instrument, town
  ), to_count AS (
    INSERT INTO recount (owner_id, id, month, town, member_town)
    SELECT g.owner_id, g.id, g.month, g.town, m.town
    FROM kept JOIN given g USING (owner_id, id) LEFT JOIN kept_member m USING (owner_id, instrument)
    ON CONFLICT DO NOTHING
  )
  SELECT (SELECT missing FROM uncoded) AS uncoded,
    ARRAY(SELECT owner_id || ' ' || id FROM kept) AS kept, ARRAY(SELECT owner_id || ' ' || id FROM withdrawn) AS withdrawn`;

function firstSaid(column: string): string {
  return `(array_agg(g.${column} ORDER BY g.${column} = 'not-said', g.month))[1]`;
}

function unlessSaid(column: string, notSaidYet: string): string {
  return `CASE WHEN member.${column} = '${notSaidYet}' THEN excluded.${column} ELSE member.${column} END`;
}

function rowOf({ contributor, contribution, crowded, receivedOn, example, programme }: GivenContribution) {
  const { profile } = contribution;
  const answers = codedAnswers(contribution.answers);
  const { workedFrom, leftIn, hereIn } = milestones(contribution);
  for (const { question, value } of answers) storableText(value, question);
  return {
    owner_id: contributor.toLowerCase(),
    id: keptId(contributor.toLowerCase(), contribution.id),
    month: keptMonth(contribution.month),
    received_on: isoDay(receivedOn),
    arrived: profile.arrived && keptMonth(profile.arrived),
    instrument_version: contribution.instrumentVersion,
    followed: contribution.followed,
    crowded,
    example,
    instrument: contribution.instrument,
    language: contribution.language,
    town: orNotSaid(profile.town),
    door: orNotSaid(profile.door),
    age_band: orNotSaid(profile.ageBand),
    gender: orNotSaid(profile.gender),
    questions: answers.map(({ question }) => question),
    answers: answers.map(({ value }) => value),
    word_questions: contribution.words.map(({ question }) => question),
    words: contribution.words.map(({ question, text }) => storableText(text, question)),
    programme: programme ?? null,
    worked_from: workedFrom && keptMonth(workedFrom),
    left_in: leftIn && keptMonth(leftIn),
    here_in: hereIn && keptMonth(hereIn),
  };
}
