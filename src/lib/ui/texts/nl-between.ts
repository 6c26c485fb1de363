// De Nederlandse woorden voor gewichten en pallets, en voor ander werk tussendoor.

import type { EN_BETWEEN } from './en-between.ts';

export const NL_BETWEEN = {
  'prompt.weight': 'Hoe zwaar?',
  'prompt.hint.weight': 'scan het label of typ kg',
  'fact.weight': 'Gewicht',
  'prompt.logisticUnit': 'Scan het palletlabel',
  'prompt.hint.logisticUnit': 'scan of typ de 18 cijfers (SSCC)',
  'fact.logisticUnit': 'Logistieke eenheid',
  'prompt.call': 'Doe dit eerst',
  'prompt.hint.call': 'OK leidt erheen en terug',
  'fact.call': 'Ander werk',
  'message.back': 'Terug waar je was',
  'message.back-home': 'Terug. Nog een keer CANCEL leidt naar huis',
  'action.go-there': 'Ga erheen',
  'action.take-along': 'Neem mee',
  'action.leave-detour': 'Terug naar het werk',
  'action.leave-all': 'Werk verlaten',
  'detour.waits': '{name} wacht',
  'detour.waits-with': '{name} wacht met {order}',
} satisfies Record<keyof typeof EN_BETWEEN, string>;
