import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKnowledge, type Knowledge } from '@meedoen/knowledge';
import { loadExampleTown, type Database } from '@meedoen/store';
import { startTestServer } from '@meedoen/store/testing';
import { day } from '@meedoen/units';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/chromium.ts';

/** The day that counts as today in these tests, so that the answers stay the same next year. */
export const today = day('2026-11-23');
export const secret = 'a key that only the browser tests use';

/** The built web with a real database and a real Chromium. */
export type World = {
  url: string;
  browser: Browser;
  knowledge: Knowledge;
  /** What the server keeps: to see that it keeps what the pages say, and nothing else. */
  database: Database;
  /** A fresh visitor. Every request that leaves our server is written down in `strangers`. */
  visitor(options?: BrowserContextOptions): Promise<{ context: BrowserContext; page: Page; strangers: string[] }>;
  stop(): Promise<void>;
};

export async function openWorld(): Promise<World> {
  const [databases, browser, knowledge] = await Promise.all([startTestServer(), launchBrowser(), loadKnowledge()]);
  const database = await databases.freshDatabase();
  if (knowledge.exampleTown) await loadExampleTown(database, knowledge.exampleTown);
  const web = await startWeb({ MEEDOEN_DATABASE: databases.urlOf(database) });

  return {
    url: web.url,
    browser,
    knowledge,
    database,
    async visitor(options = {}) {
      const context = await browser.newContext({ baseURL: web.url, reducedMotion: 'reduce', ...options });
      const strangers: string[] = [];
      context.on('request', (request) => {
        if (!request.url().startsWith(web.url) && !request.url().startsWith('data:')) strangers.push(request.url());
      });
      return { context, page: await context.newPage(), strangers };
    },
    async stop() {
      await web.stop();
      await browser.close();
      await database.stop();
      await databases.stop();
    },
  };
}

export type RunningWeb = {
  url: string;
  process: ChildProcess;
  output: () => string;
  stop: () => Promise<number | null>;
};

/** `node web/server.ts` on a free port; resolves when it says that it listens. */
export function startWeb(environment: Record<string, string>): Promise<RunningWeb> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'meedoen-web-'));
  const child = fork(join(import.meta.dirname, '../server.ts'), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      PORT: '0',
      MEEDOEN_DATA: dataFolder,
      MEEDOEN_SECRET: secret,
      MEEDOEN_TODAY: '2026-11-23',
      NODE_ENV: 'production',
      ...environment,
    },
  });
  let said = '';
  child.stdout?.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  void ended.then(() => rmSync(dataFolder, { recursive: true, force: true }));

  return new Promise((resolve, reject) => {
    void ended.then((code) => reject(new Error(`The web server ended with code ${code}:\n${said}`)));
    child.on('message', (message: { ready?: string }) => {
      if (!message.ready) return;
      resolve({
        url: message.ready,
        process: child,
        output: () => said,
        stop: async () => {
          child.kill('SIGTERM');
          return ended;
        },
      });
    });
  });
}
