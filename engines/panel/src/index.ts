// A questionnaire as data, and what answers add up to
export {
  readInstrument,
  scoreInstrument,
  type Alpha,
  type Instrument,
  type InstrumentItem,
  type MinimalImportantDifference,
  type Scores,
} from './instrument.ts';

// Does a question mean the same in every language?
export { refuseAcross, sameMeaning, type ItemMeaning, type LanguagePair, type MeaningClass } from './same-meaning.ts';

// People seen in waves: how they changed, and what those not seen again may change
export { readWaves, type WaveColumns, type Waves } from './waves.ts';
export {
  changeWithin,
  type Change,
  type ChangeAtWave,
  type ChangeOptions,
  type ChangeWithin,
  type ImportantChange,
} from './change-within.ts';
export {
  nonResponseWeights,
  type NonResponse,
  type NonResponseOptions,
  type WeightedAnswer,
  type WeightedChange,
} from './non-response.ts';
