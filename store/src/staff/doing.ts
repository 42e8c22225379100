/** The moment of an act and the ids it needs; the caller brings them, as everywhere in the store. */
export type Doing = {
  now: Date;
  /** A new UUIDv7. Asked for before a transaction, never in it: when that is tried again, ids stay the same. */
  newId: () => string;
};
