import { type Day } from '@meedoen/units';
import type { Condition } from './answer-type.ts';
import type { Expression } from './law-file.ts';
import type { Held, Person } from './person.ts';
import { target, type Route } from './routes.ts';
import { neededSteps } from './steps.ts';
import { firstOpening } from './sweep.ts';

/** The conditions of the routes as they stand for this person on the day; a condition that routes share comes once. */
export function conditionsOf(person: Person, routes: readonly Route[], on: Day): readonly Condition[] {
  const conditions = new Map<string, Condition>();
  for (const route of routes) {
    for (const expression of route.conditions) {
      const name = nameOf(expression, route);
      if (!conditions.has(name)) conditions.set(name, conditionOf(person, route, expression, name, on));
    }
  }
  return [...conditions.values()];
}

function conditionOf(person: Person, route: Route, expression: Expression, name: string, on: Day): Condition {
  const matter = { rule: route.rule, expression };
  const held = person.held(matter, on);
  const opening = held.holds === true ? null : firstOpening(person, matter, on, 'every step done');
  const opens = opening?.holds === true ? opening : null;
  const [step] = opens ? neededSteps(person, matter, opens.on) : [];
  const cited =
    expression.kind === 'reference'
      ? target(route.rule, expression, (law, output) => person.rule(law, output, on))
      : undefined;
  return {
    name,
    state: stateOf(held),
    from: opens && opens.on > on ? opens.on : null,
    step: step ?? null,
    missing: person.idsOf(held.missing),
    because: [(cited ?? route.rule).citation],
  };
}

function nameOf(expression: Expression, route: Route): string {
  return expression.kind === 'reference' ? expression.name : route.name;
}

function stateOf(held: Held): Condition['state'] {
  return held.holds === true ? 'met' : held.holds === false ? 'not met' : 'unknown';
}
