import { readGroups } from '@meedoen/evidence';
import { changeWithin, nonResponseWeights, readWaves, scoreInstrument, type Instrument } from '../src/index.ts';

// Three questions about getting by in Dutch, 0 (never) to 4 (always); invented, as is the difference that matters.
const item = (id: string) => ({ id, lowest: 0, highest: 4, reversed: false });
const instrument: Instrument = {
  id: 'getting-by',
  version: '1',
  items: [item('shop'), item('doctor'), item('school')],
  scoring: 'sum',
  rescaledTo: { lowest: 0, highest: 100 },
  mayBeMissing: 1,
  better: 'higher',
  minimalImportantDifference: { difference: 10, basis: 'anchor', source: 'Invented for this example' },
  terms: 'free',
  source: 'Invented for this example',
};

// Six people, at the start and after six months; two were not seen again.
const person = readGroups(['a', 'b', 'c', 'd', 'e', 'f', 'a', 'b', 'c', 'd']);
const wave = [0, 0, 0, 0, 0, 0, 6, 6, 6, 6];
const answers = [
  { name: 'shop', values: [1, 2, 2, 3, 1, 0, 3, 3, 3, 3] },
  { name: 'doctor', values: [0, 1, 2, 2, 1, 1, 1, 2, NaN, 2] },
  { name: 'school', values: [1, 1, 3, 2, 0, 1, 2, 3, 3, 2] },
];

const scores = scoreInstrument(instrument, answers);
if (!person.ok || !scores.ok) throw new RangeError('The example is readable.');
const waves = readWaves({ person: person.value, wave, value: scores.value.score });
if (!waves.ok) throw new RangeError(waves.problem.message);
const change = changeWithin(waves.value, instrument);
const lost = nonResponseWeights(waves.value, { range: scores.value.range });
if (!change.ok || !lost.ok) throw new RangeError('The example has an answer.');

const [later] = change.value.waves;
export const results = [
  later!.estimate, // 20.8 points up among the four who were seen again
  later!.important!.better.estimate, // 0.75: three of four by ten points or more
  lost.value[0]!.bounds.lower, // for all six at least 8.3 …
  lost.value[0]!.bounds.upper, // … and at most 41.7, whatever became of the two
];
