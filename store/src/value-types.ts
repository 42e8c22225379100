import pg from 'pg';

const text = (value: string): string => value;

/** How a value of PostgreSQL becomes one of ours; pinned here, so that no other package can change it. */
const parsers: Readonly<Record<number, (value: string) => unknown>> = {
  [pg.types.builtins.INT8]: (value) => {
    // count(*) and the like; no column of ours is a bigint.
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is too large to count exactly.`);
    return number;
  },
  [pg.types.builtins.NUMERIC]: text,
  // A date has no time zone; as a Date it would move a day west of Greenwich.
  [pg.types.builtins.DATE]: text,
  [pg.types.builtins.TIME]: text,
};

export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const ours = format === 'binary' ? undefined : parsers[oid];
    return (ours ?? pg.types.getTypeParser(oid, format as 'text')) as never;
  },
};
