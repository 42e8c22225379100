import { Command, InvalidArgumentError } from 'commander';
import { migrate, verifyAuditLog } from '@meedoen/store';
import { printJson } from './print.ts';
import { Refusal } from './refusal.ts';
import { addressOfPlatform, staffLink } from './staff-link.ts';
import { withDatabase } from './with-database.ts';

/** `meedoen staff link`: for whoever runs the server, when nobody can sign in. */
export function staffVerbs(): Command {
  const staff = new Command('staff').description('People who work with the platform.');
  staff
    .command('link')
    .description('Make a link, to be used once, with which somebody becomes steward. It is written in the audit log.')
    .addHelpText('after', '\nExample:\n  $ MEEDOEN_ORIGIN=https://meedoen.example meedoen staff link')
    .action(() =>
      withDatabase(async (database) => {
        await migrate(database);
        const address = addressOfPlatform(`http://localhost:${process.env['PORT'] || '3000'}`);
        printJson(await staffLink(database, { address, always: true }));
      }),
    );
  return staff;
}

/** `meedoen audit verify`: is the audit log what it was? */
export function auditVerbs(): Command {
  const audit = new Command('audit').description('The log of what staff did.');
  audit
    .command('verify')
    .description('Make every hash of the log again, along each chain, and hold the daily anchors against them.')
    .option(
      '--anchor <day=digest>',
      'an anchor that you kept from /anchors.json; may be given more than once',
      (text: string, before: Map<string, string>) => {
        const [, day, digest] = /^(\d{4}-\d{2}-\d{2})=([0-9a-f]{64})$/.exec(text) ?? [];
        if (day === undefined)
          throw new InvalidArgumentError('Write it as 2026-11-23=, and then 64 letters and digits.');
        return before.set(day, digest!);
      },
      new Map<string, string>(),
    )
    .addHelpText('after', '\nExample:\n  $ meedoen audit verify')
    .action(({ anchor }: { anchor: Map<string, string> }) =>
      withDatabase(async (database) => {
        const found = await verifyAuditLog(database, anchor);
        printJson(found);
        if (found.broken === null) return;
        const { broken } = found;
        throw new Refusal(
          'anchor' in broken
            ? `The audit log is not what it was: the anchor of ${broken.anchor} is ${broken.what}. Keep this database as it is, and compare it with a backup of before that day.`
            : `The audit log is not what it was: entry ${broken.number} of ${broken.stream} is ${broken.what}. Keep this database as it is, and compare it with your backups.`,
        );
      }),
    );
  return audit;
}
