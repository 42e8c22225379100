import type { Confidence, Place } from '@meedoen/units';
import type { Actor, Duration, FactCondition } from '../fact-table.ts';

/** How long steps take, and what follows on what: `knowledge/situation/timetable.yaml` (nl: tijdlijn). */
export type Timetable = { readonly links: readonly LinkRow[]; readonly chains: readonly ChainRow[] };

/** One thing that takes time: a step of the table of facts, or an event that nobody is asked about, such as a home. */
export type LinkRow = {
  /** The fact id of the step, or the event's own name. */
  readonly id: string;
  /** Null for a step: the table of facts says who. */
  readonly who: Actor | null;
  /** What must come first, besides what the table of facts says of a step. */
  readonly after: readonly string[];
  /** The link is part of a chain only for these people. */
  readonly when: readonly FactCondition[];
  /** It has been done when one of these facts has one of these values. */
  readonly doneWhen: readonly FactCondition[];
  /** The date fact that says since when it is done. */
  readonly doneOn: string | null;
  /** The first whose `when` fits counts. */
  readonly spans: readonly SpanRow[];
  readonly at: Place;
};

/** How long a link takes for some people. What no source says is null, and stays unknown. */
export type SpanRow = {
  readonly when: readonly FactCondition[];
  /** Date facts since which it counts, the first that is known; else from the end of what comes first. */
  readonly countsFrom: readonly string[];
  readonly least: SourcedDuration | null;
  readonly usual: SourcedDuration | null;
  readonly most: SourcedDuration | null;
};

/** Where a length of time comes from: a rule, what an authority aims at, or what was seen. */
export type DurationKind = (typeof durationKinds)[number];
export const durationKinds = ['rule', 'target', 'reported'] as const;

export type SourcedDuration = {
  readonly duration: Duration;
  readonly kind: DurationKind;
  /** The source says "or longer". */
  readonly orLonger: boolean;
  readonly facts: readonly string[];
  readonly confidence: Confidence;
};

/** A chain of events that is no right of its own, such as the road from a home to the end of the integration term. */
export type ChainRow = {
  readonly id: string;
  readonly name: Readonly<Record<string, string>>;
  /** For whom it matters; the right, if named, must not be a plain no. */
  readonly when: readonly FactCondition[];
  readonly right: string | null;
  /** The link it ends with. */
  readonly ends: string;
  readonly at: Place;
};
