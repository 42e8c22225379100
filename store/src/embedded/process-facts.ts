import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/**
 * The command line of a living process, or null. A zombie counts as dead: in a container without an init nobody ever
 * collects it.
 */
export function commandOf(pid: number): string | null {
  if (!Number.isSafeInteger(pid) || pid <= 1) return null;
  if (process.platform === 'linux') {
    try {
      // The name, in brackets, may itself hold brackets: the state follows the last one.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
      if (state === 'Z' || state === 'X') return null;
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    } catch {
      return null;
    }
  }
  try {
    const line = execFileSync('ps', ['-ww', '-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
  } catch {
    return null;
  }
}

/** Is this process the PostgreSQL of this folder? Process ids are given out again, so the number alone says nothing. */
export function isServerOf(pid: number, clusterFolder: string): boolean {
  const command = commandOf(pid);
  return command !== null && /(^|\/)postgres /.test(command) && command.includes(` -D ${clusterFolder} `);
}

/** Does any process serve this folder, or is about to? A server that has just begun has not written its number yet. */
export function someServerOf(clusterFolder: string): boolean {
  return livingPids().some((pid) => isServerOf(pid, clusterFolder));
}

function livingPids(): number[] {
  const names =
    process.platform === 'linux'
      ? readdirSync('/proc')
      : execFileSync('ps', ['-ax', '-o', 'pid='], { encoding: 'utf8' }).split('\n');
  return names.map(Number).filter((pid) => pid > 1);
}
