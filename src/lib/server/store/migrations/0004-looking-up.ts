// What lies in a place and what has this number: both are asked while somebody stands before it.

export const lookingUp = `
CREATE INDEX mirror_stock_in_place ON mirror_row (body ->> '$.StorageLocation')
  WHERE entity = 'StorageLocationStockPositions';
CREATE INDEX mirror_numbers_in_place ON mirror_row (body ->> '$.StorageLocation')
  WHERE entity = 'StockSerialBatchNumbers';
CREATE INDEX mirror_by_number ON mirror_row (lower(body ->> '$.SerialBatchNumber'))
  WHERE entity = 'SerialBatchNumbers';
`;
