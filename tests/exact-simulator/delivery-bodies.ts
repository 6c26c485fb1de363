/*
 * What the tests of goods deliveries share: bodies of deliveries on the seeded sales orders.
 */
import type { documentStage, Fields } from './document-stage.ts';

export const DELIVERIES = 'salesorder/GoodsDeliveries';

export const batch = (BatchNumber: string, Quantity: number, StorageLocation?: string) => ({
  BatchNumber,
  Quantity,
  ...(StorageLocation === undefined ? {} : { StorageLocation }),
});
export const serials = (...numbers: string[]) => ({
  SerialNumbers: numbers.map((SerialNumber) => ({ SerialNumber })),
});

export const body = (lines: Fields[], more: Fields = {}): Fields => ({
  DeliveryDate: '2026-11-18T00:00:00',
  ...more,
  GoodsDeliveryLines: lines,
});

/** The ways to send a delivery at a stage. */
export function deliveriesAt({ call, salesOrder }: ReturnType<typeof documentStage>) {
  return {
    /** A delivery line on line `n` of a sales order. */
    line: async (order: number, n: number, quantity: unknown, more: Fields = {}) => {
      const found = (await salesOrder(order)).lines[n - 1];
      return { SalesOrderLineID: found?.['ID'], QuantityDelivered: quantity, ...more };
    },
    post: (lines: Fields[], more: Fields = {}) => call('POST', DELIVERIES, body(lines, more)),
  };
}
