// Die deutschen Wörter für Gewichte und Paletten, und für andere Arbeit zwischendurch.

import type { EN_BETWEEN } from './en-between.ts';

export const DE_BETWEEN = {
  'prompt.weight': 'Wie schwer?',
  'prompt.hint.weight': 'Etikett scannen oder kg tippen',
  'fact.weight': 'Gewicht',
  'prompt.logisticUnit': 'Palettenetikett scannen',
  'prompt.hint.logisticUnit': 'die 18 Ziffern (SSCC) scannen oder tippen',
  'fact.logisticUnit': 'Logistische Einheit',
  'prompt.call': 'Zuerst dies',
  'prompt.hint.call': 'OK führt hin und zurück',
  'fact.call': 'Andere Arbeit',
  'message.back': 'Zurück, wo du warst',
  'message.back-home': 'Zurück. Noch einmal CANCEL führt nach Hause',
  'action.go-there': 'Dorthin',
  'action.take-along': 'Mitnehmen',
  'action.leave-detour': 'Zurück zur Arbeit',
  'action.leave-all': 'Arbeit verlassen',
  'detour.waits': '{name} wartet',
  'detour.waits-with': '{name} wartet mit {order}',
} satisfies Record<keyof typeof EN_BETWEEN, string>;
