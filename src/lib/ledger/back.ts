// Who lives here: which posting takes goods back that a posting brought, the whole of them or those
// of one line. One that Exact refused and a person dropped takes nothing back.

import type { PostingId } from '../domain/index.ts';
import type { DocumentState, PostingInWorld, Take } from './world.ts';

/** Whether a posting takes goods of that one back, or is still going to. */
export function takesBack({ posting, settled }: PostingInWorld, target: PostingId): boolean {
  if (posting.reverses !== target) return false;
  return settled?.kind !== 'rejected' || settled.fault.data['dropped'] === undefined;
}

/** The posting that takes the goods of this take back, or is still going to. */
export function takenBack(state: DocumentState, take: Take): PostingInWorld | undefined {
  const { state: where, command } = take;
  if (where.kind !== 'cut') return undefined;
  return [...state.postings.values()].find((other) => {
    const { takesBack: only } = other.posting;
    return takesBack(other, where.posting) && (only === undefined || only.includes(command));
  });
}
