/*
 * The reference model of the shop floor: a few sums that a foreman could keep on paper. It knows
 * one order with plain, batch, serial and backflushed material, and one with a batch product.
 */

export type Material = 'valve' | 'oil' | 'sensor';

export interface Transaction {
  id: string;
  kind: Material | 'unit' | 'mix';
  /** What is left to undo of each number; a plain item counts under ''. */
  rest: Map<string, number>;
  /** Screws that went along with a receipt. */
  screws: number;
}

export const UNITS_PLANNED = 4;
export const MIX_PLANNED = 6;
export const SCREWS_EACH = 4;

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

export class Model {
  /** In stock, by number; plain items and the plain product under their own names. */
  readonly stock = new Map<string, number>();
  readonly issued: Record<Material, number> = { valve: 0, oil: 0, sensor: 0 };
  readonly transactions: Transaction[] = [];
  screwsIssued = 0;
  units = 0;
  mix = 0;

  constructor(stock: Record<string, number>) {
    for (const [name, quantity] of Object.entries(stock)) this.stock.set(name, quantity);
  }

  has(name: string): number {
    return this.stock.get(name) ?? 0;
  }

  private add(name: string, quantity: number): void {
    this.stock.set(name, this.has(name) + quantity);
  }

  /** Where the quantity of a transaction's number is kept. */
  private place(kind: Transaction['kind'], number: string): string {
    return number === '' ? kind : number;
  }

  canIssue(kind: Material, numbers: Map<string, number>): boolean {
    return [...numbers].every(([number, n]) => n > 0 && this.has(this.place(kind, number)) >= n);
  }

  issue(id: string, kind: Material, numbers: Map<string, number>): void {
    for (const [number, n] of numbers) this.add(this.place(kind, number), -n);
    this.issued[kind] += sum(numbers.values());
    this.transactions.push({ id, kind, rest: new Map(numbers), screws: 0 });
  }

  canReceive(kind: 'unit' | 'mix', numbers: Map<string, number>): boolean {
    if (kind === 'mix') return true;
    return this.has('screw') >= sum(numbers.values()) * SCREWS_EACH;
  }

  receive(id: string, kind: 'unit' | 'mix', numbers: Map<string, number>): void {
    const quantity = sum(numbers.values());
    for (const [number, n] of numbers) this.add(this.place(kind, number), n);
    const screws = kind === 'unit' ? quantity * SCREWS_EACH : 0;
    this.moveScrews(-screws);
    if (kind === 'unit') this.units += quantity;
    else this.mix += quantity;
    this.transactions.push({ id, kind, rest: new Map(numbers), screws });
  }

  private moveScrews(quantity: number): void {
    this.add('screw', quantity);
    this.screwsIssued -= quantity;
  }

  restOf(transaction: Transaction): number {
    return sum(transaction.rest.values());
  }

  /** Undoes a part (or all) of a transaction. */
  reverse(transaction: Transaction, numbers: Map<string, number>): void {
    const { kind } = transaction;
    const received = kind === 'unit' || kind === 'mix';
    for (const [number, n] of numbers) {
      this.add(this.place(kind, number), received ? -n : n);
      transaction.rest.set(number, (transaction.rest.get(number) ?? 0) - n);
    }
    const quantity = sum(numbers.values());
    if (kind === 'unit') this.units -= quantity;
    else if (kind === 'mix') this.mix -= quantity;
    else this.issued[kind] -= quantity;
    this.moveScrews(transaction.screws);
  }

  /** Status of the order that makes units, and of the one that makes the mix. */
  statuses(): [number, number] {
    const begun = this.units > 0 || this.screwsIssued > 0 || sum(Object.values(this.issued)) > 0;
    const units = this.units >= UNITS_PLANNED ? 30 : begun ? 20 : 10;
    return [units, this.mix >= MIX_PLANNED ? 30 : this.mix > 0 ? 20 : 10];
  }
}
