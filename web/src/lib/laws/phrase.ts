import type { ArticleRules, Expression, FactTable, Literal } from '@meedoen/rights';
import type { Say } from '#lib/language/say.ts';

/** A rule as people read it: a line, and what stands under it. */
export type Phrase = { line: string; under: readonly Phrase[] };

/** What the names in an article stand for. */
export type Wording = { say: Say; rules: ArticleRules; facts: FactTable };

/** How an output comes about, in words. Law is Dutch, so `say` is best the Dutch speaker. */
export function phraseOf(expression: Expression, wording: Wording): Phrase {
  const line = inOneLine(expression, wording);
  if (line !== null) return { line, under: [] };
  if (expression.kind !== 'operation') return { line: '', under: [] };

  const { say } = wording;
  const { operation, operands, list, cases } = expression;
  const phrase = (part: Expression) => phraseOf(part, wording);
  switch (operation) {
    case 'AND':
    case 'OR':
      return { line: say(operation === 'AND' ? 'laws.rule.all' : 'laws.rule.any'), under: (list ?? []).map(phrase) };
    case 'NOT':
      return { line: say('laws.rule.not'), under: operands.filter((one) => one !== null).map(phrase) };
    case 'IF': {
      const [otherwise] = operands;
      return {
        line: say('laws.rule.first-that-fits'),
        under: [
          ...cases.map(({ when, gives }) => whenThen(phrase(when), phrase(gives), say)),
          ...(otherwise ? [joined(say('laws.rule.else'), phrase(otherwise))] : []),
        ],
      };
    }
    default:
      return {
        line: say.maybe(`laws.rule.operation.${operation}`) ?? operation,
        under: [...operands.filter((one) => one !== null), ...(list ?? [])].map(phrase),
      };
  }
}

function whenThen(when: Phrase, gives: Phrase, say: Say): Phrase {
  if (when.under.length === 0 && gives.under.length === 0) {
    return { line: say('laws.rule.if-then', { when: when.line, gives: gives.line }), under: [] };
  }
  return joined(say('laws.rule.if'), when, [joined(say('laws.rule.then'), gives)]);
}

function joined(word: string, { line, under }: Phrase, more: readonly Phrase[] = []): Phrase {
  return { line: `${word} ${line}`.trim(), under: [...under, ...more] };
}

const signs: Readonly<Record<string, string>> = {
  EQUALS: '=',
  GREATER_THAN: '>',
  LESS_THAN: '<',
  GREATER_THAN_OR_EQUAL: '≥',
  LESS_THAN_OR_EQUAL: '≤',
  ADD: '+',
  SUBTRACT: '−',
  MULTIPLY: '×',
  DIVIDE: '÷',
};

/** Short enough for a line; null when it is not. */
function inOneLine(expression: Expression, wording: Wording): string | null {
  const { say } = wording;
  if (expression.kind === 'literal') return sayLiteral(expression.value, say);
  if (expression.kind === 'reference') return sayName(expression.name, expression.path, wording);

  const { operation, operands, list, settings } = expression;
  const one = (at: number) => {
    const operand = operands[at];
    return operand ? inOneLine(operand, wording) : null;
  };
  const sign = signs[operation];
  switch (operation) {
    case 'EQUALS': {
      const [subject, value] = operands;
      if (value?.kind === 'literal' && typeof value.value === 'boolean') return yesOrNo(one(0), value.value, say);
      const chosen = subject && value ? choiceOf(subject, value, wording) : null;
      return both(one(0), chosen ?? one(1), '=');
    }
    case 'GREATER_THAN':
    case 'LESS_THAN':
    case 'GREATER_THAN_OR_EQUAL':
    case 'LESS_THAN_OR_EQUAL':
      return both(one(0), one(1), sign ?? '');
    case 'ADD':
    case 'SUBTRACT':
    case 'MULTIPLY':
    case 'DIVIDE': {
      const parts = (list ?? []).map((part) => inOneLine(part, wording));
      return parts.every((part) => part !== null) && parts.length < 5 ? parts.join(` ${sign} `) : null;
    }
    case 'NOT': {
      const [inner] = operands;
      const line = one(0);
      return inner?.kind === 'reference' && line !== null ? yesOrNo(line, false, say) : null;
    }
    case 'IN': {
      const [subject, value] = operands;
      const values =
        list ?? (value?.kind === 'literal' && Array.isArray(value.value) ? value.value.map(asLiteral) : null);
      if (!subject || !values) return null;
      const words = values.map((part) => choiceOf(subject, part, wording) ?? inOneLine(part, wording));
      const head = one(0);
      return head !== null && words.every((word) => word !== null)
        ? say('laws.rule.one-of', { subject: head, list: say.list(words) })
        : null;
    }
    case 'DATE_ADD': {
      const date = one(0);
      const lengths = (['years', 'months', 'weeks', 'days'] as const).flatMap((unit, at) => {
        const length = one(at + 1);
        if (operands[at + 1] === null || operands[at + 1] === undefined) return [];
        const count = Number(length);
        return [
          Number.isFinite(count)
            ? say(`today.step.time.${unit}`, { count })
            : `${length} (${say(`laws.rule.unit.${unit}`)})`,
        ];
      });
      return date === null ? null : `${date} + ${lengths.join(' + ')}`;
    }
    case 'AGE': {
      const [born, on] = [one(0), one(1)];
      return born === null || on === null ? null : say('laws.rule.age', { born, on });
    }
    case 'START_OF': {
      const date = one(0);
      return date === null
        ? null
        : say(settings.get('in') === 'year' ? 'laws.rule.start-year' : 'laws.rule.start-month', { date });
    }
    default:
      return null;
  }
}

function both(one: string | null, other: string | null, sign: string): string | null {
  return one === null || other === null ? null : `${one} ${sign} ${other}`;
}

function yesOrNo(line: string | null, yes: boolean, say: Say): string | null {
  return line === null ? null : `${line}: ${say(yes ? 'laws.rule.yes' : 'laws.rule.no')}`;
}

const asLiteral = (value: Literal): Expression => ({ kind: 'literal', value, at: { file: '', line: 0, column: 0 } });

/** A choice of one of our questions in its own words; null when it is something else. */
function choiceOf(subject: Expression, value: Expression, { say, rules, facts }: Wording): string | null {
  if (subject.kind !== 'reference' || value.kind !== 'literal' || typeof value.value !== 'string') return null;
  const isFact = rules.inputs.some(({ name, source }) => name === subject.name && source.kind === 'fact');
  const fact = isFact ? facts.facts.find(({ lawName }) => lawName === subject.name) : undefined;
  const words = fact ? say.maybe(`questions.${fact.id}.choice.${value.value}`) : null;
  return words === null ? null : `“${words}”`;
}

/** A name in a law file as people read it; a fact has the words of its question. */
function sayName(name: string, path: readonly string[], { say, rules, facts }: Wording): string {
  if (name === 'referencedate') return say('laws.rule.today');
  const definition = rules.definitions.get(name);
  if (definition !== undefined && path.length === 0 && !Array.isArray(definition)) {
    return sayLiteral(definition, say);
  }
  const isFact = rules.inputs.some((input) => input.name === name && input.source.kind === 'fact');
  const fact = isFact ? facts.facts.find(({ lawName }) => lawName === name) : undefined;
  return [fact ? (say.maybe(`questions.${fact.id}.short`) ?? plain(name)) : plain(name), ...path.map(plain)].join(
    ' › ',
  );
}

/** A number or list that the article names, such as six months. */
export function sayDefinition(value: Literal, { say }: Pick<Wording, 'say'>): string {
  return sayLiteral(value, say);
}

export function plain(name: string): string {
  return name.replace(/^\$/, '').replaceAll('_', ' ');
}

function sayLiteral(value: Literal, say: Say): string {
  if (value === null) return say('laws.rule.nothing');
  if (typeof value === 'boolean') return say(value ? 'laws.rule.yes' : 'laws.rule.no');
  if (typeof value === 'bigint') return say.number(Number(value));
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return say.list(value.map((one: Literal) => sayLiteral(one, say)));
  if ('coefficient' in value) return say.number(Number(value.coefficient) / 10 ** value.scale);
  return '…';
}
