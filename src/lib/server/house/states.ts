// Who lives here: how far a command has come, put together from the two rooms that know: the
// journal (accepted, cut, settled) and the outbox (whether a posting is in doubt).

import type { CommandId, CommandState, PostingId } from '../../domain/index.ts';
import { commandsOf, stateOf } from '../../ledger/index.ts';
import type { World } from '../../ledger/index.ts';
import type { PostingView } from '../outbox/index.ts';
import type { StateOfCommand } from '../../protocol/index.ts';

export class States {
  readonly #world: () => World;
  readonly #inDoubt = new Set<PostingId>();

  constructor(world: () => World) {
    this.#world = world;
  }

  /** The outbox moved a posting; the answer is whose commands look different now. */
  moved(posting: PostingView): readonly CommandId[] {
    const doubted = posting.state === 'in-doubt';
    if (doubted === this.#inDoubt.has(posting.id)) return [];
    if (doubted) this.#inDoubt.add(posting.id);
    else this.#inDoubt.delete(posting.id);
    return commandsOf(this.#world(), posting.document, posting.id);
  }

  of(ids: readonly CommandId[]): readonly StateOfCommand[] {
    return ids.flatMap((id) => {
      const state = this.#stateOf(id);
      return state === undefined ? [] : [{ id, state }];
    });
  }

  #stateOf(id: CommandId): CommandState | undefined {
    const world = this.#world();
    const state = stateOf(world, id);
    if (state?.kind !== 'sending') return state;
    const take = world.documents.get(world.commands.get(id) ?? '')?.takes.get(id);
    const posting = take?.state.kind === 'cut' ? take.state.posting : undefined;
    return posting !== undefined && this.#inDoubt.has(posting) ? { kind: 'in-doubt' } : state;
  }
}
