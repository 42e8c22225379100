import { changeEffect, changeInSeries } from '@meedoen/board';
import { isoDay, monthOf, type Day } from '@meedoen/units';
import type { Database } from '../database.ts';
import { monthsAtRisk } from './months-at-risk.ts';
import { programmes, type Programme, type ReleasedEffect } from './programmes.ts';

/** So many registered changes are reckoned with. */
const most = 10_000;

/**
 * Tell the effect of every registered change by its plan, once a month, from months that are over. What was released stays. For who
 * owns the tables; the pages may only read. Gives how many were released.
 */
export async function releaseEffects(database: Database, { on }: { on: Day }): Promise<number> {
  let released = 0;
  for (const programme of await programmes(database, { limit: most })) {
    if (programme.effects.some(({ releasedOn }) => releasedOn.slice(0, 7) >= monthOf(on))) continue;
    const effect = await effectOf(database, programme, on);
    const done = await database.write((transaction) =>
      transaction
        .insertInto('programme_effect')
        .values({
          owner_id: programme.owner,
          programme_id: programme.id,
          released_on: isoDay(on),
          plan_version: programme.plans.at(-1)!.version,
          effect: JSON.stringify(effect),
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('programme_id')
        .executeTakeFirst(),
    );
    if (done) released++;
  }
  return released;
}

async function effectOf(database: Database, { change, example, plans }: Programme, on: Day): Promise<ReleasedEffect> {
  const { plan } = plans.at(-1)!;
  const towns = [...change.changes.map(({ town }) => town), ...change.compared];
  const rows = await monthsAtRisk(database, { towns, example, on });
  return change.compared.length < 2 ? changeInSeries(rows, change.changes[0]!, plan) : changeEffect(rows, change, plan);
}
