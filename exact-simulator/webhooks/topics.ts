/*
 * The topics of webhooks (Exact KB, webhooks) and which tables speak for them. A line speaks for
 * its header: several changes of one document in one transaction are one notification. Topics of
 * Exact that have no rows here can be subscribed to and stay silent.
 */
import type { RowChange } from '../store/database.ts';

const SILENT = [
  ...['Contacts', 'BankAccounts', 'Documents', 'Quotations', 'SalesInvoices', 'SalesEntries'],
  ...['PurchaseEntries', 'BankEntries', 'CashEntries', 'GeneralJournalEntries'],
  ...['FinancialTransactions', 'CostTransactions', 'TimeTransactions', 'ProjectPlanning'],
  ...['Subscriptions', 'Opportunities'],
];

interface Voice {
  topic: string;
  /** The path of the endpoint that a notification names. */
  path: string;
  /** The column that holds the key of the document. */
  key: string;
  /** A line: whatever happens to it is an update of its document. */
  isLine?: boolean;
}

const VOICES: Readonly<Record<string, Voice>> = {
  Accounts: { topic: 'Accounts', path: 'crm/Accounts', key: 'ID' },
  Items: { topic: 'Items', path: 'logistics/Items', key: 'ID' },
  StockPositions: { topic: 'StockPositions', path: 'sync/Inventory/StockPositions', key: 'ID' },
  PurchaseOrders: {
    ...{ topic: 'PurchaseOrders', path: 'purchaseorder/PurchaseOrders', key: 'PurchaseOrderID' },
  },
  PurchaseOrderLines: {
    ...{ topic: 'PurchaseOrders', path: 'purchaseorder/PurchaseOrders', key: 'PurchaseOrderID' },
    isLine: true,
  },
  SalesOrders: { topic: 'SalesOrders', path: 'salesorder/SalesOrders', key: 'OrderID' },
  SalesOrderLines: {
    ...{ topic: 'SalesOrders', path: 'salesorder/SalesOrders', key: 'OrderID', isLine: true },
  },
  GoodsDeliveries: {
    ...{ topic: 'GoodsDeliveries', path: 'salesorder/GoodsDeliveries', key: 'EntryID' },
  },
  GoodsDeliveryLines: {
    ...{ topic: 'GoodsDeliveries', path: 'salesorder/GoodsDeliveries', key: 'EntryID' },
    isLine: true,
  },
};

/** Every topic that may be subscribed to. */
export const TOPICS: ReadonlySet<string> = new Set([
  ...Object.values(VOICES).map((voice) => voice.topic),
  ...SILENT,
]);

/** The topic a table speaks for, if any. */
export function topicOf(table: string): string | undefined {
  return VOICES[table]?.topic;
}

export interface Event {
  topic: string;
  path: string;
  key: string;
  action: RowChange['action'];
  division: number;
}

/**
 * The events of one transaction, one for each document, in the order of its first change.
 * @param current gives the row of a change as it is now, for lines that were just made.
 */
export function eventsOf(
  changes: readonly RowChange[],
  current: (change: RowChange) => RowChange['before'],
): Event[] {
  const events = new Map<string, Event>();
  for (const change of changes) {
    const voice = VOICES[change.table];
    const row = voice && (change.before ?? current(change));
    // A row that came and went in the same transaction is no event for anybody.
    if (!voice || !row) continue;
    const key = String(row[voice.key]);
    const known = events.get(`${voice.topic} ${key}`);
    const action = voice.isLine === true ? 'Update' : change.action;
    if (!known) {
      const { topic, path } = voice;
      events.set(`${topic} ${key}`, {
        ...{ topic, path, key, action, division: Number(row['_division']) },
      });
    } else if (action === 'Delete' || (action === 'Create' && known.action === 'Update')) {
      known.action = action;
    }
  }
  return [...events.values()];
}
