import type { Operation } from './law-file.ts';
import { add, divide, greatest, least, multiply, roundTo, subtract } from './arithmetic.ts';
import { age, dateAdd, dateDiff, dateFrom, datePart, dayOfWeek, startOf } from './calendar.ts';
import { compare, satisfies } from './comparison.ts';
import { LawError } from './law-error.ts';
import type { OperationName } from './operation-table.ts';
import type { Value } from './value.ts';

/**
 * Computes an operation on operands that are known and not null: the single operands in the order of the operation
 * table (undefined = left out), then the listed ones. The operations that decide for themselves what they read
 * (AND, OR, NOT, IF, EQUALS, IN, LIST, FOREACH) are not among them.
 */
export function operate({ operation, settings }: Operation, operands: readonly (Value | undefined)[]): Value {
  const [first = null, second = null, third = null] = operands;
  switch (operation) {
    case 'ADD':
      return add(operands as readonly Value[]);
    case 'SUBTRACT':
      return subtract(operands as readonly Value[]);
    case 'MULTIPLY':
      return multiply(operands as readonly Value[]);
    case 'DIVIDE':
      return divide(operands as readonly Value[]);
    case 'MIN':
      return least(operands as readonly Value[]);
    case 'MAX':
      return greatest(operands as readonly Value[]);
    case 'ROUND':
    case 'CEIL':
    case 'FLOOR':
      return roundTo(operation, first, Number(settings.get('precision')));
    case 'GREATER_THAN':
    case 'LESS_THAN':
    case 'GREATER_THAN_OR_EQUAL':
    case 'LESS_THAN_OR_EQUAL':
      return satisfies(operation, compare(first, second));
    case 'AGE':
      return age(first, second);
    case 'DATE_ADD':
      return dateAdd(first, operands.slice(1));
    case 'DATE':
      return dateFrom(first, second, third);
    case 'DAY_OF_WEEK':
      return dayOfWeek(first);
    case 'DATE_DIFF':
      return dateDiff(first, second, third);
    case 'DATE_PART':
      return datePart(first, String(settings.get('in')));
    case 'START_OF':
      return startOf(first, String(settings.get('in')));
    default:
      throw new LawError('InvalidOperation', `Invalid operation: ${operation}`);
  }
}

/** Which way the result moves when the operand at this position grows: 1 up, -1 down, 0 = it depends. */
export function directionOf(operation: OperationName, position: number): 1 | -1 | 0 {
  switch (operation) {
    case 'ADD':
    case 'MIN':
    case 'MAX':
    case 'ROUND':
    case 'CEIL':
    case 'FLOOR':
    case 'START_OF':
      return 1;
    case 'SUBTRACT':
      return position === 0 ? 1 : -1;
    case 'DATE_ADD':
      return position === 0 ? 1 : 0;
    case 'AGE':
    case 'DATE_DIFF':
      return position === 0 ? -1 : position === 1 ? 1 : 0;
    default:
      return 0;
  }
}
