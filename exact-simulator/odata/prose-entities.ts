/*
 * Endpoints Exact's documentation describes in prose only, in the same shape as entities.json.
 * They live apart so that the copied table can be replaced by a newer one without losing them.
 */
import type { RawEntity } from './catalogue.ts';

function read(type: string, ...names: string[]): RawEntity['properties'] {
  return names.map((name) => ({ name, type: `Edm.${type}`, on: 'R' }));
}

/** hrm/Divisions names two fields differently from system/Divisions (Exact KB, divisions). */
const hrmDivisions: RawEntity = {
  entity: 'HRM/Divisions',
  uri: '/api/v1/{division}/hrm/Divisions',
  methods: ['GET'],
  properties: [
    { name: 'Code', type: 'Edm.Int32', key: true, on: 'R' },
    ...read('Guid', 'Creator', 'Customer', 'Modifier'),
    ...read('String', 'City', 'Country', 'CreatorFullName', 'Currency', 'CustomerCode'),
    ...read('String', 'CustomerName', 'Description', 'Email', 'ModifierFullName', 'Phone'),
    ...read(
      'String',
      'Postcode',
      'VATNumber',
      'Website',
      'AddressLine1',
      'ChamberOfCommerceNumber',
    ),
    ...read('DateTime', 'Created', 'Modified', 'ArchiveDate', 'StartDate'),
    ...read('Int64', 'HID'),
    ...read('Int32', 'Status', 'BlockingStatus'),
    ...read('Boolean', 'Current', 'Main'),
  ],
};

const stockPosition: RawEntity = {
  entity: 'Read/Logistics/StockPosition',
  uri: '/api/v1/{division}/read/logistics/StockPosition',
  methods: ['GET'],
  properties: [
    { name: 'ItemId', type: 'Edm.Guid', key: true, on: 'R' },
    ...read('Double', 'InStock', 'FreeStock', 'PlanningIn', 'PlanningOut'),
    ...read('Double', 'ProjectedStock', 'ReservedStock'),
  ],
};

export const proseEntities: RawEntity[] = [hrmDivisions, stockPosition];
