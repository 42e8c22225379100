/** A result as a person reads it (nl: rapport): what it says, how it looks, how sure we are, and where it came from. */
export type Report = {
  readonly title: string;
  /** What the result says, the most important first. Whole sentences. */
  readonly says: readonly string[];
  readonly figures: readonly Figure[];
  /** What the numbers rest on and cannot say. */
  readonly caveats: readonly string[];
  /** As planned, or changed and why; level of evidence. */
  readonly trust: readonly string[];
  /** Tables that belong to no picture. */
  readonly tables: readonly Table[];
  readonly provenance: Provenance;
};

/** A picture with one message, and the same numbers as a table. */
export type Figure = { readonly title: string; readonly svg: string; readonly table: Table };

export type Table = {
  readonly caption: string;
  readonly columns: readonly string[];
  /** `null` where something is undefined; numbers are already written for the reader. */
  readonly rows: readonly (readonly (string | null)[])[];
};

/** What somebody needs to get the same page again, byte by byte. */
export type Provenance = {
  /** The file, and the SHA-256 of its bytes where it has any to keep. */
  readonly data: string;
  readonly dataHash: string | null;
  readonly rows: number;
  readonly dropped: number;
  readonly command: string;
  readonly version: string;
  /** SHA-256 of the plan's text and the day it was made. */
  readonly plan: { readonly hash: string; readonly decidedOn: string } | null;
};

export type Language = 'nl' | 'en';

/** What the times of the data are counted in. */
export type Unit = 'days' | 'weeks' | 'months' | 'years';
