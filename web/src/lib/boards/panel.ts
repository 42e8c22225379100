/** One message of a board: sentences first, then the picture, then the numbers, then what to keep in mind. */
export type Panel = {
  id: string;
  title: string;
  says: readonly string[];
  pictures: readonly Picture[];
  /** What it cannot say, and how old it is. */
  mind: readonly string[];
};

export type Picture = {
  title: string | null;
  says: readonly string[];
  /** An SVG of our own drawing with its caption; null where too little is known to draw. */
  drawing: { svg: string; caption: string } | null;
  table: NumbersTable | null;
};

export type NumbersTable = {
  caption: string;
  columns: readonly string[];
  /** Null: not shown. */
  rows: readonly (readonly (string | null)[])[];
};
