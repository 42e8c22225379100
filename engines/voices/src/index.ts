// Votes
export { addVotes, gatherVotes, mostPeople, mostStatements, noVotes, votesOf } from './votes.ts';
export type { Vote, VoteLog, Votes } from './votes.ts';
export type { Name } from './name.ts';

// The whole conversation at once
export { analyse } from './analysis.ts';
export type { Analysis, AnalysisOptions } from './analysis.ts';

// Where people stand, and who stands together
export { leftOut, opinionMap, project } from './opinion-map.ts';
export type { EarlierMap, OpinionMap } from './opinion-map.ts';
export { findGroups, mostGroups } from './groups.ts';
export type { GroupCount, Grouping } from './groups.ts';
export { takingPart } from './taking-part.ts';
export { standing } from './standing.ts';
export type { Standing } from './standing.ts';
export { adjustedRandIndex } from './rand-index.ts';

// What groups and sides think
export { crossed, everybody, partitionBy, tally, together } from './tally.ts';
export type { Partition, Tally } from './tally.ts';
export { representativeness, selectRepresentative } from './representativeness.ts';
export type { Direction, Representative } from './representativeness.ts';
export { discoveries, mostFalse } from './discoveries.ts';
export type { Discovery } from './discoveries.ts';
export { groupAwareConsensus, majorities } from './consensus.ts';
export type { Majority } from './consensus.ts';

// What connects them
export { bridges, commonGround, fewestVoters } from './bridge.ts';
export type { Bridge, CommonGround, SideView } from './bridge.ts';
export { secondOpinion } from './second-opinion.ts';
export type { NoteScore, SecondOpinion } from './second-opinion.ts';

// Which statement comes next, and what that does to the result
export { priorities } from './priority.ts';
export { byPriority, equalVoice, nextStatement, priorityOfNew, showingChances } from './routing.ts';
export type { Candidate, Routing, Shown } from './routing.ts';
export { reweighted } from './reweighted.ts';
export type { Reweighted, Showing } from './reweighted.ts';

// Who is not heard, and who votes strangely
export { smallestShown, whoIsMissing } from './who-is-missing.ts';
export type { Attendance, Roll, WhoIsMissing } from './who-is-missing.ts';
export { flagVoters, medianPace, robustness, usualRules } from './robustness.ts';
export type { Flag, FlagRules, RobustnessReport } from './robustness.ts';

// What everybody may see, in steps that show no single vote
export { placeOf, releaseConversation, withoutSide } from './release.ts';
export type {
  ConversationRelease,
  OwnPlace,
  ReleasedCounts,
  ReleasedGroup,
  ReleasedMap,
  ReleasedStatement,
  ToRelease,
} from './release.ts';

// What a decision cites
export { freezeTally, frozenText } from './frozen-tally.ts';
export type { FrozenStatement, FrozenTally } from './frozen-tally.ts';

// Said in any language
export {
  explainBridge,
  explainCommonGround,
  explainGroups,
  explainMajority,
  explainMissing,
  explainRepresentative,
  explainRobustness,
  explainShown,
  explainStanding,
} from './sentences.ts';
export type { Sentence, SentenceKey, SentenceWords } from './sentences.ts';
