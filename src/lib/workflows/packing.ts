// Who lives here: what must hold between the workflows of a file where goods wait to be packed: some
// workflow packs them, or they would never leave.

import { diagnostic, valueAt } from './diagnose.ts';
import type { Source } from './source.ts';
import type { Diagnostic } from './types.ts';

/** Workflows (as the file has them) whose goods wait to be packed, while none packs. */
export function nobodyPacks(raws: readonly unknown[], source: Source): Diagnostic[] {
  if (raws.some((raw) => valueAt(raw, ['action']) === 'packCheck')) return [];
  return raws.flatMap((raw, index) => {
    const waits = valueAt(raw, ['posting', 'when']) === 'packed';
    // What of other work nobody packs at all is told where its action is looked at.
    if (!waits || valueAt(raw, ['action']) !== 'goodsDelivery') return [];
    const at = source.at(['workflows', index, 'posting', 'when']);
    const message = 'No workflow of this file packs: what is picked would wait for ever.';
    const hint = 'Add a workflow with action: packCheck, or write document-complete.';
    return [diagnostic(at, 'nobody-packs', message, hint)];
  });
}
