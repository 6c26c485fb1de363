// The door of the ledger: what the hub decides, and what follows from what it decided.

export { compensationOf } from './compensation.ts';
export { decide } from './decide.ts';
export { withDemands } from './demands.ts';
export type { Demand, Demands } from './demands.ts';
export type { DecisionContext } from './cut.ts';
export { fold, stationOf } from './fold.ts';
export { goodsOfLoad, loadTold } from './loads.ts';
export type { LoadGoods, LoadTold } from './loads.ts';
export { effectsOf } from './effects.ts';
export { heldBy } from './needs.ts';
export { commandsOf, documentOf, progress, stateOf, touched } from './progress.ts';
export { toPack } from './packs.ts';
export type { ToPack } from './packs.ts';
export { reversal } from './reverse.ts';
export type { Compensate, Reversal, ReversalAsked } from './reverse.ts';
export { returnable } from './returns.ts';
export { renew, retire, revive } from './retire.ts';
export { settlement, sweep } from './sweep.ts';
export { totesIn } from './totes.ts';
export type { Trie } from './trie.ts';
export type * from './types.ts';
export { refusal } from './verdicts.ts';
export { orderLineOf, shownLineOf } from './ways.ts';
export type { OrderGoods } from './ways.ts';
export { emptyWorld, withOrder, withoutOrder, withPeople, withUnread } from './world.ts';
export type {
  DocumentState,
  LineProgress,
  MirrorLine,
  MirrorOrder,
  PostingInWorld,
  Take,
  World,
} from './world.ts';
