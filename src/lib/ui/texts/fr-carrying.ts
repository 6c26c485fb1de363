// The French words of work that carries goods: whole places, and goods on their way.

import type { EN_CARRYING } from './en-carrying.ts';

export const FR_CARRYING: Readonly<Record<keyof typeof EN_CARRYING, string>> = {
  'prompt.on-the-way': 'Scannez le camion ou la porte',
  'prompt.everything': 'Tout de {place} : vers où ?',
  'prompt.everything-none': 'Rien d’enregistré en {place} : scanner les articles',
  'prompt.everything-much': 'Trop en {place} : scanner les articles un par un',
  'prompt.everything-odd': '{item} ne va pas : scanner les articles un par un',
  'look.on.load': 'En route : {number}',
  'action.ALL': 'Tout',
  'help.ALL': 'prendre tout ce qui est ici',
  'action.everything': 'Tout prendre',
  'message.everything-old':
    'Des articles viennent d’arriver ou de partir ici : la liste ne le montre peut-être pas encore',
  'message.moved-everything': 'Tout déplacé : {place} → {to} ({quantity})',
  'message.sent': '{quantity} {unit} {item} en route : {place} → {to}',
  'message.arrived': '{quantity} {unit} {item} {quantity:reçu|reçus}',
  'message.arrived-at': '{quantity} {unit} {item} {quantity:reçu|reçus} en {place}',
  'did.arrive.line': 'a reçu',
  'ended.sent': 'En route',
  'ended.arrived': 'Produits reçus',
  'prompt.document.load': 'Scannez ce qui est arrivé',
  'orders.none.load': 'Rien n’est en route',
  'orders.none.why.load': 'Ce que d’autres envoient apparaît ici tout seul.',
  'prompt.hint.document.load': 'numéro, emplacement ou un article',
  'order.load': 'de {name}',
  'order.about.load': 'En route de {name}',
  'orders.title.load': 'En route',
  'orders.recent.load': 'Reçu à l’instant',
  'line.partial.load': 'reçu en partie',
  'close.open-lines.load': 'Encore en route',
  'close.explain.load': 'Ce qui n’est pas venu reste en route et peut être reçu plus tard.',
  'ended.nothing.load': 'Rien n’a été reçu.',
};
