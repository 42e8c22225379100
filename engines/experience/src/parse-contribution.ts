import { monthsBetween, parseMonth, type Month, type Parsed } from '@meedoen/units';
import type { Answer } from './answers.ts';
import type { Contribution, GivenAnswer, OwnWords } from './contribution.ts';
import { parseAnswer } from './parse-answer.ts';
import { ageBands, doorGroups, genders, type ContributorProfile } from './profile.ts';
import type { Questionnaire } from './questionnaire.ts';

/** What the door knows: the questionnaires it asks, the languages it speaks, the towns there are, and today's month. */
export type Door = {
  readonly questionnaires: readonly Questionnaire[];
  readonly languages: readonly string[];
  readonly isTown: (code: string) => boolean;
  readonly today: Month;
};

/** A month longer ago than this is not taken in any more: an outbox does not wait for years. */
const oldestInMonths = 24;

/**
 * A contribution as it comes over the line, from a form, an outbox that waited, or a forger. Everything in it is checked
 * against the questionnaire as if it had been typed; nothing unknown passes. The problem points into the JSON.
 */
export function parseContribution(json: unknown, door: Door): Parsed<Contribution> {
  const root = fields(json, [
    'id',
    'month',
    'instrument',
    'instrumentVersion',
    'language',
    'profile',
    'followed',
    'answers',
    'words',
  ]);
  if (!root.ok) return root;
  const { id, month, instrument, instrumentVersion, language, followed } = root.value;

  if (typeof id !== 'string' || !uuidV7.test(id)) return wrong('/id', 'Give a UUID of version 7 in small letters.');
  const parsedMonth = monthAt('/month', month, door.today);
  if (!parsedMonth.ok) return parsedMonth;
  if (monthsBetween(parsedMonth.value, door.today) > oldestInMonths) {
    return wrong('/month', `This month is more than ${oldestInMonths} months ago and cannot be added any more.`);
  }
  const questionnaire = door.questionnaires.find((one) => one.id === instrument && one.version === instrumentVersion);
  if (questionnaire === undefined) {
    return wrong('/instrument', 'This questionnaire, or this version of it, is not asked here. Load the page again.');
  }
  if (typeof language !== 'string' || !door.languages.includes(language)) {
    return wrong('/language', `Give one of: ${door.languages.join(', ')}.`);
  }
  if (typeof followed !== 'boolean') return wrong('/followed', 'Give true or false.');
  const profile = profileOf(root.value['profile'], door);
  if (!profile.ok) return profile;
  const answered = answersOf(root.value['answers'], root.value['words'], questionnaire, {
    month: parsedMonth.value,
    today: door.today,
    profile: profile.value,
  });
  if (!answered.ok) return answered;
  const { answers, words } = answered.value;
  if (answers.length === 0 && words.length === 0) return wrong('/answers', 'There is nothing in this contribution.');
  return {
    ok: true,
    value: {
      id,
      month: parsedMonth.value,
      instrument: questionnaire.id,
      instrumentVersion: questionnaire.version,
      language,
      profile: profile.value,
      followed,
      answers,
      words,
    },
  };
}

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function profileOf(json: unknown, { isTown, today }: Door): Parsed<ContributorProfile> {
  const root = fields(json, ['town', 'door', 'arrived', 'ageBand', 'gender'], '/profile');
  if (!root.ok) return root;
  const { town, arrived } = root.value;
  if (town !== null && (typeof town !== 'string' || !isTown(town))) {
    return wrong('/profile/town', 'There is no such town. Give a code such as GM0344, or null.');
  }
  const month = arrived === null ? null : monthAt('/profile/arrived', arrived, today);
  if (month?.ok === false) return month;
  const door = oneOf('/profile/door', root.value['door'], doorGroups);
  if (!door.ok) return door;
  const ageBand = oneOf('/profile/ageBand', root.value['ageBand'], ageBands);
  if (!ageBand.ok) return ageBand;
  const gender = oneOf('/profile/gender', root.value['gender'], genders);
  if (!gender.ok) return gender;
  const said = { door: door.value, ageBand: ageBand.value, gender: gender.value };
  return { ok: true, value: { town, arrived: month?.value ?? null, ...said } };
}

function answersOf(
  answersJson: unknown,
  wordsJson: unknown,
  questionnaire: Questionnaire,
  around: { readonly month: Month; readonly today: Month; readonly profile: ContributorProfile },
): Parsed<{ answers: GivenAnswer[]; words: OwnWords[] }> {
  const typed = new Map<string, { values: unknown[]; words?: unknown; pointer: string }>();
  for (const [name, json, field] of [
    ['answers', answersJson, 'value'],
    ['words', wordsJson, 'text'],
  ] as const) {
    if (!Array.isArray(json)) return wrong(`/${name}`, 'Give a list.');
    // More rows than there are options is no honest answer, and would only cost time.
    if (json.length > 500) return wrong(`/${name}`, 'This list is far too long.');
    for (const [at, row] of json.entries()) {
      const pointer = `/${name}/${at}`;
      const parsed = fields(row, ['question', field], pointer);
      if (!parsed.ok) return parsed;
      const { question } = parsed.value;
      if (typeof question !== 'string' || !questionnaire.questions.some(({ id }) => id === question)) {
        return wrong(`${pointer}/question`, `There is no such question in ${questionnaire.id}.`);
      }
      const entry = typed.get(question) ?? { values: [], pointer };
      if (name === 'answers') {
        if (entry.values.includes(parsed.value['value'])) return wrong(pointer, 'This answer is there twice.');
        entry.values.push(parsed.value['value']);
      } else {
        if (entry.words !== undefined) return wrong(pointer, 'These words are there twice.');
        entry.words = parsed.value['text'];
      }
      typed.set(question, entry);
    }
  }
  const known: Record<string, Answer> = {};
  const answers: GivenAnswer[] = [];
  const words: OwnWords[] = [];
  for (const question of questionnaire.questions) {
    const given = typed.get(question.id);
    if (given === undefined) continue;
    const isWords = question.kind === 'words';
    if (isWords && given.values.length > 0) return wrong(given.pointer, 'Own words belong in "words".');
    const parsed = parseAnswer(question, given, { ...around, answers: known });
    if (!parsed.ok) return { ok: false, problem: { ...parsed.problem, at: { pointer: given.pointer } } };
    if (parsed.value === null) return wrong(given.pointer, 'This answer is empty. Leave it out.');
    known[question.id] = parsed.value;
    for (const value of parsed.value.values) answers.push({ question: question.id, value });
    if (parsed.value.words !== null) words.push({ question: question.id, text: parsed.value.words });
  }
  return { ok: true, value: { answers, words } };
}

function monthAt(pointer: string, json: unknown, today: Month): Parsed<Month> {
  const parsed = parseMonth(json);
  if (!parsed.ok) return { ok: false, problem: { ...parsed.problem, at: { pointer } } };
  return parsed.value > today ? wrong(pointer, 'This month has not come yet.') : parsed;
}

function oneOf<const Choice extends string>(
  pointer: string,
  json: unknown,
  choices: readonly Choice[],
): Parsed<Choice | null> {
  if (json === null) return { ok: true, value: null };
  const found = choices.find((choice) => choice === json);
  return found === undefined
    ? wrong(pointer, `Give one of: ${choices.join(', ')}; or null.`)
    : { ok: true, value: found };
}

/** An object with exactly these fields: what is left out would be guessed, what is added would be stored unseen. */
function fields<const Name extends string>(
  json: unknown,
  names: readonly Name[],
  pointer = '',
): Parsed<Readonly<Record<string, unknown>>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return wrong(pointer, 'Give an object.');
  const record = json as Record<string, unknown>;
  const missing = names.find((name) => !Object.hasOwn(record, name));
  if (missing !== undefined) return wrong(pointer, `"${missing}" is missing here. Add it.`);
  const unknown = Object.keys(record).find((name) => !(names as readonly string[]).includes(name));
  if (unknown !== undefined) return wrong(pointer, `"${unknown.slice(0, 40)}" is not known here. Take it out.`);
  return { ok: true, value: record };
}

function wrong(pointer: string, message: string): Parsed<never> {
  return { ok: false, problem: { at: { pointer }, what: 'contribution-not-usable', words: {}, message } };
}
