import type { Contribution } from '@meedoen/experience';
import { month, monthsLater, parseDay, type Day, type Month } from '@meedoen/units';
import type { BarrierReport } from '#lib/told/report.ts';
import type { MonthTold } from '#lib/check-in/draft.ts';
import { fromDatabase } from './database.ts';
import { contributorHere } from './keys/purpose-secret.ts';
import type { ContributorLabel, PurposeKey } from './keys/purpose-key.ts';
import { thisMonth } from './check-in.ts';
import { dayIn, today } from './settings.ts';
import { isExampleTown } from './towns.ts';

/** Nobody gave anything before: the months that a withdrawal looks through begin here. */
const firstMonth = month('2026-01');

type EvidenceKey = PurposeKey<'evidence'>;

/** Give one month to the platform, under the name of the study or of that month alone. Null: the database does not answer. */
export function giveContribution(
  key: EvidenceKey,
  contribution: Contribution,
  crowded: boolean,
): Promise<'kept' | 'already' | 'withdrawn' | null> {
  const { followed, profile } = contribution;
  return fromDatabase((store, database) =>
    store.contribute(database, {
      contributor: contributorHere('evidence', key, followed ? 'study' : `month:${contribution.month}`),
      contribution,
      crowded,
      receivedOn: today(),
      example: isExampleTown(profile.town),
    }),
  );
}

/** Give one report, under the name of its month alone: reports are never followed over time. Their words stay on the device. */
export function giveReport(
  key: EvidenceKey,
  given: { report: BarrierReport; id: string; month: Month; town: string | null; crowded: boolean },
): Promise<'kept' | 'already' | 'withdrawn' | null> {
  const { report, id, month: heard, town, crowded } = given;
  const { answer, theme, place, saying } = report;
  const version = answer === null ? null : parseDay(answer.version);
  return fromDatabase((store, database) =>
    store.reportBarrier(database, {
      contributor: contributorHere('evidence', key, `month:${heard}`),
      report: {
        id,
        month: heard,
        town,
        about:
          answer === null
            ? { theme: theme ?? 'other' }
            : {
                right: answer.right,
                article: answer.law === '' ? null : `${answer.law} ${answer.article}`,
                version: version?.ok ? version.value : null,
              },
        placeKind: place ?? 'not-said',
        saying,
      },
      crowded,
      receivedOn: today(),
      example: isExampleTown(town),
    }),
  );
}

/** Take single months back. Null: the database does not answer. */
export function takeBack(
  key: EvidenceKey,
  told: readonly Pick<MonthTold, 'id' | 'month' | 'kept'>[],
): Promise<number | null> {
  return fromDatabase(async (store, database) => {
    let count = 0;
    for (const { id, month, kept } of told) {
      const contributor = contributorHere('evidence', key, kept === 'study' ? 'study' : `month:${month}`);
      count += await store.withdrawOne(database, { contributor, id, on: today() });
    }
    return count;
  });
}

/** Take back everything that was ever given with this key: contributions and reports, of the study and of each month. */
export function takeAllBack(key: EvidenceKey): Promise<number | null> {
  const contributors = labelsUntil(thisMonth()).map((label) => contributorHere('evidence', key, label));
  return fromDatabase((store, database) => store.withdraw(database, contributors, today()));
}

/** Every name under which something can have been given. */
export function labelsUntil(last: Month): readonly ContributorLabel[] {
  const labels: ContributorLabel[] = ['study'];
  for (let at = firstMonth; at <= last; at = monthsLater(at, 1)) labels.push(`month:${at}`);
  return labels;
}

/** Take one report back. Null: the database does not answer. */
export function takeReportBack(
  key: EvidenceKey,
  { id, month: heard }: { id: string; month: Month },
): Promise<number | null> {
  const contributor = contributorHere('evidence', key, `month:${heard}`);
  return fromDatabase((store, database) => store.withdrawOne(database, { contributor, id, on: today() }));
}

/** What towns answered to barriers that people named, newest first; public. */
export type TownAnswer = { id: string; town: string; subject: string; language: string; text: string; answeredOn: Day };

export async function answersOfTowns(towns: readonly string[]): Promise<readonly TownAnswer[]> {
  if (towns.length === 0) return [];
  const found = await fromDatabase((store, database) =>
    Promise.all([...new Set(towns)].map((town) => store.barrierAnswers(database, town))),
  );
  return (found ?? []).flat().map(({ id, town, subject, language, text, answeredAt }) => ({
    id,
    town,
    subject,
    language,
    text,
    answeredOn: dayIn(answeredAt),
  }));
}
