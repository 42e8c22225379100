import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const root: string = join(import.meta.dirname, '../..');

export type Ended = { code: number | null; stdout: string; stderr: string };

/** Run the real binary as somebody at a terminal would. */
export function meedoen(
  words: readonly string[],
  { input = '', env = {}, cwd = root }: { input?: string; env?: Record<string, string>; cwd?: string } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'cli/bin/meedoen.js'), ...words], {
      cwd,
      env: { ...process.env, NO_COLOR: '1', ...env },
    });
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (text) => (ended.stdout += text));
    child.stderr.on('data', (text) => (ended.stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...ended, code }));
    // A program that refuses early does not read the rest.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
