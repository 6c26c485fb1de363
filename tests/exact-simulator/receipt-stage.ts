/*
 * The stage of the goods receipt specifications: a fresh simulator per test, the lines of order
 * 10000001, and a short way to post.
 */
import { afterEach, beforeEach } from 'vitest';
import { only, order, peek, startExact, type Answered, type Exact } from './helpers.ts';

export const RECEIPTS = '123456/purchaseorder/GoodsReceipts';

export type Line = Record<string, unknown>;

export interface Stage {
  exact: () => Exact;
  /** The lines of order 10000001, first line at 0. */
  lines: () => Record<string, unknown>[];
  /** A receipt line on line `n` (from 1) of order 10000001. */
  line: (n: number, more: Line) => Line;
  post: (lines: Line[], head?: Line, headers?: HeadersInit) => Promise<Answered>;
  /** A receipt line of one piece on any order. */
  lineOf: (orderNumber: number, n?: number) => Promise<Line>;
  /** The highest row version of purchase order sync. */
  version: () => Promise<number>;
  position: (item: unknown, warehouse: unknown) => Promise<Record<string, unknown>>;
}

/** Sets the stage for every test of a file. */
export function stage(): Stage {
  let exact: Exact;
  let lines: Record<string, unknown>[] = [];
  beforeEach(async () => {
    exact = await startExact();
    await exact.control('POST', '/limits', { minutely: 10_000, errorsPerHour: 1000 });
    lines = (await order(exact, 10_000_001)).lines;
  });
  afterEach(async () => {
    await exact.close();
  });
  return {
    exact: () => exact,
    lines: () => lines,
    line: (n, more) => ({ PurchaseOrderLineID: lines[n - 1]?.['ID'], ...more }),
    post: (receiptLines, head = {}, headers = {}) => {
      const body = { ReceiptDate: '2026-11-18T00:00:00', ...head, GoodsReceiptLines: receiptLines };
      return exact.call('POST', RECEIPTS, body, headers);
    },
    lineOf: async (orderNumber, n = 0) => {
      const found = (await order(exact, orderNumber)).lines[n];
      return { PurchaseOrderLineID: found?.['ID'], QuantityReceived: 1 };
    },
    version: async () => {
      const rows = await peek(exact, 'sync/PurchaseOrder/PurchaseOrders?$select=Timestamp');
      return Math.max(...rows.map((row) => Number(row['Timestamp'])));
    },
    position: async (item, warehouse) => {
      const rows = await peek(exact, 'sync/Inventory/StockPositions');
      return only(rows.filter((r) => r['ItemId'] === item && r['Warehouse'] === warehouse));
    },
  };
}
