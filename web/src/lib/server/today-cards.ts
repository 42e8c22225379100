import { isHelpTopic, type HelpTopic } from '@meedoen/knowledge';
import { answerAll, type Answer, type Corpus, type Situation } from '@meedoen/rights';
import type { Day } from '@meedoen/units';
import { differsFrom } from '#lib/answers/differs-from.ts';

/** One answer with everything its card tells. */
export type TodayCard = {
  answer: Answer;
  /** The answer of the printed text, and of what was announced, where they differ. */
  text: Answer | null;
  announced: Answer | null;
  /** Who can help with it, the most fitting first. */
  topics: readonly HelpTopic[];
  /** The day on which the least recently checked of its laws was checked; null when a file does not say. */
  checkedOn: Day | null;
};

/** The cards of a person on a day: of one domain, or of all. */
export function cardsOf(corpus: Corpus, situation: Situation, on: Day, domain?: string): readonly TodayCard[] {
  const of = domain === undefined ? {} : { domain };
  const text = answerAll(corpus, situation, on, { ...of, layer: 'text' });
  const announced = answerAll(corpus, situation, on, { ...of, layer: 'announced' });
  return answerAll(corpus, situation, on, of).map((answer) => ({
    answer,
    text: otherwise(text, answer),
    announced: otherwise(announced, answer),
    topics: topicsOf(corpus, answer.right),
    checkedOn: checkedOn(corpus, answer),
  }));
}

function otherwise(layer: readonly Answer[], answer: Answer): Answer | null {
  const other = layer.find(({ right }) => right === answer.right);
  return other && differsFrom(answer, other) ? other : null;
}

function topicsOf(corpus: Corpus, right: string): readonly HelpTopic[] {
  return corpus.rights.find(({ id }) => id === right)?.personWhoHelps.filter(isHelpTopic) ?? [];
}

function checkedOn(corpus: Corpus, { because }: Answer): Day | null {
  const cited = corpus.laws.filter(({ id, validFrom }) =>
    because.some(({ law, version }) => law === id && version === validFrom),
  );
  const days = cited.map((law) => law.checkedOn).filter((day) => day !== null);
  return days.length < cited.length ? null : (days.sort((a, b) => a - b)[0] ?? null);
}
