// A right is an OR of routes, and a route an AND of conditions of which the first is its gate: whom the route is for.
import type { Day } from '@meedoen/units';
import type { Citation } from './answer-type.ts';
import type { Expression, Reference } from './law-file.ts';
import type { Person } from './person.ts';
import type { Rule } from './view.ts';

/** One way to a right: the conditions that must all hold, and the rule in which they stand. */
export type Route = { readonly name: string; readonly rule: Rule; readonly conditions: readonly Expression[] };

/** The alternatives of a right: what it is an OR of, each with the rule in which it stands and the article behind it. */
export type Alternative = {
  readonly name: string;
  readonly rule: Rule;
  readonly expression: Expression;
  readonly citation: Citation;
};

type Find = (law: string, output: string) => Rule | undefined;

/** What the output that `rule` computes is an OR of. */
export function alternativesOf(rule: Rule, find: Find): readonly Alternative[] {
  const { rule: home, expression } = followed(rule, rule.value, find, isOr);
  const alternatives = isOr(expression) ? (expression.list ?? []) : [expression];
  return alternatives.map((alternative) => {
    const name = alternative.kind === 'reference' ? alternative.name : home.output.name;
    const found = alternative.kind === 'reference' ? target(home, alternative, find) : undefined;
    return { name, rule: home, expression: alternative, citation: (found ?? home).citation };
  });
}

/** The routes to the output that `rule` computes. */
export function routesOf(rule: Rule, find: Find): readonly Route[] {
  return alternativesOf(rule, find).map(({ name, rule: home, expression }) => {
    const route = followed(home, expression, find, isAnd);
    if (isAnd(route.expression)) return { name, rule: route.rule, conditions: route.expression.list ?? [] };
    return { name, rule: home, conditions: [expression] };
  });
}

/** The rule that a reference in `rule` leads to, if it leads to an output of this or another law. */
export function target(rule: Rule, { name, path }: Reference, find: Find): Rule | undefined {
  const binding = rule.scope.get(name);
  if (path.length > 0 || !binding) return undefined;
  if (binding.kind === 'output') return find(rule.law, name);
  if (binding.kind !== 'input') return undefined;
  const { source } = binding.input;
  switch (source.kind) {
    case 'fact':
      return undefined;
    case 'same law':
      return find(rule.law, source.output);
    case 'other law':
      return find(source.law, source.output);
  }
}

const mostSteps = 20;

// Follows references as long as they lead to something of the wanted shape; stays put if they never do.
function followed(
  rule: Rule,
  expression: Expression,
  find: Find,
  wanted: (expression: Expression) => boolean,
): { readonly rule: Rule; readonly expression: Expression } {
  let here = { rule, expression };
  for (let step = 0; step < mostSteps && here.expression.kind === 'reference'; step += 1) {
    const next = target(here.rule, here.expression, find);
    if (!next) break;
    here = { rule: next, expression: next.value };
  }
  return wanted(here.expression) ? here : { rule, expression };
}

function isOr(expression: Expression): expression is Extract<Expression, { kind: 'operation' }> {
  return expression.kind === 'operation' && expression.operation === 'OR';
}

function isAnd(expression: Expression): expression is Extract<Expression, { kind: 'operation' }> {
  return expression.kind === 'operation' && expression.operation === 'AND';
}

/** The routes worth showing on a day: the first that holds, or else every route whose gate is not closed to this person. */
export function shownRoutes(person: Person, rule: Rule, on: Day): readonly Route[] {
  const routes = routesOf(rule, (law, output) => person.rule(law, output, on));
  const open = routes.filter((route) => {
    const [gate] = route.conditions;
    return gate !== undefined && person.held({ rule: route.rule, expression: gate }, on).holds !== false;
  });
  const taken = open.find((route) =>
    route.conditions.every((expression) => person.held({ rule: route.rule, expression }, on).holds === true),
  );
  return taken ? [taken] : open;
}
