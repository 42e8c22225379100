import type { EvidenceLevel, Note } from './estimate.ts';

/** How a difference came about, from weak to strong. */
export type Design =
  | 'description'
  | 'raw-comparison'
  | 'before-after'
  | 'named-characteristics'
  | 'matching'
  | 'difference-in-differences'
  | 'regression-discontinuity'
  | 'instrument'
  | 'randomised';

const levelOf: Readonly<Record<Design, EvidenceLevel>> = {
  description: null,
  'raw-comparison': 1,
  'before-after': 1,
  'named-characteristics': 2,
  matching: 3,
  'difference-in-differences': 3,
  'regression-discontinuity': 4,
  instrument: 4,
  randomised: 5,
};

/**
 * The level of a design on the Maryland scale as What Works Growth uses it: computed, not chosen. Each failed check (no
 * balance, a trend before the change, a jump in the density …) takes one off, down to 1.
 *
 * L. W. Sherman and others (1997), Preventing Crime; What Works Growth, scoring guide.
 */
export function marylandLevel(design: Design, failedChecks = 0): EvidenceLevel {
  const level = levelOf[design];
  return level === null ? null : (Math.max(1, level - failedChecks) as EvidenceLevel);
}

/** What makes a whole body of evidence less sure, or more. Each counts one step; `serious` two. */
export type Doubts = {
  readonly bias?: Doubt;
  readonly inconsistency?: Doubt;
  /** Measured elsewhere, on others, or on something that only stands for what matters. */
  readonly indirectness?: Doubt;
  readonly imprecision?: Doubt;
  readonly publicationBias?: Doubt;
};
type Doubt = 'none' | 'some' | 'serious';

export type Strengths = { readonly largeEffect?: boolean; readonly doseResponse?: boolean };

export type Certainty = {
  readonly certainty: 'high' | 'moderate' | 'low' | 'very low';
  /** The verb that goes with it: “does”, “probably does”, “may”, “we do not know”. */
  readonly word: 'does' | 'probably' | 'may' | 'unknown';
  /** What took it down or up, for the reader. */
  readonly because: readonly Note[];
};

const steps = [
  { certainty: 'very low', word: 'unknown' },
  { certainty: 'low', word: 'may' },
  { certainty: 'moderate', word: 'probably' },
  { certainty: 'high', word: 'does' },
] as const;

/**
 * How certain, in the words of GRADE: randomised evidence starts high and other evidence low; doubts take it down, a large
 * effect or a dose–response takes it up.
 *
 * G. H. Guyatt and others (2008), BMJ 336, 924–926.
 */
export function certainty(design: Design, doubts: Doubts = {}, strengths: Strengths = {}): Certainty {
  const because: Note[] = [];
  const randomised = design === 'randomised';
  let step = randomised ? 3 : 1;
  because.push({
    what: randomised ? 'starts-high' : 'starts-low',
    words: { design },
    message: randomised ? 'Chance decided who took part.' : 'Chance did not decide who took part.',
  });
  for (const [doubt, size] of Object.entries(doubts)) {
    if (size === 'none') continue;
    step -= size === 'serious' ? 2 : 1;
    because.push({ what: 'taken-down', words: { doubt, size }, message: `Taken down for ${size} ${words[doubt]!}.` });
  }
  for (const [strength, is] of Object.entries(strengths)) {
    if (!is) continue;
    step += 1;
    because.push({ what: 'taken-up', words: { strength }, message: `Taken up for ${words[strength]!}.` });
  }
  return { ...steps[Math.min(3, Math.max(0, step))]!, because };
}

const words: Readonly<Record<string, string>> = {
  bias: 'risk of bias',
  inconsistency: 'inconsistency between studies',
  indirectness: 'indirectness',
  imprecision: 'imprecision',
  publicationBias: 'risk of publication bias',
  largeEffect: 'a large effect',
  doseResponse: 'a dose–response',
};

/** The steps of the Dutch recognition of interventions (nl: Erkenning van Interventies). */
export type RecognitionStep =
  | 'none'
  | 'goed-beschreven'
  | 'goed-onderbouwd'
  | 'eerste-aanwijzingen'
  | 'goede-aanwijzingen'
  | 'sterke-aanwijzingen';

export type RecognitionAtMost = {
  readonly step: RecognitionStep;
  /** How long a recognition is valid: 3 years for “goed beschreven”, 5 for the rest; `null` for none. */
  readonly validForYears: 3 | 5 | null;
  readonly missing: readonly Note[];
};

/**
 * The highest step of the Dutch recognition ladder that these studies could support: never a recognition, which a committee
 * gives. “Effectief” asks at least two studies of effect; which hints they are depends on their level on the Maryland scale.
 *
 * Erkenning van Interventies; Movisie takes part since 2012. How levels map to first, good and strong hints is our reading.
 */
export function recognitionAtMost(studies: {
  readonly described: boolean;
  /** Is there a worked-out reason, with literature, why it would work? */
  readonly founded: boolean;
  readonly effectStudies: readonly { readonly level: EvidenceLevel }[];
}): RecognitionAtMost {
  const missing: Note[] = [];
  const miss = (what: string, message: string): void => void missing.push({ what, words: {}, message });
  if (!studies.described) {
    miss('not-described', 'Describe goal, people, method and conditions, so that others can do the same.');
    return { step: 'none', validForYears: null, missing };
  }
  if (!studies.founded) {
    miss('not-founded', 'Say with literature why it would work.');
    return { step: 'goed-beschreven', validForYears: 3, missing };
  }
  const levels = studies.effectStudies.map(({ level }) => level ?? 0).sort((a, b) => b - a);
  if (levels.length < 2) {
    miss('too-few-studies', `“Effectief” asks at least two studies of effect; here ${levels.length} is known.`);
    return { step: 'goed-onderbouwd', validForYears: 5, missing };
  }
  const second = levels[1]!;
  if (second >= 4) return { step: 'sterke-aanwijzingen', validForYears: 5, missing };
  miss('stronger-design', 'A stronger hint asks two studies of a stronger design: with chance, or around a threshold.');
  if (second >= 3) return { step: 'goede-aanwijzingen', validForYears: 5, missing };
  return { step: 'eerste-aanwijzingen', validForYears: 5, missing };
}
