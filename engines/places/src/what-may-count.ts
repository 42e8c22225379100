import { refuse, type Refusal } from '@meedoen/units';

/** What a value may rest on. Each is something about a place and about what the household itself says it needs. */
export const mayCount = [
  'wish',
  'family',
  'job',
  'study',
  'care',
  'school',
  'dwelling',
  'services',
  'travel',
  'work-in-own-trade',
] as const;
export type MayCount = (typeof mayCount)[number];

/**
 * What must not be in any input, by the words under which files name it. Constitution article 1, Charter article 21 and
 * the Awgb forbid distinction on them; a name, a photo or a first language is as good as an origin (from memory, to be
 * checked by a lawyer). Refused and not ignored, so that nobody believes it counted.
 */
const protectedTraits: readonly { trait: string; words: readonly string[] }[] = [
  {
    trait: 'nationality or origin',
    words: [
      'nationality',
      'nationaliteit',
      'citizenship',
      'staatsburgerschap',
      'origin',
      'herkomst',
      'afkomst',
      'descent',
      'birth country',
      'country of birth',
      'birthplace',
      'place of birth',
      'geboorteland',
      'geboorteplaats',
      'passport',
      'paspoort',
      'country',
      'land',
    ],
  },
  {
    trait: 'ethnicity',
    words: [
      'ethnicity',
      'ethnic',
      'etniciteit',
      'etnisch',
      'etnische',
      'race',
      'ras',
      'skin',
      'huidskleur',
      'tribe',
      'stam',
    ],
  },
  { trait: 'sex', words: ['sex', 'gender', 'geslacht', 'male', 'female', 'man', 'vrouw', 'pregnant', 'zwanger'] },
  {
    trait: 'religion',
    words: [
      'religion',
      'religious',
      'religie',
      'godsdienst',
      'geloof',
      'faith',
      'belief',
      'church',
      'mosque',
      'kerk',
      'moskee',
    ],
  },
  {
    trait: 'first language',
    words: ['mother tongue', 'mothertongue', 'native language', 'first language', 'moedertaal', 'language', 'taal'],
  },
  { trait: 'name or photo', words: ['first name', 'surname', 'voornaam', 'achternaam', 'photo', 'foto'] },
  {
    trait: 'sexual orientation',
    words: ['orientation', 'sexual orientation', 'geaardheid', 'lgbt', 'lhbti'],
  },
];

/** Which protected trait a column or a declared feature names, or null. */
export function protectedTrait(name: string): string | null {
  // motherTongue, mother_tongue and Mother-tongue are one word to whoever reads them.
  const words = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .join(' ')
    .trim();
  const said = ` ${words} `;
  return protectedTraits.find((one) => one.words.some((word) => said.includes(` ${word} `)))?.trait ?? null;
}

/** Why a column must not be in a file, or null: first what must never count, then what nobody asked for. */
export function columnRefusal(name: string, known: readonly string[]): Refusal | null {
  if (known.includes(name)) return null;
  const trait = protectedTrait(name);
  if (trait !== null) {
    const message = `"${name}" says something about ${trait}, which must never count in who goes where. Take the column out, and check that nothing else was made from it.`;
    return refuse('must-not-count', message, { column: name, trait });
  }
  const message = `"${name}" is not a column this round may use. Take it out; the columns are: ${known.join(', ')}.`;
  return refuse('unknown-column', message, { column: name });
}

/** The declared features a value rests on, separated by semicolons; or why they cannot be accepted. */
export function declaredFeatures(text: string): readonly MayCount[] | Refusal {
  const named = text
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (named.length === 0) {
    return refuse('no-reason', `A value needs what it rests on. Write one or more of: ${mayCount.join('; ')}.`);
  }
  for (const one of named) {
    if ((mayCount as readonly string[]).includes(one)) continue;
    const trait = protectedTrait(one);
    if (trait !== null) {
      return refuse(
        'must-not-count',
        `"${one}" says something about ${trait}, which must never count in who goes where. Make the values without it.`,
        { feature: one, trait },
      );
    }
    return refuse('unknown-feature', `"${one}" may not count. Write one or more of: ${mayCount.join('; ')}.`, {
      feature: one,
    });
  }
  return named as MayCount[];
}
