// Everything we know, in one piece
export { checkKnowledge, loadKnowledge, type Knowledge } from './load.ts';
export { knowledgeFolder } from './knowledge-folder.ts';

// The law, and worked cases of it
export { readLawFiles } from './law-files.ts';
export { readComparisonTables, type ComparisonTables } from './comparison-tables.ts';
export { readCases, type Case, type Expected } from './cases.ts';

// Figures and claims
export { figureThemes, mayComputeWith, needsLabel } from './figures.ts';
export type { Claim, ClaimVerdict, Figure, Figures, FigureTheme, FigureUnit } from './figures.ts';
export type { FigureConfidence, FigureKind, FigureSize, Qualifier, Study, Words } from './figures.ts';

// Words, and the people who help
export type { DutchTerm, TermWords } from './terms.ts';
export { helpWith } from './help.ts';
export type { HelpConfidence, Helpline, HelpPhone, HelpWords, OpenHours } from './help.ts';
export { helpTopics, isHelpTopic, rightDomains, type HelpTopic } from './topics.ts';
export { languages, translatedLanguages, type Language, type TranslatedLanguage } from './languages.ts';

// The municipalities
export { loadMunicipalities as readMunicipalities, provinces } from './municipalities.ts';
export type { Municipalities, Municipality, Province } from './municipalities.ts';

// What people are asked, with its words
export { instrumentText, loadInstruments, operatorFolder } from './instruments.ts';
export type { Instruments, UnwordedQuestionnaire, WordedQuestionnaire } from './instruments.ts';
export { keysOf, type InstrumentText, type InstrumentTexts } from './instrument-words.ts';
export { instrumentFiles } from './write-instrument.ts';
export { fingerprint as textMark } from './translations.ts';

// The example town; by itself for who needs no laws
export { loadExampleTown as readExampleTown } from './example-town.ts';
export type { Address, CostOption, ExampleTown, Location, Organization, Phone } from './example-town.ts';
export type { Schedule, Service, ServiceAtLocation } from './example-town.ts';

// A conversation in which nobody spoke
export { loadExampleConversation, type ExampleConversation } from './example-conversation.ts';

// Synthetic people of the example towns, and what was planted in them
export { loadExampleParameters, type ExampleDoor, type ExampleParameters } from './example-people/parameters.ts';
export type { ExampleTownPeople } from './example-people/parameters.ts';
export { exampleContributions, type ExampleContribution } from './example-people/generate.ts';
export { plantedStartOfWork } from './example-people/planted-truths.ts';
