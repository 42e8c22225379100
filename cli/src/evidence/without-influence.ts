/** An estimate for print: influence functions have a number for every row. */
export function withoutInfluence<T extends { influence: unknown }>({ influence: _, ...rest }: T): Omit<T, 'influence'> {
  return rest;
}
