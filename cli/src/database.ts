import { Command } from 'commander';
import { backup, migrate, refreshAggregates, releaseBoards, releaseEffects, restore } from '@meedoen/store';
import { dayOf } from './day-option.ts';
import { printJson } from './print.ts';
import { withDatabase } from './with-database.ts';

/** `meedoen db …`: the database, embedded or at DATABASE_URL. */
export function databaseVerbs(): Command {
  const db = new Command('db').description(
    'The database: embedded under .meedoen (or MEEDOEN_DATA), or a server by DATABASE_URL.',
  );

  db.command('migrate')
    .description('Bring the database to the shape this version knows.')
    .addHelpText('after', '\nExample:\n  $ DATABASE_URL=postgres://meedoen@localhost/meedoen meedoen db migrate')
    .action(() => withDatabase(async (database) => printJson(await migrate(database))));

  db.command('backup <file>')
    .description('Write all data into one new file.')
    .addHelpText('after', '\nExample:\n  $ meedoen db backup meedoen-2026-11-23.backup')
    .action((file: string) => withDatabase(async (database) => printJson(await backup(database, file))));

  db.command('restore <file>')
    .description('Replace all data by those of a backup. A newer or broken file is refused and nothing changes.')
    .addHelpText('after', '\nExample:\n  $ meedoen db restore meedoen-2026-11-23.backup')
    .action((file: string) => withDatabase(async (database) => printJson(await restore(database, file))));

  db.command('release')
    .description('Release the next board of each town: months that are over, in tables that nobody can be read from.')
    .option('--on <day>', 'the day of the release (default: today)')
    .option('--town <id...>', 'only these towns')
    .addHelpText('after', '\nExample:\n  $ meedoen db release --town GM0344')
    .action(({ on, town }: { on?: string; town?: string[] }) => {
      const day = dayOf(on);
      return withDatabase(async (database) => {
        await refreshAggregates(database, new Date());
        const boards = await releaseBoards(database, { on: day, ...(town && { towns: town }) });
        if (!town) await releaseEffects(database, { on: day });
        printJson(boards);
      });
    });

  return db;
}
