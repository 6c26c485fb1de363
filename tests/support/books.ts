// Who lives here: the simulated administration as a third party sees it: what a test asserts about
// Exact is read from the simulator's own API, with tokens of its own, never from the hub. Faults
// are set over its control API.

import * as z from 'zod';

const DIVISION = 123456;
const token = z.object({ accessToken: z.string() });
const page = z.object({
  d: z.union([
    z.object({ results: z.array(z.unknown()), __next: z.string().optional() }),
    z.array(z.unknown()),
  ]),
});

export interface ReceiptInBooks {
  readonly number: number;
  readonly description: string;
  readonly lines: readonly LineInBooks[];
}

export interface LineInBooks {
  readonly item: string;
  readonly quantity: number;
  readonly location: string;
  /** `number quantity expiry`, sorted. */
  readonly batches: readonly string[];
  readonly serials: readonly string[];
}

const header = z.object({
  ID: z.string(),
  ReceiptNumber: z.number(),
  Description: z.string().nullable(),
});
const line = z.object({
  ID: z.string(),
  ItemCode: z.string(),
  QuantityReceived: z.number(),
  LocationCode: z.string().nullable(),
});
const batch = z.object({
  BatchNumber: z.string(),
  Quantity: z.number(),
  EndDate: z.string().nullable(),
  StockTransactionID: z.string().nullable(),
});
const serial = z.object({ SerialNumber: z.string(), StockTransactionID: z.string().nullable() });
const stock = z.object({
  ItemCode: z.string(),
  WarehouseCode: z.string(),
  CurrentStock: z.number(),
});
const order = z.object({ ReceiptStatus: z.number() });

const callLog = z.object({
  calls: z.array(z.object({ method: z.string(), path: z.string() })),
});

function day(edm: string | null): string {
  const ms = /^\/Date\((-?\d+)\)\/$/.exec(edm ?? '')?.[1];
  return ms === undefined ? '' : new Date(Number(ms)).toISOString().slice(0, 10);
}

export class Books {
  readonly #url: string;
  #token: string | undefined;

  constructor(simulatorUrl: string) {
    this.#url = simulatorUrl;
  }

  async control(path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.#url}/control/${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    if (!answer.ok) throw new Error(`control ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Changes fields of a record, as a person would in Exact's own screens. */
  async change(path: string, key: string, fields: object): Promise<void> {
    const answer = await fetch(`${this.#url}/control/records/${path}/${key}`, {
      ...{ method: 'PATCH', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify(fields),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  async fault(kind: string, more: object = {}): Promise<void> {
    const match = { method: 'POST', path: 'purchaseorder/GoodsReceipts' };
    await this.control('faults', { kind, match, times: 1, ...more });
  }

  /** How many goods receipts were sent here, answered or not. */
  async receiptsSent(): Promise<number> {
    const { calls } = callLog.parse(await this.control('calls?limit=1000'));
    return calls.filter(
      ({ method, path }) => method === 'POST' && /purchaseorder\/goodsreceipts/i.test(path),
    ).length;
  }

  /** Every page of a list, read with a token that only this test has. */
  async list<T>(schema: z.ZodType<T>, path: string, query: Record<string, string>): Promise<T[]> {
    const rows: T[] = [];
    let url: string | undefined =
      `${this.#url}/api/v1/${DIVISION}/${path}?${new URLSearchParams(query).toString()}`;
    while (url !== undefined) {
      const answer: Response = await fetch(url, {
        headers: { accept: 'application/json', authorization: `Bearer ${await this.#access()}` },
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      const { d } = page.parse(await answer.json());
      rows.push(...(Array.isArray(d) ? d : d.results).map((row) => schema.parse(row)));
      url = Array.isArray(d) ? undefined : d.__next;
    }
    return rows;
  }

  async #access(): Promise<string> {
    this.#token ??= token.parse(
      await this.control('tokens/issue', { divisions: [DIVISION] }),
    ).accessToken;
    return this.#token;
  }

  /** Receipts of the administration that carry one of our markers, with everything in them. */
  async receipts(): Promise<ReceiptInBooks[]> {
    const headers = await this.list(header, 'purchaseorder/GoodsReceipts', {
      $select: 'ID,ReceiptNumber,Description',
    });
    const ours = headers.filter(({ Description }) => Description?.startsWith('SD') === true);
    return Promise.all(
      ours.map(async ({ ID, ReceiptNumber, Description }) => ({
        number: ReceiptNumber,
        description: Description ?? '',
        lines: await this.#lines(ID),
      })),
    );
  }

  async #lines(receipt: string): Promise<LineInBooks[]> {
    const rows = await this.list(line, 'purchaseorder/GoodsReceiptLines', {
      $filter: `GoodsReceiptID eq guid'${receipt}'`,
      $select: 'ID,ItemCode,QuantityReceived,LocationCode',
    });
    const lines = await Promise.all(
      rows.map(async (row) => ({
        item: row.ItemCode,
        quantity: row.QuantityReceived,
        location: row.LocationCode ?? '',
        ...(await this.#numbers(row.ID)),
      })),
    );
    return lines.sort((a, b) => (a.item < b.item ? -1 : 1));
  }

  async #numbers(transaction: string): Promise<Pick<LineInBooks, 'batches' | 'serials'>> {
    const $filter = `StockTransactionID eq guid'${transaction}'`;
    const batches = await this.list(batch, 'inventory/StockBatchNumbers', {
      $filter,
      $select: 'BatchNumber,Quantity,EndDate,StockTransactionID',
    });
    const serials = await this.list(serial, 'inventory/StockSerialNumbers', {
      $filter,
      $select: 'SerialNumber,StockTransactionID',
    });
    return {
      batches: batches
        .map(({ BatchNumber, Quantity, EndDate }) =>
          `${BatchNumber} ${Quantity} ${day(EndDate)}`.trim(),
        )
        .sort(),
      serials: serials.map(({ SerialNumber }) => SerialNumber).sort(),
    };
  }

  /** Stock of an item in warehouse 1, in stock units; 0 when there is no row. */
  async stockOf(item: string): Promise<number> {
    const rows = await this.list(stock, 'sync/Inventory/StockPositions', {
      $filter: 'Timestamp gt 1L',
      $select: 'ItemCode,WarehouseCode,CurrentStock',
    });
    const found = rows.find((row) => row.ItemCode === item && row.WarehouseCode.trim() === '1');
    return found?.CurrentStock ?? 0;
  }

  async receiptStatus(orderNumber: string): Promise<number> {
    const [found] = await this.list(order, 'purchaseorder/PurchaseOrders', {
      $filter: `OrderNumber eq ${orderNumber}`,
      $select: 'ReceiptStatus',
    });
    if (found === undefined) throw new Error(`no order ${orderNumber}`);
    return found.ReceiptStatus;
  }
}
