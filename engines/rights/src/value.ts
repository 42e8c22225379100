import { compareDecimals, formatDecimal, isoDay, parseDay, parseDecimal, type Day, type Decimal } from '@meedoen/units';
import type { Json } from './json.ts';

/**
 * What a law computes with: whole numbers (`bigint`), exact decimals, booleans, text, dates (text written 2026-11-23,
 * or `$referencedate` itself), lists, records, nothing (`null`: the source says there is none), unknown, and what the format cannot express.
 */
export type Value =
  | bigint
  | Decimal
  | boolean
  | string
  | null
  | Unknown
  | Untranslatable
  | ReferenceDate
  | ValueList
  | ValueRecord;
export type ValueList = readonly Value[];
export type ValueRecord = ReadonlyMap<string, Value>;

/** A fact that nobody has given yet: which law asked for it, under which name. */
export type MissingFact = { readonly law: string; readonly name: string; readonly kind: 'no_data' | 'not_passed' };

/** The value of something that depends on facts nobody has given yet. Not a guess, and not "no". */
export class Unknown {
  readonly missing: readonly MissingFact[];
  constructor(missing: readonly MissingFact[]) {
    this.missing = missing;
  }

  /** Unknown for lack of the facts of both. */
  and(other: Unknown): Unknown {
    const more = other.missing.filter((fact) => !this.missing.includes(fact));
    return more.length === 0 ? this : new Unknown([...this.missing, ...more]);
  }
}

/** The value of something that rests on a part of the law that the format cannot express. Not a guess, and not "no". */
export class Untranslatable {
  readonly law: string;
  readonly article: string;
  readonly construct: string;
  constructor(law: string, article: string, construct: string) {
    this.law = law;
    this.article = article;
    this.construct = construct;
  }
}

/** The calculation date as a value: counts as a date, and shows its year, month, day and iso. */
export class ReferenceDate {
  readonly day: Day;
  constructor(day: Day) {
    this.day = day;
  }
}

export type Numeric = bigint | Decimal;

export function isDecimal(value: Value): value is Decimal {
  return typeof value === 'object' && value !== null && 'coefficient' in value;
}

export function isNumeric(value: Value): value is Numeric {
  return typeof value === 'bigint' || isDecimal(value);
}

export function isList(value: Value): value is ValueList {
  return Array.isArray(value);
}

export function isRecord(value: Value): value is ValueRecord {
  return value instanceof Map;
}

export function toDecimal(value: Numeric): Decimal {
  return typeof value === 'bigint' ? { coefficient: value, scale: 0 } : value;
}

export function compareNumbers(a: Numeric, b: Numeric): number {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  return compareDecimals(toDecimal(a), toDecimal(b));
}

/** The day of a date value, or null if the value is not a date written 2026-11-23 (that exists). */
export function dayOfValue(value: Value): Day | null {
  if (value instanceof ReferenceDate) return value.day;
  return typeof value === 'string' ? dayOfText(value) : null;
}

// The same few dates are read over and over; parsing them once keeps a sweep fast. Bounded, because dates come from outside.
const knownDays = new Map<string, Day | null>();
const mostKnownDays = 20_000;

function dayOfText(text: string): Day | null {
  let found = knownDays.get(text);
  if (found === undefined) {
    const parsed = text.length === 10 ? parseDay(text) : null;
    found = parsed?.ok ? parsed.value : null;
    if (knownDays.size >= mostKnownDays) knownDays.clear();
    knownDays.set(text, found);
  }
  return found;
}

/** Are the two the same? Numbers compare as numbers, dates as days, the rest by type and structure. */
export function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (isNumeric(a)) return isNumeric(b) && compareNumbers(a, b) === 0;
  if (a instanceof ReferenceDate || b instanceof ReferenceDate) {
    const day = dayOfValue(a);
    return day !== null && day === dayOfValue(b);
  }
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index] ?? null));
  if (isRecord(a)) {
    if (!isRecord(b) || a.size !== b.size) return false;
    for (const [key, value] of a) if (!b.has(key) || !isSame(value, b.get(key) ?? null)) return false;
    return true;
  }
  return false;
}

/** Every unknown in a value, at any depth, taken together; null if all is known. */
export function unknownWithin(value: Value): Unknown | null {
  if (value instanceof Unknown) return value;
  if (!isList(value) && !isRecord(value)) return null;
  let found: Unknown | null = null;
  for (const item of isList(value) ? value : value.values()) {
    const inner = unknownWithin(item);
    if (inner) found = found ? found.and(inner) : inner;
  }
  return found;
}

/** The first part of a value, at any depth, that the format cannot express; null if there is none. */
export function untranslatableWithin(value: Value): Untranslatable | null {
  if (value instanceof Untranslatable) return value;
  if (!isList(value) && !isRecord(value)) return null;
  for (const item of isList(value) ? value : value.values()) {
    const inner = untranslatableWithin(item);
    if (inner) return inner;
  }
  return null;
}

/** Truth where a law does not insist on a yes or no (schemas up to v0.5.6): false, null, 0, "", [] and {} are not true. */
export function isTrue(value: Value): boolean {
  if (value === null || value === false || value === '' || value === 0n || value instanceof Untranslatable)
    return false;
  if (typeof value !== 'object') return true;
  if (isDecimal(value)) return value.coefficient !== 0n;
  if (isList(value)) return value.length > 0;
  return !isRecord(value) || value.size > 0;
}

/** The kind of a value in words, for messages. */
export function kindOf(value: Value): string {
  if (value === null) return 'null';
  if (value instanceof Unknown) return 'unknown';
  if (value instanceof Untranslatable) return 'untranslatable';
  if (value instanceof ReferenceDate) return 'date';
  if (isNumeric(value)) return 'number';
  if (isList(value)) return 'array';
  if (isRecord(value)) return 'object';
  return typeof value;
}

/** A JSON value as a law value: whole numbers become integers, others exact decimals of their shortest notation. */
export function fromJson(json: Json): Value {
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json;
  if (typeof json === 'number') return numberOf(json);
  if (Array.isArray(json)) return json.map(fromJson);
  return new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value as Json)]));
}

function numberOf(value: number): Numeric {
  if (Number.isSafeInteger(value)) return BigInt(value);
  const exact = parseDecimal(String(value));
  if (!exact) throw new RangeError(`${value} is not a number that a law can compute with.`);
  return exact;
}

/** A law value as JSON. Numbers that JSON cannot hold exactly become text. */
export function toJson(value: Value): Json {
  if (typeof value === 'bigint') return BigInt(Number(value)) === value ? Number(value) : String(value);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Unknown) return { __unknown: true, missing: value.missing };
  if (value instanceof Untranslatable) {
    return { __untranslatable: true, article: value.article, construct: value.construct };
  }
  if (value instanceof ReferenceDate) return isoDay(value.day);
  if (isDecimal(value)) return decimalToJson(value);
  if (isList(value)) return value.map(toJson);
  return Object.fromEntries([...value].map(([key, item]) => [key, toJson(item)]));
}

function decimalToJson(value: Decimal): number | string {
  const text = formatDecimal(value);
  return String(Number(text)) === text ? Number(text) : text;
}
