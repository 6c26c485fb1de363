// Who lives here: which serial numbers this house took in and let go, as far as its own journal
// tells. Exact knows the rest. A number is not taken in twice, and it leaves once.

import { assert, fault } from '../domain/index.ts';
import type { CommandId, Fault, GoodsLine } from '../domain/index.ts';
import type { Trie } from './trie.ts';
import { WAYS } from './ways.ts';

/** One movement of one number; the newest of a number is the last. */
export interface SerialMove {
  readonly command: CommandId;
  readonly way: 'in' | 'out';
}

export type Serials = Trie<readonly SerialMove[]>;

/** The key of a serial number: an item's own numbers, nobody else's. */
export function serialKey(item: string, serial: string): string {
  return `${item}\n${serial}`;
}

/** Why these numbers cannot move this way: here already, or gone already. */
export function faultInMoves(known: Serials, line: GoodsLine): Fault | undefined {
  const { serials: way } = WAYS[line.type];
  if (way === 'stay') return undefined;
  const twice = line.serials?.find((serial) => {
    return known.get(serialKey(line.item, serial))?.at(-1)?.way === way;
  });
  if (twice === undefined) return undefined;
  return fault(way === 'in' ? 'ledger.serial-known' : 'ledger.serial-gone', { serial: twice });
}

/** The numbers after a line was taken in. */
export function moved(known: Serials, line: GoodsLine, command: CommandId): Serials {
  const { serials: way } = WAYS[line.type];
  if (way === 'stay') return known;
  return (line.serials ?? []).reduce((serials, serial) => {
    const key = serialKey(line.item, serial);
    const before = serials.get(key) ?? [];
    assert(before.at(-1)?.way !== way, 'a serial number comes once and goes once');
    return serials.set(key, [...before, { command, way }]);
  }, known);
}

/** The numbers after that line was undone, as if it had never come. */
export function unmoved(known: Serials, line: GoodsLine, command: CommandId): Serials {
  return (line.serials ?? []).reduce((serials, serial) => {
    const key = serialKey(line.item, serial);
    const left = (serials.get(key) ?? []).filter((move) => move.command !== command);
    return left.length === 0 ? serials.delete(key) : serials.set(key, left);
  }, known);
}
