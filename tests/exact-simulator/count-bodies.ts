/*
 * What the tests of stock counts share: bodies of counts of the seeded goods, and processing one.
 */
import type { documentStage, Fields } from './document-stage.ts';
import { parsed, record, rowsOf } from './helpers.ts';

export const COUNTS = 'inventory/StockCounts';
export const LINES = 'inventory/StockCountLines';

export const serials = (...numbers: string[]) => ({
  SerialNumbers: numbers.map((SerialNumber) => ({ SerialNumber })),
});

/** The ways to send a count at a stage. */
export function countsAt(stage: ReturnType<typeof documentStage>) {
  const { call, made, salesOrder, warehouse } = stage;
  const body = async (lines: Fields[], more: Fields = {}): Promise<Fields> => {
    const head = { StockCountDate: '2026-11-18', Warehouse: await warehouse('1') };
    return { ...head, ...more, StockCountLines: lines };
  };
  return {
    body,
    /** Items of sales order 20000011: plain, expiring batch, batch, serial. */
    items: async () => {
      const { lines } = await salesOrder(20_000_011);
      const [plain, expiry, batch, serial] = lines.map((line) => line['Item']);
      return { plain, expiry, batch, serial };
    },
    post: async (lines: Fields[], more: Fields = {}) =>
      call('POST', COUNTS, await body(lines, more)),
    draft: async (lines: Fields[], more: Fields = {}) => made(COUNTS, await body(lines, more)),
    linesOf: async (count: Fields) => {
      const uri = `${COUNTS}(guid'${String(count['StockCountID'])}')/StockCountLines`;
      return rowsOf(await call('GET', `${uri}?$orderby=LineNumber`));
    },
    process: async (count: Fields) => {
      const id = { StockCountID: count['StockCountID'] };
      return record(parsed(await call('POST', 'inventory/ProcessStockCount', id))['d']);
    },
  };
}
