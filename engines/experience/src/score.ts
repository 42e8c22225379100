import { valuesOf, type Answers } from './answers.ts';
import { questionOf, type Construct, type Questionnaire, type ScoredItem } from './questionnaire.ts';

/**
 * The score of one construct from one month's answers, on its scale; `null` when too many items are without an answer.
 * A missing item stands where this person's other items stand on average between lowest and highest, as in the panel
 * room. Never a score of a person: it is what the person's own picture and counts of many are made of.
 */
export function scoreOf(questionnaire: Questionnaire, construct: Construct, answers: Answers): number | null {
  const items = construct.items.map((item) => ({ ...rangeOf(questionnaire, item), value: valueOf(item, answers) }));
  const answered = items.filter(({ value }) => value !== null);
  if (answered.length === 0 || items.length - answered.length > construct.mayBeMissing) return null;
  const place = ({ value, lowest, highest, reversed }: (typeof items)[number]): number =>
    reversed ? (highest - value!) / (highest - lowest) : (value! - lowest) / (highest - lowest);
  const average = answered.reduce((sum, item) => sum + place(item), 0) / answered.length;
  const total = items.reduce((sum, item) => {
    const at = item.value === null ? average : place(item);
    return sum + item.lowest + at * (item.highest - item.lowest);
  }, 0);
  const { lowest, highest } = ends(construct, items);
  const score = construct.scoring === 'mean' ? total / items.length : total;
  if (construct.rescaledTo === null) return score;
  const { lowest: low, highest: high } = construct.rescaledTo;
  return low + ((score - lowest) / (highest - lowest)) * (high - low);
}

/** Does a score count in the share that is published, such as "below 60"? `null` where no line is published. */
export function countsInShare({ line }: Construct, score: number): boolean | null {
  if (line === null) return null;
  return line.counts === 'below' ? score < line.score : score >= line.score;
}

/**
 * The construct as the `panel` room reads a scale (`readInstrument`): items with their range and how they add up.
 * The score it computes from columns of answers is the one `scoreOf` gives each row.
 */
export function scaleOf(questionnaire: Questionnaire, construct: Construct): Scale {
  return {
    id: `${questionnaire.id}/${construct.id}`,
    version: String(questionnaire.version),
    items: construct.items.map((item) => ({ id: item.question, ...rangeOf(questionnaire, item) })),
    scoring: construct.scoring,
    rescaledTo: construct.rescaledTo,
    mayBeMissing: construct.mayBeMissing,
    better: construct.better,
    minimalImportantDifference: null,
    terms: questionnaire.terms.text,
    source: construct.source,
  };
}

export type Scale = Pick<Construct, 'scoring' | 'rescaledTo' | 'mayBeMissing' | 'better' | 'source'> & {
  readonly id: string;
  readonly version: string;
  readonly items: readonly {
    readonly id: string;
    readonly lowest: number;
    readonly highest: number;
    readonly reversed: boolean;
  }[];
  /** Nobody has told us one for our questions. */
  readonly minimalImportantDifference: null;
  readonly terms: string;
};

/** The number an answer stands for in a score; `null` when it was skipped. */
export function valueOf({ question, scores }: ScoredItem, answers: Answers): number | null {
  const [value] = valuesOf(answers, question);
  if (value === undefined) return null;
  return scores === null ? Number(value) : (scores[value] ?? null);
}

function rangeOf(
  questionnaire: Questionnaire,
  { question, scores, reversed }: ScoredItem,
): { lowest: number; highest: number; reversed: boolean } {
  if (scores !== null) {
    const numbers = Object.values(scores);
    return { lowest: Math.min(...numbers), highest: Math.max(...numbers), reversed };
  }
  const asked = questionOf(questionnaire, question);
  if (asked?.kind !== 'mark' && asked?.kind !== 'number') {
    throw new RangeError(`${question} has no range: a choice needs "scores".`);
  }
  return { lowest: asked.lowest, highest: asked.highest, reversed };
}

function ends(
  { scoring }: Construct,
  items: readonly { readonly lowest: number; readonly highest: number }[],
): { lowest: number; highest: number } {
  const divisor = scoring === 'mean' ? items.length : 1;
  return {
    lowest: items.reduce((sum, { lowest }) => sum + lowest, 0) / divisor,
    highest: items.reduce((sum, { highest }) => sum + highest, 0) / divisor,
  };
}
