import type { Language } from './report.ts';

/** What the pages of states, one place, one series, a trial and a questionnaire say: each sentence once, in both languages. */
const sentences = {
  statesTitle: { en: () => 'Where people are over time', nl: () => 'Waar mensen zijn door de tijd' },
  statesFigure: {
    en: () => 'Everybody, by the state they are in. The layers add to 100 %.',
    nl: () => 'Iedereen, naar de toestand waarin men is. De lagen zijn samen 100 %.',
  },
  stateTime: {
    en: (group: string, state: string, time: string, lower: string, upper: string, unit: string, horizon: string) =>
      `“${group}”: of the first ${horizon} ${unit}, on average ${time} ${unit} in “${state}” (could be ${lower} to ${upper}).`,
    nl: (group: string, state: string, time: string, lower: string, upper: string, unit: string, horizon: string) =>
      `“${group}”: van de eerste ${horizon} ${unit} gemiddeld ${time} ${unit} in “${state}” (kan zijn ${lower} tot ${upper}).`,
  },
  stateMore: {
    en: (a: string, b: string, state: string, size: string, more: boolean, unit: string) =>
      `People of “${a}” were on average ${size} ${unit} ${more ? 'longer' : 'shorter'} in “${state}” than people of “${b}”.`,
    nl: (a: string, b: string, state: string, size: string, more: boolean, unit: string) =>
      `Mensen van “${a}” waren gemiddeld ${size} ${unit} ${more ? 'langer' : 'korter'} in “${state}” dan mensen van “${b}”.`,
  },
  stateShare: {
    en: (group: string, state: string, share: string, lower: string, upper: string, time: string, unit: string) =>
      `“${group}”: after ${time} ${unit}, ${share} of 100 people were in “${state}” (could be ${lower} to ${upper}).`,
    nl: (group: string, state: string, share: string, lower: string, upper: string, time: string, unit: string) =>
      `“${group}”: na ${time} ${unit} waren ${share} van de 100 mensen in “${state}” (kan zijn ${lower} tot ${upper}).`,
  },
  state: { en: () => 'state', nl: () => 'toestand' },
  timesTitle: {
    en: (horizon: string) => `Mean time up to ${horizon}`,
    nl: (horizon: string) => `Gemiddelde tijd tot ${horizon}`,
  },
  placeTitle: {
    en: (place: string, outcome: string) => `What did the policy change in ${place}: “${outcome}”`,
    nl: (place: string, outcome: string) => `Wat veranderde het beleid in ${place}: “${outcome}”`,
  },
  placeSays: {
    en: (place: string, outcome: string, size: string, higher: boolean) =>
      `Under the policy “${outcome}” in ${place} was on average ${size} ${higher ? 'higher' : 'lower'} than in the mixture of other places.`,
    nl: (place: string, outcome: string, size: string, higher: boolean) =>
      `Onder het beleid was “${outcome}” in ${place} gemiddeld ${size} ${higher ? 'hoger' : 'lager'} dan in de mengeling van andere plaatsen.`,
  },
  placeRank: {
    en: (as: string, of: string) =>
      `Of ${of} places, the treated one among them, ${as} moved at least as far from their own mixture.`,
    nl: (as: string, of: string) =>
      `Van ${of} plaatsen, die met het beleid meegeteld, lagen er ${as} minstens zo ver van hun eigen mengeling.`,
  },
  placeLines: {
    en: () =>
      'The place and its mixture. Before the dashed line they should go together; after it the gap is the effect.',
    nl: () =>
      'De plaats en haar mengeling. Vóór de stippellijn horen ze samen te gaan; erna is het verschil het effect.',
  },
  gapFigure: {
    en: () => 'The gap to the mixture. Grey: the same for every place without the policy, as if it had had it.',
    nl: () => 'Het verschil met de mengeling. Grijs: hetzelfde voor elke plaats zonder beleid, alsof die het had.',
  },
  gap: { en: () => 'gap', nl: () => 'verschil' },
  mixture: { en: () => 'mixture', nl: () => 'mengeling' },
  mixtureTitle: { en: () => 'What the mixture is made of', nl: () => 'Waaruit de mengeling bestaat' },
  place: { en: () => 'place', nl: () => 'plaats' },
  period: { en: () => 'period', nl: () => 'periode' },
  placebos: { en: () => 'lowest and highest of the others', nl: () => 'laagste en hoogste van de andere' },
  seriesTitle: {
    en: (outcome: string, start: string) => `Did “${outcome}” take another course from ${start} on?`,
    nl: (outcome: string, start: string) => `Nam “${outcome}” vanaf ${start} een andere loop?`,
  },
  seriesSays: {
    en: (outcome: string, size: string, higher: boolean) =>
      `From the start on “${outcome}” was on average ${size} ${higher ? 'higher' : 'lower'} than the earlier trend would have gone.`,
    nl: (outcome: string, size: string, higher: boolean) =>
      `Vanaf de start was “${outcome}” gemiddeld ${size} ${higher ? 'hoger' : 'lager'} dan waar de eerdere trend heen ging.`,
  },
  seriesFigure: {
    en: () => 'Dots: measured. Line: trend with its break. Dashed: where the earlier trend would have gone.',
    nl: () => 'Stippen: gemeten. Lijn: trend met breuk. Streepjes: waar de eerdere trend heen was gegaan.',
  },
  measured: { en: () => 'measured', nl: () => 'gemeten' },
  trend: { en: () => 'trend', nl: () => 'trend' },
  without: { en: () => 'without the break', nl: () => 'zonder de breuk' },
  breakTitle: { en: () => 'The break', nl: () => 'De breuk' },
  levelChange: { en: () => 'change of level at the start', nl: () => 'verandering van niveau bij de start' },
  slopeChange: { en: () => 'change of slope, per period', nl: () => 'verandering van helling, per periode' },
  meanChange: { en: () => 'mean over the periods since', nl: () => 'gemiddelde over de perioden erna' },
  trialTitle: {
    en: (programme: string) => `What each arm does: ${programme}`,
    nl: (programme: string) => `Wat elke arm doet: ${programme}`,
  },
  trialSays: {
    en: (arm: string, control: string, outcome: string, size: string, more: boolean) =>
      `Of 100 people, ${size} ${more ? 'more' : 'fewer'} had ${outcome} with “${arm}” than with “${control}”.`,
    nl: (arm: string, control: string, outcome: string, size: string, more: boolean) =>
      `Van de 100 mensen hadden er ${size} ${more ? 'meer' : 'minder'} ${outcome} met “${arm}” dan met “${control}”.`,
  },
  trialNobody: {
    en: () => 'Nobody took part yet. The first batch is spread evenly.',
    nl: () => 'Er deed nog niemand mee. De eerste ronde wordt gelijk verdeeld.',
  },
  trialReplay: {
    en: (p: string, draws: string) =>
      `Run again ${draws} times as if no arm did anything for anybody, the largest contrast lies as far in a share of ${p}.`,
    nl: (p: string, draws: string) =>
      `${draws} keer opnieuw gedaan alsof geen arm iets deed voor iemand, ligt het grootste verschil even ver in een deel van ${p}.`,
  },
  chancesFigure: {
    en: (stratum: string) => `${stratum}: with what chance people got each arm, batch by batch.`,
    nl: (stratum: string) => `${stratum}: met welke kans mensen elke arm kregen, ronde voor ronde.`,
  },
  beliefFigure: {
    en: (stratum: string) =>
      `${stratum}: how often each arm leads to the outcome, as believed now (95 % chance within the line).`,
    nl: (stratum: string) =>
      `${stratum}: hoe vaak elke arm tot de uitkomst leidt, zoals nu gedacht (95 % kans binnen de lijn).`,
  },
  batch: { en: () => 'batch', nl: () => 'ronde' },
  arm: { en: () => 'arm', nl: () => 'arm' },
  chance: { en: () => 'chance to get it', nl: () => 'kans om het te krijgen' },
  best: { en: () => 'chance to be best', nl: () => 'kans de beste te zijn' },
  signedTitle: { en: () => 'Who let each batch begin', nl: () => 'Wie elke ronde liet beginnen' },
  signedBy: { en: () => 'signed by', nl: () => 'ondertekend door' },
  signedOn: { en: () => 'on', nl: () => 'op' },
  asProposed: { en: () => 'as proposed', nl: () => 'zoals voorgesteld' },
  yes: { en: () => 'yes', nl: () => 'ja' },
  no: { en: () => 'no', nl: () => 'nee' },
  allSigned: {
    en: () => 'Every batch was assigned as its plan proposed, and that proposal was signed.',
    nl: () => 'Elke ronde is verdeeld zoals haar plan voorstelde, en dat voorstel was ondertekend.',
  },
  notAllSigned: {
    en: () => 'Not every batch was assigned as its plan proposed and signed: see the table.',
    nl: () => 'Niet elke ronde is verdeeld zoals haar plan voorstelde en is ondertekend: zie de tabel.',
  },
  ratioAlarm: {
    en: () => 'People were not assigned as was logged: do not use this before somebody found out why.',
    nl: () => 'Mensen zijn niet verdeeld zoals is vastgelegd: gebruik dit niet voordat iemand weet waarom.',
  },
  ratioFine: {
    en: () => 'As many people got each arm as the logged chances lead to expect.',
    nl: () => 'Zoveel mensen kregen elke arm als de vastgelegde kansen doen verwachten.',
  },
  contrastFigure: {
    en: () => 'Each arm against the first, with weights that undo what the assignment learnt.',
    nl: () => 'Elke arm tegen de eerste, met gewichten die ongedaan maken wat de verdeling leerde.',
  },
  points: { en: () => 'difference in shares', nl: () => 'verschil in delen' },
  panelTitle: {
    en: (what: string) => `How people changed: ${what}`,
    nl: (what: string) => `Hoe mensen veranderden: ${what}`,
  },
  panelSays: {
    en: (wave: string, size: string, higher: boolean) =>
      `People seen in both scored on average ${size} ${higher ? 'higher' : 'lower'} in wave ${wave} than in the first.`,
    nl: (wave: string, size: string, higher: boolean) =>
      `Wie beide keren meedeed, scoorde in ronde ${wave} gemiddeld ${size} ${higher ? 'hoger' : 'lager'} dan in de eerste.`,
  },
  panelImportant: {
    en: (wave: string, better: string, worse: string) =>
      `In wave ${wave}, ${better} of 100 were better by enough to matter, and ${worse} of 100 worse.`,
    nl: (wave: string, better: string, worse: string) =>
      `In ronde ${wave} waren ${better} van de 100 merkbaar beter af, en ${worse} van de 100 slechter.`,
  },
  panelSeen: {
    en: (wave: string, seen: string, began: string) =>
      `In wave ${wave}, ${seen} of the ${began} who began were still seen.`,
    nl: (wave: string, seen: string, began: string) =>
      `In ronde ${wave} waren nog ${seen} van de ${began} die begonnen erbij.`,
  },
  panelFigure: {
    en: () =>
      'Change since the first wave: as seen, weighted as if everybody had stayed, and (grey) the worst and best case.',
    nl: () =>
      'Verandering sinds de eerste ronde: zoals gezien, gewogen alsof iedereen bleef, en (grijs) het slechtste en beste geval.',
  },
  waveSeen: { en: (wave: string) => `${wave}: as seen`, nl: (wave: string) => `${wave}: zoals gezien` },
  waveWeighted: { en: (wave: string) => `${wave}: weighted`, nl: (wave: string) => `${wave}: gewogen` },
  waveBounds: {
    en: (wave: string) => `${wave}: worst and best case`,
    nl: (wave: string) => `${wave}: slechtste en beste geval`,
  },
  notWeighted: {
    en: (wave: string, why: string) => `Wave ${wave} is not weighted. ${why}`,
    nl: (wave: string, why: string) => `Ronde ${wave} is niet gewogen. ${why}`,
  },
  ownTrend: {
    en: (level: string) =>
      `Level of evidence ${level} of 5: one series against its own earlier trend, no other place beside it.`,
    nl: (level: string) =>
      `Bewijsniveau ${level} van 5: één reeks tegen haar eigen eerdere trend, zonder andere plek ernaast.`,
  },
  themselves: {
    en: () => 'Level of evidence 1 of 5: people compared with themselves earlier, nobody else beside them.',
    nl: () => 'Bewijsniveau 1 van 5: mensen vergeleken met zichzelf eerder, zonder anderen ernaast.',
  },
  noDifference: { en: () => 'There was no difference.', nl: () => 'Er was geen verschil.' },
  change: { en: () => 'change', nl: () => 'verandering' },
} as const;

type Sentences = typeof sentences;
export type StudyWords = { readonly [Name in keyof Sentences]: Sentences[Name]['en'] };

/** The sentences of one language. */
export function studyWordsOf(language: Language): StudyWords {
  return Object.fromEntries(Object.entries(sentences).map(([name, both]) => [name, both[language]])) as StudyWords;
}
