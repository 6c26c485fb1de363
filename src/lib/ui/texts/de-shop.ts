// The German words of the shop floor. Keys and holes as in en-shop.ts.

import type { EN_SHOP } from './en-shop.ts';

export const DE_SHOP = {
  'prompt.come-back': 'Was kommt zurück?',
  'prompt.instead': 'Anstelle wovon ist {item}?',
  'prompt.approval-instead': '{item} anstelle von {planned}: Wer gibt frei?',
  'ask.instead': 'Anstelle von',
  'fault.step.instead': 'Anstelle wovon?',
  'fault.step.instead.why':
    'Das Geplante scannen oder seine Zeile antippen. „Zurück“ lässt es sein.',
  'fault.step.instead-unit': 'Nichts hier zählt in dieser Einheit',
  'fault.step.instead-unit.why':
    '{item} zählt in {unit}; was von {order} offen ist, nicht. Anderes Material scannen.',
  'message.returned': '{quantity} {unit} {item} zurückgegeben',
  'message.returned-at': '{quantity} {unit} {item} zurückgegeben, auf {place}',
  'ended.returned': 'Material ist zurück',
  'did.return.line': 'brachte zurück',
  'undo.by.materialIssue': 'durch erneute Entnahme',
  'undo.by.byProductReversal': 'durch Storno des Zugangs des Nebenprodukts',
  'fault.step.not-issued': 'Nicht für diesen Auftrag entnommen',
  'fault.step.not-issued.why':
    '{read} ging nicht von hier in {order}, oder Exact hat es noch nicht gebucht.',
  'fault.ledger.over-return': 'So viel wurde nicht entnommen',
  'fault.ledger.over-return.why':
    'Höchstens {open} {unit} {open:kann|können} zurückkommen. Ihre wurden nicht gebucht.',
} satisfies Record<keyof typeof EN_SHOP, string>;
