import { chance } from '@meedoen/numbers';
import { type VoteLog } from '../src/index.ts';

/**
 * A conversation of any size: four groups of people (.4, .3, .2, .1), votes per person Poisson around a
 * log-normal, statements drawn without replacement by a log-normal popularity, agreement by a logistic of what the statement
 * gets anyhow and what each group adds; 15 % passes. People and statements are numbered from 0, events are in no order of theirs.
 */
export function largeConversation(people: number, statements: number, votesPerPerson: number, seed: number): VoteLog {
  const random = chance(seed);
  const popularity = Float64Array.from({ length: statements }, () => Math.exp(0.7 * random.normal()));
  const upTo = new Float64Array(statements);
  let total = 0;
  popularity.forEach((value, at) => (upTo[at] = total += value));
  const agree = Array.from({ length: 4 }, () => new Float64Array(statements));
  for (let at = 0; at < statements; at++) {
    const base = 0.5 + random.normal();
    for (const group of agree) group[at] = 1 / (1 + Math.exp(-(base + 1.2 * random.normal())));
  }
  const most = Math.ceil(people * votesPerPerson * 1.2) + 1000;
  const person = new Int32Array(most);
  const statement = new Int32Array(most);
  const vote = new Int8Array(most);
  const lastSeen = new Int32Array(statements).fill(-1);
  let end = 0;
  for (let p = 0; p < people; p++) {
    const draw = random.share();
    const group = agree[draw < 0.4 ? 0 : draw < 0.7 ? 1 : draw < 0.9 ? 2 : 3]!;
    const rate = votesPerPerson * Math.exp(random.normal() - 0.5);
    const wanted = Math.round(rate + Math.sqrt(rate) * random.normal());
    const count = Math.max(1, Math.min(wanted, Math.floor(statements / 2), most - end));
    for (let given = 0; given < count && end < most;) {
      const at = firstAbove(upTo, random.share() * total);
      if (lastSeen[at] === p) continue;
      lastSeen[at] = p;
      person[end] = p;
      statement[end] = at;
      vote[end] = random.share() < 0.15 ? 0 : random.share() < group[at]! ? 1 : -1;
      end++;
      given++;
    }
  }
  // Votes come in mixed: a fixed stride that shares no factor with their number visits each once.
  let stride = Math.floor(end * 0.618) | 1;
  while (commonFactor(stride, end) !== 1) stride += 2;
  const mixed = { person: new Int32Array(end), statement: new Int32Array(end), vote: new Int8Array(end) };
  for (let i = 0, from = 0; i < end; i++, from = (from + stride) % end) {
    mixed.person[i] = person[from]!;
    mixed.statement[i] = statement[from]!;
    mixed.vote[i] = vote[from]!;
  }
  return {
    people: Int32Array.from({ length: people }, (_, p) => p),
    statements: Int32Array.from({ length: statements }, (_, at) => at),
    ...mixed,
  };
}

function firstAbove(upTo: Float64Array, value: number): number {
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upTo[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function commonFactor(a: number, b: number): number {
  return b === 0 ? a : commonFactor(b, a % b);
}
