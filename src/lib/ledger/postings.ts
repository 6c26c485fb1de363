// Who lives here: how takes become postings. Takes that share a place in Exact's document become
// one line of it: batches of one number add up unless their expiries differ, serials follow each other, a later
// count of the same place replaces the earlier one. What Exact takes in one document goes into one
// posting, at most LIMITS.linesPerDocument lines; more become a second one.

import { LIMITS } from '../domain/index.ts';
import type {
  ArriveLine,
  CountLine,
  CountPlace,
  DeliverLine,
  GoodsLine,
  MoveGoods,
  PackLine,
  ReceiveLine,
  TransferLine,
} from '../domain/index.ts';
import { at, headOf, numbersOf, piles, sum } from './piles.ts';
import type { Pile, TakeOf, Unnamed } from './piles.ts';
import type { IssuesOf } from './returns.ts';
import { issues, products, returns } from './shop-postings.ts';
import type { Take } from './world.ts';

/** `takes` are of one document; every one goes into exactly one posting. */
export function postingsOf(takes: readonly Take[], issuesOf: IssuesOf): readonly Unnamed[] {
  const of = <T extends GoodsLine['type']>(type: T) =>
    takes.flatMap(({ command, line }) => (isOf(line, type) ? [{ command, line }] : []));
  return [
    ...receipts(of('receive.line')),
    ...deliveries(of('deliver.line')),
    ...issues(of('issue.line')),
    ...returns(of('return.line'), issuesOf),
    ...products(of('produce.line')),
    ...counts(of('count.line')),
    ...moves(of('move.line')),
    ...arrivals(of('arrive.line')),
    ...deliveries(of('pack.line').flatMap(delivered)),
  ];
}

function isOf<T extends GoodsLine['type']>(
  line: GoodsLine,
  type: T,
): line is Extract<GoodsLine, { type: T }> {
  return line.type === type;
}

/** As many piles as a document has lines; a few more where one command brought several of them. */
function documents<L extends GoodsLine>(all: readonly Pile<L>[]): readonly (readonly Pile<L>[])[] {
  if (all.length === 0) return [];
  let cut = Math.min(LIMITS.linesPerDocument, all.length);
  while (cut < all.length && spans(all, cut)) cut += 1;
  return [all.slice(0, cut), ...documents(all.slice(cut))];
}

function spans<L extends GoodsLine>(all: readonly Pile<L>[], cut: number): boolean {
  const before = new Set(all.slice(0, cut).flatMap((pile) => pile.map(({ command }) => command)));
  return all.slice(cut).some((pile) => pile.some(({ command }) => before.has(command)));
}

function onOrder<L extends ReceiveLine | DeliverLine>(goods: Pile<L>) {
  const [{ line }] = goods;
  const lines = goods.map((take) => take.line);
  const { line: orderLine, item, location } = line;
  return { orderLine, item, quantity: sum(lines), ...at(location), ...numbersOf(lines) };
}

function receipts(takes: readonly TakeOf<ReceiveLine>[]): readonly Unnamed[] {
  return documents(piles(takes, (line) => [line.line, line.location])).map((goods) => (name) => ({
    ...headOf(name, goods),
    kind: 'goodsReceipt',
    lines: goods.map(onOrder),
  }));
}

function deliveries(takes: readonly TakeOf<DeliverLine>[]): readonly Unnamed[] {
  return documents(piles(takes, (line) => [line.line, line.location])).map((goods) => (name) => ({
    ...headOf(name, goods),
    kind: 'goodsDelivery',
    lines: goods.map(onOrder),
  }));
}

/** What was packed goes out of where it was picked: as many deliveries as there were picks. */
function delivered({ command, line }: TakeOf<PackLine>): readonly TakeOf<DeliverLine>[] {
  const { of = [], answers, serials: _s, ...goods } = line;
  return of.map(({ quantity, location, serials }, nth) => ({
    command,
    line: {
      ...goods,
      ...{ type: 'deliver.line', quantity, ...at(location) },
      ...(serials === undefined ? {} : { serials }),
      ...(answers === undefined || nth > 0 ? {} : { answers }),
    },
  }));
}

/** What was counted, what came to light and what is missing go into documents of their own. */
function sideOf({ found }: CountPlace): 'counted' | 'more' | 'less' {
  if (found.kind === 'counted') return 'counted';
  return found.quantity > 0 ? 'more' : 'less';
}

/** An empty place is as many counts as the books had goods there. */
function statements({ command, line }: TakeOf<CountPlace>): readonly TakeOf<CountPlace>[] {
  const { emptied, ...own } = line;
  const { answers: _a, batch: _b, ...rest } = own;
  const others = (emptied?.others ?? []).map((goods) => ({ command, line: { ...rest, ...goods } }));
  return [{ command, line: own }, ...others];
}

function counts(takes: readonly TakeOf<CountPlace>[]): readonly Unnamed[] {
  const sides = piles(takes.flatMap(statements), (line) => [line.warehouse, sideOf(line)]);
  return sides.flatMap((side) => {
    const places = piles(side, (line) => [line.item, line.location]);
    return documents(places).map((goods): Unnamed => (name) => ({
      ...headOf(name, goods),
      kind: 'stockCount',
      warehouse: side[0].line.warehouse,
      lines: goods.map(countLine),
    }));
  });
}

function countLine(goods: Pile<CountPlace>): CountLine {
  const lines = goods.map((take) => take.line);
  const last = lines.at(-1) ?? goods[0].line;
  const { item, location, reason } = last;
  const place = { item, ...at(location), ...(reason === undefined ? {} : { reason }) };
  if (last.found.kind === 'counted') return { ...place, ...countedOf(lines, last) };
  const parts = lines.map(({ found, ...rest }) => ({ ...rest, quantity: found.quantity }));
  const found = { kind: 'difference', quantity: sum(parts) } as const;
  return { ...place, found, ...numbersOf(parts) };
}

/**
 * Of a place the last count is what holds, of each batch there its own last one. A serial number that
 * was seen is there, whichever count saw it.
 */
function countedOf(
  lines: readonly CountPlace[],
  last: CountPlace,
): Pick<CountLine, 'found' | 'batches' | 'serials'> {
  if (last.tracking === 'none') return { found: last.found };
  const seen = new Map<string, { readonly number: string; readonly quantity: number }>();
  for (const { batch, serials = [], found } of lines) {
    const numbers = batch === undefined ? serials : [batch];
    const each = batch === undefined ? 1 : found.quantity;
    for (const number of numbers) seen.set(number.toLowerCase(), { number, quantity: each });
  }
  const parts = [...seen.values()];
  return {
    found: { kind: 'counted', quantity: sum(parts) },
    ...(last.tracking === 'batch'
      ? { batches: parts }
      : { serials: parts.map(({ number }) => number) }),
  };
}

/** All that lay in a place is as many lines as there were goods. */
function carried({ command, line }: TakeOf<MoveGoods>): readonly TakeOf<MoveGoods>[] {
  const { everything, ...own } = line;
  const { answers: _a, batch: _b, serials: _s, ...rest } = own;
  const others = (everything?.others ?? []).map((goods) => ({
    command,
    line: { ...rest, ...goods },
  }));
  return [{ command, line: own }, ...others];
}

/** Goods between the same two warehouses share a document. */
function moves(takes: readonly TakeOf<MoveGoods>[]): readonly Unnamed[] {
  const roads = piles(takes.flatMap(carried), (line) => [line.from.warehouse, line.to.warehouse]);
  return roads.flatMap((road) => {
    const { from, to } = road[0].line;
    const places = piles(road, (line) => [line.item, line.from.location, line.to.location]);
    return documents(places).map((goods): Unnamed => (name) => {
      const head = { ...headOf(name, goods), lines: goods.map(transferLine) };
      if (from.warehouse === to.warehouse) {
        return { ...head, kind: 'locationTransfer', warehouse: from.warehouse };
      }
      const ends = { fromWarehouse: from.warehouse, toWarehouse: to.warehouse };
      return { ...head, kind: 'warehouseTransfer', ...ends };
    });
  });
}

/** Goods that are handed over go on from where they were on their way. */
function arrivals(takes: readonly TakeOf<ArriveLine>[]): readonly Unnamed[] {
  const carried = takes.map(({ command, line }): TakeOf<MoveGoods> => {
    const { from = line.to, line: _line, ...goods } = line;
    return { command, line: { ...goods, type: 'move.line', from } };
  });
  return moves(carried).map((make) => (name) => {
    const posting = make(name);
    if (posting.kind !== 'locationTransfer' && posting.kind !== 'warehouseTransfer') return posting;
    // A load has a line for each item, with the item's own id.
    const lines = posting.lines.map((line) => ({ ...line, orderLine: line.item }));
    return { ...posting, lines };
  });
}

function transferLine(goods: Pile<MoveGoods>): TransferLine {
  const lines = goods.map((take) => take.line);
  const { item, from, to, line: need } = goods[0].line;
  return {
    ...{ item, quantity: sum(lines) },
    ...(need === undefined ? {} : { orderLine: need }),
    ...(from.location === undefined ? {} : { fromLocation: from.location }),
    ...(to.location === undefined ? {} : { toLocation: to.location }),
    ...numbersOf(lines),
  };
}
