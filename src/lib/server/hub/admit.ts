// Who lives here: the question before the ledger's: is this command new, and is it its turn? Pure,
// so that the whole table of cases can be tested as a table. Stations number their commands 1, 2,
// 3 …; the hub takes them in that order and keeps every verdict for ever (I-02).

import type { Command } from '../../domain/index.ts';
import type { FinalVerdict, StoredVerdict } from './ports.ts';

export type Admission =
  /** Delivered again: its first verdict is still its verdict. */
  | { readonly kind: 'again'; readonly verdict: FinalVerdict }
  /** Earlier ones are missing; the station should send from `expect` on. */
  | { readonly kind: 'gap'; readonly expect: number }
  /** Another command has this id. `counts`: it was the turn of this number. */
  | { readonly kind: 'id-reused'; readonly counts: boolean }
  /** Another command has this number. */
  | { readonly kind: 'number-taken' }
  | { readonly kind: 'new' };

/**
 * @param known what was said to commands with this id
 * @param last the highest number this station has used up; undefined: the hub does not know the
 *   station, or was restored from before it came, and takes any number as its first
 */
export function admit(
  command: Pick<Command, 'stationSeq'>,
  hash: string,
  known: readonly Pick<StoredVerdict, 'hash' | 'verdict'>[],
  last: number | undefined,
): Admission {
  const same = known.find((stored) => stored.hash === hash);
  if (same !== undefined) return { kind: 'again', verdict: same.verdict };
  const turn = last === undefined ? command.stationSeq : last + 1;
  if (command.stationSeq > turn) return { kind: 'gap', expect: turn };
  const itsTurn = command.stationSeq === turn;
  if (known.length > 0) return { kind: 'id-reused', counts: itsTurn };
  return itsTurn ? { kind: 'new' } : { kind: 'number-taken' };
}
