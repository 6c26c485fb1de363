// The German words of work that carries goods: whole places, and goods on their way.

import type { EN_CARRYING } from './en-carrying.ts';

export const DE_CARRYING: Readonly<Record<keyof typeof EN_CARRYING, string>> = {
  'prompt.on-the-way': 'Wagen oder Tor scannen',
  'prompt.everything': 'Alles von {place}: wohin?',
  'prompt.everything-none': 'Auf {place} ist nichts gebucht: Ware scannen',
  'prompt.everything-much': 'Zu viel auf {place}: Ware einzeln scannen',
  'prompt.everything-odd': '{item} passt nicht: Ware einzeln scannen',
  'look.on.load': 'Unterwegs: {number}',
  'action.ALL': 'Alles',
  'help.ALL': 'alles nehmen, was hier liegt',
  'action.everything': 'Alles nehmen',
  'message.everything-old':
    'Hier kam oder ging gerade Ware: Die Liste weiß es vielleicht noch nicht',
  'message.moved-everything': 'Alles umgelagert: {place} → {to} ({quantity})',
  'message.sent': '{quantity} {unit} {item} unterwegs: {place} → {to}',
  'message.arrived': '{quantity} {unit} {item} angenommen',
  'message.arrived-at': '{quantity} {unit} {item} angenommen auf {place}',
  'did.arrive.line': 'nahm an',
  'ended.sent': 'Unterwegs',
  'ended.arrived': 'Ware angenommen',
  'prompt.document.load': 'Angekommenes scannen',
  'orders.none.load': 'Nichts ist unterwegs',
  'orders.none.why.load': 'Was andere versenden, erscheint hier von selbst.',
  'prompt.hint.document.load': 'Nummer, Platz oder ein Artikel davon',
  'order.load': 'von {name}',
  'order.about.load': 'Unterwegs von {name}',
  'orders.title.load': 'Unterwegs',
  'orders.recent.load': 'Gerade angenommen',
  'line.partial.load': 'teilweise angenommen',
  'close.open-lines.load': 'Noch unterwegs',
  'close.explain.load': 'Was nicht kam, bleibt unterwegs und kann später angenommen werden.',
  'ended.nothing.load': 'Es wurde nichts angenommen.',
};
