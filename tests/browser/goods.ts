// Who lives here: the goods, orders and trail that the sample screens show.

import type { OrderView } from '../../src/lib/domain/index.ts';
import type { KioskModel } from '../../src/lib/ui/index.ts';
import type { LineModel } from '../../src/lib/workflows/index.ts';

export const TITLE = {
  label: { en: 'Receive', nl: 'Ontvangen', de: 'Wareneingang', fr: 'Réception' },
} as const;

export const DOCUMENT = { id: 'o1', number: '4500123', partner: 'Van Dijk Bevestigingen B.V.' };

type Row = [code: string, name: string, unit: string, ordered: number, done: number];
const ROWS: readonly Row[] = [
  ['BOLT-M8-40', 'Hexagon bolt M8 × 40 zinc plated', 'pc', 500, 500],
  ['RESIN-5', 'Epoxy resin 5 kg, transparent, with hardener', 'can', 24, 10],
  ['PUMP-220', 'Submersible pump 220 V', 'pc', 3, 0],
  ['TAPE-50', 'Packing tape 50 mm brown', 'roll', 36, 40],
  ['GLOVE-XL', 'Work gloves XL', 'pair', 60, 0],
  ['FILTER-HEPA-13', 'Air filter HEPA 13 for extraction unit AX-2000 series II', 'pc', 12, 0],
];

function lineState(ordered: number, done: number): LineModel['state'] {
  if (done > ordered) return 'over';
  if (done === ordered) return 'complete';
  return done === 0 ? 'open' : 'partial';
}

export function lines(focus?: { code: string; as: 'current' | 'just-done' }): LineModel[] {
  return ROWS.map(([itemCode, itemName, unit, ordered, done]) => ({
    id: itemCode,
    itemCode,
    itemName,
    unit,
    ordered,
    done,
    state: lineState(ordered, done),
    ...(focus?.code === itemCode ? { focus: focus.as } : {}),
  }));
}

function order(at: number, number: string, partnerName: string, day?: string): OrderView {
  const quantities = ROWS.slice(0, 2 + (at % 4));
  return {
    kind: 'purchaseOrder',
    id: `o${at}`,
    number,
    partnerName,
    partnerCode: `S${at}`,
    warehouse: { id: 'w1', code: '1', name: 'Rotterdam', usesLocations: true },
    ...(day === undefined ? {} : { expectedDate: day }),
    seq: 1,
    lines: quantities.map(([code, name, unit, ordered, done], lineNumber) => ({
      id: `${at}-${code}`,
      lineNumber,
      item: {
        id: code,
        code,
        name,
        unit,
        tracking: 'none',
        hasExpiry: false,
        fractions: false,
        packs: [],
        defaultLocations: {},
      },
      ordered,
      done: at % 3 === 0 ? 0 : done,
      pending: 0,
    })),
  };
}

export const ORDERS: readonly OrderView[] = [
  order(1, '4500119', 'Koninklijke Technische Unie', '2026-11-19'),
  order(2, '4500123', 'Van Dijk Bevestigingen B.V.', '2026-11-22'),
  order(3, '4500124', 'Schröder Pumpen GmbH', '2026-11-22'),
  order(4, '4500130', 'Emballages du Nord S.A.', '2026-11-24'),
  order(5, '4500131', 'Handschoenhandel Jansen', '2026-11-25'),
  order(6, '4500140', 'Filtrex Nederland'),
];

export const TRAIL: KioskModel['trail'] = [
  ['PUMP-220', 'Submersible pump 220 V', 3, 'pc', 'accepted'],
  ['RESIN-5', 'Epoxy resin 5 kg, transparent, with hardener', 14, 'can', 'confirmed'],
  ['BOLT-M8-40', 'Hexagon bolt M8 × 40 zinc plated', 500, 'pc', 'booked'],
].map(([itemCode, itemName, quantity, unit, stage], at) => ({
  id: String(at),
  order: '4500123',
  itemCode: String(itemCode),
  itemName: String(itemName),
  quantity: Number(quantity),
  unit: String(unit),
  stage: stage as 'accepted',
  ...(stage === 'booked' ? { receiptNumber: '26700042' } : {}),
}));
