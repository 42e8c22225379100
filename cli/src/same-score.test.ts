import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleOf, scoreOf, type Answers, type Construct } from '@meedoen/experience';
import { loadInstruments } from '@meedoen/knowledge';
import { readInstrument, scoreInstrument } from '@meedoen/panel';

// The person's own picture and the counts of many are made in two rooms; they must not tell two stories.
const { asked, unworded } = loadInstruments(null).instruments;
const all = [...asked, ...unworded].flatMap(({ questionnaire }) =>
  questionnaire.constructs.map((construct) => ({
    story: `${questionnaire.id}/${construct.id}`,
    questionnaire,
    construct,
  })),
);

test.each(all)('$story: one month by itself and many in columns get the same score', ({ questionnaire, construct }) => {
  const lenient: Construct = { ...construct, mayBeMissing: construct.items.length - 1 };
  const scale = readInstrument(JSON.parse(JSON.stringify(scaleOf(questionnaire, lenient))));
  if (!scale.ok) throw new Error(scale.problem.message);
  const given = fc.tuple(
    ...construct.items.map(({ question, scores }) => {
      const asks = questionnaire.questions.find(({ id }) => id === question)!;
      const values = scores
        ? Object.keys(scores)
        : 'lowest' in asks
          ? Array.from({ length: asks.highest - asks.lowest + 1 }, (_, step) => String(asks.lowest + step))
          : [];
      return fc.constantFrom(...values, null);
    }),
  );
  fc.assert(
    fc.property(fc.array(given, { minLength: 1, maxLength: 8 }), (people) => {
      const columns = construct.items.map(({ question, scores }, at) => ({
        name: question,
        values: people.map((values) =>
          values[at] === null || values[at] === undefined ? NaN : scores ? scores[values[at]]! : Number(values[at]),
        ),
      }));
      const many = scoreInstrument(scale.value, columns);
      if (!many.ok) throw new Error(many.problem.message);
      for (const [row, values] of people.entries()) {
        const answers: Answers = Object.fromEntries(
          construct.items.flatMap(({ question }, at) =>
            values[at] === null || values[at] === undefined ? [] : [[question, { values: [values[at]], words: null }]],
          ),
        );
        const one = scoreOf(questionnaire, lenient, answers);
        if (one === null) expect(many.value.score[row]).toBeNaN();
        else expect(many.value.score[row]).toBeCloseTo(one, 9);
      }
    }),
  );
});
