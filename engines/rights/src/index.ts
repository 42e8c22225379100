// What somebody may and must do
export { answer, answerAll } from './answer.ts';
export type { Reading } from './answer.ts';
export { verdicts } from './answer-type.ts';
export type { Answer, Citation, Condition, Step, Term, Verdict } from './answer-type.ts';
export { nextQuestion } from './next-question.ts';
export type { NextQuestion } from './next-question.ts';

// What comes first, with days and actors, and what each delay costs
export { chainOfAnswer, chainsOf, chainTo } from './chain/chain.ts';
export type { Chain, ChainLink, Reckoned, Reckonings } from './chain/chain.ts';
export { parseTimetable } from './chain/parse-timetable.ts';
export type { ChainRow, DurationKind, LinkRow, SourcedDuration, SpanRow, Timetable } from './chain/timetable.ts';

// The same person behind another door
export { doorMatrix } from './doors/door-matrix.ts';
export { ownDoor } from './doors/behind-door.ts';
export type { DoorCell, DoorColumn, DoorMatrix, DoorRow } from './doors/door-matrix.ts';
export type { Arrival } from './doors/behind-door.ts';
export type { Gap, GapKind } from './doors/gaps.ts';
export type { Distinctions, OneRule } from './doors/distinctions.ts';
export { smallestChange } from './doors/smallest-change.ts';
export type { ChangedFact, FactChange, SmallestChange } from './doors/smallest-change.ts';
export { parseDoors } from './doors/parse-doors.ts';
export type { Door, DoorTable } from './doors/door-table.ts';

// The same for whole populations
export { answerBatch, permittedDays } from './batch/answer-batch.ts';
export { noDay } from './batch/row-ruling.ts';
export type { BatchAnswers, BatchReading, Counting, PermittedDays, RightColumns } from './batch/answer-batch.ts';
export { compareReadings } from './batch/compare-readings.ts';
export type { Compared } from './batch/compare-readings.ts';
export { columnsOf, situationAt, unknownCode } from './batch/columns.ts';
export { contradictionFinder } from './batch/contradictions.ts';
export type { Columns } from './batch/columns.ts';
export type { NumberedRoute } from './batch/shapes.ts';

// What we know about somebody
export { actors, makesSenseToAsk } from './fact-table.ts';
export type { Actor, Contradiction, Duration, FactRow, FactTable, FactType, StepRule } from './fact-table.ts';
export { parseFactTable } from './parse-fact-table.ts';
export { checkFact, parseSituation } from './parse-situation.ts';
export type { ParsedSituation } from './parse-situation.ts';
export type { FactValue, Situation } from './situation.ts';

// The law: files in, one corpus
export { parseLaw } from './parse-law.ts';
export type { Article, ArticleRules, Expression, InputField, LawFile, Literal } from './law-file.ts';
export { fixedReferences } from './references.ts';
export { parseReplacement } from './parse-replacement.ts';
export { layerOf, replacementStatuses } from './replacement.ts';
export type { Replacement, ReplacementStatus } from './replacement.ts';
export { parseRightsTable } from './parse-rights-table.ts';
export type { RightRow, RightsTable } from './rights-table.ts';
export type { ParsedFile } from './parsed-file.ts';
export { loadCorpus } from './load-corpus.ts';
export type { Corpus, CorpusParts } from './corpus.ts';
export { knownDay } from './known-day.ts';

// One law by itself
export { staticProblems } from './check-laws.ts';
export { evaluateLaw } from './evaluate-law.ts';
export type { LawRequest, LawResult, Provenance } from './evaluate-law.ts';
export type { DataSource } from './data-sources.ts';
export { runProcedure } from './run-procedure.ts';
export type { ProcedureResult } from './run-procedure.ts';
export { receiptOf } from './receipt.ts';
export type { Receipt } from './receipt.ts';
export { markingModes } from './markings.ts';
export type { MarkingMode } from './markings.ts';
export type { LawErrorKind } from './law-error.ts';
export type { TraceDocument, TraceNode } from './trace.ts';
export type { Json } from './json.ts';

// Scenarios of laws, and notes on their text
export { runScenario } from './run-scenario.ts';
export type { Scenario, ScenarioOutcome, ScenarioStep } from './run-scenario.ts';
export { resolveNote } from './resolve-note.ts';
export type { NoteResolution, NoteSelector, NoteText } from './resolve-note.ts';
