// How fast are answers from the real laws? Measured in processor time of one thread, so that other programs on the
// machine do not count; the median of several runs, after a first one that prepares the law for the shapes it meets.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadKnowledge } from '@meedoen/knowledge';
import { answer, answerAll, answerBatch, columnsOf, evaluateLaw, parseLaw, verdicts } from '@meedoen/rights';
import { day } from '@meedoen/units';
import Publicodes from 'publicodes';
import type { Bench } from '../scripts/bench.ts';
import { madeUpPeople } from './made-up-people.ts';
import { rentLaws } from './rent-laws.ts';
import { asLawFacts, asPublicodes, publicodesRules, waitingCorpus } from './waiting-for-work.ts';

const on = day('2026-11-23');
const lessonFolder = join(import.meta.dirname, '../cli/examples/lesson-laws');
const { corpus } = await loadKnowledge();
const people = madeUpPeople(corpus.facts, 100_000, 1);
const columns = columnsOf(corpus.facts, people);
const few = people.slice(0, 1_000);
const lessonLaws = readdirSync(lessonFolder).flatMap((file) => {
  const law = parseLaw(readFileSync(join(lessonFolder, file), 'utf8'), file);
  return law.ok ? [law.value] : [];
});
const workRights = corpus.rights.filter(({ domain }) => domain === 'work').length;
const lessonPeople = Array.from({ length: 5_000 }, (_, index) => String(100_000_000 + index));

export const benches: readonly Bench[] = [
  {
    name: `rights: work answers in batch (${workRights} rights, 100,000 made-up people)`,
    unit: 'answers a second',
    goal: '≥ 1,000,000 on one core',
    measure: () =>
      (workRights * people.length) /
      median(7, () => answerBatch(corpus, columns, on, people.length, { domain: 'work' })),
  },
  {
    name: `rights: whole-person answers in batch, all domains (${corpus.rights.length} rights)`,
    unit: 'people a second',
    goal: '≥ 50,000 on one core',
    measure: () => people.length / median(7, () => answerBatch(corpus, columns, on, people.length)),
  },
  {
    name: 'rights: of those answers, computed one by one',
    unit: 'answers',
    goal: '0',
    measure: () => answerBatch(corpus, columns, on, people.length).oneByOne,
  },
  {
    name: 'rights: one answer with conditions, terms and sources',
    unit: 'ms',
    goal: '< 1',
    measure: () =>
      (1000 / few.length) *
      median(5, () => few.map((situation) => answer(corpus, situation, on, { right: 'paid-work' }))),
  },
  {
    name: 'rights: all answers of one person, with conditions, terms and sources',
    unit: 'ms',
    goal: '< 1 an answer',
    measure: () => (1000 / few.length) * median(5, () => few.map((situation) => answerAll(corpus, situation, on))),
  },
  {
    name: 'rights: one law output with its trace',
    unit: 'ms',
    goal: '< 1',
    measure: () => {
      const request = { law: 'wet_arbeid_vreemdelingen', outputs: ['mag_in_loondienst_werken'], on, trace: true };
      const facts = few.map((situation) => lawFacts(situation.facts));
      return (
        (1000 / few.length) * median(5, () => facts.map((each) => evaluateLaw(corpus, { ...request, facts: each })))
      );
    },
  },
  {
    name: 'rights: single law evaluations with an open term of other law and a hook',
    unit: 'a second',
    goal: '≥ 30,000 on one core',
    measure: () => lessonPeople.length / median(5, () => lessonPeople.forEach((person) => evaluateLessons(person))),
  },
  {
    name: 'rights: single law evaluations with three inputs of other laws, mapped to their names',
    unit: 'a second',
    goal: '≥ 30,000 on one core',
    measure: () => lessonPeople.length / median(5, () => lessonPeople.forEach(evaluateRent)),
  },
  {
    name: 'rights: the open term and the hook with a trace, beside without',
    unit: '× as long',
    goal: '≤ 2',
    measure: () =>
      median(5, () => lessonPeople.forEach((person) => evaluateLessons(person, true))) /
      median(5, () => lessonPeople.forEach((person) => evaluateLessons(person))),
  },
  ...besidePublicodes(),
];

/** One invented law in both engines, on the same people; first of all, both must say the same about each of them. */
function besidePublicodes(): readonly Bench[] {
  const waiting = waitingCorpus();
  const applicants = madeUpPeople(waiting.facts, 2_000, 2, 0);
  const many = madeUpPeople(waiting.facts, 100_000, 2, 0);
  const manyColumns = columnsOf(waiting.facts, many);
  const engine = new Publicodes(publicodesRules);
  const theirFacts = applicants.map(asPublicodes);
  const ourFacts = applicants.map((situation) => asLawFacts(waiting, situation));
  const theirs = (facts: (typeof theirFacts)[number]): boolean =>
    engine.setSituation(facts).evaluate('werken').nodeValue === true;
  const ours = (facts: (typeof ourFacts)[number]): boolean => {
    const result = evaluateLaw(waiting, { law: 'wachtwet', outputs: ['mag_werken'], on, facts });
    return result.ok && result.outputs['mag_werken'] === true;
  };
  const inBatch = answerBatch(waiting, manyColumns, on, many.length).rights[0]!;
  applicants.forEach((_, row) => {
    const said = [theirs(theirFacts[row]!), ours(ourFacts[row]!), verdicts[inBatch.verdict[row]!] === 'yes'];
    if (new Set(said).size > 1) throw new Error(`The engines disagree about ${JSON.stringify(theirFacts[row])}.`);
  });
  const theirTime = (): number => median(5, () => theirFacts.forEach(theirs)) / applicants.length;
  return [
    {
      name: 'rights: publicodes 1.10.3 over ours, one law of six rules, person by person',
      unit: '×',
      goal: 'above 1',
      measure: () => theirTime() / (median(5, () => ourFacts.forEach(ours)) / applicants.length),
    },
    {
      name: 'rights: publicodes 1.10.3 over our batch, the same law and people, with dates',
      unit: '×',
      goal: 'above 100',
      measure: () => theirTime() / (median(7, () => answerBatch(waiting, manyColumns, on, many.length)) / many.length),
    },
  ];
}

function evaluateLessons(bsn: string, trace = false): void {
  const result = evaluateLaw(lessonLaws, {
    law: 'voorbeeldwet_taalles',
    outputs: ['heeft_recht_op_les', 'bijdrage_per_week'],
    parameters: { bsn, gemeente_code: 'GM9999', geboortedatum: '2008-02-29' },
    on,
    trace,
  });
  if (!result.ok) throw new Error(result.message);
}

/** By hand: 1,500 − 250 and 2,000 − 250 are 3,000 together, which is the most; a euro more is too much. */
function evaluateRent(bsn: string, index: number): void {
  const tooMuch = index % 2;
  const result = evaluateLaw(rentLaws, {
    law: 'huurwet',
    outputs: ['mag_huren'],
    parameters: {
      huurder: bsn,
      partner: `${bsn}-partner`,
      loon_huurder: 1500,
      loon_partner: 2000 + tooMuch,
      geboortedatum: '1990-02-28',
    },
    on,
  });
  if (!result.ok || result.outputs['mag_huren'] !== (tooMuch === 0)) throw new Error('The rent law says otherwise.');
}

function lawFacts(facts: (typeof few)[number]['facts']): Record<string, string | number | boolean> {
  const named: Record<string, string | number | boolean> = {};
  for (const { id, lawName } of corpus.facts.facts) {
    const value = facts[id];
    if (value !== undefined && value !== null) named[lawName] = value;
  }
  return named;
}

/** Median processor seconds of so many runs, after one that does not count. */
function median(runs: number, work: () => unknown): number {
  work();
  const seconds = Array.from({ length: runs }, () => {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1e6;
  });
  return seconds.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}
