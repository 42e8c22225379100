/** The one room that speaks SQL. What it promises and how to run it: store/README.md. */

// Open a database: the embedded PostgreSQL in a folder, or any server by its address.
export { openDatabase, type Database, type DatabaseOptions, type Health } from './database.ts';
export { embeddedApplication } from './embedded/entrance.ts';
export { databaseSettings, type DatabaseSettings } from './settings.ts';
export { StoreRefusal, type RefusalCode } from './refusal.ts';

// Its shape: forward migrations, each applied once.
export { migrate, migrationState, type MigrationReport, type MigrationState } from './migrate.ts';

// A single file with all data, and back.
export { backup, restore, type BackupReport } from './backup.ts';

// Who is there, and what do they offer?
export {
  helpFor,
  organization,
  organizations,
  services,
  type Address,
  type CostOption,
  type HelpQuestion,
  type Organization,
  type OrganizationPage,
  type Phone,
  type Schedule,
  type Service,
  type ServiceLanguage,
  type ServicePlace,
} from './directory.ts';
export { loadExampleTown, removeExampleTown, type LoadReport } from './example-town.ts';
export { loadExamplePeople, removeExamplePeople } from './example-people.ts';

// People who work with the platform: who is signed in, and what they may do where.
export { scopesOfRole, staffRoles, streamOf, type Grant, type Scope, type StaffRole } from './staff/roles.ts';
export {
  endSession,
  rotateToken,
  sessionLimits,
  sessionsOf,
  signedInBy,
  type NewSession,
  type SessionLine,
  type SignedIn,
} from './staff/sessions.ts';
export {
  addWayIn,
  passkeyBy,
  removeWayIn,
  signIn,
  signInRefused,
  staffByIdentity,
  waysInOf,
  type Answered,
  type NewPasskey,
  type OidcIdentity,
  type WayIn,
  type WayInLine,
} from './staff/ways-in.ts';
export {
  acceptInvitation,
  invitationBy,
  invite,
  inviteFirstSteward,
  openInvitations,
  withdrawInvitation,
  type Invitation,
  type NoInvitation,
} from './staff/invitations.ts';
export { giveGrant, letGo, staffList, withdrawGrant, type StaffLine } from './staff/grants.ts';
export { hashOfSecret, newSecret } from './staff/secret.ts';
export { type Doing } from './staff/doing.ts';

// What was done, by whom and why: written with the act, never changed.
export { audit, type AuditedAct } from './audit/audit.ts';
export {
  anchors,
  auditChoices,
  auditLog,
  layAnchor,
  verifyAuditLog,
  type Anchor,
  type AuditLine,
  type AuditQuestion,
  type AuditVerification,
} from './audit/audit-log.ts';

// What was decided, on what it rests, what was promised and what came of it
export {
  decide,
  decisionForms,
  groundKinds,
  type DecisionForm,
  type Ground,
  type GroundKind,
  type NewAction,
  type NewDecision,
} from './decisions/decide.ts';
export { removeExampleDecisions } from './decisions/example-decisions.ts';
export { addAction, finishAction, reportResult, type Changed, type DecisionAt } from './decisions/follow-up.ts';
export {
  decision,
  decisions,
  stageOf,
  type Decision,
  type DecisionAction,
  type DecisionResult,
  type DecisionStage,
  type FrozenGround,
  type WholeDecision,
} from './decisions/decisions.ts';

// What newcomers give: kept once, withdrawn when they say so.
export { contribute, contributeMany, type Contributed, type GivenContribution } from './contributions/contribute.ts';
export { withdraw } from './contributions/withdraw.ts';
export { withdrawOne } from './contributions/withdraw-one.ts';
export { reportBarrier, type BarrierReport } from './contributions/report-barrier.ts';
export { answerBarrier, barrierAnswers, type BarrierAnswer } from './contributions/answer-barrier.ts';

export { applyRetention, retentionOf, type Retention, type RetentionReport } from './contributions/retention.ts';

// What they say together: counts, made in the database.
export { countedAt, refreshAggregates, type RefreshReport } from './contributions/refresh-aggregates.ts';
export { answers, type AnswerCount, type AnsweredCount, type AnswersQuestion } from './contributions/answer-counts.ts';
export {
  firstWork,
  type FirstWork,
  type FirstWorkHistory,
  type FirstWorkQuestion,
} from './contributions/first-work-counts.ts';
export { heard, type HeardCount } from './contributions/heard-counts.ts';
export { barriers, type BarrierCount, type BarriersQuestion } from './contributions/barrier-counts.ts';

// What people say and vote in conversations; who voted what is for nobody to see.
export {
  conversation,
  conversations,
  isOpen,
  openConversation,
  type Conversation,
  type KnownPopulation,
} from './voices/conversations.ts';
export { join, leave, participant, type Participant } from './voices/participants.ts';
export { castVote, type GivenVote } from './voices/vote.ts';
export {
  acceptedStatements,
  longestStatement,
  mostStatementsEach,
  say,
  statementReference,
  statementsOf,
  type Statement,
  type StatementState,
  type Translation,
} from './voices/statements.ts';
export {
  askAgain,
  judge,
  moderationLog,
  refusalReasons,
  toJudge,
  type Judged,
  type Judgement,
  type ModerationEntry,
  type ModerationVerdict,
  type RefusalReason,
  type ToJudge,
} from './voices/moderate.ts';
export { releaseConversation, releaseConversations, releaseOf } from './voices/release-conversation.ts';
export { loadExampleConversation, removeExampleConversation } from './voices/example-conversation.ts';
export { answersOf, decisionAbout, type AnswerState, type OwedAnswer } from './voices/answers-owed.ts';

// What is done every so often, by one process of several.
export { doIfDue } from './regular-task.ts';

// What of it may be public: boards, made of audited tables at each release.
export { releaseBoards, type BoardReport } from './boards/release-boards.ts';
export { boardAt, boardOf, boardReports, boardTowns, ledgerOf, type WhoseBoard } from './boards/released-boards.ts';

// Changes of policy, registered with a plan before their effect can be known
export { changePlan, planOfChange, registerChange, type NewChange } from './programmes/register-change.ts';
export {
  programme,
  programmes,
  type Programme,
  type ProgrammePlan,
  type ReleasedEffect,
} from './programmes/programmes.ts';
export { releaseEffects } from './programmes/release-effects.ts';

// Values made or checked before they are stored.
export { uuidV7, uuidV7Source, timeOfUuidV7 } from './uuid-v7.ts';
export { isStorableText, storableText } from './storable-text.ts';
