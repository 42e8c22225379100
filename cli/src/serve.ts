import { Command } from 'commander';
import {
  databaseSettings,
  embeddedApplication,
  migrate,
  openDatabase,
  retentionOf,
  type Database,
} from '@meedoen/store';
import { keepExamples } from './examples.ts';
import { isMeedoen, isTaken, startNote } from './port.ts';
import { projectFolder } from './project-folder.ts';
import { Refusal } from './refusal.ts';
import { startRegularTasks } from './regular-tasks.ts';
import { addressOfPlatform, staffLink } from './staff-link.ts';
import { keepRunning } from './web-process.ts';

/** `meedoen serve`: the database and the web server, until somebody stops us. */
export function serveVerb(): Command {
  return new Command('serve')
    .description('Start the database and serve the platform.')
    .option('--port <number>', 'where to serve (default: PORT, or 3000)')
    .addHelpText(
      'after',
      `
Environment: PORT, HOST (127.0.0.1; 0.0.0.0 lets others in), DATABASE_URL, MEEDOEN_DATA (.meedoen),
MEEDOEN_EXAMPLE=yes puts the example town and its synthetic people into a DATABASE_URL too, 0 takes them out.
Months that are kept: MEEDOEN_KEEP_WORDS (12), MEEDOEN_KEEP_CONTRIBUTIONS (36), MEEDOEN_KEEP_FOLLOWED (60),
MEEDOEN_KEEP_WITHDRAWALS (24).

Example:
  $ PORT=8080 meedoen serve`,
    )
    .action(async (options: { port?: string }) => serve(portOf(options.port ?? process.env['PORT'] ?? '3000')));
}

async function serve(port: number): Promise<void> {
  const host = process.env['HOST'] || '127.0.0.1';
  const settings = databaseSettings(process.env, projectFolder);
  const retention = retentionOf(process.env);
  await refuseTakenPort(port, host, settings.dataFolder);

  const stopped = stopWish();
  const database = await openDatabase({ ...settings, say: (sentence) => console.error(sentence) });
  try {
    await migrate(database);
    const examples = await keepExamples(database, process.env['MEEDOEN_EXAMPLE']);
    const forgetNote = await startNote(settings.dataFolder, port);
    const tasks = startRegularTasks(database, { retention, say: (sentence) => console.error(sentence) });
    try {
      await keepRunning(
        {
          PORT: String(port),
          HOST: host,
          MEEDOEN_DATA: settings.dataFolder,
          // The pages may do less than the owner of the tables: with a login of their own, or by stepping into that role.
          MEEDOEN_DATABASE: process.env['MEEDOEN_DATABASE'] || settings.databaseUrl || addressOf(database),
        },
        {
          stopped,
          onReady: (address) => {
            console.log(`\nMeedoen is ready. Open ${address}\nCtrl-C stops it.\n`);
            void sayStaffLink(database, address);
          },
        },
      );
    } finally {
      await tasks.stop();
      await forgetNote();
      await examples.stop();
    }
  } finally {
    await database.stop();
  }
}

/** Nobody works here yet: whoever started this may become the first steward. */
async function sayStaffLink(database: Database, address: string): Promise<void> {
  const made = await staffLink(database, { address: addressOfPlatform(address), always: false }).catch(
    (problem: Error) => {
      console.error(problem.message);
      return null;
    },
  );
  if (made === null) return;
  console.log(`Nobody works here yet. To become the first steward, open this once, before ${made.until.toISOString()}:
${made.link}\n`);
}

/** Resolves when somebody wants us to stop: Ctrl-C, a signal, a closed terminal, or the end of whoever started us. */
function stopWish(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    process.on('disconnect', () => resolve());
  });
}

/** The embedded server listens on a socket in a folder only its owner can enter; this is how `pg` writes that. */
function addressOf({ pool }: Database): string {
  const { host, port, database } = pool.options;
  return `postgres://${embeddedApplication}@/${database}?${new URLSearchParams({ host: String(host), port: String(port) }).toString()}`;
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Refusal(`PORT ${text}: write a whole number from 1 to 65535, such as PORT=3000.`);
}

async function refuseTakenPort(port: number, host: string, dataFolder: string): Promise<void> {
  if (!(await isTaken(port, host))) return;
  const other = `PORT=${port === 65_535 ? 3000 : port + 1} npm start`;
  const running = await isMeedoen(port, dataFolder);
  throw new Refusal(
    running.is
      ? `Meedoen is already running at http://localhost:${port}. Open it, or stop it first: press Ctrl-C where it runs${running.pid ? `, or type: kill ${running.pid}` : ''}.`
      : `Port ${port} is in use by another program. Stop that, or choose another port: ${other}`,
  );
}
