// The plan of the house: which file lives in which room, and which room on which floor. A room
// that is not on the plan breaks a law, so that nobody builds one without saying where it stands.

export interface Room {
  readonly name: string;
  /** Folder from the root, without a slash at the end. */
  readonly folder: string;
  readonly floor: number;
  /** Files through which it may be entered from outside; index.ts always is. */
  readonly doors: readonly string[];
}

const room = (floor: number, folder: string, ...doors: string[]): Room => ({
  name: folder.replace('src/lib/', ''),
  folder,
  floor,
  doors: ['index.ts', ...doors].map((door) => `${folder}/${door}`),
});

/** Where bin, hooks and routes stand; each of them may open every door below. */
const ENTRY_FLOOR = 6;

/** The one database: every server room that keeps something stands on it. */
const STORE_FLOOR = 3.5;

/**
 * Rooms with a fixed place, innermost folder first where one lies in another. `house` is the one
 * composition root: it stands above the shells that it wires together. `workflows/runtime` runs
 * on stations, without the compiler around it; it shares with its parent only the parent's words.
 */
const ROOMS: readonly Room[] = [
  room(1, 'src/lib/domain'),
  room(2, 'src/lib/scan'),
  room(2, 'src/lib/workflows/runtime'),
  room(2, 'src/lib/workflows'),
  room(2, 'src/lib/ledger'),
  room(3, 'src/lib/protocol'),
  room(4, 'src/lib/plugins'),
  room(4, 'src/lib/station'),
  room(4, 'src/lib/ui'),
  room(STORE_FLOOR, 'src/lib/server/store'),
  room(5, 'src/lib/server/house'),
  room(ENTRY_FLOOR, 'src/routes'),
  room(ENTRY_FLOOR, 'bin'),
];

/** Pairs of rooms on one floor that may meet, each with its reason. */
export const NEIGHBOURS: readonly { from: string; to: string; files?: RegExp }[] = [
  // The compiler proves things by running the machine that it made.
  { from: 'workflows', to: 'workflows/runtime' },
  // The words of the language: types only, the same for both halves.
  { from: 'workflows/runtime', to: 'workflows', files: /\/types\.ts$/ },
];

/** The room of a file, undefined when the plan has none for it. */
export function roomOf(path: string): Room | undefined {
  const fixed = ROOMS.find((candidate) => path.startsWith(`${candidate.folder}/`));
  if (fixed !== undefined) return fixed;
  const server = /^src\/lib\/server\/([^/]+)\//.exec(path);
  if (server !== null) return room(4, `src/lib/server/${server[1]}`);
  if (/^src\/(hooks(\.server)?|service-worker|app\.d)\.ts$/.test(path)) {
    return { name: path, folder: path, floor: ENTRY_FLOOR, doors: [] };
  }
  return undefined;
}

/** Floors 1 to 3: pure, the same in the browser, in Node and under a virtual clock. */
export function isPure(path: string): boolean {
  const home = roomOf(path);
  return home !== undefined && home.floor <= 3;
}
