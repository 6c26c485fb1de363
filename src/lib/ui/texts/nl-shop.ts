// The Dutch words of the shop floor. Keys and holes as in en-shop.ts.

import type { EN_SHOP } from './en-shop.ts';

export const NL_SHOP = {
  'prompt.come-back': 'Wat komt er terug?',
  'prompt.instead': 'In plaats waarvan is {item}?',
  'prompt.approval-instead': '{item} in plaats van {planned}: wie geeft akkoord?',
  'ask.instead': 'In plaats van',
  'fault.step.instead': 'In plaats waarvan?',
  'fault.step.instead.why': 'Scan wat gepland was of raak de regel aan. “Terug” laat het.',
  'fault.step.instead-unit': 'Niets hier telt in die eenheid',
  'fault.step.instead-unit.why':
    '{item} telt in {unit}; wat van {order} openstaat, niet. Scan ander materiaal.',
  'message.returned': '{quantity} {unit} {item} is terug',
  'message.returned-at': '{quantity} {unit} {item} is terug, op {place}',
  'ended.returned': 'Materiaal is terug',
  'did.return.line': 'bracht terug',
  'undo.by.materialIssue': 'door het opnieuw uit te geven',
  'undo.by.byProductReversal': 'door de ontvangst van het bijproduct terug te draaien',
  'fault.step.not-issued': 'Niet aan deze order uitgegeven',
  'fault.step.not-issued.why':
    '{read} is niet van hier in {order} gegaan, of Exact heeft het nog niet geboekt.',
  'fault.ledger.over-return': 'Zoveel is er niet uitgegeven',
  'fault.ledger.over-return.why':
    'Er {open:kan|kunnen} hoogstens {open} {unit} terugkomen. De jouwe zijn niet geboekt.',
} satisfies Record<keyof typeof EN_SHOP, string>;
