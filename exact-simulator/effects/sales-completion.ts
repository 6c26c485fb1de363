/*
 * Closing and printing sales orders (Exact KB, sales): what is left of an order or a line is given
 * up for good, and an order's document is made. The answers tell what became of it, also when that
 * is a refusal.
 */
import { ApiError } from '../http/answer.ts';
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, type Body, type Effect } from './effect.ts';
import { text } from './messages.ts';
import { mustFind } from './movements.ts';
import { overall, refreshSalesOrder, SALES, salesLinesOf } from './sales-status.ts';

/** Keeps the last answer about a row; a second try answers anew. */
function say(writer: Writer, table: string, key: string, said: Row): string {
  deleteRow(writer, table, said[key] ?? null);
  return insertRow(writer, table, said);
}

/** Closes the delivery, the invoicing or both of some lines. Throws when nothing was left to. */
function close(writer: Writer, order: Row, lines: readonly Row[], fields: Row): void {
  const name = number(order['OrderNumber']);
  if (number(order['Status']) === SALES.cancelled) throw broken(writer, 'salesCancelled', name);
  let closed = 0;
  for (const line of lines) {
    const status = (column: string, flag: string): number => {
      const now = number(line[column]);
      return number(fields[flag]) !== 0 && now < SALES.complete ? SALES.complete : now;
    };
    const delivery = status('DeliveryStatus', 'CompleteDelivery');
    const invoice = status('InvoiceStatus', 'CompleteInvoice');
    const same =
      delivery === number(line['DeliveryStatus']) && invoice === number(line['InvoiceStatus']);
    if (same) continue;
    closed += 1;
    updateRow(writer, 'SalesOrderLines', line['ID'] ?? null, {
      ...{ DeliveryStatus: delivery, InvoiceStatus: invoice },
      OrderStatus: overall(delivery, invoice),
    });
  }
  if (closed === 0) throw broken(writer, 'nothingToClose', name);
  refreshSalesOrder(writer, order['OrderID'] ?? null);
}

/** The answer of closing: `SuccessMessage`, or `ErrorMessage` with nothing changed. */
function tryToClose(writer: Writer, order: Row, lines: readonly Row[], fields: Row): Row {
  const flags = {
    CompleteDelivery: fields['CompleteDelivery'] ?? 0,
    CompleteInvoice: fields['CompleteInvoice'] ?? 0,
  };
  try {
    writer.store.transaction(() => close(writer, order, lines, flags));
    const done = text(writer.store, 'orderClosed', number(order['OrderNumber']));
    return { ...flags, SuccessMessage: done, ErrorMessage: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ...flags, SuccessMessage: null, ErrorMessage: error.message };
  }
}

function createCompletion(writer: Writer, { fields }: Body): string {
  const order = mustFind(writer, 'SalesOrders', fields['OrderID'], 'OrderID');
  const id = order['OrderID'] ?? null;
  const said = tryToClose(writer, order, salesLinesOf(writer, id), fields);
  return say(writer, 'CompletedSalesOrders', 'OrderID', { OrderID: id, ...said });
}

function createLineCompletion(writer: Writer, { fields }: Body): string {
  const line = mustFind(writer, 'SalesOrderLines', fields['ID'], 'ID');
  const order = mustFind(writer, 'SalesOrders', line['OrderID'], 'ID');
  const said = tryToClose(writer, order, [line], fields);
  return say(writer, 'CompletedSalesOrderLines', 'ID', { ID: line['ID'] ?? null, ...said });
}

function mail(writer: Writer, order: Row): Row {
  const account = findRow(writer, 'Accounts', order['OrderedBy'] ?? null);
  const address: SqlValue = account?.['Email'] ?? null;
  if (address === null) {
    const error = text(writer.store, 'noMailAddress', String(account?.['Name'] ?? ''));
    return { EmailCreationSuccess: null, EmailCreationError: error };
  }
  const done = text(writer.store, 'orderMailed', String(address));
  return { EmailCreationSuccess: done, EmailCreationError: null };
}

function createPrint(writer: Writer, { fields }: Body): string {
  const order = mustFind(writer, 'SalesOrders', fields['OrderId'], 'OrderId');
  const sent = (name: string) => ({ [name]: fields[name] ?? null });
  return say(writer, 'PrintedSalesOrders', 'OrderId', {
    ...{ OrderId: order['OrderID'] ?? null, Document: writer.newId() },
    DocumentCreationSuccess: text(writer.store, 'orderPrinted', number(order['OrderNumber'])),
    ...{ DocumentCreationError: null, EmailCreationSuccess: null, EmailCreationError: null },
    ...(number(fields['SendEmailToCustomer']) === 0 ? {} : mail(writer, order)),
    ...{ ...sent('DocumentLayout'), ...sent('EmailLayout'), ...sent('ExtraText') },
    ...{ ...sent('SendEmailToCustomer'), ...sent('SenderEmailAddress') },
  });
}

export const completeSalesOrder: Effect = {
  mandatory: { 'SalesOrder/CompleteSalesOrder': ['OrderID'] },
  create: createCompletion,
};

export const completeSalesOrderLine: Effect = {
  mandatory: { 'SalesOrder/CompleteSalesOrderLine': ['ID'] },
  create: createLineCompletion,
};

export const printedSalesOrder: Effect = {
  mandatory: { 'SalesOrder/PrintedSalesOrders': ['OrderId'] },
  create: createPrint,
};
