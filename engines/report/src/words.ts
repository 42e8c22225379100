import type { EvidenceLevel } from '@meedoen/evidence';
import type { Language, Unit } from './report.ts';

/** What the reports say, per language. Every sentence stands here once, with its numbers as parameters. */
export type Words = {
  readonly language: Language;
  readonly decimal: NumberWriter;
  readonly whole: NumberWriter;
  /** A number at an axis. */
  readonly axis: (tick: number) => string;
  readonly units: Readonly<Record<Unit, string>>;
  readonly survivalTitle: (event: string) => string;
  readonly meanDifference: (
    size: string,
    more: boolean,
    unit: string,
    a: string,
    b: string,
    event: string,
    horizon: string,
  ) => string;
  readonly noMeanDifference: (unit: string, a: string, b: string, event: string, horizon: string) => string;
  readonly couldBe: (lower: string, upper: string, share: string) => string;
  readonly longer: (size: string, unit: string) => string;
  readonly shorter: (size: string, unit: string) => string;
  readonly ofHundred: (
    group: string,
    lower: string,
    upper: string,
    event: string,
    horizon: string,
    unit: string,
  ) => string;
  readonly median: (group: string, time: string, unit: string, event: string) => string;
  readonly medianNotReached: (group: string, event: string) => string;
  readonly smallestSeen: (size: string, unit: string, times: string) => string;
  readonly nothingSeen: (size: string, times: string) => string;
  readonly nothingSeenRatio: (name: string, below: string, above: string, times: string) => string;
  readonly curvesTitle: (event: string) => string;
  readonly dotsTitle: (unit: string) => string;
  readonly atRisk: string;
  readonly share: string;
  readonly time: string;
  readonly group: string;
  readonly people: string;
  readonly events: string;
  readonly lower: string;
  readonly upper: string;
  readonly mean: (horizon: string) => string;
  readonly difference: string;
  readonly quantileOf: string;
  readonly logRank: string;
  readonly testTitle: string;
  readonly expected: string;
  readonly observed: string;
  readonly pValue: (chiSquared: string, degrees: string, p: string) => string;
  readonly p: (p: number) => string;
  readonly coxTitle: (event: string) => string;
  readonly coxSays: (name: string, ratio: string, lower: string, upper: string) => string;
  readonly coxFigure: string;
  readonly proportional: (p: string) => string;
  readonly ratio: string;
  readonly covariate: string;
  readonly risksTitle: string;
  readonly risksFigure: string;
  readonly risksSays: (
    group: string,
    cause: string,
    share: string,
    lower: string,
    upper: string,
    time: string,
    unit: string,
  ) => string;
  readonly waiting: string;
  readonly cause: string;
  readonly poolTitle: string;
  readonly poolSays: (estimate: string, lower: string, upper: string) => string;
  readonly poolNext: (lower: string, upper: string) => string;
  readonly poolDiffer: (share: string) => string;
  readonly poolFew: string;
  readonly poolLevel: string;
  readonly poolTransfer: string;
  readonly poolFigure: string;
  readonly study: string;
  readonly together: string;
  readonly newPlace: string;
  readonly effect: string;
  readonly weight: string;
  readonly didTitle: (outcome: string) => string;
  readonly didSays: (outcome: string, size: string, higher: boolean) => string;
  readonly didNothing: (outcome: string) => string;
  readonly trendsAlike: (p: string) => string;
  readonly trendsApart: (p: string) => string;
  readonly twoWay: (estimate: string, negative: string | null) => string;
  readonly didFigure: string;
  readonly since: string;
  readonly pointwise: string;
  readonly allAtOnce: string;
  readonly beforePolicy: string;
  readonly underPolicy: string;
  readonly byCohort: string;
  readonly from: string;
  readonly overall: string;
  readonly rdTitle: (outcome: string, cutoff: string) => string;
  readonly rdSays: (outcome: string, size: string, higher: boolean) => string;
  readonly rdNothing: (outcome: string) => string;
  readonly rdChecks: (failed: number) => string;
  readonly rdFigure: string;
  readonly theJump: string;
  readonly placeboAt: (at: string) => string;
  readonly withoutNearest: (at: string) => string;
  readonly timesAsWide: (factor: string) => string;
  readonly compareTitle: (a: string, b: string) => string;
  readonly compareSays: (a: string, b: string, outcome: string, size: string, higher: boolean) => string;
  readonly compareNothing: (a: string, b: string, outcome: string) => string;
  readonly compareRefused: (a: string, b: string) => string;
  readonly compareRaw: (a: string, b: string, outcome: string, difference: string) => string;
  readonly loveFigure: string;
  readonly before: string;
  readonly after: string;
  readonly deviations: string;
  readonly way: string;
  readonly ways: Readonly<Record<'raw' | 'headline' | 'weighted' | 'standardised', string>>;
  readonly weightsTitle: string;
  readonly effective: string;
  readonly heaviest: string;
  readonly levels: Readonly<Record<'none' | 1 | 2 | 3 | 4 | 5, string>>;
  readonly planKept: (on: string) => string;
  readonly planChanged: (on: string, changes: string, because: string) => string;
  readonly because: (reason: string) => string;
  readonly noReason: string;
  readonly noPlan: string;
  readonly table: string;
  /** Beside a picture that is wider than the screen. */
  readonly scrollAside: string;
  readonly says: string;
  readonly trust: string;
  readonly caveats: string;
  readonly origin: string;
  readonly dataFile: string;
  readonly dataHash: string;
  readonly rows: string;
  readonly dropped: string;
  readonly command: string;
  readonly plan: string;
  readonly again: string;
  readonly unknown: string;
};

type NumberWriter = { readonly format: (value: number) => string };

/** Numbers as the language writes them, with a real minus sign. */
function writer(language: Language, options: Intl.NumberFormatOptions): NumberWriter {
  const format = new Intl.NumberFormat(language, options);
  return { format: (value) => format.format(value).replace('-', '−') };
}

const english: Words = {
  language: 'en',
  decimal: writer('en', { maximumSignificantDigits: 3 }),
  whole: writer('en', { maximumFractionDigits: 0 }),
  axis: writer('en', { maximumSignificantDigits: 6 }).format,
  units: { days: 'days', weeks: 'weeks', months: 'months', years: 'years' },
  survivalTitle: (event: string): string => `How long until ${event}?`,
  meanDifference: (
    size: string,
    more: boolean,
    unit: string,
    a: string,
    b: string,
    event: string,
    horizon: string,
  ): string =>
    `In the first ${horizon} ${unit}, people of “${a}” were on average ${size} ${unit} ${more ? 'longer' : 'shorter'} without ${event} than people of “${b}”.`,
  noMeanDifference: (unit: string, a: string, b: string, event: string, horizon: string): string =>
    `In the first ${horizon} ${unit}, people of “${a}” and “${b}” were equally long without ${event}, on average.`,
  couldBe: (lower: string, upper: string, share: string): string =>
    `The truth could lie between ${lower} and ${upper} (${share} interval).`,
  longer: (size: string, unit: string): string => `${size} ${unit} longer`,
  shorter: (size: string, unit: string): string => `${size} ${unit} shorter`,
  ofHundred: (group: string, lower: string, upper: string, event: string, horizon: string, unit: string): string =>
    `After ${horizon} ${unit}, ${event} had come for ${lower} to ${upper} of 100 people like those of “${group}”.`,
  median: (group: string, time: string, unit: string, event: string): string =>
    `For half of “${group}”, ${event} had come after ${time} ${unit}.`,
  medianNotReached: (group: string, event: string): string =>
    `For more than half of “${group}”, ${event} had not come while we followed them.`,
  smallestSeen: (size: string, unit: string, times: string): string =>
    `The smallest difference that these data would probably have shown is ${size} ${unit} (${times} of 100 times).`,
  nothingSeen: (size: string, times: string): string =>
    `No effect is possible too. An effect of ${size} or more, up or down, would probably have been seen (${times} of 100 times); a smaller one may be there.`,
  nothingSeenRatio: (name: string, below: string, above: string, times: string): string =>
    `${name}: no difference is possible too. ${above} times as often or more, or ${below} times or less, would probably have been seen (${times} of 100 times).`,
  curvesTitle: (event: string): string =>
    `The share for whom ${event} has not come yet, over time. The band is where the truth could lie.`,
  dotsTitle: (unit: string): string => `Twenty dots, all equally likely: how many ${unit} the difference could be.`,
  atRisk: 'Still followed',
  share: 'share',
  time: 'time',
  group: 'group',
  people: 'people',
  events: 'events',
  lower: 'lower',
  upper: 'upper',
  mean: (horizon: string): string => `mean up to ${horizon}`,
  difference: 'difference',
  quantileOf: 'the true difference is below it in … of 100',
  logRank: 'Log-rank test',
  testTitle: 'Is the difference more than chance? (log-rank test)',
  expected: 'expected if equal',
  observed: 'observed',
  pValue: (chiSquared: string, degrees: string, p: string): string => `χ² = ${chiSquared}, df = ${degrees}, ${p}`,
  p: (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${english.decimal.format(p)}`),
  coxTitle: (event: string): string => `What goes with ${event} coming sooner?`,
  coxSays: (name: string, ratio: string, lower: string, upper: string): string =>
    `${name}: ${ratio} times as often per unit, at any moment (could be ${lower} to ${upper}).`,
  coxFigure: 'How many times as often, per unit. Right of 1 is sooner, left is later.',
  proportional: (p: string): string =>
    `Does each ratio stay the same over time? The test of this says ${p}; a small p means it does not, and one ratio then hides a change.`,
  ratio: 'times as often',
  covariate: 'characteristic',
  risksTitle: 'Where people are over time: all ways to leave together',
  risksFigure: 'The share that each way to leave had reached. Together with those who wait they are everybody.',
  risksSays: (
    group: string,
    cause: string,
    share: string,
    lower: string,
    upper: string,
    time: string,
    unit: string,
  ): string =>
    `“${group}”: ${share} of 100 had reached “${cause}” after ${time} ${unit} (could be ${lower} to ${upper}).`,
  waiting: 'waiting',
  cause: 'way to leave',
  poolTitle: 'What several studies say together',
  poolSays: (estimate: string, lower: string, upper: string): string =>
    `On average over the studies the effect is ${estimate} (could be ${lower} to ${upper}).`,
  poolNext: (lower: string, upper: string): string => `In a new place it could be anything from ${lower} to ${upper}.`,
  poolDiffer: (share: string): string => `${share} of what differs between the studies is more than chance.`,
  poolFew: 'Fewer than five studies: look at the single studies first.',
  poolLevel: 'The level of evidence is that of the studies put in: look at how each was made.',
  poolTransfer: 'That these studies hold for another country or town is an assumption, not a result.',
  poolFigure: 'Each study with its interval; at the bottom all together, and where a new place could lie.',
  study: 'study',
  together: 'together',
  newPlace: 'a new place',
  effect: 'effect',
  weight: 'weight',
  didTitle: (outcome: string): string => `What did the policy change in “${outcome}”?`,
  didSays: (outcome: string, size: string, higher: boolean): string =>
    `Where the policy came, “${outcome}” was on average ${size} ${higher ? 'higher' : 'lower'} than it would have been without it.`,
  didNothing: (outcome: string): string =>
    `Where the policy came, “${outcome}” was on average what it would have been without it.`,
  trendsAlike: (p: string): string =>
    `Before the policy no difference in trend was seen (${p}). That does not prove that there was none.`,
  trendsApart: (p: string): string =>
    `Outcomes moved apart before the policy already (${p}): what came after it may be more of the same.`,
  twoWay: (estimate: string, negative: string | null): string =>
    `A regression with two-way fixed effects, as many would make, says ${estimate}. ${negative === null ? 'It is' : `Weights below 0 in it add up to ${negative}: it is`} told to be recognised, not to be used.`,
  didFigure:
    'The effect by time since the start. Thick: where the truth of one time could lie; thin: of all times at once. Open marks are before the policy, where there should be none.',
  since: 'periods since the start',
  pointwise: 'this time alone',
  allAtOnce: 'all times at once',
  beforePolicy: 'before',
  underPolicy: 'under the policy',
  byCohort: 'The effect by start of the policy',
  from: 'from',
  overall: 'all',
  rdTitle: (outcome: string, cutoff: string): string => `Does “${outcome}” jump at ${cutoff}, where the rule sets in?`,
  rdSays: (outcome: string, size: string, higher: boolean): string =>
    `Just past the threshold “${outcome}” is ${size} ${higher ? 'higher' : 'lower'} than just before it.`,
  rdNothing: (outcome: string): string => `“${outcome}” does not jump at the threshold.`,
  rdChecks: (failed: number): string =>
    failed === 0
      ? 'No check that could be made says that something else is behind it.'
      : `Checks that failed: ${failed}. Read below why this may not be the rule’s doing.`,
  rdFigure:
    'The jump asked for in other ways. At other thresholds it should be 0; without the nearest rows, or with other bandwidths, it should be much the same.',
  theJump: 'at the threshold',
  placeboAt: (at: string): string => `no rule: at ${at}`,
  withoutNearest: (at: string): string => `without the nearest ${at}`,
  timesAsWide: (factor: string): string => `bandwidth × ${factor}`,
  compareTitle: (a: string, b: string): string => `“${a}” beside “${b}”, people alike compared`,
  compareSays: (a: string, b: string, outcome: string, size: string, higher: boolean): string =>
    `Among people alike, “${outcome}” was on average ${size} ${higher ? 'higher' : 'lower'} in “${a}” than in “${b}”.`,
  compareNothing: (a: string, b: string, outcome: string): string =>
    `Among people alike, “${outcome}” was on average the same in “${a}” and “${b}”.`,
  compareRefused: (a: string, b: string): string =>
    `“${a}” and “${b}” are not compared: people alike cannot be made from these data.`,
  compareRaw: (a: string, b: string, outcome: string, difference: string): string =>
    `As they are, “${outcome}” differs by ${difference} (“${a}” minus “${b}”). That is no effect: the people differ too.`,
  loveFigure:
    'How much the two differ in each characteristic, in standard deviations: open before, filled after making them alike. Within the dashed lines (0.1) is alike enough.',
  before: 'before',
  after: 'after',
  deviations: 'difference in standard deviations',
  way: 'way',
  ways: { raw: 'as they are', headline: 'doubly robust', weighted: 'weighted', standardised: 'standardised' },
  weightsTitle: 'What it costs to make them alike',
  effective: 'say as much as',
  heaviest: 'weight of the heaviest person',
  levels: {
    none: 'This describes; it says nothing about what caused a difference.',
    1: 'Level of evidence 1 of 5: a comparison as things are. The groups may differ in more than their name.',
    2: 'Level of evidence 2 of 5: the named characteristics are held equal, others are not.',
    3: 'Level of evidence 3 of 5: differences in differences, or a justified match.',
    4: 'Level of evidence 4 of 5: people just on either side of a threshold.',
    5: 'Level of evidence 5 of 5: chance decided who took part.',
  },
  planKept: (on: string): string => `As planned on ${on}.`,
  planChanged: (on: string, changes: string, because: string): string =>
    `Changed from the plan of ${on}: ${changes} ${because}`,
  because: (reason: string): string => `Because: ${reason}`,
  noReason: 'No reason was given.',
  noPlan: 'No plan was given: read this as an exploration, which finds ideas and does not test them.',
  table: 'The numbers as a table',
  scrollAside: 'The picture is wider than this screen: move it sideways to see all of it.',
  says: 'What it says',
  trust: 'How sure is this?',
  caveats: 'What to keep in mind',
  origin: 'Where this came from',
  dataFile: 'data',
  dataHash: 'SHA-256 of the data',
  rows: 'rows used',
  dropped: 'rows left out (an empty cell)',
  command: 'made with',
  plan: 'plan',
  again: 'The same file, command and version give this page again, to the byte.',
  unknown: 'unknown',
};

const dutch: Words = {
  ...english,
  language: 'nl',
  decimal: writer('nl', { maximumSignificantDigits: 3 }),
  whole: writer('nl', { maximumFractionDigits: 0 }),
  axis: writer('nl', { maximumSignificantDigits: 6 }).format,
  units: { days: 'dagen', weeks: 'weken', months: 'maanden', years: 'jaren' },
  survivalTitle: (event) => `Hoe lang duurt het tot ${event}?`,
  meanDifference: (size, more, unit, a, b, event, horizon) =>
    `In de eerste ${horizon} ${unit} waren mensen van “${a}” gemiddeld ${size} ${unit} ${more ? 'langer' : 'korter'} zonder ${event} dan mensen van “${b}”.`,
  noMeanDifference: (unit, a, b, event, horizon) =>
    `In de eerste ${horizon} ${unit} waren mensen van “${a}” en “${b}” gemiddeld even lang zonder ${event}.`,
  couldBe: (lower, upper, share) => `De waarheid kan liggen tussen ${lower} en ${upper} (${share}-interval).`,
  longer: (size, unit) => `${size} ${unit} langer`,
  shorter: (size, unit) => `${size} ${unit} korter`,
  ofHundred: (group, lower, upper, event, horizon, unit) =>
    `Na ${horizon} ${unit} was ${event} gekomen voor ${lower} tot ${upper} van de 100 mensen zoals die van “${group}”.`,
  median: (group, time, unit, event) => `Voor de helft van “${group}” was ${event} gekomen na ${time} ${unit}.`,
  medianNotReached: (group, event) =>
    `Voor meer dan de helft van “${group}” was ${event} niet gekomen zolang we hen volgden.`,
  smallestSeen: (size, unit, times) =>
    `Het kleinste verschil dat deze gegevens waarschijnlijk hadden laten zien, is ${size} ${unit} (${times} van de 100 keer).`,
  nothingSeen: (size, times) =>
    `Het kan ook geen effect zijn. Een effect van ${size} of meer, omhoog of omlaag, was waarschijnlijk gezien (${times} van de 100 keer); een kleiner effect kan er zijn.`,
  nothingSeenRatio: (name, below, above, times) =>
    `${name}: het kan ook geen verschil zijn. ${above} keer zo vaak of meer, of ${below} keer of minder, was waarschijnlijk gezien (${times} van de 100 keer).`,
  curvesTitle: (event) =>
    `Het deel voor wie ${event} nog niet was gekomen, door de tijd. In de band kan de waarheid liggen.`,
  dotsTitle: (unit) => `Twintig stippen, allemaal even waarschijnlijk: hoeveel ${unit} het verschil kan zijn.`,
  atRisk: 'Nog gevolgd',
  share: 'deel',
  time: 'tijd',
  group: 'groep',
  people: 'mensen',
  events: 'gebeurtenissen',
  lower: 'onder',
  upper: 'boven',
  mean: (horizon) => `gemiddelde tot ${horizon}`,
  difference: 'verschil',
  quantileOf: 'het echte verschil ligt eronder in … van 100',
  logRank: 'Log-ranktoets',
  testTitle: 'Is het verschil meer dan toeval? (log-ranktoets)',
  expected: 'verwacht als gelijk',
  observed: 'gezien',
  pValue: (chiSquared, degrees, p) => `χ² = ${chiSquared}, df = ${degrees}, ${p}`,
  p: (p) => (p < 0.001 ? 'p < 0,001' : `p = ${dutch.decimal.format(p)}`),
  coxTitle: (event) => `Wat gaat samen met eerder ${event}?`,
  coxSays: (name, ratio, lower, upper) =>
    `${name}: ${ratio} keer zo vaak per eenheid, op elk moment (kan zijn ${lower} tot ${upper}).`,
  coxFigure: 'Hoeveel keer zo vaak, per eenheid. Rechts van 1 is eerder, links is later.',
  proportional: (p) =>
    `Blijft elke verhouding gelijk door de tijd? De toets hierop zegt ${p}; bij een kleine p niet, en dan verbergt één verhouding een verandering.`,
  ratio: 'keer zo vaak',
  covariate: 'kenmerk',
  risksTitle: 'Waar mensen zijn door de tijd: alle manieren van vertrek samen',
  risksFigure: 'Het deel dat elke uitkomst had bereikt. Samen met wie nog wacht is dat iedereen.',
  risksSays: (group, cause, share, lower, upper, time, unit) =>
    `“${group}”: na ${time} ${unit} hadden ${share} van de 100 mensen “${cause}” bereikt (kan zijn ${lower} tot ${upper}).`,
  waiting: 'wacht nog',
  cause: 'uitkomst',
  poolTitle: 'Wat verschillende studies samen zeggen',
  poolSays: (estimate, lower, upper) =>
    `Gemiddeld over de studies is het effect ${estimate} (kan zijn ${lower} tot ${upper}).`,
  poolNext: (lower, upper) => `Op een nieuwe plek kan het alles zijn van ${lower} tot ${upper}.`,
  poolDiffer: (share) => `${share} van wat tussen de studies verschilt, is meer dan toeval.`,
  poolFew: 'Minder dan vijf studies: kijk eerst naar de losse studies.',
  poolLevel: 'Het bewijsniveau is dat van de studies die erin gaan: kijk hoe elke studie is gemaakt.',
  poolTransfer: 'Dat deze studies ook gelden voor een ander land of een andere plaats is een aanname, geen uitkomst.',
  poolFigure: 'Elke studie met haar interval; onderaan alles samen, en waar een nieuwe plek kan liggen.',
  study: 'studie',
  together: 'samen',
  newPlace: 'een nieuwe plek',
  effect: 'effect',
  weight: 'gewicht',
  didTitle: (outcome) => `Wat veranderde het beleid in “${outcome}”?`,
  didSays: (outcome, size, higher) =>
    `Waar het beleid kwam, was “${outcome}” gemiddeld ${size} ${higher ? 'hoger' : 'lager'} dan het zonder beleid was geweest.`,
  didNothing: (outcome) => `Waar het beleid kwam, was “${outcome}” gemiddeld wat het zonder beleid was geweest.`,
  trendsAlike: (p) => `Vóór het beleid was er geen verschil in trend te zien (${p}). Dat bewijst niet dat er geen was.`,
  trendsApart: (p) =>
    `De uitkomsten gingen vóór het beleid al uiteen (${p}): wat erna kwam, kan daar het vervolg van zijn.`,
  twoWay: (estimate, negative) =>
    `Een regressie met dubbele vaste effecten, zoals velen die zouden maken, zegt ${estimate}. ${negative === null ? 'Ze' : `Gewichten onder 0 zijn daarin samen ${negative}: ze`} staat hier om te herkennen, niet om te gebruiken.`,
  didFigure:
    'Het effect naar tijd sinds de start. Dik: waar de waarheid van één tijd kan liggen; dun: van alle tijden tegelijk. Open tekens zijn van vóór het beleid, waar geen effect hoort te zijn.',
  since: 'perioden sinds de start',
  pointwise: 'deze tijd alleen',
  allAtOnce: 'alle tijden tegelijk',
  beforePolicy: 'ervoor',
  underPolicy: 'onder het beleid',
  byCohort: 'Het effect naar start van het beleid',
  from: 'vanaf',
  overall: 'alle',
  rdTitle: (outcome, cutoff) => `Springt “${outcome}” bij ${cutoff}, waar de regel begint?`,
  rdSays: (outcome, size, higher) =>
    `Net voorbij de grens is “${outcome}” ${size} ${higher ? 'hoger' : 'lager'} dan net ervoor.`,
  rdNothing: (outcome) => `“${outcome}” springt niet bij de grens.`,
  rdChecks: (failed) =>
    failed === 0
      ? 'Geen controle die te doen was, wijst op iets anders erachter.'
      : `Controles die faalden: ${failed}. Lees hieronder waarom dit misschien niet door de regel komt.`,
  rdFigure:
    'De sprong op andere manieren gevraagd. Bij andere grenzen hoort hij 0 te zijn; zonder de naaste rijen of met andere bandbreedtes ongeveer hetzelfde.',
  theJump: 'bij de grens',
  placeboAt: (at) => `geen regel: bij ${at}`,
  withoutNearest: (at) => `zonder de naaste ${at}`,
  timesAsWide: (factor) => `bandbreedte × ${factor}`,
  compareTitle: (a, b) => `“${a}” naast “${b}”, gelijke mensen vergeleken`,
  compareSays: (a, b, outcome, size, higher) =>
    `Onder gelijke mensen was “${outcome}” gemiddeld ${size} ${higher ? 'hoger' : 'lager'} bij “${a}” dan bij “${b}”.`,
  compareNothing: (a, b, outcome) => `Onder gelijke mensen was “${outcome}” gemiddeld gelijk bij “${a}” en “${b}”.`,
  compareRefused: (a, b) =>
    `“${a}” en “${b}” worden niet vergeleken: met deze gegevens zijn geen gelijke mensen te maken.`,
  compareRaw: (a, b, outcome, difference) =>
    `Zoals ze zijn, verschilt “${outcome}” ${difference} (“${a}” min “${b}”). Dat is geen effect: ook de mensen verschillen.`,
  loveFigure:
    'Hoeveel de twee verschillen in elk kenmerk, in standaarddeviaties: open ervoor, gevuld nadat ze gelijk zijn gemaakt. Binnen de streepjes (0,1) is gelijk genoeg.',
  before: 'ervoor',
  after: 'erna',
  deviations: 'verschil in standaarddeviaties',
  way: 'manier',
  ways: { raw: 'zoals ze zijn', headline: 'dubbel robuust', weighted: 'gewogen', standardised: 'gestandaardiseerd' },
  weightsTitle: 'Wat het kost om ze gelijk te maken',
  effective: 'zeggen zoveel als',
  heaviest: 'gewicht van de zwaarste persoon',
  levels: {
    none: 'Dit beschrijft. Het zegt niet waardoor een verschil komt.',
    1: 'Bewijsniveau 1 van 5: een vergelijking zoals het is. De groepen kunnen in meer verschillen dan hun naam.',
    2: 'Bewijsniveau 2 van 5: de genoemde kenmerken zijn gelijk gehouden, andere niet.',
    3: 'Bewijsniveau 3 van 5: verschil van verschillen, of een onderbouwde match.',
    4: 'Bewijsniveau 4 van 5: mensen net aan weerszijden van een grens.',
    5: 'Bewijsniveau 5 van 5: het lot bepaalde wie meedeed.',
  },
  planKept: (on) => `Zoals gepland op ${on}.`,
  planChanged: (on, changes, because) => `Anders dan het plan van ${on}: ${changes} ${because}`,
  because: (reason) => `Omdat: ${reason}`,
  noReason: 'Er is geen reden gegeven.',
  noPlan: 'Er is geen plan gegeven: lees dit als een verkenning. Die vindt ideeën en toetst ze niet.',
  table: 'De getallen als tabel',
  scrollAside: 'Het plaatje is breder dan dit scherm: schuif het opzij om alles te zien.',
  says: 'Wat het zegt',
  trust: 'Hoe zeker is dit?',
  caveats: 'Houd dit in gedachten',
  origin: 'Waar dit vandaan komt',
  dataFile: 'gegevens',
  dataHash: 'SHA-256 van de gegevens',
  rows: 'gebruikte rijen',
  dropped: 'weggelaten rijen (een lege cel)',
  command: 'gemaakt met',
  plan: 'plan',
  again: 'Hetzelfde bestand, dezelfde opdracht en versie geven deze pagina opnieuw, tot op de byte.',
  unknown: 'onbekend',
};

export function wordsOf(language: Language): Words {
  return language === 'nl' ? dutch : english;
}

/** What a level of evidence means, as a sentence. */
export function sayLevel(words: Words, level: EvidenceLevel): string {
  return words.levels[level ?? 'none'];
}
