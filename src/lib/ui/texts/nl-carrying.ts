// The Dutch words of work that carries goods: whole places, and goods on their way.

import type { EN_CARRYING } from './en-carrying.ts';

export const NL_CARRYING: Readonly<Record<keyof typeof EN_CARRYING, string>> = {
  'prompt.on-the-way': 'Scan de wagen of poort',
  'prompt.everything': 'Alles van {place}: waarheen?',
  'prompt.everything-none': 'Niets geboekt op {place}: scan de goederen',
  'prompt.everything-much': 'Te veel op {place}: scan de goederen een voor een',
  'prompt.everything-odd': '{item} klopt niet: scan de goederen een voor een',
  'look.on.load': 'Onderweg: {number}',
  'action.ALL': 'Alles',
  'help.ALL': 'alles meenemen wat hier ligt',
  'action.everything': 'Alles meenemen',
  'message.everything-old':
    'Hier kwamen of gingen net goederen: de lijst weet dat misschien nog niet',
  'message.moved-everything': 'Alles verplaatst: {place} → {to} ({quantity})',
  'message.sent': '{quantity} {unit} {item} onderweg: {place} → {to}',
  'message.arrived': '{quantity} {unit} {item} ontvangen',
  'message.arrived-at': '{quantity} {unit} {item} ontvangen op {place}',
  'did.arrive.line': 'nam aan',
  'ended.sent': 'Onderweg',
  'ended.arrived': 'Goederen ontvangen',
  'prompt.document.load': 'Scan wat is aangekomen',
  'orders.none.load': 'Er is niets onderweg',
  'orders.none.why.load': 'Wat anderen versturen, verschijnt hier vanzelf.',
  'prompt.hint.document.load': 'nummer, plek of een artikel ervan',
  'order.load': 'van {name}',
  'order.about.load': 'Onderweg van {name}',
  'orders.title.load': 'Onderweg',
  'orders.recent.load': 'Net ontvangen',
  'line.partial.load': 'deels ontvangen',
  'close.open-lines.load': 'Nog onderweg',
  'close.explain.load': 'Wat niet kwam blijft onderweg en kan later worden ontvangen.',
  'ended.nothing.load': 'Er is niets ontvangen.',
};
