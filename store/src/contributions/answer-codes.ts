import type { GivenAnswer } from '@meedoen/experience';
import type { Database } from '../database.ts';

/**
 * The answers of one contribution as they are coded: each once, and for "choose all that fit" one more, `+1`, `+2` …, that
 * says how many further values the person named. People who answered = all values together minus those further ones, so that
 * a count of people needs no look at people.
 */
export function codedAnswers(answers: readonly GivenAnswer[]): GivenAnswer[] {
  const values = new Map<string, Set<string>>();
  for (const { question, value } of answers) {
    if (value.startsWith('+')) throw new RangeError(`The value ${value} of "${question}" is no value of a question.`);
    values.set(question, (values.get(question) ?? new Set()).add(value));
  }
  return [...values].flatMap(([question, named]) => [
    ...[...named].map((value) => ({ question, value })),
    ...(named.size > 1 ? [{ question, value: `+${named.size - 1}` }] : []),
  ]);
}

/** Give a code to every answer that has none yet. Several processes may do so at once; each answer gets one code. */
export async function addAnswerCodes(database: Database, answers: readonly GivenAnswer[]): Promise<void> {
  const parameters = [answers.map(({ question }) => question), answers.map(({ value }) => value)];
  for (let attempt = 1; ; attempt++) {
    // Two that take the same number: the second keeps nothing of it, and asks again.
    await database.pool.query(
      `INSERT INTO answer_code (id, question, value)
       SELECT (SELECT coalesce(max(id), 0) FROM answer_code) + row_number() OVER (ORDER BY question, value), question, value
       FROM (SELECT DISTINCT question, value FROM unnest($1::text[], $2::text[]) AS given (question, value)) AS given
       WHERE NOT EXISTS (SELECT FROM answer_code c WHERE c.question = given.question AND c.value = given.value)
       ON CONFLICT DO NOTHING`,
      parameters,
    );
    const { rows } = await database.pool.query<{ missing: number }>(
      `SELECT count(*)::int AS missing FROM unnest($1::text[], $2::text[]) AS given (question, value)
       WHERE NOT EXISTS (SELECT FROM answer_code c WHERE c.question = given.question AND c.value = given.value)`,
      parameters,
    );
    if (rows[0]!.missing === 0) return;
    if (attempt === 100) throw new Error('The answers got no codes in a hundred attempts.');
  }
}
