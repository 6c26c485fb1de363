// Who lives here: where Exact keeps an order of each kind, what it is numbered from in a story, and how
// its lines say how much is ordered and done.

/** Numbers of a story's orders: of the kind, then of the story, then of the order. */
export const FIRST_NUMBER = {
  purchaseOrder: 11_000_000,
  salesOrder: 21_000_000,
  shopOrder: 31_000_000,
} as const;
export const NUMBERS_A_STORY = 1_000;

/** Where an order of each kind and its lines stand, and how they say how much is ordered and done. */
export const STANDS = {
  purchaseOrder: {
    ...{ order: 'purchaseorder/PurchaseOrders', line: 'purchaseorder/PurchaseOrderLines' },
    closed: { ReceiptStatus: 40, OrderStatus: 40 },
    ordered: (n: number) => ({ Quantity: n, QuantityInPurchaseUnits: n }),
    done: (n: number) => ({ ReceivedQuantity: n }),
  },
  salesOrder: {
    ...{ order: 'salesorder/SalesOrders', line: 'salesorder/SalesOrderLines' },
    closed: { Status: 45, DeliveryStatus: 45 },
    ordered: (n: number) => ({ Quantity: n }),
    done: (n: number) => ({ QuantityDelivered: n }),
  },
  shopOrder: {
    ...{ order: 'manufacturing/ShopOrders', line: 'manufacturing/ShopOrderMaterialPlans' },
    closed: { Status: 40 },
    ordered: (n: number) => ({ PlannedQuantity: n }),
    done: () => {
      throw new Error('what was issued is a document of its own: no story changes it yet');
    },
  },
} as const;
