export { gatherVotes, addVotes, votesOf, column, voteIn } from './votes.ts';
export type { Votes, VoteLog, Vote } from './votes.ts';
export type { Name } from './name.ts';
export * from './opinion-map.ts';
export * from './tally.ts';
export * from './representativeness.ts';
export * from './consensus.ts';
export * from './priority.ts';
