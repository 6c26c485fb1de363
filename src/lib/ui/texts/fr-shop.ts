// The French words of the shop floor. Keys and holes as in en-shop.ts.

import type { EN_SHOP } from './en-shop.ts';

export const FR_SHOP = {
  'prompt.come-back': 'Qu’est-ce qui revient ?',
  'prompt.instead': 'À la place de quoi est {item} ?',
  'prompt.approval-instead': '{item} à la place de {planned} : qui donne son accord ?',
  'ask.instead': 'À la place de',
  'fault.step.instead': 'À la place de quoi ?',
  'fault.step.instead.why':
    'Scannez ce qui était prévu, ou touchez sa ligne. « Retour » l’abandonne.',
  'fault.step.instead-unit': 'Rien ici ne se compte ainsi',
  'fault.step.instead-unit.why':
    '{item} se compte en {unit} ; rien d’ouvert dans {order} ne se compte ainsi. Scannez une autre matière.',
  'message.returned': '{quantity} {unit} {item} de retour',
  'message.returned-at': '{quantity} {unit} {item} de retour, à {place}',
  'ended.returned': 'La matière est de retour',
  'did.return.line': 'a rapporté',
  'undo.by.materialIssue': 'par une nouvelle sortie',
  'undo.by.byProductReversal': 'par l’annulation de l’entrée du sous-produit',
  'fault.step.not-issued': 'Pas sorti pour cet ordre',
  'fault.step.not-issued.why':
    '{read} n’est pas sorti d’ici pour {order}, ou Exact ne l’a pas encore enregistré.',
  'fault.ledger.over-return': 'Il n’en est pas sorti autant',
  'fault.ledger.over-return.why':
    'Au plus {open} {unit} {open:peut|peuvent} revenir. Les vôtres ne sont pas enregistrés.',
} satisfies Record<keyof typeof EN_SHOP, string>;
