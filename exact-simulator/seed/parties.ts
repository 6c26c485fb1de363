/*
 * Seeds suppliers and customers. Account codes carry Exact's left padding.
 */
import { padAccount } from './company.ts';
import { put, type Seeding } from './context.ts';

const SUPPLIERS = [
  ['Van der Berg Bevestiging', 'Utrecht', '3542 AD'],
  ['Hagen Industrietechnik GmbH', 'Dortmund', '44137'],
  ['Noordzee Verf B.V.', 'Zaandam', '1505 HR'],
  ['Lasgroep Brabant', 'Eindhoven', '5616 LZ'],
  ['Pompen & Techniek Zwolle', 'Zwolle', '8013 RP'],
  ['Safeline Werkkleding', 'Almelo', '7605 AS'],
  ['Delta Verpakkingen', 'Breda', '4815 HD'],
  ['Sensotec Benelux', 'Antwerpen', '2030'],
  ['Kogellager Centrale', 'Rotterdam', '3045 BA'],
  ['Hydraparts Europe', 'Venlo', '5928 RC'],
  ['Elektro Oost', 'Enschede', '7547 TA'],
  ['Metaalhandel De Rijn', 'Arnhem', '6827 AT'],
] as const;

const CUSTOMERS = [
  ['Bouwbedrijf Jansen', 'Amersfoort', '3812 PH'],
  ['Installatietechniek Vos', 'Zeist', '3707 NH'],
  ['Gemeentewerken Soest', 'Soest', '3762 EV'],
  ['Machinefabriek Kuipers', 'Deventer', '7418 EV'],
  ['Scheepswerf De Merwede', 'Hardinxveld', '3371 EE'],
  ['Tuincentrum Groenrijk', 'Houten', '3994 DJ'],
] as const;

type Base = Pick<Seeding, 'writer' | 'day'>;
type Party = readonly [name: string, city: string, postcode: string];

function seedParty(base: Base, party: Party, code: number, supplier: boolean) {
  const [name, city, postcode] = party;
  const country = /^\d{5}$/.test(postcode) ? 'DE ' : city === 'Antwerpen' ? 'BE ' : 'NL ';
  const mail = name.toLowerCase().replaceAll(/[^a-z]+/g, '');
  return put(base, 'Accounts', {
    ...{ Code: padAccount(code), Name: name, City: city, Postcode: postcode, Country: country },
    ...{ IsSupplier: Number(supplier), IsSales: Number(!supplier), Status: supplier ? 'A' : 'C' },
    ...{ Blocked: 0, IsPurchase: Number(supplier), SearchCode: mail.slice(0, 10).toUpperCase() },
    ...{ AddressLine1: `Industrieweg ${code % 97}`, Email: `info@${mail}.test` },
    ...{ Phone: `030 555 ${String(code).slice(-4)}`, StartDate: base.day(-900), Type: 'A' },
  });
}

/** The ids of the twelve suppliers. */
export function seedSuppliers(base: Base): string[] {
  return SUPPLIERS.map((party, n) => seedParty(base, party, 50_001 + n, true));
}

/** The ids of the customers. */
export function seedCustomers(base: Base): string[] {
  return CUSTOMERS.map((party, n) => seedParty(base, party, 10_001 + n, false));
}
