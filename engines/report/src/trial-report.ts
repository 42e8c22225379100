import type { AdaptiveInference, ArmContrast, BatchAudit, NextBatch, ReplayTest } from '@meedoen/trials';
import { drawForest, type ForestRow } from './forest.ts';
import { drawLines } from './lines.ts';
import { sayNotes } from './notes.ts';
import type { Figure, Report } from './report.ts';
import { saySmallest } from './smallest-seen.ts';
import { studyWordsOf, type StudyWords } from './study-words.ts';
import type { PageContext } from './survival-report.ts';
import { sayInterval } from './trust.ts';
import { sayLevel, wordsOf, type Words } from './words.ts';

export type TrialResult = {
  readonly programme: string;
  /** What each batch was proposed with, the coming one last. */
  readonly batches: readonly { readonly batch: number; readonly next: NextBatch }[];
  /** `null` while nobody took part, or an arm has nobody. */
  readonly inference: AdaptiveInference | null;
  readonly audits: readonly BatchAudit[];
  readonly ratioAlarm: boolean;
  readonly replay: ReplayTest | null;
};

/** A programme that learns, as a page: each arm against the control, then who got what with which chance, and who signed. */
export function trialReport(result: TrialResult, context: Omit<PageContext, 'plan'>): Report {
  const words = wordsOf(context.language);
  const study = studyWordsOf(context.language);
  const { inference, batches, audits, replay } = result;
  const strata = batches[batches.length - 1]!.next.strata.map(({ stratum }) => stratum);
  return {
    title: study.trialTitle(result.programme),
    says: inference ? sayContrasts(inference, replay, context.event, words, study) : [study.trialNobody()],
    figures: [
      ...(inference ? [contrastsFigure(inference, words, study)] : []),
      ...strata.flatMap((_, x) => [chancesFigure(batches, x, words, study), beliefFigure(batches, x, words, study)]),
    ],
    tables: audits.length > 0 ? [signedTable(audits, words, study)] : [],
    trust: [
      ...(inference ? [sayLevel(words, inference.contrasts[0]!.level)] : []),
      ...(audits.length > 0
        ? [
            audits.every(({ asProposed, signedThis }) => asProposed && signedThis)
              ? study.allSigned()
              : study.notAllSigned(),
            result.ratioAlarm ? study.ratioAlarm() : study.ratioFine(),
          ]
        : []),
    ],
    caveats: sayNotes(context.language, [
      ...(inference?.contrasts[0]!.assumptions ?? []),
      ...(inference?.contrasts.flatMap(({ diagnostics }) => diagnostics) ?? []),
      ...(replay?.assumptions ?? []),
    ]),
    provenance: context.provenance,
  };
}

function sayContrasts(
  { contrasts }: AdaptiveInference,
  replay: ReplayTest | null,
  outcome: string,
  words: Words,
  study: StudyWords,
): string[] {
  return [
    ...contrasts.flatMap((one) => [
      one.estimate === 0
        ? study.noDifference()
        : study.trialSays(...one.arms, outcome, words.decimal.format(100 * Math.abs(one.estimate)), one.estimate > 0),
      ...sayInterval(words, ofHundred(one).ci),
      ...saySmallest(words, ofHundred(one)),
    ]),
    ...(replay ? [study.trialReplay(words.decimal.format(replay.overall.p), words.whole.format(replay.draws))] : []),
  ];
}

/** In people of 100, as the sentence before it counts them. */
function ofHundred({ se, ci, smallestDetectable: smallest }: ArmContrast) {
  const hundred = (value: number | null): number | null => (value === null ? null : 100 * value);
  return {
    se,
    ci: { ...ci, lower: hundred(ci.lower), upper: hundred(ci.upper) },
    smallestDetectable: smallest && { ...smallest, effect: 100 * smallest.effect },
  };
}

function contrastsFigure({ contrasts }: AdaptiveInference, words: Words, study: StudyWords): Figure {
  const title = study.contrastFigure();
  const rows = contrasts.map(({ arms, estimate, ci }): ForestRow => ({
    name: arms.join(' − '),
    estimate,
    lower: ci.lower,
    upper: ci.upper,
    kind: 'one',
  }));
  return {
    title,
    svg: drawForest(title, rows, 'linear', study.points(), words.axis),
    table: {
      caption: title,
      columns: [study.arm(), words.difference, 'SE', words.lower, words.upper, 'p'],
      rows: contrasts.map(({ arms, estimate, se, ci, p }) => [
        arms.join(' − '),
        ...[estimate, se, ci.lower, ci.upper].map((value) => (value === null ? null : words.decimal.format(value))),
        words.p(p),
      ]),
    },
  };
}

function chancesFigure(batches: TrialResult['batches'], x: number, words: Words, study: StudyWords): Figure {
  const { stratum, arms } = batches[batches.length - 1]!.next.strata[x]!;
  const title = study.chancesFigure(stratum);
  return {
    title,
    svg: drawLines(
      title,
      arms.map(({ arm }, d) => ({
        name: arm,
        points: batches.map(({ batch, next }) => ({
          at: batch,
          value: 100 * next.strata[x]!.arms[d]!.probability,
        })),
        kind: 'line' as const,
      })),
      { x: study.batch(), percent: true },
    ),
    table: {
      caption: title,
      columns: [study.batch(), ...arms.map(({ arm }) => arm)],
      rows: batches.map(({ batch, next }) => [
        String(batch),
        ...next.strata[x]!.arms.map(({ probability }) => `${words.decimal.format(100 * probability)} %`),
      ]),
    },
  };
}

function beliefFigure(batches: TrialResult['batches'], x: number, words: Words, study: StudyWords): Figure {
  const { stratum, arms } = batches[batches.length - 1]!.next.strata[x]!;
  const title = study.beliefFigure(stratum);
  const percent = (share: number): string => `${words.decimal.format(100 * share)} %`;
  return {
    title,
    svg: drawForest(
      title,
      arms.map(({ arm, mean, lower, upper }) => ({ name: arm, estimate: mean, lower, upper, kind: 'one' })),
      'linear',
      words.share,
      words.axis,
    ),
    table: {
      caption: title,
      columns: [study.arm(), words.people, words.share, words.lower, words.upper, study.best(), study.chance()],
      rows: arms.map(({ arm, people, mean, lower, upper, best, probability }) => [
        arm,
        words.whole.format(people),
        ...[mean, lower, upper, best, probability].map(percent),
      ]),
    },
  };
}

function signedTable(audits: readonly BatchAudit[], words: Words, study: StudyWords) {
  const answer = (is: boolean): string => (is ? study.yes() : study.no());
  return {
    caption: study.signedTitle(),
    columns: [study.batch(), words.people, study.signedBy(), study.signedOn(), study.asProposed()],
    rows: audits.map(({ batch, people, signedBy, signedOn, signedThis, asProposed }) => [
      String(batch),
      words.whole.format(people),
      signedThis ? signedBy : null,
      signedThis ? signedOn : null,
      answer(asProposed),
    ]),
  };
}
