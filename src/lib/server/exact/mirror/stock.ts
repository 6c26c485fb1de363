// Who lives here: what is in stock of one item: by warehouse, by storage location, by batch and by
// serial number. Batches and serials stand in Exact as movements; what is there is their sum.

import { quantity } from '../../../domain/index.ts';
import type { NumberView, StockView } from '../../../domain/index.ts';
import type { ExactDb } from '../tables.ts';
import { rowsBy } from './read-rows.ts';

const SERIAL = 1;

/** Stock units of one item in each warehouse and, where there are locations, in each of them. */
export async function stockOf(db: ExactDb, item: string): Promise<readonly StockView[]> {
  const whole = await rowsBy(db, 'StockPositions', 'subject', [item]);
  const placed = await rowsBy(db, 'StorageLocationStockPositions', 'subject', [item]);
  return [
    ...whole.map((row) => ({ warehouseId: row.Warehouse, quantity: row.CurrentStock ?? 0 })),
    ...placed.flatMap((row) => {
      const { Warehouse: warehouseId, StorageLocation: locationId, Stock } = row;
      return locationId === null ? [] : [{ warehouseId, locationId, quantity: Stock ?? 0 }];
    }),
  ];
}

/** The batches or serials of one item, with where they are; one that is nowhere has no places. */
export async function numbersOf(db: ExactDb, item: string): Promise<readonly NumberView[]> {
  const masters = await rowsBy(db, 'SerialBatchNumbers', 'subject', [item]);
  const movements = await rowsBy(db, 'StockSerialBatchNumbers', 'subject', [item]);
  const sums = new Map<string, Map<string, StockView>>();
  for (const row of movements) {
    if (row.IsDraft || row.Warehouse === null) continue;
    const places = sums.get(row.SerialBatchNumber) ?? new Map<string, StockView>();
    sums.set(row.SerialBatchNumber, places);
    const key = `${row.Warehouse} ${row.StorageLocation ?? ''}`;
    const before = places.get(key)?.quantity ?? 0;
    places.set(key, {
      warehouseId: row.Warehouse,
      quantity: quantity(before + (row.Quantity ?? 0)),
      ...(row.StorageLocation === null ? {} : { locationId: row.StorageLocation }),
    });
  }
  return masters.map((master) => ({
    id: master.ID,
    kind: master.Type === SERIAL ? 'serial' : 'batch',
    number: master.SerialBatchNumber,
    blocked: master.IsBlocked,
    ...(master.EndDate === null ? {} : { expiry: master.EndDate }),
    places: [...(sums.get(master.ID)?.values() ?? [])].filter((place) => place.quantity !== 0),
  }));
}
