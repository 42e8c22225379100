import type { Condition, Question } from '@meedoen/experience';

/** Our conditions on earlier questions as an expression of XLSForm (`relevant`); empty where there are none. */
export function relevantOf(askWhen: Condition, askUnless: Condition, questions: readonly Question[]): string {
  const parts = [
    ...Object.entries(askWhen).map(([id, values]) => anyOf(id, values, questions)),
    ...Object.entries(askUnless).map(([id, values]) => `not(${anyOf(id, values, questions, true)})`),
  ];
  return parts.join(' and ');
}

/** For the month in which something ended: a form remembers no earlier month, so that it was there cannot be asked. */
export function endedOf(ends: Condition, questions: readonly Question[]): string {
  return Object.entries(ends)
    .map(([id, values]) => `\${${id}} != '' and not(${anyOf(id, values, questions, true)})`)
    .join(' and ');
}

function anyOf(id: string, values: readonly string[], questions: readonly Question[], bare = false): string {
  const many = questions.find((question) => question.id === id)?.kind === 'choices';
  const tests = values.map((value) => (many ? `selected(\${${id}}, '${value}')` : `\${${id}} = '${value}'`));
  return tests.length === 1 || bare ? tests.join(' or ') : `(${tests.join(' or ')})`;
}

export type Conditions = { readonly askWhen: Condition; readonly askUnless: Condition };

/** What an expression means: one answer to one question, or several of these together. */
type Meaning =
  | { readonly is: { readonly question: string; readonly value: string } }
  | { readonly not: Meaning }
  | { readonly all: readonly Meaning[] }
  | { readonly any: readonly Meaning[] };

/** Raised inside the reader; its message is for the person whose form it is. */
class NotOurs extends Error {}

/**
 * Reads an expression as far as it says that earlier questions have, or have not, one of some answers. Anything else, such
 * as a calculation or a comparison of sizes, gives a message that says what cannot be expressed.
 */
export function parseRelevant(text: string): { ok: true; value: Conditions } | { ok: false; message: string } {
  try {
    // Longer is no condition on answers, and deep brackets would only exhaust us.
    if (text.length > 1000) throw new NotOurs('this one is longer than 1,000 characters');
    const tokens = tokensOf(text);
    const meaning = anyIn(tokens);
    if (tokens.length > 0) throw new NotOurs(`"${tokens[0]!.text}" is not expected there`);
    const askWhen: Record<string, readonly string[]> = {};
    const askUnless: Record<string, readonly string[]> = {};
    for (const one of 'all' in meaning ? meaning.all : [meaning]) {
      if ('not' in one) {
        for (const { question, value } of alternatives(one.not)) {
          askUnless[question] = [...(askUnless[question] ?? []), value];
        }
        continue;
      }
      const several = alternatives(one);
      const { question } = several[0]!;
      if (several.some((other) => other.question !== question)) {
        throw new NotOurs('"or" between answers to different questions cannot be kept: ask it in two questions');
      }
      if (askWhen[question])
        throw new NotOurs(`two conditions on \${${question}} cannot both be kept: join them with "or"`);
      askWhen[question] = several.map(({ value }) => value);
    }
    return { ok: true, value: { askWhen, askUnless } };
  } catch (problem) {
    if (problem instanceof NotOurs) return { ok: false, message: problem.message };
    throw problem;
  }
}

/** The answers of which one is enough. */
function alternatives(meaning: Meaning): { question: string; value: string }[] {
  if ('is' in meaning) return [meaning.is];
  if ('any' in meaning) return meaning.any.flatMap(alternatives);
  throw new NotOurs('a condition inside "not" or "or" may only be an answer to a question');
}

type Token = { readonly kind: 'question' | 'text' | 'word' | 'sign'; readonly text: string };

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const form =
    /\s*(?:\$\{\s*([^}\s]+)\s*\}|'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?|[A-Za-z][A-Za-z0-9_-]*)|(!=|<=|>=|[()=,<>+*|/-]))/y;
  while (form.lastIndex < text.trimEnd().length) {
    const from = form.lastIndex;
    const match = form.exec(text);
    if (!match) throw new NotOurs(`"${text.slice(from).trim().slice(0, 20)}" cannot be read`);
    const [, question, single, double, word, sign] = match;
    if (question !== undefined) tokens.push({ kind: 'question', text: question });
    else if (single !== undefined || double !== undefined) tokens.push({ kind: 'text', text: single ?? double ?? '' });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'sign', text: sign! });
  }
  return tokens;
}

function anyIn(tokens: Token[]): Meaning {
  const parts = [allIn(tokens)];
  while (isNext(tokens, 'word', 'or')) parts.push(allIn(tokens));
  return parts.length === 1 ? parts[0]! : { any: parts };
}

function allIn(tokens: Token[]): Meaning {
  const parts = [oneIn(tokens)];
  while (isNext(tokens, 'word', 'and')) parts.push(oneIn(tokens));
  // (a and b) and c is one list: nothing depends on where the brackets stand.
  const flat = parts.flatMap((part) => ('all' in part ? part.all : [part]));
  return flat.length === 1 ? flat[0]! : { all: flat };
}

function oneIn(tokens: Token[]): Meaning {
  if (isNext(tokens, 'word', 'not')) {
    need(tokens, 'sign', '(');
    const inner = anyIn(tokens);
    need(tokens, 'sign', ')');
    return 'not' in inner ? inner.not : { not: inner };
  }
  if (isNext(tokens, 'word', 'selected')) {
    need(tokens, 'sign', '(');
    const question = need(tokens, 'question');
    need(tokens, 'sign', ',');
    const value = valueIn(tokens);
    need(tokens, 'sign', ')');
    return { is: { question, value } };
  }
  if (isNext(tokens, 'sign', '(')) {
    const inner = anyIn(tokens);
    need(tokens, 'sign', ')');
    return inner;
  }
  const question = need(tokens, 'question');
  if (isNext(tokens, 'sign', '=')) return { is: { question, value: valueIn(tokens) } };
  if (isNext(tokens, 'sign', '!=')) return { not: { is: { question, value: valueIn(tokens) } } };
  throw new NotOurs(`after \${${question}} only = and != with an answer can be kept, no sizes and no calculations`);
}

function valueIn(tokens: Token[]): string {
  const token = tokens.shift();
  if (token?.kind === 'text' && token.text !== '') return token.text;
  if (token?.kind === 'word' && /^-?\d+$/.test(token.text)) return token.text;
  throw new NotOurs(`"${token?.text ?? ''}" is no answer: write it between quotes, such as 'paid'`);
}

function isNext(tokens: Token[], kind: Token['kind'], text: string): boolean {
  if (tokens[0]?.kind !== kind || tokens[0].text !== text) return false;
  tokens.shift();
  return true;
}

function need(tokens: Token[], kind: Token['kind'], text?: string): string {
  const token = tokens.shift();
  if (token?.kind === kind && (text === undefined || token.text === text)) return token.text;
  const wanted = text ?? (kind === 'question' ? 'a question such as ${work}' : kind);
  throw new NotOurs(token ? `"${token.text}" stands where ${wanted} is expected` : `${wanted} is missing at the end`);
}
