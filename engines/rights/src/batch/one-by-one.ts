/** Thrown where the law does something that rows cannot do by themselves; such rows are answered one by one. */
export class OneByOne extends Error {}
