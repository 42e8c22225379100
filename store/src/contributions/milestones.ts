import type { Contribution } from '@meedoen/experience';
import { parseMonth, type Month } from '@meedoen/units';

/** What one month tells about the two things that are followed over time: paid work, and being here. */
export type Milestones = {
  /** Had paid work in or since this month; null when this month tells of none. */
  workedFrom: Month | null;
  /** Said this month that they left the town or the country. */
  leftIn: Month | null;
  /** Said this month that they are still here. */
  hereIn: Month | null;
};

/**
 * Read by the ids of the questions of our own questionnaire `monthly`. The month a job began is what the person says, but not
 * before they arrived (work elsewhere is not what the curve is about) and not after the month they tell about. Who says no
 * month has worked since the month they tell about, at the latest.
 */
export function milestones({ month, profile, answers }: Contribution): Milestones {
  const said = (question: string): string | null => answers.find((one) => one.question === question)?.value ?? null;
  const monthSaid = (question: string): Month | null => {
    const parsed = parseMonth(said(question));
    return parsed.ok && parsed.value <= month ? parsed.value : null;
  };
  const here = said('still-here');
  return {
    workedFrom: notBefore(profile.arrived, paidWorkFrom(said('work'), month, monthSaid)),
    leftIn: here === 'moved-town' || here === 'left-country' ? month : null,
    hereIn: here === 'here' ? month : null,
  };
}

function paidWorkFrom(work: string | null, month: Month, monthSaid: (question: string) => Month | null): Month | null {
  if (work === 'paid') return monthSaid('work-began') ?? month;
  // A job that has ended again was a first job all the same; unpaid work was none.
  const ended = work === 'unpaid' ? null : monthSaid('work-ended');
  return ended === null ? null : (monthSaid('work-began') ?? ended);
}

function notBefore(arrived: Month | null, worked: Month | null): Month | null {
  return arrived !== null && worked !== null && worked < arrived ? arrived : worked;
}
