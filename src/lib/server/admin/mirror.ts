// Who lives here: the page of the mirror, our copy of Exact's records, as plain values: each list
// with what is here, how old it is and what is wrong with it.

import * as z from 'zod';
import type { ActionOutcome } from './report.ts';

/**
 * `current`: read to its end. `loading`: for the first time. `comparing`: read anew from the
 * beginning, while the old rows are used. `waiting`: its first reading has not begun.
 * `trouble`: stands still, others go on.
 */
export type MirrorListState = 'current' | 'loading' | 'comparing' | 'waiting' | 'trouble';

export interface MirrorListReport {
  /** As Exact names it. */
  readonly name: string;
  readonly state: MirrorListState;
  readonly rows: number;
  /** Of the reading under way. */
  readonly read: number;
  readonly expected: number | null;
  readonly readMs: number | null;
  /** In the past means now; null when nobody will read it. */
  readonly dueMs: number | null;
  /** A person may ask for it alone. */
  readonly askable: boolean;
  /** When it was last read from the beginning to the end. */
  readonly fullMs: number | null;
  readonly fault?: { readonly words: string; readonly raw: string };
}

export interface MirrorReport {
  readonly atMs: number;
  readonly phase: 'first-load' | 'comparing' | 'steady';
  readonly rowsRead: number;
  /** Null while nobody knows. */
  readonly rowsExpected: number | null;
  readonly listsLeft: number;
  readonly leftMs: number | null;
  readonly lists: readonly MirrorListReport[];
  readonly inTrouble: number;
  /** Whether there is a connection by which it could be read. */
  readonly connected: boolean;
  /** Undefined: Exact was not told of an address of ours. */
  readonly webhooks?: {
    readonly live: boolean;
    readonly received: number;
    readonly refused: number;
    readonly lastMs: number | null;
    readonly problem: string | null;
  };
}

/** What the House gives to this page. */
export interface MirrorPort {
  report(): Promise<MirrorReport>;
  /** Begins to read every list; resolves when that has begun. */
  readNow(): Promise<ActionOutcome>;
  /** Makes this list due; it is read when its turn at Exact comes. */
  readList(list: string): Promise<ActionOutcome>;
}

export interface MirrorMessage {
  readonly ok: boolean;
  readonly message: string;
}

/** The button: read everything now. */
export async function readMirrorNow(port: Pick<MirrorPort, 'readNow'>): Promise<MirrorMessage> {
  const outcome = await port.readNow();
  if (outcome.kind === 'refused') return { ok: false, message: outcome.reason };
  return {
    ok: true,
    message: 'Reading has begun; it takes as long as the calls of a minute allow.',
  };
}

const LIST_CHARS = 100;
const listForm = z.object({ list: z.string().min(1).max(LIST_CHARS) });

/** The button of one list: a form with the field `list`. */
export async function readListNow(
  port: Pick<MirrorPort, 'readList'>,
  form: FormData,
): Promise<MirrorMessage> {
  const parsed = listForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { ok: false, message: 'This form is not complete.' };
  const { list } = parsed.data;
  const outcome = await port.readList(list);
  if (outcome.kind === 'refused') return { ok: false, message: outcome.reason };
  return { ok: true, message: `${list} is read as soon as the calls of the minute allow.` };
}

/** In one line, how the mirror is. */
export function mirrorLine(report: MirrorReport): string {
  const { inTrouble, phase, rowsRead, rowsExpected, listsLeft } = report;
  if (inTrouble > 0) return `${inTrouble} list${inTrouble === 1 ? '' : 's'} in trouble`;
  if (phase === 'steady') return `${report.lists.length} lists up to date`;
  const lists = `${listsLeft} list${listsLeft === 1 ? '' : 's'} to come`;
  if (rowsExpected === null || rowsExpected === 0) return lists;
  return `${Math.floor((100 * rowsRead) / rowsExpected)} % read, ${lists}`;
}
