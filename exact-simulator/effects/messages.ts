/*
 * The texts of refusals, in the language of the user who linked the app (Exact KB, errors): Exact
 * answers in Dutch as readily as in English, so a client must never match on them.
 */
import type { Store } from '../store/database.ts';
import { DOCUMENT_TEXTS } from './messages-documents.ts';

const TEXTS = {
  ...DOCUMENT_TEXTS,
  mandatory: ['Mandatory: {0}', 'Verplicht: {0}'],
  invalid: ['Invalid: {0}', 'Ongeldig: {0}'],
  exists: ['Already exists: {0}', 'Bestaat reeds: {0}'],
  notApproved: [
    'Purchase order {0} has not been approved',
    'Inkooporder {0} is nog niet goedgekeurd',
  ],
  dropShipment: [
    'Purchase order {0} is a drop shipment and is not received into stock',
    'Inkooporder {0} is een directe levering en wordt niet in voorraad ontvangen',
  ],
  cancelled: ['Purchase order {0} is cancelled', 'Inkooporder {0} is geannuleerd'],
  mixed: [
    'All lines of a goods receipt must have the same supplier and warehouse',
    'Alle regels van een ontvangst moeten dezelfde leverancier en hetzelfde magazijn hebben',
  ],
  tooMuch: [
    'Item {0}: the quantity received ({1}) is more than the open quantity ({2})',
    'Artikel {0}: het ontvangen aantal ({1}) is meer dan het openstaande aantal ({2})',
  ],
  nothingOpen: [
    'Item {0}: nothing is left to receive',
    'Artikel {0}: er is niets meer te ontvangen',
  ],
  notPositive: [
    'Item {0}: the quantity must be more than zero',
    'Artikel {0}: het aantal moet groter zijn dan nul',
  ],
  fraction: [
    'Item {0}: fractions are not allowed',
    'Artikel {0}: deelbare aantallen zijn niet toegestaan',
  ],
  locationMandatory: ['StorageLocation is mandatory', 'Opslaglocatie is verplicht'],
  locationElsewhere: [
    'Invalid: the storage location does not belong to warehouse {0}',
    'Ongeldig: de opslaglocatie hoort niet bij magazijn {0}',
  ],
  noLocations: [
    'Invalid: warehouse {0} does not use storage locations',
    'Ongeldig: magazijn {0} gebruikt geen opslaglocaties',
  ],
  numbersMissing: [
    'Item {0}: the quantity of the serial or batch numbers ({1}) differs from the quantity ({2})',
    'Artikel {0}: het aantal serie- of partijnummers ({1}) wijkt af van het aantal ({2})',
  ],
  notBatchItem: ['Item {0} has no batch numbers', 'Artikel {0} heeft geen partijnummers'],
  notSerialItem: ['Item {0} has no serial numbers', 'Artikel {0} heeft geen serienummers'],
  serialInStock: ['Serial number already in stock: {0}', 'Serienummer is al op voorraad: {0}'],
  serialTwice: ['Serial number used twice: {0}', 'Serienummer dubbel gebruikt: {0}'],
  numberTooLong: [
    'Invalid: {0} is longer than 30 characters',
    'Ongeldig: {0} is langer dan 30 tekens',
  ],
  orderOnHold: ['Shop order {0} is on hold', 'Productieorder {0} staat in de wacht'],
  orderNotReleased: [
    'Shop order {0} has not been released',
    'Productieorder {0} is nog niet vrijgegeven',
  ],
  orderCompleted: ['Shop order {0} is completed', 'Productieorder {0} is voltooid'],
  backflushPlan: [
    'Item {0} is issued automatically when the shop order is received',
    'Artikel {0} wordt automatisch uitgegeven bij ontvangst van de productieorder',
  ],
  backflushNumbers: [
    'Item {0} has batch or serial numbers and cannot be issued automatically',
    'Artikel {0} heeft partij- of serienummers en kan niet automatisch worden uitgegeven',
  ],
  notMadeHere: ['Item {0} is not a make item', 'Artikel {0} is geen maakartikel'],
  stockTooLow: [
    'Item {0}: not enough stock ({1}) for the quantity ({2})',
    'Artikel {0}: onvoldoende voorraad ({1}) voor het aantal ({2})',
  ],
  numberTooLow: [
    'Item {0}: not enough stock of number {1}',
    'Artikel {0}: onvoldoende voorraad van nummer {1}',
  ],
  notReversible: [
    'Nothing is left to reverse on this transaction',
    'Er is niets meer terug te draaien op deze transactie',
  ],
  reverseOriginal: [
    'This transaction is reversed together with the receipt it belongs to',
    'Deze transactie wordt teruggedraaid met de ontvangst waar zij bij hoort',
  ],
  reverseTooMuch: [
    'The quantity ({0}) is more than what can be reversed ({1})',
    'Het aantal ({0}) is meer dan wat kan worden teruggedraaid ({1})',
  ],
  usedIn: ['Cannot delete: {0} - Used in: {1}', 'Kan niet verwijderen: {0} - Gebruikt in: {1}'],
  lastLine: [
    'Cannot delete: the last line of an order',
    'Kan niet verwijderen: de laatste regel van een order',
  ],
  tooLong: ['Invalid: {0} is longer than {1} characters', 'Ongeldig: {0} is langer dan {1} tekens'],
  noRight: ['Forbidden', 'Verboden'],
  dataExists: ['Data already exists', 'Gegeven bestaat reeds.'],
  callbackFails: [
    'Invalid: Post to callback URL endpoint returns {0}',
    'Ongeldig: Post naar callback-URL geeft {0}',
  ],
  linesThroughHeader: [
    'Forbidden - Lines must be created together with their header',
    'Verboden - Regels worden samen met de kop aangemaakt',
  ],
} as const;

export type Message = keyof typeof TEXTS;

/** The text of a message in the company's language, with its gaps filled. */
export function text(store: Store, message: Message, ...values: (string | number)[]): string {
  const [english, dutch] = TEXTS[message];
  const chosen = store.settings.text('language', 'en') === 'nl' ? dutch : english;
  return values.reduce<string>((out, value, n) => out.replace(`{${n}}`, String(value)), chosen);
}
