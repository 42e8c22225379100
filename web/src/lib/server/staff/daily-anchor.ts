import { fromDatabase } from '../database.ts';

const minutesBetweenLooks = 10;

/** Once a day (in Greenwich), by the first server that looks, the audit log is put under one published digest. */
export function layAnchorsDaily(): void {
  const look = (): void => {
    const now = new Date();
    void fromDatabase((store, database) => store.layAnchor(database, now.toISOString().slice(0, 10), now));
  };
  look();
  setInterval(look, minutesBetweenLooks * 60_000).unref();
}
