// Labels and packing lists that a step asks for, told in every language.

import type { Printed } from '../../domain/index.ts';
import type { Language, Step } from '../types.ts';
import { say } from './say.ts';
import { put } from './words.ts';
import type { ToldStep, Words } from './words.ts';

interface PrintWords {
  readonly name: string;
  /** `{what}`. */
  readonly asked: string;
  readonly what: Readonly<Record<Printed, string>>;
  /** `{count}`. */
  readonly copies: string;
  readonly eachUnit: string;
  readonly atEnd: string;
}

const PRINTS: Readonly<Record<Language, PrintWords>> = {
  en: {
    name: 'Print',
    asked: 'The office is asked for {what}; nobody waits for it.',
    what: {
      item: 'a label of the item',
      batch: 'a label of the batch',
      serial: 'a label of every serial number',
      location: 'a label of the location',
      logisticUnit: 'a label of the logistic unit',
      packingList: 'the packing list of the order',
    },
    copies: 'How many: {count}.',
    eachUnit: 'One for each stock unit.',
    atEnd: 'When the order is finished.',
  },
  nl: {
    name: 'Afdrukken',
    asked: 'Het kantoor wordt gevraagd om {what}; niemand wacht erop.',
    what: {
      item: 'een etiket van het artikel',
      batch: 'een etiket van de batch',
      serial: 'een etiket van elk serienummer',
      location: 'een etiket van de locatie',
      logisticUnit: 'een etiket van de logistieke eenheid',
      packingList: 'de paklijst van de order',
    },
    copies: 'Hoeveel: {count}.',
    eachUnit: 'Eén voor elke voorraadeenheid.',
    atEnd: 'Als de order klaar is.',
  },
  de: {
    name: 'Drucken',
    asked: 'Das Büro wird um {what} gebeten; niemand wartet darauf.',
    what: {
      item: 'ein Etikett des Artikels',
      batch: 'ein Etikett der Charge',
      serial: 'ein Etikett jeder Seriennummer',
      location: 'ein Etikett des Lagerplatzes',
      logisticUnit: 'ein Etikett der Ladeeinheit',
      packingList: 'die Packliste des Auftrags',
    },
    copies: 'Wie viele: {count}.',
    eachUnit: 'Eines je Lagereinheit.',
    atEnd: 'Wenn der Auftrag fertig ist.',
  },
  fr: {
    name: 'Imprimer',
    asked: 'Le bureau reçoit une demande : {what} ; personne n’attend.',
    what: {
      item: 'une étiquette de l’article',
      batch: 'une étiquette du lot',
      serial: 'une étiquette de chaque numéro de série',
      location: 'une étiquette de l’emplacement',
      logisticUnit: 'une étiquette de l’unité logistique',
      packingList: 'la liste de colisage de la commande',
    },
    copies: 'Combien : {count}.',
    eachUnit: 'Une par unité de stock.',
    atEnd: 'Quand la commande est terminée.',
  },
};

export function toldPrint(
  { prints, copies, when }: Extract<Step, { kind: 'print' }>,
  words: Words,
  language: Language,
): ToldStep {
  const said = PRINTS[language];
  const many = copies === 'quantity' ? said.eachUnit : copies && say(copies, words);
  const count = copies === 'quantity' ? many : many && put(said.copies, { count: many });
  const condition = when && say(when, words);
  return {
    name: said.name,
    ...(condition === undefined ? {} : { only: put(words.condition.onlyIf, { condition }) }),
    sentences: [
      put(said.asked, { what: said.what[prints] }),
      ...(prints === 'packingList' ? [said.atEnd] : []),
      ...(count === undefined ? [] : [count]),
    ],
  };
}
