// Who lives here: the reference model of Exact's books: what each posting must change, written from
// what Exact documents about its business effects (receipts, deliveries, counts, transfers,
// manufacturing) and from nothing else: it has never seen the simulator's code.
//
// Terms: books (amounts by name, zero left out), stock (`stock warehouse item`), place
// (`place location item`), number (`number warehouse location item number`), progress (what an
// order shows of the goods).

import type { Numbers, Posting } from '../../src/lib/domain/index.ts';

export type Books = Readonly<Record<string, number>>;

/** What the model must know of the orders before: amounts ordered and done. */
export interface OrderFacts {
  readonly ordered: number;
  readonly done: number;
  /** The warehouse that the goods of the order come into or leave. */
  readonly warehouse: string;
}

interface Goods extends Numbers {
  readonly item: string;
  readonly quantity: number;
}

class Ledger {
  readonly #amounts: Map<string, number>;

  constructor(before: Books) {
    this.#amounts = new Map(Object.entries(before));
  }

  /** Goods come (above zero) or go (below) at one place. */
  move(goods: Goods, warehouse: string, location: string | undefined, sign: 1 | -1): void {
    const { item, quantity } = goods;
    this.#add(`stock ${warehouse} ${item}`, sign * quantity);
    if (location !== undefined) this.#add(`place ${location} ${item}`, sign * quantity);
    const at = `number ${warehouse} ${location ?? '-'} ${item}`;
    for (const part of goods.batches ?? []) this.#add(`${at} ${part.number}`, sign * part.quantity);
    for (const serial of goods.serials ?? []) this.#add(`${at} ${serial}`, sign);
  }

  /** What is found overwrites what stood there. */
  set(item: string, warehouse: string, location: string | undefined, quantity: number): void {
    const name =
      location === undefined ? `stock ${warehouse} ${item}` : `place ${location} ${item}`;
    const change = quantity - (this.#amounts.get(name) ?? 0);
    this.#add(`stock ${warehouse} ${item}`, change);
    if (location !== undefined) this.#add(name, change);
  }

  show(name: string, value: number): void {
    this.#amounts.set(name, value);
  }

  get books(): Books {
    return tidy(this.#amounts);
  }

  #add(name: string, amount: number): void {
    this.#amounts.set(name, (this.#amounts.get(name) ?? 0) + amount);
  }
}

/** Sorted, without zeros, to six decimals. */
export function tidy(amounts: Iterable<readonly [string, number]>): Books {
  const rounded = [...amounts].map(([name, n]) => [name, Math.round(n * 1e6) / 1e6] as const);
  return Object.fromEntries(
    rounded.filter(([, n]) => n !== 0).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The books after `posting`; its order as it was before. */
export function booksAfter(posting: Posting, before: Books, order: OrderFacts): Books {
  const ledger = new Ledger(before);
  switch (posting.kind) {
    case 'goodsReceipt':
      for (const line of posting.lines) ledger.move(line, order.warehouse, line.location, 1);
      break;
    case 'goodsDelivery':
      for (const line of posting.lines) ledger.move(line, order.warehouse, line.location, -1);
      break;
    case 'stockCount':
      for (const { found, item, location, ...numbers } of posting.lines) {
        const goods = { ...numbers, item, quantity: found.quantity };
        if (found.kind === 'counted') ledger.set(item, posting.warehouse, location, found.quantity);
        else ledger.move(goods, posting.warehouse, location, 1);
      }
      break;
    case 'warehouseTransfer':
    case 'locationTransfer':
      for (const line of posting.lines) {
        const within = posting.kind === 'locationTransfer';
        const [from, to] = within
          ? [posting.warehouse, posting.warehouse]
          : [posting.fromWarehouse, posting.toWarehouse];
        ledger.move(line, from, line.fromLocation, -1);
        ledger.move(line, to, line.toLocation, 1);
      }
      break;
    case 'materialIssue':
    case 'materialSubstitution':
      ledger.move(posting, posting.warehouse, posting.location, -1);
      break;
    case 'shopOrderReceipt':
    case 'byProductReceipt':
      ledger.move(posting, posting.warehouse, posting.location, 1);
      break;
    default:
      throw new Error(`what takes back ${posting.kind} is told by what it takes back`);
  }
  progress(ledger, posting, order);
  return ledger.books;
}

const quantityIn = (posting: Posting): number =>
  'lines' in posting
    ? posting.lines.reduce((sum, line) => sum + ('quantity' in line ? line.quantity : 0), 0)
    : 'quantity' in posting
      ? posting.quantity
      : 0;

/** Done so much, and the status that follows from it. */
function progress(ledger: Ledger, posting: Posting, { ordered, done }: OrderFacts): void {
  const now = done + quantityIn(posting);
  const whole = now >= ordered;
  if (posting.kind === 'goodsReceipt') ledger.show('order received', now);
  if (posting.kind === 'goodsDelivery') {
    ledger.show('order delivered', now);
    // Delivered and not yet invoiced is 21, partly 20.
    ledger.show('order status', whole ? 21 : 20);
  }
  if (posting.kind === 'materialIssue') {
    ledger.show('plan status', whole ? 30 : 25);
    ledger.show('order status', 20);
  }
  if (posting.kind === 'materialSubstitution') {
    ledger.show('planned', ordered - quantityIn(posting));
    ledger.show('order status', 20);
  }
  if (posting.kind === 'shopOrderReceipt') {
    ledger.show('order produced', now);
    ledger.show('order status', whole ? 30 : 20);
  }
}
