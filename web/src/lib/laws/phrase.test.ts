import { loadKnowledge } from '@meedoen/knowledge';
import { expect, test } from 'vitest';
import { sayIn } from '#lib/language/say.ts';
import { phraseOf, type Phrase } from './phrase.ts';

const { corpus } = await loadKnowledge();
const say = sayIn('nl');

function ruleOf(law: string, article: string, output: string, version = 0): Phrase {
  const file = corpus.laws.filter(({ id }) => id === law).at(version)!;
  const rules = file.articles.find(({ number }) => number === article)!.rules!;
  return phraseOf(rules.actions.find((action) => action.output === output)!.value, {
    say,
    rules,
    facts: corpus.facts,
  });
}

const bare = (line: string) => line.replace(/[\u2066-\u2069]/g, '');
/** Without the invisible marks that keep names of two directions apart. */
const lines = ({ line, under }: Phrase): unknown => (under.length === 0 ? bare(line) : [bare(line), under.map(lines)]);

test.each([
  {
    story: 'a date and a length of time',
    output: 'eerste_dag_na_wachttijd',
    line: 'Asiel gevraagd op + 6 maanden',
  },
  { story: 'a comparison with the day', output: 'wachttijd_voorbij', line: 'de dag zelf ≥ eerste dag na wachttijd' },
  {
    story: 'one of several',
    output: 'recht_op_opvang',
    line: ['minstens één van deze:', ['Opvang van het COA', 'onbekend recht op opvang elders']],
  },
])('$story', ({ output, line }) => {
  expect(lines(ruleOf('besluit_uitvoering_wav_2022', '6.2', output, -1))).toEqual(line);
});

test('the first case that fits, and else', () => {
  expect(lines(ruleOf('besluit_uitvoering_wav_2022', '2.1', 'loonnorm', -1))).toEqual([
    'de eerste die past:',
    [
      'als Na een zoekjaar → norm na zoekjaar',
      'als onder 30 bij begin vergunning → norm onder 30',
      'anders: norm 30 jaar en ouder',
    ],
  ]);
});

test('every rule of every law has words: no line is empty, no operation is left in code', () => {
  const empty: string[] = [];
  for (const { id, articles } of corpus.laws) {
    for (const { number, rules } of articles) {
      for (const { output, value } of rules?.actions ?? []) {
        const walk = ({ line, under }: Phrase): void => {
          if (line === '' || line.includes('undefined') || /^[A-Z_]{4,}$/.test(line))
            empty.push(`${id} ${number} ${output}: ${line}`);
          under.forEach(walk);
        };
        walk(phraseOf(value, { say, rules: rules!, facts: corpus.facts }));
      }
    }
  }
  expect(empty).toEqual([]);
});
