import type { Database } from '../database.ts';

/**
 * Take out what was answered, decided and registered for the example towns by somebody who tried it. Needs the owner of the
 * tables: the pages' role cannot take back what a decision rests on. The audit log keeps its lines.
 */
export async function removeExampleDecisions(database: Database): Promise<void> {
  await database.write(async (transaction) => {
    for (const table of ['programme_effect', 'programme_plan', 'programme_town'] as const) {
      await transaction
        .deleteFrom(table)
        .where('programme_id', 'in', (eb) => eb.selectFrom('programme').select('id').where('example', '=', true))
        .execute();
    }
    await transaction.deleteFrom('programme').where('example', '=', true).execute();
    await transaction.deleteFrom('decision_result').where('example', '=', true).execute();
    await transaction.deleteFrom('decision_action').where('example', '=', true).execute();
    await transaction
      .deleteFrom('decision_citation')
      .where('decision_id', 'in', (eb) => eb.selectFrom('decision').select('id').where('example', '=', true))
      .execute();
    await transaction.deleteFrom('decision').where('example', '=', true).execute();
    await transaction.deleteFrom('decision_ground').where('example', '=', true).execute();
    await transaction.deleteFrom('barrier_answer').where('example', '=', true).execute();
  });
}
