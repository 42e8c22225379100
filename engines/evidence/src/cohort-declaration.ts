import { refuse, type Parsed, type Problem, type Refusal } from '@meedoen/units';
import type { Note } from './estimate.ts';

/**
 * The clocks on which a cohort's time can run (nl: startmoment), in the order in which a newcomer passes them. A figure
 * counted from a later moment looks faster, and leaves out whoever never reached it.
 */
const CLOCKS = {
  arrival: { words: 'arrival', needed: 'each person’s day of arrival' },
  registration: { words: 'registration', needed: 'each person’s day of registration' },
  'asylum-request': { words: 'the request for asylum', needed: 'each person’s day of the request' },
  'right-to-work': {
    words: 'the first day on which work was allowed',
    needed: 'the day from which each person may work',
  },
  permit: { words: 'the residence permit', needed: 'each person’s day of the permit' },
  housing: { words: 'a home in a municipality', needed: 'each person’s day of moving in' },
  'calendar-date': { words: 'a date in the calendar', needed: 'each person’s own first day' },
} as const;

/** Who counts (nl: noemer): everyone who asked for protection or registered for it, or only some of them. */
const WHO = {
  'everyone-who-asked': 'everyone who asked for protection or was registered for it, whatever came of it',
  'allowed-to-stay': 'only those who were allowed to stay',
  'registered-residents': 'only those in the population register on the day of counting',
  'in-reception': 'only those in reception',
  'in-programme': 'only those who took part in a programme',
} as const;

/** What is measured (nl: uitkomst). Work is more than having any: an hour on call is not a permanent job. */
const OUTCOMES = {
  'any-work': 'any paid work',
  hours: 'hours of work',
  level: 'the level of the work',
  wage: 'the wage',
  other: 'something else than work',
} as const;

export type Clock = keyof typeof CLOCKS;
export type Who = keyof typeof WHO;
export type OutcomeKind = keyof typeof OUTCOMES;

/** What must be known of a cohort before it may be laid beside another. */
export type CohortDeclaration = {
  /** As the cohort is called in the data. */
  readonly name: string;
  readonly clock: Clock;
  readonly who: Who;
  /** Ages that count, both included. */
  readonly ages: { readonly from: number; readonly to: number };
  /** Whether people who left the country stay in the count. */
  readonly leavers: 'counted' | 'left-out';
  readonly outcome: {
    readonly kind: OutcomeKind;
    /** The definition in words, with its version: equal words are taken for equal definitions. */
    readonly definition: string;
    /** Whether self-employed people can have the outcome. */
    readonly selfEmployed: 'counted' | 'left-out';
    /** Least hours a week, for work to count. */
    readonly atLeastHours?: number;
  };
};

/** One way in which two cohorts are not counted alike: why it matters, and what would mend it. */
export type Mismatch = {
  readonly on: 'clock' | 'who' | 'ages' | 'leavers' | 'outcome' | 'self-employed' | 'hours' | 'definition';
  readonly reference: string | number;
  readonly compared: string | number;
  readonly because: string;
  readonly remedy: string;
};

/** Every way in which two cohorts are counted differently; none when they may be compared. */
export function mismatches(reference: CohortDeclaration, compared: CohortDeclaration): Mismatch[] {
  const found: Mismatch[] = [];
  const differ = (
    on: Mismatch['on'],
    a: string | number,
    b: string | number,
    because: string,
    remedy: string,
  ): void => {
    if (a !== b) found.push({ on, reference: a, compared: b, because, remedy });
  };
  const order = Object.keys(CLOCKS);
  const [early, late] =
    order.indexOf(reference.clock) <= order.indexOf(compared.clock) ? [reference, compared] : [compared, reference];
  const onDate = late.clock === 'calendar-date';
  differ(
    'clock',
    reference.clock,
    compared.clock,
    onDate
      ? `time runs from ${CLOCKS[early.clock].words} for ${early.name}, while ${late.name} is counted on a date, on which people have been here for a different time each`
      : `time runs from ${CLOCKS[early.clock].words} for ${early.name} and from ${CLOCKS[late.clock].words} for ${late.name}: the waiting before that, and whoever never got so far, are left out of ${late.name}`,
    `Count both from the same moment. For ${late.name} that needs ${CLOCKS[early.clock].needed}.`,
  );
  differ(
    'who',
    reference.who,
    compared.who,
    `${reference.name} is ${WHO[reference.who]}, ${compared.name} is ${WHO[compared.who]}`,
    `Count the same people in both. Either add to the narrower cohort those who were left out, with their outcomes, or leave the same kind of people out of the other.`,
  );
  const years = ({ ages }: CohortDeclaration): string => `${ages.from}–${ages.to}`;
  differ(
    'ages',
    years(reference),
    years(compared),
    `ages ${years(reference)} count in ${reference.name} and ages ${years(compared)} in ${compared.name}`,
    `Keep only ages ${Math.max(reference.ages.from, compared.ages.from)}–${Math.min(reference.ages.to, compared.ages.to)} in both.`,
  );
  const stays = (leavers: string): string => (leavers === 'counted' ? 'stay in the count' : 'drop out of the count');
  differ(
    'leavers',
    reference.leavers,
    compared.leavers,
    `people who leave the country ${stays(reference.leavers)} of ${reference.name} and ${stays(compared.leavers)} of ${compared.name}`,
    'Keep leavers in both, with leaving as an outcome of its own.',
  );
  const a = reference.outcome;
  const b = compared.outcome;
  differ(
    'outcome',
    a.kind,
    b.kind,
    `the outcome is ${OUTCOMES[a.kind]} for ${reference.name} and ${OUTCOMES[b.kind]} for ${compared.name}`,
    'Measure the same thing in both.',
  );
  differ(
    'self-employed',
    a.selfEmployed,
    b.selfEmployed,
    `self-employed people are ${a.selfEmployed.replace('-', ' ')} for ${reference.name} and ${b.selfEmployed.replace('-', ' ')} for ${compared.name}`,
    'Count self-employed people in both or in neither.',
  );
  differ(
    'hours',
    a.atLeastHours ?? 0,
    b.atLeastHours ?? 0,
    `work counts from ${a.atLeastHours ?? 0} hours a week for ${reference.name} and from ${b.atLeastHours ?? 0} for ${compared.name}`,
    'Ask the same least number of hours of both.',
  );
  differ(
    'definition',
    a.definition,
    b.definition,
    `the outcome is defined as “${a.definition}” for ${reference.name} and as “${b.definition}” for ${compared.name}`,
    'Use one definition and one version of it; figures before and after a change of definition are two series.',
  );
  return found;
}

/** The refusal of cohorts that are not counted alike, with every reason and remedy in one message; `null` when they are. */
export function refuseMismatch(reference: CohortDeclaration, compared: CohortDeclaration): Refusal | null {
  const found = mismatches(reference, compared);
  if (found.length === 0) return null;
  return refuse(
    'cohorts-counted-differently',
    `${compared.name} and ${reference.name} cannot be compared yet. ${found
      .map(({ because, remedy }, at) => `(${at + 1}) ${because[0]!.toUpperCase()}${because.slice(1)}. ${remedy}`)
      .join(' ')}`,
    { reference: reference.name, compared: compared.name, differences: found.map(({ on }) => on).join(', ') },
  );
}

/** What alike declarations still leave open. */
export function declarationNotes({ clock, outcome }: CohortDeclaration): Note[] {
  const notes: Note[] = [];
  if (outcome.kind === 'any-work') {
    notes.push({
      what: 'job-quality',
      words: {},
      message:
        'Any work counts here, a few hours on call as much as a lasting job. Compare hours, level or wage as well before saying that a cohort does better.',
    });
  }
  if (clock === 'calendar-date') {
    notes.push({
      what: 'clock-is-a-date',
      words: {},
      message:
        'Both cohorts are counted on a date, and people have been here for a different time each. Add the time since arrival to the characteristics.',
    });
  }
  return notes;
}

/**
 * Read two declarations from JSON: the reference first. Refuses, with a pointer, what is missing, of another kind, or not
 * among the choices, and two cohorts of one name.
 */
export function readDeclarations(json: unknown): Parsed<readonly [CohortDeclaration, CohortDeclaration]> {
  if (!Array.isArray(json) || json.length !== 2) {
    return refuseAt(
      '',
      'two-cohorts-needed',
      'Give two cohorts in a list: the reference first, then the one compared with it.',
    );
  }
  const read: CohortDeclaration[] = [];
  for (const [at, value] of json.entries()) {
    const declaration = readDeclaration(value, `/${at}`);
    if (!declaration.ok) return declaration;
    read.push(declaration.value);
  }
  const [reference, compared] = read as [CohortDeclaration, CohortDeclaration];
  if (reference.name === compared.name) {
    return refuseAt(
      '/1/name',
      'cohorts-of-one-name',
      `Both cohorts are called ${reference.name}. Give each its own name.`,
    );
  }
  return { ok: true, value: [reference, compared] };
}

function readDeclaration(json: unknown, pointer: string): Parsed<CohortDeclaration> {
  const problems: Problem[] = [];
  const part = (of: unknown, key: string, at: string): unknown => {
    if (typeof of === 'object' && of !== null && key in of) return (of as Record<string, unknown>)[key];
    problems.push(problemAt(`${at}/${key}`, 'declaration-missing', `“${key}” is missing. Say it for both cohorts.`));
    return undefined;
  };
  const choice = <Name extends string>(value: unknown, names: readonly Name[], at: string): Name => {
    if (value !== undefined && !names.includes(value as Name)) {
      const message = `${JSON.stringify(value)} is not a choice. Use one of: ${names.join(', ')}.`;
      problems.push(problemAt(at, 'declaration-not-a-choice', message));
    }
    return value as Name;
  };
  const text = (value: unknown, at: string): string => {
    if (value !== undefined && (typeof value !== 'string' || value.trim() === '')) {
      problems.push(problemAt(at, 'declaration-not-text', 'Write a text between quotes.'));
    }
    return String(value);
  };
  const number = (value: unknown, at: string): number => {
    if (value !== undefined && !(typeof value === 'number' && value >= 0 && value < Infinity)) {
      problems.push(problemAt(at, 'declaration-not-a-number', 'Write a number from 0 up, without quotes.'));
    }
    return Number(value);
  };
  const yesNo = ['counted', 'left-out'] as const;
  const ages = part(json, 'ages', pointer);
  const outcome = part(json, 'outcome', pointer);
  const inAges = (key: string): number =>
    ages === undefined ? 0 : number(part(ages, key, `${pointer}/ages`), `${pointer}/ages/${key}`);
  const inOutcome = (key: string): unknown =>
    outcome === undefined ? undefined : part(outcome, key, `${pointer}/outcome`);
  const hours =
    typeof outcome === 'object' && outcome !== null && 'atLeastHours' in outcome
      ? number(outcome.atLeastHours, `${pointer}/outcome/atLeastHours`)
      : undefined;
  const declaration: CohortDeclaration = {
    name: text(part(json, 'name', pointer), `${pointer}/name`),
    clock: choice(part(json, 'clock', pointer), Object.keys(CLOCKS) as Clock[], `${pointer}/clock`),
    who: choice(part(json, 'who', pointer), Object.keys(WHO) as Who[], `${pointer}/who`),
    ages: { from: inAges('from'), to: inAges('to') },
    leavers: choice(part(json, 'leavers', pointer), yesNo, `${pointer}/leavers`),
    outcome: {
      kind: choice(inOutcome('kind'), Object.keys(OUTCOMES) as OutcomeKind[], `${pointer}/outcome/kind`),
      definition: text(inOutcome('definition'), `${pointer}/outcome/definition`),
      selfEmployed: choice(inOutcome('selfEmployed'), yesNo, `${pointer}/outcome/selfEmployed`),
      ...(hours !== undefined && { atLeastHours: hours }),
    },
  };
  if (problems.length === 0 && declaration.ages.from > declaration.ages.to) {
    problems.push(problemAt(`${pointer}/ages`, 'ages-turned-round', 'The lowest age comes first: from, then to.'));
  }
  return problems.length > 0 ? { ok: false, problem: problems[0]! } : { ok: true, value: declaration };
}

function problemAt(pointer: string, what: string, message: string): Problem {
  return { at: { pointer }, what, words: {}, message };
}

function refuseAt(pointer: string, what: string, message: string): Refusal {
  return { ok: false, problem: problemAt(pointer, what, message) };
}
