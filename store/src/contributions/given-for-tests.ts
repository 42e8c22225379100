import type { Contribution, GivenAnswer, ContributorProfile } from '@meedoen/experience';
import { day, month } from '@meedoen/units';
import type { Database } from '../database.ts';
import type { GivenContribution } from './contribute.ts';

/** Ids of drafts and contributors that can be told apart by eye. */
export const draft = (number: number): string => `01a205b3-d000-7000-8000-${String(number).padStart(12, '0')}`;
export const person = (number: number): string => `aaaaaaaa-0000-8000-8000-${String(number).padStart(12, '0')}`;

export const profileForTests: ContributorProfile = {
  town: 'example-town',
  door: 'asylum',
  arrived: month('2026-01'),
  ageBand: '25-34',
  gender: 'woman',
};

/** A contribution of person 1 in November 2026, with what the test is about put in its place. */
export function given(
  different: Partial<Omit<Contribution, 'month' | 'answers'>> & {
    of?: number;
    month?: string;
    answers?: readonly (readonly [string, string])[];
    crowded?: boolean;
    programme?: string;
  } = {},
): GivenContribution {
  const {
    of = 1,
    month: inMonth = '2026-11',
    answers = [['life', '7']],
    crowded = false,
    programme,
    ...rest
  } = different;
  return {
    contributor: person(of),
    contribution: {
      id: draft(1),
      instrument: 'monthly',
      instrumentVersion: 1,
      language: 'ar',
      profile: profileForTests,
      followed: false,
      words: [],
      ...rest,
      month: month(inMonth),
      answers: answers.map(([question, value]): GivenAnswer => ({ question, value })),
    },
    crowded,
    receivedOn: day('2026-11-25'),
    example: true,
    ...(programme === undefined ? {} : { programme }),
  };
}

/** Between two tests: quicker than another database. */
export async function forgetEverybody(database: Database): Promise<void> {
  await database.pool.query(`
    TRUNCATE answer_code, contribution, contribution_words, withdrawal, member, recount, barrier_report, barrier_answer,
      answer_count, first_work_count, heard_count, barrier_count`);
  await database.pool.query("UPDATE counting SET open_from = '1900-01-01', counted_at = NULL");
}
