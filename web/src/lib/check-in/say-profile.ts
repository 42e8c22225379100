import type { ContributorProfile } from '@meedoen/experience';
import type { Say } from '#lib/language/say.ts';

/** One part of what somebody said about themselves, in words; empty when they did not say it. */
export function sayPart(
  say: Say,
  profile: ContributorProfile,
  part: keyof ContributorProfile,
  towns: readonly { id: string; name: string }[],
): string {
  switch (part) {
    case 'town':
      return towns.find(({ id }) => id === profile.town)?.name ?? profile.town ?? '';
    case 'door':
      return profile.door === null ? '' : say(`check-in.about.doors.${profile.door}`);
    case 'arrived':
      return profile.arrived === null ? '' : say.month(profile.arrived);
    case 'ageBand':
      return profile.ageBand === null ? '' : say(`check-in.about.ages.${profile.ageBand}`);
    case 'gender':
      return profile.gender === null ? '' : say(`check-in.about.genders.${profile.gender}`);
    default:
      return part satisfies never;
  }
}
