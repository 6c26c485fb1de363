/*
 * The texts of refusals of sales and inventory documents. Exact's own wording for them is not known
 * (Exact KB, unsettled points), so these are invented; a client must never match on them.
 */
export const DOCUMENT_TEXTS = {
  numberUnknown: ['Item {0}: number {1} does not exist', 'Artikel {0}: nummer {1} bestaat niet'],
  numberBlocked: ['Item {0}: number {1} is blocked', 'Artikel {0}: nummer {1} is geblokkeerd'],
  numberTwice: ['Number used twice: {0}', 'Nummer dubbel gebruikt: {0}'],
  cannotDraft: [
    'Invalid: numbers of transaction type {0} cannot be created on their own',
    'Ongeldig: nummers van transactietype {0} kunnen niet los worden aangemaakt',
  ],
  draftUnknown: [
    'No draft serial or batch numbers for transaction {0}',
    'Geen concept serie- of partijnummers voor transactie {0}',
  ],
  draftMismatch: [
    'The draft numbers of transaction {0} belong to another {1}',
    'De conceptnummers van transactie {0} horen bij een andere {1}',
  ],
  notDraft: [
    'Cannot change or delete: the serial or batch number has been processed',
    'Kan niet wijzigen of verwijderen: het serie- of partijnummer is verwerkt',
  ],
  draftQuantity: [
    'The quantity of a draft can only be changed for a stock count',
    'Het aantal van een concept kan alleen bij een voorraadtelling worden gewijzigd',
  ],
  salesNotApproved: [
    'Sales order {0} has not been approved',
    'Verkooporder {0} is nog niet goedgekeurd',
  ],
  salesCancelled: ['Sales order {0} is cancelled', 'Verkooporder {0} is geannuleerd'],
  salesDropShipment: [
    'Sales order {0}: the line is a drop shipment and is not delivered from stock',
    'Verkooporder {0}: de regel is een directe levering en wordt niet uit voorraad geleverd',
  ],
  salesNoDropShipment: [
    'Sales order {0}: the line is no drop shipment',
    'Verkooporder {0}: de regel is geen directe levering',
  ],
  deliverMixed: [
    'All lines of a delivery must have the same customer, address and warehouse',
    'Alle regels van een levering moeten dezelfde klant, hetzelfde adres en magazijn hebben',
  ],
  deliverTooMuch: [
    'Item {0}: the quantity delivered ({1}) is more than the open quantity ({2})',
    'Artikel {0}: het geleverde aantal ({1}) is meer dan het openstaande aantal ({2})',
  ],
  lineBooked: ['Cannot change: {0}', 'Kan niet wijzigen: {0}'],
  countProcessed: [
    'Cannot change: the stock count has been processed',
    'Kan niet wijzigen: de voorraadtelling is verwerkt',
  ],
  countTwice: [
    'Item {0} is counted twice at the same location',
    'Artikel {0} is twee keer geteld op dezelfde locatie',
  ],
  countDone: ['Stock count {0} has been processed', 'Voorraadtelling {0} is verwerkt'],
  notLinked: [
    'Item {0} is not linked to warehouse {1}',
    'Artikel {0} is niet gekoppeld aan magazijn {1}',
  ],
  transferCompleted: [
    'Cannot change: the transfer has been completed',
    'Kan niet wijzigen: de overboeking is voltooid',
  ],
  transferSame: [
    'A transfer within warehouse {0} needs two different storage locations',
    'Een overboeking binnen magazijn {0} vraagt twee verschillende opslaglocaties',
  ],
  transferNumbers: [
    'Item {0}: transfers of batch or serial numbers cannot be processed here',
    'Artikel {0}: overboekingen van partij- of serienummers kunnen hier niet worden verwerkt',
  ],
  returnMixed: [
    'All lines of a return must have the same supplier and warehouse',
    'Alle regels van een retour moeten dezelfde leverancier en hetzelfde magazijn hebben',
  ],
  returnTooMuch: [
    'Item {0}: the quantity returned ({1}) is more than what can be returned ({2})',
    'Artikel {0}: het retouraantal ({1}) is meer dan wat kan worden geretourneerd ({2})',
  ],
  returnProcessed: [
    'Cannot change: the return has been processed',
    'Kan niet wijzigen: de retour is verwerkt',
  ],
  orderClosed: ['Sales order {0} has been completed', 'Verkooporder {0} is voltooid'],
  nothingToClose: [
    'Nothing is left to complete on sales order {0}',
    'Er is niets meer te voltooien op verkooporder {0}',
  ],
  orderPrinted: [
    'The document of sales order {0} has been created',
    'Het document van verkooporder {0} is aangemaakt',
  ],
  orderMailed: ['The e-mail has been sent to {0}', 'De e-mail is verzonden naar {0}'],
  noMailAddress: ['Mandatory: e-mail address of {0}', 'Verplicht: e-mailadres van {0}'],
} as const;
