// Who lives here: goods on their way. Somebody sent them from a shelf to a place that is none to stay
// in (a truck, a gate, a place of Exact's with such a name), and somebody else takes them in there.
// A load is what one piece of work sent; its takes say all of it, so nothing else is remembered, and
// Exact has the goods in that place meanwhile. Terms: sent (goods of a take that Exact has, or will
// have), left (sent, and not handed over yet).

import { fault, LIMITS, minus, plus } from '../domain/index.ts';
import type { ArriveLine, CarriedGoods, Fault, MoveGoods, Place } from '../domain/index.ts';
import { takenBack } from './back.ts';
import { faultInHandOver } from './facts.ts';
import type { DocumentState, MirrorLine, MirrorOrder, Take } from './world.ts';

/** Goods of one take, on their way in one place. */
interface Sent extends CarriedGoods {
  readonly at: Place;
}

/** Whether the goods of a take are where it put them: not undone, dropped or taken back. */
function stands(state: DocumentState, take: Take): boolean {
  if (take.state.kind === 'undone') return false;
  const settled = take.state.kind === 'cut' && state.postings.get(take.state.posting)?.settled;
  if (settled !== undefined && settled !== false && settled.kind === 'rejected') {
    return settled.fault.data['dropped'] === undefined;
  }
  return takenBack(state, take)?.settled?.kind !== 'posted';
}

const sentBy = (line: MoveGoods): readonly CarriedGoods[] => [
  line,
  ...(line.everything?.others ?? []),
];

/** What was sent. Before it is in a posting it has not left: its taker may still undo it. */
function sentOf(state: DocumentState): readonly Sent[] {
  return [...state.takes.values()].flatMap((take) => {
    const { line } = take;
    const gone = line.type === 'move.line' && line.onTheWay === true && take.state.kind === 'cut';
    if (!gone || takenBack(state, take) !== undefined || !stands(state, take)) return [];
    return sentBy(line).map(({ item, tracking, quantity, batch, serials }) => ({
      ...{ item, tracking, quantity, at: line.to },
      ...(batch === undefined ? {} : { batch }),
      ...(serials === undefined ? {} : { serials }),
    }));
  });
}

function arrivedOf(state: DocumentState): readonly ArriveLine[] {
  return [...state.takes.values()].flatMap((take) =>
    take.line.type === 'arrive.line' && stands(state, take) ? [take.line] : [],
  );
}

const sum = (goods: readonly { readonly quantity: number }[]): number =>
  goods.reduce((total, { quantity }) => plus(total, quantity), 0);

/** What became of one item of a load; stock units. */
export interface LoadGoods {
  readonly item: string;
  readonly sent: number;
  /** Taken in, also where Exact does not have it yet. */
  readonly arrived: number;
  /** Somebody said that no more will come. */
  readonly closed: boolean;
}

/** All items of a load, in the order in which they were sent; none where nothing was. */
export function goodsOfLoad(state: DocumentState): readonly LoadGoods[] {
  const [sent, arrived] = [sentOf(state), arrivedOf(state)];
  const closed = new Set([...state.acts.values()].flatMap(({ closes }) => closes ?? []));
  return [...new Set(sent.map(({ item }) => item))].map((item) => ({
    item,
    sent: sum(sent.filter((goods) => goods.item === item)),
    arrived: sum(arrived.filter((goods) => goods.item === item)),
    closed: closed.has(item),
  }));
}

/** The load as an order that goods come in on; undefined where nothing was sent. */
export function loadOf(state: DocumentState | undefined): MirrorOrder | undefined {
  const sent = state === undefined ? [] : sentOf(state);
  if (state === undefined || sent.length === 0) return undefined;
  const lines = goodsOfLoad(state).map(({ item, sent: went, arrived, closed }): MirrorLine => {
    const ordered = closed ? Math.min(arrived, went) : went;
    const tracking = sent.find((goods) => goods.item === item)?.tracking ?? 'none';
    const open = ordered > arrived;
    return { id: item, item, tracking, open, ordered, hasExpiry: false, doneInExact: 0 };
  });
  return {
    ...{ id: state.id, kind: 'load', usesLocations: true, lines },
    open: lines.some((line) => line.open),
  };
}

/** What stations are told of a load: who sent it, when, from where and to which place. */
export interface LoadTold {
  readonly order: MirrorOrder;
  readonly from: string;
  readonly at: Place;
  readonly operator: string;
  /** Number of the entry that first sent something, and its time by the hub's clock. */
  readonly seq: number;
  readonly atMs: number;
}

export function loadTold(state: DocumentState | undefined): LoadTold | undefined {
  const order = loadOf(state);
  if (state === undefined || order === undefined) return undefined;
  for (const { line, operator, seq, atMs } of state.takes.values()) {
    if (line.type !== 'move.line' || line.onTheWay !== true) continue;
    return { order, from: line.from.warehouse, at: line.to, operator, seq, atMs };
  }
  return undefined;
}

const same = (one: string | undefined, other: string | undefined): boolean =>
  one?.toLowerCase() === other?.toLowerCase();

/** How much of the goods of this line is left in one place on the way. */
function leftAt(at: Place, sent: readonly Sent[], arrived: readonly ArriveLine[], batch?: string) {
  const here = (place: Place | undefined) => place?.location === at.location;
  const came = arrived.filter((line) => here(line.from) && same(line.batch, batch));
  const went = sent.filter((goods) => here(goods.at) && same(goods.batch, batch));
  return minus(sum(went), sum(came));
}

/** A number that was not sent, or that came already. */
function strange({ serials = [], batch }: ArriveLine, sent: readonly Sent[]): Fault | undefined {
  const numbers = sent.flatMap((goods) => goods.serials ?? []);
  const serial = serials.find((one) => !numbers.some((other) => same(one, other)));
  if (serial !== undefined) return fault('ledger.not-sent', { serial });
  if (batch === undefined || sent.some((goods) => same(goods.batch, batch))) return undefined;
  return fault('ledger.not-sent', { batch });
}

/**
 * The line with the place where the goods were on their way, or why they can't be handed over:
 * `ledger.unknown-document`, `ledger.unknown-line`, `ledger.facts-missing`, `ledger.invalid`,
 * `ledger.not-sent` {batch} or {serial}, `ledger.serial-gone`, `ledger.over-receipt`.
 */
export function handedOver(state: DocumentState | undefined, line: ArriveLine): ArriveLine | Fault {
  const sent = (state === undefined ? [] : sentOf(state)).filter(({ item }) => item === line.item);
  if (state === undefined || loadOf(state) === undefined) return fault('ledger.unknown-document');
  const [first] = sent;
  if (first === undefined || line.line !== line.item) return fault('ledger.unknown-line');
  const arrived = arrivedOf(state).filter(({ item }) => item === line.item);
  const odd = strange(line, sent);
  if (odd !== undefined) return odd;
  const came = arrived.flatMap(({ serials = [] }) => serials);
  const twice = line.serials?.find((one) => came.some((other) => same(one, other)));
  if (twice !== undefined) return fault('ledger.serial-gone', { serial: twice });
  const places = sent.filter((goods) => same(goods.batch, line.batch)).map(({ at }) => at);
  const left = places.map((at) => ({ at, left: leftAt(at, sent, arrived, line.batch) }));
  const from = left.find((place) => place.left >= line.quantity)?.at ?? first.at;
  const allowed = Math.max(0, ...left.map((place) => place.left));
  const whole = { ...line, from };
  const wrong = faultInHandOver(whole, from, first.tracking);
  if (wrong !== undefined) return wrong;
  if (line.quantity <= Math.min(allowed, LIMITS.quantityMax)) return whole;
  return fault('ledger.over-receipt', { open: allowed, allowed, quantity: line.quantity });
}
