import type { LawFile } from '@meedoen/rights';

/** The kinds of rule, the highest first, and Dutch rules before those of the EU; in Dutch, because those are their names. */
export const kindsOfLaw: readonly { kind: LawFile['regulatoryLayer']; name: string }[] = [
  { kind: 'GRONDWET', name: 'Grondwet' },
  { kind: 'WET', name: 'wet' },
  { kind: 'AMVB', name: 'algemene maatregel van bestuur' },
  { kind: 'KONINKLIJK_BESLUIT', name: 'koninklijk besluit' },
  { kind: 'MINISTERIELE_REGELING', name: 'ministeriële regeling' },
  { kind: 'BELEIDSREGEL', name: 'beleidsregel' },
  { kind: 'UITVOERINGSBELEID', name: 'uitvoeringsbeleid' },
  { kind: 'PROVINCIALE_VERORDENING', name: 'provinciale verordening' },
  { kind: 'GEMEENTELIJKE_VERORDENING', name: 'gemeentelijke verordening' },
  { kind: 'WATERSCHAPS_VERORDENING', name: 'waterschapsverordening' },
  { kind: 'EU_VERORDENING', name: 'verordening van de EU' },
  { kind: 'EU_RICHTLIJN', name: 'richtlijn van de EU' },
  { kind: 'VERDRAG', name: 'verdrag' },
];

export function kindOfLaw({ regulatoryLayer }: Pick<LawFile, 'regulatoryLayer'>): string {
  return kindsOfLaw.find(({ kind }) => kind === regulatoryLayer)?.name ?? '';
}
