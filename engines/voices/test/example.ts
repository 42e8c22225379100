import { analyse, bridges, commonGround, explainBridge, gatherVotes, partitionBy, tally } from '../src/index.ts';

// Twelve newcomers and twelve neighbours of one reception location vote on three statements.
const people = Array.from({ length: 24 }, (_, i) => (i < 12 ? `newcomer ${i}` : `neighbour ${i}`));
const statements = ['a kitchen of our own', 'quiet after ten', 'a fence'];
const opinion = (person: number, statement: number): number => [1, person < 12 ? -1 : 1, -1][statement]!;
const each = people.flatMap((_, person) => statements.map((__, statement) => ({ person, statement })));

const votes = gatherVotes({
  people,
  statements,
  person: each.map(({ person }) => person),
  statement: each.map(({ statement }) => statement),
  vote: each.map(({ person, statement }) => opinion(person, statement)),
});
if (!votes.ok) throw new RangeError(votes.problem.message);

const sides = partitionBy(votes.value, new Map(people.map((person) => [person, person.split(' ')[0]!])));
const declared = bridges(tally(votes.value, sides));
const analysis = analyse(votes.value);
if (!declared.ok || !analysis.ok) throw new RangeError('two sides voted');

const [first, second] = commonGround([declared.value], analysis.value.out);
const groups = analysis.value.grouping!;

export const answers = [
  first!.statement, // 'a kitchen of our own'
  first!.lowest!.toFixed(2), // '0.82': with 12 votes a side we are sure of 88 %, and nobody is against
  second!.lowest!.toFixed(2), // '0.00': what one side wants alone is no common ground
  explainBridge(first!.between[0]!)[0]!.key, // 'bridge.connects', for the screen to say in any language
  [...groups.sizes], // [12, 12]: the votes alone find the two sides
];
