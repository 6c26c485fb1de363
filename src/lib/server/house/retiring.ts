// Who lives here: when what is settled leaves the memory of the hub (docs/adr/0014).

import type { Clock } from '../../domain/index.ts';
import { retire } from '../../ledger/index.ts';
import type { Writer } from '../hub/index.ts';

/** While nobody is served yet: the journal brought back years of what is settled. */
export async function retireAll(writer: Writer, clock: Clock): Promise<void> {
  const held = () => writer.world().documents.size + writer.world().orders.size;
  for (let before = Infinity; held() < before;) {
    before = held();
    await retireSome(writer, clock);
  }
}

/** What a failing disk hides may be about any document: none leaves until it speaks again. */
export function retireSome(writer: Writer, clock: Clock): Promise<void> {
  return writer.withWorld((world) =>
    writer.trouble() === undefined ? retire(world, clock.nowMs()) : world,
  );
}
