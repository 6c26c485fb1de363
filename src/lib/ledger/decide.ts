// Who lives here: the ledger's judgement of one command. A decision is entries and a verdict; it
// changes nothing by itself. A refusal is an entry too, so that goods which an operator saw go
// green can be found again in the list of exceptions (I-01).

import {
  assert,
  fault,
  finishedBy,
  isFault,
  isGoods,
  LIMITS,
  minus,
  openQuantity,
  times,
  unreachable,
} from '../domain/index.ts';
import type {
  ArriveLine,
  Command,
  CountPlace,
  ExceptionReport,
  Fault,
  FinishDocument,
  GoodsLine,
  MoveGoods,
  PackLine,
  PrintRequest,
  ReturnLine,
} from '../domain/index.ts';
import { cutEntries } from './cut.ts';
import type { DecisionContext } from './cut.ts';
import { freeOver, undemanded } from './demands.ts';
import { factsOf, faultInCount, faultInFacts, faultInMove, onlyFacts } from './facts.ts';
import { insteadOf } from './instead.ts';
import { faultInReturn } from './returns.ts';
import { handedOver } from './loads.ts';
import { packedFrom, isToPack } from './packs.ts';
import { claim, faultInNeed } from './needs.ts';
import { faultInMoves } from './serials.ts';
import type { Decision, EntryBody, JournalEntry } from './types.ts';
import { faultInTote } from './totes.ts';
import { reverse, undo } from './undo.ts';
import { faultInUnit } from './units.ts';
import { accepted, actorOf, entry, refusal } from './verdicts.ts';
import { approvedOver, orderLineOf, toleranceOf, WAYS } from './ways.ts';
import type { OrderGoods } from './ways.ts';
import { lineProgress, mirrorLineOf, openOf } from './world.ts';
import type { MirrorLine, MirrorOrder, Take, World } from './world.ts';

/**
 * What becomes of a command that this world has not seen. Whether it is a duplicate, and whether
 * it is its station's turn, has been settled before.
 * @throws BrokenLaw when the command is already in the journal.
 */
export function decide(world: World, command: Command, context: DecisionContext): Decision {
  assert(context.nextSeq === world.seq + 1, 'I-09: decisions are taken in the order of entries');
  assert(!world.commands.has(command.id), 'I-02: a command is decided once');
  const { payload } = command;
  const barred = isGoods(payload) ? undemanded(world, command, payload) : undefined;
  if (barred !== undefined) return refusal(command, barred, context);
  switch (payload.type) {
    case 'receive.line':
    case 'deliver.line':
    case 'issue.line':
    case 'produce.line':
      return takeOnOrder(world, command, payload, context);
    case 'return.line':
      return takeBackOnOrder(world, command, payload, context);
    case 'count.line':
    case 'move.line':
      return takeFree(world, command, payload, context);
    case 'arrive.line':
      return takeLoad(world, command, payload, context);
    case 'pack.line':
      return takePacked(world, command, payload, context);
    case 'line.claim':
      return claim(world, command, payload, context);
    case 'line.undo':
      return undo(world, command, payload, context);
    case 'line.reverse':
      return reverse(world, command, payload, context);
    case 'document.finish':
      return finish(world, command, payload, context);
    case 'exception.report':
      return report(command, payload, context);
    case 'print.request':
      return print(command, payload, context);
    default:
      return unreachable(payload);
  }
}

/** A shop order's own line is what it makes; its other lines are by-products, or what it takes. */
const comesOut = ({ id }: MirrorOrder, line: MirrorLine): boolean =>
  line.id === id || line.byProduct === true;

/** Material comes back from a shop order, also from one that is finished by now. */
function takeBackOnOrder(
  world: World,
  command: Command,
  asked: ReturnLine,
  context: DecisionContext,
): Decision {
  const order = world.orders.get(asked.document);
  const mirror = mirrorLineOf(world, asked.document, asked.line);
  if (mirror === undefined && world.unread.has('shopOrder')) return putOff();
  if (order?.kind !== 'shopOrder') {
    return refusal(command, fault('ledger.unknown-document'), context);
  }
  if (mirror === undefined || comesOut(order, mirror)) {
    return refusal(command, fault('ledger.unknown-line'), context);
  }
  const facts = factsOf(order, mirror, asked.type);
  const line = onlyFacts(asked, facts);
  const because =
    faultInFacts(line, mirror, facts) ??
    faultInWarehouse(order, line) ??
    faultInReturn(world.documents.get(order.id), line, mirror.unit) ??
    faultInMoves(world.serials, line);
  return because === undefined
    ? taken(world, command, line, context)
    : refusal(command, because, context);
}

function takeOnOrder(
  world: World,
  command: Command,
  asked: Exclude<OrderGoods, ReturnLine>,
  context: DecisionContext,
): Decision {
  const order = world.orders.get(asked.document);
  const { order: kind } = WAYS[asked.type];
  const reading = kind !== undefined && world.unread.has(kind);
  if (order === undefined && reading) return putOff();
  if (order === undefined || !order.open || order.kind !== kind) {
    return refusal(command, fault('ledger.unknown-document'), context);
  }
  const planned = mirrorLineOf(world, asked.document, orderLineOf(asked) ?? '');
  if (planned?.open !== true && reading) return putOff();
  const product = order.kind === 'shopOrder' && planned !== undefined && comesOut(order, planned);
  if (planned === undefined || product !== (asked.type === 'produce.line')) {
    return refusal(command, fault('ledger.unknown-line'), context);
  }
  const mirror = insteadOf(planned, asked);
  if (isFault(mirror)) return refusal(command, mirror, context);
  const facts = factsOf(order, mirror, asked.type);
  const line = onlyFacts(asked, facts);
  const because =
    faultInFacts(line, mirror, facts) ??
    faultInWarehouse(order, line) ??
    faultInMoves(world.serials, line) ??
    faultInUnit(world, line) ??
    faultInTote(world, line) ??
    unapproved(world, line) ??
    overOrder(world, order, mirror, line, freeOver(world, command, toleranceOf(line)));
  return because === undefined
    ? taken(world, command, line, context)
    : refusal(command, because, context);
}

function takeFree(
  world: World,
  command: Command,
  line: CountPlace | MoveGoods,
  context: DecisionContext,
): Decision {
  const own =
    line.type === 'count.line' ? faultInCount(line) : (faultInMove(line) ?? faultInNeed(line));
  const because = own ?? faultInUnit(world, line) ?? unapproved(world, line);
  return because === undefined
    ? taken(world, command, line, context)
    : refusal(command, because, context);
}

/** Goods that were on their way: what of them is still there, the load's own sends tell. */
function takeLoad(world: World, command: Command, asked: ArriveLine, context: DecisionContext) {
  const line = handedOver(world.documents.get(asked.document), asked);
  return isFault(line) ? refusal(command, line, context) : taken(world, command, line, context);
}

/** Goods that were picked: which picks they are of, those of the order tell. */
function takePacked(world: World, command: Command, asked: PackLine, context: DecisionContext) {
  const { document, line: at } = asked;
  const { unit } = mirrorLineOf(world, document, at) ?? {};
  const line = packedFrom(world.documents.get(document), asked, unit);
  if (isFault(line)) return refusal(command, line, context);
  const because = faultInUnit(world, line) ?? unapproved(world, line);
  return because === undefined
    ? taken(world, command, line, context)
    : refusal(command, because, context);
}

function taken(world: World, command: Command, line: GoodsLine, context: DecisionContext) {
  const by = actorOf(command);
  const received = entry(context.nextSeq, context, { type: 'line-received', by, line });
  const take: Take = {
    command: command.id,
    seq: received.seq,
    atMs: received.atMs,
    station: command.station,
    operator: command.operator,
    session: command.session,
    line,
    state: { kind: 'accepted' },
  };
  const now = line.posting === 'line-complete' || (line.posting === 'budget' && !context.bundle);
  const cut = now ? cutEntries(world, [take], context, context.nextSeq + 1) : [];
  return accepted([received, ...cut], context.nextSeq);
}

function faultInWarehouse(order: MirrorOrder, line: OrderGoods): Fault | undefined {
  if (!('warehouse' in line) || order.warehouse === undefined) return undefined;
  if (line.warehouse === order.warehouse) return undefined;
  return fault('ledger.invalid', { reason: 'warehouse' });
}

/** I-06: nobody goes over, whoever scans first. A closed line has nothing open. */
function overOrder(
  world: World,
  order: MirrorOrder,
  mirror: MirrorLine,
  line: OrderGoods,
  tolerance: number,
): Fault | undefined {
  const progress = lineProgress(world, order.id, mirror.id);
  const left = mirror.open ? openOf(mirror.ordered, progress) : 0;
  const free = mirror.open ? times(mirror.ordered, tolerance) : 0;
  // A yes is one to so many over the order: whatever others took meanwhile counts against it.
  const over = mirror.open ? Math.max(free, approvedOver(line)) : 0;
  const allowed = Math.max(0, minus(left, -over));
  if (line.quantity <= allowed) return undefined;
  const open = mirror.open
    ? openQuantity({ ...progress, ordered: mirror.ordered, done: progress.received })
    : 0;
  const unit = mirror.unit === undefined ? {} : { unit: mirror.unit };
  const code = WAYS[line.type].serials === 'out' ? 'ledger.over-pick' : 'ledger.over-receipt';
  return fault(code, { open, allowed, quantity: line.quantity, ...unit });
}

/** Whoever said yes must have the role now, by the hub's own list. */
function unapproved({ people }: World, { approvals = [] }: GoodsLine): Fault | undefined {
  const wrong = approvals.find(({ by, role }) => people.get(by)?.includes(role) !== true);
  return wrong === undefined ? undefined : fault('ledger.not-approved', { role: wrong.role });
}

function finish(
  world: World,
  command: Command,
  asked: FinishDocument,
  context: DecisionContext,
): Decision {
  const documents = [...new Set(finishedBy(asked))];
  if (documents.every((id) => !world.documents.has(id) && !world.orders.has(id))) {
    // Also while orders are being read: an end without takes carries no goods (I-01).
    return refusal(command, fault('ledger.unknown-document'), context);
  }
  const body: EntryBody = { type: 'document-finished', by: actorOf(command), finish: asked };
  const entries: JournalEntry[] = [entry(context.nextSeq, context, body)];
  for (const id of documents) {
    const mine = [...(world.documents.get(id)?.takes.values() ?? [])].filter(
      ({ state, session, line }) =>
        state.kind === 'accepted' && session === command.session && !isToPack(line),
    );
    entries.push(...cutEntries(world, mine, context, context.nextSeq + entries.length));
  }
  return accepted(entries, context.nextSeq);
}

/** Whatever the order has become meanwhile: what was seen on the floor is never refused (I-01). */
function report(command: Command, told: ExceptionReport, context: DecisionContext): Decision {
  const body: EntryBody = { type: 'exception-reported', by: actorOf(command), report: told };
  return accepted([entry(context.nextSeq, context, body)], context.nextSeq);
}

/** Never refused either: whoever asked goes on working, and stands at no printer. */
function print(command: Command, request: PrintRequest, context: DecisionContext): Decision {
  const body: EntryBody = { type: 'print-asked', by: actorOf(command), request };
  return accepted([entry(context.nextSeq, context, body)], context.nextSeq);
}

/** What the mirror has not read yet may still come: nobody refuses goods for that (I-01). */
function putOff(): Decision {
  const { orderUnreadMs: afterMs } = LIMITS;
  return { entries: [], verdict: { kind: 'later', afterMs, fault: fault('exact.mirror') } };
}
