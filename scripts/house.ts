import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The house, from the roof down. An import points to a lower row, never up or sideways. */
export const rows = [
  { row: 'shells', rooms: ['web', 'cli'] },
  { row: 'adapter', rooms: ['store'] },
  { row: 'content', rooms: ['knowledge'] },
  { row: 'pages', rooms: ['report', 'board'] },
  { row: 'plan', rooms: ['paths'] },
  { row: 'studies', rooms: ['panel', 'trials', 'pooling'] },
  {
    row: 'engines',
    rooms: ['rights', 'places', 'directory', 'voices', 'evidence', 'publication', 'experience', 'budget'],
  },
  { row: 'ground', rooms: ['units', 'numbers'] },
] as const;

/** From this row on everything is pure: no I/O, no clock, no chance. */
const firstPureRow = rows.findIndex(({ row }) => row === 'pages');

export type Manifest = {
  name: string;
  exports?: Record<string, unknown>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

export type Room = {
  name: string;
  /** Where it lives, from the root: `engines/rights`. */
  folder: string;
  /** Which row of the house, 0 at the top; -1 when the drawing does not know this room. */
  level: number;
  pure: boolean;
  /** The rooms its manifest lets it use. */
  mayUse: readonly string[];
  manifest: Manifest;
};

/** The row of a room in the drawing, 0 at the top; -1 when it is not drawn. */
export function levelOf(room: string): number {
  return rows.findIndex(({ rooms }) => (rooms as readonly string[]).includes(room));
}

/** The rooms that stand, read from the manifests of the workspaces. */
export function standingRooms(root: string): Room[] {
  const { workspaces } = readManifest(join(root, 'package.json')) as Manifest & { workspaces: string[] };
  return workspaces
    .flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }))
    .map((path) => {
      const folder = dirname(path);
      const name = basename(folder);
      const manifest = readManifest(join(root, path));
      const level = levelOf(name);
      const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
      const mayUse = declared.filter((one) => one.startsWith('@meedoen/')).map((one) => one.slice('@meedoen/'.length));
      return { name, folder, level, pure: level >= firstPureRow, mayUse, manifest };
    })
    .sort((a, b) => a.level - b.level || a.name.localeCompare(b.name, 'en'));
}

function readManifest(path: string): Manifest {
  if (!existsSync(path)) throw new RangeError(`${path} is missing: every room has a package.json.`);
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}
