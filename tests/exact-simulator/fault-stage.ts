/*
 * A simulator with its clock stopped, faults to set, and one receipt to send into them.
 */
import { afterEach, beforeEach } from 'vitest';
import type { SimulatorOptions } from '../../exact-simulator/index.ts';
import { order, startExact, type Answered, type Exact } from './helpers.ts';

export class FaultStage {
  readonly receipts = '123456/purchaseorder/GoodsReceipts';
  /** Receipts that `post` sent. */
  readonly marked = `${this.receipts}?$select=ID,Remarks&$filter=Remarks eq 'marker-1'`;
  readonly units = '123456/logistics/Units';
  private running: Exact | undefined;

  /** Starts a simulator before each test of the file, and ends it after. */
  static forEachTest(): FaultStage {
    const stage = new FaultStage();
    beforeEach(async () => {
      stage.running = await startExact();
      await stage.exact.control('POST', '/clock', { freeze: true });
      await stage.exact.control('POST', '/limits', { minutely: 1000 });
    });
    afterEach(async () => {
      await stage.exact.close();
    });
    return stage;
  }

  /** Another company in its place. */
  async restart(options: SimulatorOptions): Promise<void> {
    await this.exact.close();
    this.running = await startExact(options);
  }

  get exact(): Exact {
    if (this.running === undefined) throw new Error('the simulator runs within a test only');
    return this.running;
  }

  fault(kind: string, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    return this.exact.control('POST', '/faults', { kind, ...more });
  }

  /** Milliseconds; the clock stands otherwise. */
  advance(advanceMs: number): Promise<Record<string, unknown>> {
    return this.exact.control('POST', '/clock', { advanceMs });
  }

  /** Five pieces of the first line of an order. */
  async post(number = 10_000_001, Remarks = 'marker-1'): Promise<Answered> {
    const id = (await order(this.exact, number)).lines[0]?.['ID'];
    return this.exact.call('POST', this.receipts, {
      ReceiptDate: '2026-11-18',
      Remarks,
      GoodsReceiptLines: [{ PurchaseOrderLineID: id, QuantityReceived: 5 }],
    });
  }
}
