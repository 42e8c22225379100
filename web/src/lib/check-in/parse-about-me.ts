import { ageBands, doorGroups, genders, type ContributorProfile } from '@meedoen/experience';
import { parseMonth, type Month } from '@meedoen/units';
import { inLatinDigits } from './latin-digits.ts';
import { textIn } from '#lib/page/form-text.ts';
import type { AboutMe } from './draft.ts';

/** What stood in the form, kept as it was typed: when something is wrong nothing is lost. */
export type TypedAboutMe = Readonly<
  Record<'holder' | 'town' | 'door' | 'month' | 'year' | 'age' | 'gender' | 'sensitive', string>
>;

export const nothingTyped: TypedAboutMe = {
  holder: '',
  town: '',
  door: '',
  month: '',
  year: '',
  age: '',
  gender: '',
  sensitive: '',
};

export type ParsedAboutMe =
  | { ok: true; me: AboutMe }
  | { ok: false; field: 'holder' | 'month'; key: 'check-in.holder.error' | 'check-in.about.arrived-error' };

export function typedAboutMe(form: FormData): TypedAboutMe {
  const text = (name: string) => textIn(form, name, 60).trim();
  return {
    holder: text('holder'),
    town: text('town'),
    door: text('door'),
    month: text('month'),
    year: text('year'),
    age: text('age'),
    gender: text('gender'),
    sensitive: text('sensitive'),
  };
}

/** Everything but who holds the device may stay open; a value that is not in a list counts as open. */
export function parseAboutMe(
  typed: TypedAboutMe,
  { towns, today }: { towns: ReadonlySet<string>; today: Month },
): ParsedAboutMe {
  const holder = (['mine', 'shared'] as const).find((known) => known === typed.holder);
  if (!holder) return { ok: false, field: 'holder', key: 'check-in.holder.error' };
  const arrived = arrivedIn(typed, today);
  if (arrived === 'wrong') return { ok: false, field: 'month', key: 'check-in.about.arrived-error' };
  return {
    ok: true,
    me: {
      holder,
      sensitive: typed.sensitive === 'on',
      profile: {
        town: towns.has(typed.town) ? typed.town : null,
        door: doorGroups.find((known) => known === typed.door) ?? null,
        arrived,
        ageBand: ageBands.find((known) => known === typed.age) ?? null,
        gender: genders.find((known) => known === typed.gender) ?? null,
      },
    },
  };
}

/** A person who was born a century ago may have come that long ago. */
const earliestYear = 1926;

function arrivedIn(typed: Pick<TypedAboutMe, 'month' | 'year'>, today: Month): Month | null | 'wrong' {
  if (typed.month === '' && typed.year === '') return null;
  const [month, year] = [inLatinDigits(typed.month), inLatinDigits(typed.year)];
  if (!/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year) || Number(year) < earliestYear) return 'wrong';
  const parsed = parseMonth(`${year}-${month.padStart(2, '0')}`);
  return parsed.ok && parsed.value <= today ? parsed.value : 'wrong';
}

/** What was said, as it would have been typed. */
export function asTypedAboutMe({ holder, sensitive, profile }: AboutMe): TypedAboutMe {
  const [year = '', month = ''] = profile.arrived?.split('-') ?? [];
  return {
    holder,
    town: profile.town ?? '',
    door: profile.door ?? '',
    month: month.replace(/^0/, ''),
    year,
    age: profile.ageBand ?? '',
    gender: profile.gender ?? '',
    sensitive: sensitive ? 'on' : '',
  };
}

/** The parts of a profile that were said, in the order in which they are asked. */
export function saidOf(profile: ContributorProfile): readonly (keyof ContributorProfile)[] {
  return (['town', 'door', 'arrived', 'ageBand', 'gender'] as const).filter((part) => profile[part] !== null);
}
