import type { Expression, Reference } from './law-file.ts';

/** Every expression inside an expression, itself first. */
export function* withParts(expression: Expression): Generator<Expression> {
  yield expression;
  if (expression.kind !== 'operation') return;
  for (const operand of expression.operands) if (operand) yield* withParts(operand);
  for (const item of expression.list ?? []) yield* withParts(item);
  for (const { when, gives } of expression.cases) {
    yield* withParts(when);
    yield* withParts(gives);
  }
}

/** The `$references` in an expression whose meaning is fixed by the article: not those inside a FOREACH, where a bare name may be a field of the element. */
export function* fixedReferences(expression: Expression): Generator<Reference> {
  if (expression.kind === 'reference') {
    if (expression.name !== 'referencedate') yield expression;
    return;
  }
  if (expression.kind !== 'operation') return;
  const operands = expression.operation === 'FOREACH' ? expression.operands.slice(0, 1) : expression.operands;
  for (const operand of operands) if (operand) yield* fixedReferences(operand);
  for (const item of expression.list ?? []) yield* fixedReferences(item);
  for (const { when, gives } of expression.cases) {
    yield* fixedReferences(when);
    yield* fixedReferences(gives);
  }
}
