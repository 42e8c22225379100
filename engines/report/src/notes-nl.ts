import type { Problem } from '@meedoen/units';

type Words = Problem['words'];

/** Parts of a plan, as a Dutch reader calls them; names of columns stay as they are. */
const parts: Readonly<Record<string, string>> = {
  method: 'methode',
  covariates: 'kenmerken',
  horizon: 'grens in de tijd',
  time: 'tijd',
  event: 'gebeurtenis',
  cause: 'uitkomst',
  group: 'groep',
  outcome: 'uitkomst',
};

const doubts: Readonly<Record<string, string>> = {
  bias: 'kans op vertekening',
  inconsistency: 'verschillen tussen studies',
  indirectness: 'afstand tot de vraag',
  imprecision: 'onnauwkeurigheid',
  publicationBias: 'kans dat studies ontbreken',
};

const tooDifferent: Readonly<Record<string, string>> = {
  'effective-size':
    'eenmaal gelijk gemaakt, zeggen de mensen van één groep nog maar zoveel als {effectiveShare%} van hun aantal',
  'one-person': 'één persoon draagt {largestShare%} van het gewicht van een groep',
  support: '{outsideSupport%} van de mensen om wie het gaat, heeft in de andere groep niemand die op hen lijkt',
};

/**
 * What the estimators say beside their numbers, in Dutch: by key, with `{number}` and `{share%}` where the English sentence
 * has them. A function where one key has two forms.
 */
export const dutchNotes: Readonly<Record<string, string | ((words: Words) => string)>> = {
  // Assumptions of several estimators
  'independent-censoring':
    'Wie we niet meer volgden, was verder gegaan zoals vergelijkbare mensen die we nog wel volgen.',
  'raw-comparison':
    'De groepen kunnen in meer verschillen dan hun naam: dit beschrijft een verschil, niet waardoor het komt.',
  'proportional-hazards':
    'Een kenmerk maakt de kans per moment op alle tijden hetzelfde aantal keren zo groot; anders is de verhouding een gemiddelde.',
  'no-other-differences':
    'Alleen de genoemde kenmerken zijn gelijk gehouden; andere verschillen blijven, of doen er niet toe voor de uitkomst.',
  'no-spill-over': 'Het beleid op één plek verandert niets op de plekken waarmee is vergeleken.',
  'few-clusters': 'Er zijn maar {clusters} clusters: fouten en intervallen kunnen te klein uitkomen.',
  // Time until something happens
  'no-events': 'Groep {group}: bij niemand gebeurde het, dus de lijn blijft op 1.',
  'no-spread':
    'Groep {group}: vóór {horizon} gebeurde het bij niemand, of bij iedereen tegelijk. Hoe ver de waarheid van dit gemiddelde kan liggen, is aan deze mensen niet te zien.',
  'thin-start':
    'Groep {group}: op tijd {time} werden maar {atRisk} mensen gevolgd, en later kwamen er meer. Eén gebeurtenis daar verschuift de hele lijn; overweeg een latere start.',
  'few-events':
    '{events} gebeurtenissen voor {covariates} kenmerken: minder dan 10 voor elk. De getallen kunnen er ver naast zitten; gebruik minder kenmerken.',
  'coefficient-very-large':
    'De coëfficiënt van {column} is {coefficient}: waarschijnlijk gebeurde het aan één kant bijna bij niemand.',
  'censoring-alike': 'Wie we niet meer volgden, hangt niet af van de kenmerken.',
  'entry-alike':
    'Wanneer iemand in beeld kwam, hangt niet af van de kenmerken, en niet van wat er met hen zou gebeuren.',
  'proportional-subdistribution':
    'Een kenmerk maakt de kans per moment op deze uitkomst op alle tijden hetzelfde aantal keren zo groot.',
  'prognosis-not-mechanism':
    'De coëfficiënt zegt wie daar uitkomt, door deze uitkomst zelf of doordat andere uitblijven. Hoe snel het gaat, zegt een Cox-model per uitkomst.',
  'not-converged': 'De schatting was na veel stappen nog niet tot rust gekomen; het derde cijfer kan nog veranderen.',
  // States
  gaps: ({ unseen }) =>
    `{gaps} keer was iemand tussen twee rijen uit beeld${Number(unseen) > 0 ? ', en kwam {unseen} keer in een andere toestand terug' : ''}: alsof die vertrok en opnieuw begon. Dat klopt alleen als uit beeld zijn niets met de toestand te maken heeft.`,
  'nobody-followed-in-state':
    'Groep {group}: op tijd {time} zijn er mensen in “{state}” van wie niemand meer gevolgd wordt. Hun deel wordt alleen doorgetrokken; laat de lijn eerder eindigen.',
  // Cohorts
  'common-support': 'Voor iedereen over wie de vergelijking gaat, zijn er in beide groepen mensen die op hen lijken.',
  'propensity-model': 'Het logistische model van wie in welke groep zit, klopt.',
  'outcome-model': 'Het model van de uitkomst klopt.',
  'one-model-right':
    'Het model van wie in welke groep zit of het model van de uitkomst klopt; één van de twee is genoeg.',
  'job-quality':
    'Elk werk telt hier, een paar oproepuren evenveel als een vaste baan. Vergelijk ook uren, niveau of loon voordat u zegt dat een groep het beter doet.',
  'clock-is-a-date':
    'Beide groepen zijn geteld op een datum, en mensen zijn hier elk een andere tijd. Voeg de tijd sinds aankomst toe aan de kenmerken.',
  'still-unbalanced':
    'Na wegen verschillen {characteristics} kenmerken nog meer dan 0,1 standaarddeviatie; het meest {worst}, {difference}. Voeg kwadraten of producten van kenmerken toe, of gebruik overlapgewichten.',
  'outside-common-support':
    '{share%} van de mensen heeft in de andere groep niemand die op hen lijkt. Wat over hen wordt gezegd, rust alleen op het model.',
  'too-few-people':
    'Groep {cohort} heeft {people} mensen; een vergelijking heeft er in elke groep minstens {fewest} nodig. Voeg mensen toe, of neem groepen samen die als één mogen gelden.',
  'groups-too-different': ({ because, characteristic, overlapWouldDo }) =>
    because === 'separation'
      ? 'Deze groepen verschillen te veel om te vergelijken: {column}, alleen of met andere kenmerken, houdt {reference} en {compared} zonder uitzondering uit elkaar. Vergelijk alleen mensen die in beide groepen voorkomen, voeg zeldzame soorten samen, of zoek in beide groepen mensen die gelijk zijn in {column}.'
      : `Deze groepen verschillen te veel om te vergelijken: ${tooDifferent[String(because)] ?? ''}${characteristic === '' ? '' : '; ze verschillen het meest in {characteristic}, {difference} standaarddeviaties'}. ${
          Number(overlapWouldDo) === 1
            ? 'Vergelijk alleen mensen die in beide groepen hadden kunnen zitten (overlapgewichten): dat staan de gegevens toe.'
            : 'Zoek in beide groepen mensen die op elkaar lijken, of laat weg wie in de andere groep niemand heeft die op hen lijkt, en zeg dat erbij.'
        }`,
  'nothing-held-equal':
    'Er is geen kenmerk gelijk gehouden, dus er is alleen de ruwe vergelijking. Noem waarin de groepen kunnen verschillen, zoals leeftijd, opleiding en tijd sinds aankomst.',
  'characteristic-not-listed':
    'Het effect kan niet verschillen naar {column}: dat staat niet bij de kenmerken. Voeg het toe, of laat het hier weg.',
  // Models that a part of an answer rests on
  separation:
    'De coëfficiënt van {column} heeft geen einde: aan één kant ervan komt de uitkomst nooit voor. Voeg zeldzame soorten samen, laat de kolom weg, of voeg mensen toe.',
  'covariates-dependent':
    'Kolom {column} zegt niet meer dan de kolommen ervoor. Laat die weg, of voeg zeldzame soorten samen.',
  'covariate-constant': 'Kolom {column} is in elke rij gelijk en kan dus geen verschil verklaren. Laat die weg.',
  'no-covariates': 'Een model heeft minstens één kenmerk nodig. Noem een kolom.',
  'outcome-constant': ({ column }) =>
    column === undefined
      ? 'De uitkomst is in elke rij {value}, dus er is geen effect te zien. Noem een andere kolom.'
      : 'Kolom {column} is in elke rij gelijk, dus er is niets uit elkaar te houden. Geef mensen van beide soorten.',
  'no-rows': 'Er zijn geen rijen. Geef er minstens één.',
  'columns-differ-in-length': 'Niet elke kolom heeft evenveel rijen. Geef elke rij één waarde.',
  // Places under a policy
  'parallel-trends':
    'Zonder het beleid waren de uitkomsten met en zonder beleid gelijk veranderd (gegeven de kenmerken).',
  'no-anticipation':
    'Niemand handelt naar het beleid voordat het begint, behalve in de perioden die daarvoor zijn genoemd.',
  'trends-differ-before':
    'De uitkomsten gingen vóór het beleid al uiteen: het effect erna kan daar het vervolg van zijn.',
  'cohort-without-base': '{units} eenheden die begonnen in {cohorts} hebben geen periode vóór het beleid: weggelaten.',
  'treated-after-the-data': '{units} eenheden die na de gegevens begonnen, tellen hier als nooit begonnen.',
  'incomplete-units-left-out': '{units} eenheden missen een periode en zijn weggelaten. Waren ze anders?',
  'controls-not-yet-treated': 'Eenheden die later onder het beleid komen, staan tot dan bij de vergelijking.',
  'starts-differ':
    'Plekken beginnen op verschillende tijden, dus deze coëfficiënt vergelijkt plekken ook met plekken die al begonnen zijn. Gebruik hem niet; hij staat hier om te herkennen.',
  'negative-weights':
    '{cells} van de effecten tellen negatief mee (samen {sum}): een effect dat groeit, kan te klein of met het verkeerde teken uitkomen.',
  // One place, one series
  'mixture-would-have-moved-alike':
    'Zonder het beleid was de plek verder gegaan zoals de mengeling die er eerder mee opging.',
  'one-control-dominates': '{unit} is {share%} van de mengeling: de uitkomst leunt op wat daar gebeurde.',
  'poor-fit-before':
    'Vóór het beleid ligt de mengeling verder van de plek dan het ene jaar van het volgende: ze staat er niet voor.',
  'trend-would-go-on': 'Zonder het beleid waren de eerdere trend en het seizoen doorgegaan.',
  'nothing-else-at-the-start':
    'Er veranderde niets anders toen het beleid begon. Er is met geen andere plek vergeleken.',
  'residuals-go-together':
    'Opeenvolgende perioden gaan nog samen op en neer: de fouten rekenen daarmee, maar er kan een seizoen of trend ontbreken.',
  'short-series':
    'Met {before} perioden ervoor en {after} erna is een trend weinig meer dan een gok: minstens 8 aan elke kant is beter.',
  // A threshold
  'only-the-rule-jumps': 'Er verandert niets anders precies bij de grens: geen andere regel heeft dezelfde.',
  'nobody-chooses-a-side': 'Mensen kunnen zich niet zelf net aan één kant van de grens plaatsen.',
  'near-the-cutoff-only': 'Het effect geldt voor mensen bij de grens. Verder weg kan het anders zijn.',
  'only-through-receiving': 'De regel verandert de uitkomst alleen door wat mensen ontvangen.',
  'nobody-moved-away': 'Door de regel blijft niemand zonder die het anders wel had ontvangen.',
  'for-whom-the-rule-decided': 'Het effect geldt voor mensen bij de grens die het ontvingen dankzij de regel.',
  'running-values-repeat':
    '{share%} van de rijen deelt de waarde met een andere rij: de uitkomst leunt op weinig verschillende waarden. Kijk ook zonder de naaste rijen.',
  'clustered-by-fit':
    'Fouten per cluster rusten op de afwijkingen van de lijnen, elke kant met een eigen correctie (rdrobust 4.0).',
  'density-jumps': 'Het aantal mensen springt bij de grens: ze kunnen hun kant hebben gekozen.',
  'covariate-jumps':
    '{column} springt bij de grens, terwijl het al vaststond: de kanten verschillen in meer dan de regel.',
  'placebo-jumps': 'De uitkomst springt ook bij {at}, waar geen regel is.',
  // Several studies
  'studies-comparable': 'De studies meten dezelfde uitkomst op dezelfde schaal en hebben geen mensen gemeen.',
  'all-studies-seen': 'Er ontbreekt geen studie vanwege wat zij vond.',
  transfer: 'Of het effect vandaag in Nederland geldt, is een aanname op zichzelf, geen uitkomst.',
  'few-studies': 'Maar {studies} studies: laat ze eerst los zien, vóór het gezamenlijke effect, dat op weinig rust.',
  'scatter-below-chance':
    'De studies liggen dichter bij elkaar dan toeval zou geven; de fout is daar niet kleiner om gemaakt.',
  // A programme that learns
  'assigned-as-logged': 'Mensen zijn door het lot verdeeld, met de kansen die zijn vastgelegd.',
  'no-interference': 'Wat de één kreeg, veranderde de uitkomst van een ander niet.',
  'arm-closed-to-some': '{arm} was gesloten voor {closed} mensen: dit gaat over de andere {people}.',
  'replay-of-the-plan':
    'Mensen kwamen in deze volgorde, wat zij en anderen ook kregen, en het programma was even lang doorgegaan.',
  'nothing-for-anybody':
    'De p-waarden zijn exact voor “geen arm doet iets voor iemand”. Lees bij meer dan twee armen een los verschil naast zijn interval: andere armen kunnen het zijn die werken.',
  // A questionnaire in waves
  'before-and-after':
    'Mensen zijn vergeleken met zichzelf eerder: wat er verder tussentijds veranderde, zit ook in het verschil.',
  'regression-to-the-mean':
    'Mensen deden niet mee omdat hun eerste score ongewoon laag of hoog was: zulke scores gaan vanzelf terug naar het midden.',
  'seen-like-unseen': 'Wie weer meedeed, veranderde zoals wie niet meer meedeed.',
  'missing-at-random':
    'Wie bleef en wie niet, lijken op elkaar in wat we niet zagen, zodra hun eerdere scores en de genoemde kenmerken gelijk zijn.',
  'missing-completely-at-random': 'Wie niet meer meedeed, veranderde zoals wie wel meedeed.',
  'weights-drawn-in':
    '{people} gewichten lagen buiten het 1e of 99e percentiel en zijn teruggebracht tot {lower} of {upper}.',
  'nobody-seen-again': 'Niemand die in ronde {wave} meedeed, deed daarna nog mee.',
  'nobody-began': 'Niemand heeft een waarde in ronde {wave}. Begin met een ronde waarin mensen er een hebben.',
  'group-empty': 'Groep {group} heeft geen rijen. Geef mensen van elke groep.',
  // The plan, and how strong it is
  'starts-high': 'Het lot bepaalde wie meedeed.',
  'starts-low': 'Niet het lot bepaalde wie meedeed.',
  'taken-down': ({ doubt, size }) =>
    `Lager door ${size === 'some' ? 'enige' : 'ernstige'} ${doubts[String(doubt)] ?? 'twijfel'}.`,
  'taken-up': ({ strength }) =>
    `Hoger door ${strength === 'largeEffect' ? 'een groot effect' : 'een effect dat met de dosis meegaat'}.`,
  'not-described': 'Beschrijf doel, mensen, methode en voorwaarden, zodat anderen hetzelfde kunnen doen.',
  'not-founded': 'Zeg met literatuur waarom het zou werken.',
  'too-few-studies': ({ studies }) =>
    studies === undefined
      ? '“Effectief” vraagt minstens twee effectstudies.'
      : '{studies} studies zijn te weinig voor deze vraag. Laat ze los zien.',
  'stronger-design':
    'Een sterkere aanwijzing vraagt twee studies met een sterkere opzet: met loting, of rond een grens.',
  'changed-from-plan': ({ part, planned, now }) =>
    `${parts[String(part)] ?? '{part}'}: gepland was ${planned === '' ? 'niets' : '{planned}'}, gedaan is ${now === '' ? 'niets' : '{now}'}.`,
};
