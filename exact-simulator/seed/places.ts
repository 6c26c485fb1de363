/*
 * Seeds divisions, the demo user, units, warehouses and storage locations.
 */
import { CUSTOMER_ID, DIVISIONS, MAIN_DIVISION, padUnit, USER_ID } from './company.ts';
import { put, type Places, type Seeding } from './context.ts';

type Base = Pick<Seeding, 'writer'>;

const UNITS = [
  ['pc', 'Piece', 'O'],
  ['box', 'Box', 'O'],
  ['ctn', 'Carton', 'O'],
  ['pair', 'Pair', 'O'],
  ['roll', 'Roll', 'O'],
  ['m', 'Metre', 'L'],
  ['kg', 'Kilogram', 'W'],
  ['l', 'Litre', 'V'],
] as const;

/** The one user and the companies of the licence. */
export function seedCompanyRows(base: Base & Pick<Seeding, 'day'>): void {
  put(base, 'Users', {
    ...{ UserID: USER_ID, FullName: 'Demo Scandock', FirstName: 'Demo', LastName: 'Scandock' },
    ...{ Initials: 'D.', UserName: 'demo@scandock.test', Email: 'demo@scandock.test' },
    ...{ Language: 'Nederlands', LanguageCode: 'nl-NL', Gender: 'O', Nationality: 'NL ' },
    ...{ CurrentDivision: MAIN_DIVISION, AccountingDivision: MAIN_DIVISION },
    ...{ DivisionCustomer: CUSTOMER_ID, DivisionCustomerName: DIVISIONS[0].name },
    ...{ DivisionCustomerCode: '1', CustomerCode: '1', Legislation: 1 },
    ...{ IsClientUser: 0, IsEmployeeSelfServiceUser: 0, IsMyFirmLiteUser: 0, IsStarterUser: 0 },
    ...{ IsMyFirmPortalUser: 0, IsOEIMigrationMandatory: 0 },
  });
  for (const division of DIVISIONS) {
    put(base, 'Divisions', {
      ...{ Code: division.code, Hid: division.hid, Description: division.name },
      ...{ City: division.city, Country: 'NL', Currency: 'EUR', Customer: CUSTOMER_ID },
      ...{ CustomerCode: '1', CustomerName: division.name, Status: 1, BlockingStatus: 0 },
      ...{ IsMainDivision: division.main, IsDossierDivision: 0, IsHRDivision: 0, Legislation: '1' },
      ...{ StartDate: base.day(-1500), IsPracticeDivision: 0 },
    });
  }
}

/** Units by their plain code. */
export function seedUnits(base: Base): Map<string, string> {
  const units = new Map<string, string>();
  for (const [code, description, type] of UNITS) {
    const row = { Code: padUnit(code), Description: description, Type: type };
    const id = put(base, 'Units', { ...row, Active: 1, Main: Number(code === 'pc') });
    units.set(code, id);
  }
  return units;
}

function shelfCodes(): string[] {
  const codes: string[] = [];
  for (const aisle of ['A', 'B', 'C']) {
    for (const bay of ['01', '02', '03', '04']) {
      for (const level of ['1', '2']) codes.push(`${aisle}-${bay}-${level}`);
    }
  }
  return codes;
}

/** Two warehouses: one with 24 shelves and a receiving dock, one without locations. */
export function seedPlaces(base: Base): Places {
  const main = put(base, 'Warehouses', {
    ...{ Code: '1', Description: 'Central warehouse Utrecht', Main: 1, UseStorageLocations: 1 },
    EMail: 'magazijn@bouwschuur.test',
  });
  const outlet = put(base, 'Warehouses', {
    ...{ Code: '2', Description: 'Shop store Zwolle', Main: 0, UseStorageLocations: 0 },
  });
  const dock = put(base, 'StorageLocations', {
    ...{ Warehouse: main, Code: 'RCV', Description: 'Receiving dock', Main: 1, PickSequence: 0 },
  });
  const shelves = shelfCodes().map((code, n) => {
    const [aisle = '', bay = '', level = ''] = code.split('-');
    const description = `Aisle ${aisle}, bay ${bay}, level ${level}`;
    return put(base, 'StorageLocations', {
      ...{ Warehouse: main, Code: code, Description: description },
      ...{ Main: 0, PickSequence: (n + 1) * 10 },
    });
  });
  base.writer.store.run(
    'UPDATE "Warehouses" SET "DefaultStorageLocation" = ? WHERE "ID" = ?',
    dock,
    main,
  );
  return { main, outlet, dock, shelves };
}

/** Where goods are that left one place and are not in another yet. */
export function seedWay({ writer, places }: Pick<Seeding, 'writer' | 'places'>): void {
  put({ writer }, 'StorageLocations', {
    ...{ Warehouse: places.main, Code: 'ONWAY', Description: 'On the way' },
    ...{ Main: 0, PickSequence: 0 },
  });
}
