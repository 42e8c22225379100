import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { levelOf, rows, standingRooms } from './house.ts';

/** The front door, the side door that tests may use, and what npm itself reads. */
const doors = ['.', './testing', './package.json'];

/** What the folder tree, the manifests and the drawing in ARCHITECTURE.md say differently; empty when they agree. */
export function checkHouse(root: string): string[] {
  const rooms = standingRooms(root);
  const complaints: string[] = [];

  for (const room of rooms) {
    const { name, folder, level, mayUse, manifest } = room;
    const complain = (what: string): number => complaints.push(`${folder}/package.json: ${what}`);
    if (manifest.name !== `@meedoen/${name}`) complain(`the name must be @meedoen/${name}, after its folder.`);
    if (level < 0) {
      complain(`no row of the house has a room "${name}". Draw it in scripts/house.ts and ARCHITECTURE.md first.`);
      continue;
    }
    for (const used of mayUse) {
      if (levelOf(used) <= level) complain(`"${name}" may not use "${used}": it lies ${up(levelOf(used), level)}.`);
      if (!rooms.some((other) => other.name === used)) complain(`"${used}" does not stand yet.`);
    }
    for (const [door, file] of Object.entries(manifest.exports ?? {})) {
      if (!doors.includes(door)) complain(`"${door}" is no door: others enter by ".", tests also by "./testing".`);
      if (typeof file !== 'string' || !existsSync(join(root, folder, file))) complain(`${String(file)} is missing.`);
    }
    if (!manifest.exports?.['.']) complain('a room has a front door: "exports": { ".": … }.');
    if (room.pure && !folder.startsWith('engines/')) complain('a pure room lives in engines/.');
    if (room.pure && !existsSync(join(root, folder, 'README.md'))) complain('an engine explains itself in README.md.');
  }

  const standing = rows.map(({ row }, level) => ({ row, rooms: rooms.filter((room) => room.level === level) }));
  const drawn = drawnRows(root);
  for (const { row, rooms: there } of standing) {
    const names = there
      .map(({ name }) => name)
      .sort()
      .join(' ');
    const drawnNames = [...(drawn.get(row) ?? [])].sort().join(' ');
    if (names !== drawnNames) {
      complaints.push(`ARCHITECTURE.md: row "${row}" draws "${drawnNames}", but "${names}" stands there.`);
    }
  }
  return complaints;
}

function up(used: number, level: number): string {
  return used < 0 ? 'nowhere in the drawing' : used === level ? 'in the same row' : 'in a higher row';
}

/** The rooms per row, out of the first drawing under "## The house" in ARCHITECTURE.md. */
function drawnRows(root: string): Map<string, string[]> {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const drawing = /## The house\n[\s\S]*?```\w*\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const drawn = new Map<string, string[]>();
  for (const line of drawing.split('\n')) {
    // "engines   rights places        what they do": four spaces end the names.
    const [, row, names] = /^ *([a-z]+) {2,}(.*?)(?: {4,}.*)?$/.exec(line) ?? [];
    if (row && names) drawn.set(row, names.trim().split(/ +/));
  }
  return drawn;
}

if (import.meta.main) {
  const complaints = checkHouse(join(import.meta.dirname, '..'));
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length > 0 ? 1 : 0;
}
