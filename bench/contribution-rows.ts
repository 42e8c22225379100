// People made up inside the database, as many as a country has newcomers: generated where they are needed, because moving them
// there would take longer than what is measured. The same seed gives the same rows. Town sizes are as uneven as Dutch ones.
import type { Database } from '@meedoen/store';

export type MadeUpPopulation = { people: number; months: number; seed: number };

const doors = ['asylum', 'temporary-protection', 'family', 'work', 'study', 'eu', 'other', 'not-said'];
const languages = ['ar', 'ti', 'uk', 'tr', 'fa', 'ru', 'en', 'nl'];
const ages = ['18-24', '25-34', '35-44', '45-54', '55-66', 'not-said'];
const genders = ['woman', 'man', 'not-said'];

/** Each question with its number of values; asked every month, or in one of three. */
const questions: readonly { id: string; values: number; when: 'always' | 0 | 1 | 2 }[] = [
  { id: 'still-here', values: 3, when: 'always' },
  { id: 'work', values: 4, when: 'always' },
  { id: 'life', values: 11, when: 'always' },
  { id: 'stood-in-way', values: 16, when: 'always' },
  { id: 'helped', values: 12, when: 0 },
  { id: 'safe', values: 11, when: 0 },
  { id: 'home', values: 6, when: 0 },
  { id: 'control', values: 11, when: 1 },
  { id: 'lessons', values: 5, when: 1 },
  { id: 'language-use', values: 11, when: 1 },
  { id: 'contract', values: 6, when: 2 },
  { id: 'hours', values: 4, when: 2 },
  { id: 'dutch-contacts', values: 4, when: 2 },
];
const codesApart = 20;
/** The code that says "one more value than one" of `stood-in-way`, which everybody answers with two. */
const oneFurther = 3 * codesApart + codesApart;

/** Fill an empty, migrated database; resolves to how many contributions and answers there are. */
export async function makeContributions(
  database: Database,
  { people, months, seed }: MadeUpPopulation,
): Promise<{ contributions: number; answers: number }> {
  /** A number in [0, 1) of a person (and a month), the k-th of that person. */
  const share = (k: number, of = 'p'): string =>
    `((hashint8extended(${of}, ${seed * 1000 + k}) & 2147483647) / 2147483648.0::float8)`;
  const oneOf = (list: readonly string[], k: number, skew = 1): string =>
    `('{${list.join(',')}}'::text[])[1 + floor(${list.length} * ${share(k)} ^ ${skew})::integer]`;
  const ofMonth = 'p * 100 + m';

  await inTurn(database, [
    ...questions.map(({ id, values }, i) => {
      const first = i * codesApart;
      return `INSERT INTO answer_code SELECT ${first} + v, '${id}', 'v' || v FROM generate_series(1, ${values}) v`;
    }),
    `INSERT INTO answer_code VALUES (${oneFurther}, 'stood-in-way', '+1')`,
    `CREATE UNLOGGED TABLE made_up_person AS
       SELECT p, 'GM' || lpad((1 + floor(342 * ${share(1)} ^ 3))::text, 4, '0') AS town, ${oneOf(doors, 2, 1.5)} AS door,
         ${oneOf(languages, 3, 1.5)} AS language, ${oneOf(ages, 4)} AS age_band, ${oneOf(genders, 5)} AS gender,
         floor(${months} * ${share(6)})::integer AS starts,
         -- A month and a half at least, a year and more at most: two in three people stop soon.
         (1 + floor(16 * ${share(7)} ^ 1.6))::integer AS stays, floor(12 * ${share(8)} ^ 2)::integer AS late,
         ${share(9)} < 0.7 AS followed, ${share(10)} < 0.02 AS crowded
       FROM generate_series(1, ${people}) p`,
  ]);

  const answer = (at: number, k: number, skew = 1.3): string =>
    `${at * codesApart + 1} + floor(${questions[at]!.values} * ${share(k, ofMonth)} ^ ${skew})::integer`;
  const month = (m: string): string => `(date '2023-01-01' + make_interval(months => ${m}))::date`;
  const inMonth = (m: number): string => {
    const always = questions.flatMap(({ when }, at) => (when === 'always' ? [answer(at, 100 + at)] : []));
    const turn = questions.flatMap(({ when }, at) => (when === m % 3 ? [answer(at, 100 + at)] : []));
    // A second thing that stood in the way, another one than the first.
    const second = `${3 * codesApart + 1} + (floor(16 * ${share(103, ofMonth)} ^ 1.3)::integer + 5) % 16`;
    return `
      INSERT INTO contribution
      SELECT md5('p' || p || CASE WHEN followed THEN '' ELSE '-${m}' END)::uuid, md5('d' || p || '-${m}')::uuid, ${month(String(m))},
        ${month(String(m))} + 27, ${month('starts - late')}, 1, 0, followed, crowded, false, 'monthly', language, town, door, age_band, gender,
        ARRAY[${[...always, second, String(oneFurther), ...turn].join(', ')}]
      FROM (SELECT *, ${m} AS m FROM made_up_person WHERE starts <= ${m} AND starts + stays > ${m}) AS person`;
  };
  const half = Array.from({ length: months }, (_, m) => inMonth(m));
  await Promise.all([
    inTurn(database, half.slice(0, months / 2)),
    inTurn(database, half.slice(months / 2)),
    inTurn(database, [
      `INSERT INTO member
         SELECT md5('p' || p)::uuid, 'monthly', town, door, age_band, gender, language,
           CASE WHEN ${share(11)} < 0.2 THEN 'evening-lessons' ELSE 'none' END, ${month('starts - late')}, ${month('starts')},
           ${month(`least(starts + stays, ${months}) - 1`)},
           CASE WHEN ${share(12)} < 0.4 THEN ${month(`starts + floor(stays * ${share(13)})::integer`)} END,
           CASE WHEN ${share(14)} < 0.05 THEN ${month('starts + stays - 1')} END, NULL, crowded, false
         FROM made_up_person WHERE followed`,
    ]),
  ]);
  await inTurn(database, [
    `INSERT INTO barrier_report
       SELECT md5('p' || p)::uuid, md5('b' || p)::uuid, ${month('starts')}, ${month('starts')} + 20, crowded, false, town, 'right',
         'right-' || (1 + p % 43), ${oneOf(['municipality', 'bank', 'employer', 'school'], 15)}, ${oneOf(['refused', 'wait', 'pay'], 16)}, NULL, NULL
       FROM made_up_person WHERE followed AND p % 10 = 0`,
    'DROP TABLE made_up_person',
    'VACUUM ANALYZE contribution',
    'VACUUM ANALYZE member',
  ]);
  const { rows } = await database.pool.query<{ contributions: number }>(
    "SELECT reltuples::integer AS contributions FROM pg_class WHERE relname = 'contribution'",
  );
  const { contributions } = rows[0]!;
  // Four always with two things in the way, and three in turn; `+1` is no answer.
  return { contributions, answers: contributions * 8 };
}

async function inTurn(database: Database, statements: readonly string[]): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query('SET statement_timeout = 0');
    await client.query('SET synchronous_commit = off');
    for (const statement of statements) await client.query(statement);
    await client.query('RESET statement_timeout');
    await client.query('RESET synchronous_commit');
  } finally {
    client.release();
  }
}
