// Who lives here: the question before the ledger's: is this command new, and is it its turn? Pure,
// so that the whole table of cases can be tested as a table. Stations number their commands 1, 2,
// 3 …; the hub takes them in that order and keeps every verdict for ever (I-02).

import type { Command } from '../../domain/index.ts';
import type { FinalVerdict, StationNumbers, StoredVerdict } from './ports.ts';

export type Admission =
  /** Delivered again: its first verdict is still its verdict. */
  | { readonly kind: 'again'; readonly verdict: FinalVerdict }
  /** Earlier ones are missing; the station should send from `expect` on. */
  | { readonly kind: 'gap'; readonly expect: number }
  /** Another command has this id. `counts`: it was the turn of this number. */
  | { readonly kind: 'id-reused'; readonly counts: boolean }
  /** Another command has this number. */
  | { readonly kind: 'number-taken' }
  | { readonly kind: 'new'; readonly counts: boolean };

/**
 * @param known what was said to commands with this id
 * @param used the numbers that this station has used up; undefined: the hub does not know the
 *   station, or was restored from before it came, and takes any number as its first. What then
 *   comes from before that first number was overtaken on its way, and is taken late but not lost.
 */
export function admit(
  command: Pick<Command, 'stationSeq'>,
  hash: string,
  known: readonly Pick<StoredVerdict, 'hash' | 'verdict'>[],
  used: StationNumbers | undefined,
): Admission {
  const same = known.find((stored) => stored.hash === hash);
  if (same !== undefined) return { kind: 'again', verdict: same.verdict };
  const turn = used === undefined ? command.stationSeq : used.last + 1;
  if (command.stationSeq > turn) return { kind: 'gap', expect: turn };
  const counts = command.stationSeq === turn;
  if (known.length > 0) return { kind: 'id-reused', counts };
  const overtaken = used !== undefined && command.stationSeq < used.first;
  return counts || overtaken ? { kind: 'new', counts } : { kind: 'number-taken' };
}
