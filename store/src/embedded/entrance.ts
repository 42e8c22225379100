import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StoreRefusal } from '../refusal.ts';
import { port } from './socket-folder.ts';

export const embeddedUser = 'meedoen';
export const embeddedDatabase = 'meedoen';
/** As whom the pages come in; named as `application-role.ts` expects. */
export const embeddedApplication = `${embeddedUser}_app`;

/** Wait until a starting server lets us in, and by which socket; null when it goes away instead. */
export async function comesUp(
  pid: number,
  lives: () => boolean,
  socketOf: () => Promise<string | null>,
  patienceInMilliseconds: number,
): Promise<string | null> {
  const until = Date.now() + patienceInMilliseconds;
  while (lives()) {
    const socketFolder = await socketOf();
    if (socketFolder !== null && (await canEnter(socketFolder, 'postgres', 'postgres')) === 'yes') return socketFolder;
    if (Date.now() > until) {
      throw new StoreRefusal(
        'server_failed',
        `The database (process ${pid}) runs but does not answer. Look whether it is stopped or still repairing itself after a crash; "kill ${pid}" ends it.`,
      );
    }
    await sleep(10);
  }
  return null;
}

/** Can a client get in? `missing`: the server answers, but has no such user or database. */
export async function canEnter(
  socketFolder: string,
  user: string = embeddedUser,
  database: string = embeddedDatabase,
): Promise<'yes' | 'no' | 'missing'> {
  const client = clientOf(socketFolder, user, database);
  try {
    await client.connect();
    return 'yes';
  } catch (problem) {
    const { code } = problem as { code?: string };
    return code === '28000' || code === '3D000' ? 'missing' : 'no';
  } finally {
    await client.end().catch(() => {});
  }
}

function clientOf(socketFolder: string, user: string, database: string): pg.Client {
  const client = new pg.Client({ host: socketFolder, port, user, database, ssl: false, connectionTimeoutMillis: 3000 });
  client.on('error', () => {}); // Without a listener `pg` ends the process when the server goes.
  return client;
}

/** Our own roles and database: the program itself has no need to be the database's superuser, nor the pages its owner. */
export async function makeDatabase(socketFolder: string): Promise<void> {
  // An older cluster has the owner and not yet the application.
  if ((await canEnter(socketFolder)) === 'yes' && (await canEnter(socketFolder, embeddedApplication)) === 'yes') return;
  const client = clientOf(socketFolder, 'postgres', 'postgres');
  await client.connect();
  try {
    for (const role of [embeddedUser, embeddedApplication]) {
      const roles = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      if (roles.rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN`);
    }
    await client.query(`GRANT ${embeddedApplication} TO ${embeddedUser}`);
    const databases = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [embeddedDatabase]);
    if (databases.rowCount === 0) await client.query(`CREATE DATABASE ${embeddedDatabase} OWNER ${embeddedUser}`);
  } finally {
    await client.end();
  }
}
