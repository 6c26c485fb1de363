// The few words of a drawing, in every language.

import type { Language } from '../types.ts';
import type { DrawWords } from './words.ts';

export const DRAWN: Readonly<Record<Language, DrawWords>> = {
  en: {
    otherwise: 'otherwise',
    nextLine: 'next',
    home: 'Home',
    done: 'Done',
    finish: 'FINISH',
    cancel: 'CANCEL',
  },
  nl: {
    otherwise: 'anders',
    nextLine: 'volgende',
    home: 'Begin',
    done: 'Klaar',
    finish: 'KLAAR',
    cancel: 'ANNULEREN',
  },
  de: {
    otherwise: 'sonst',
    nextLine: 'nächste',
    home: 'Anfang',
    done: 'Fertig',
    finish: 'FERTIG',
    cancel: 'ABBRECHEN',
  },
  fr: {
    otherwise: 'sinon',
    nextLine: 'suivante',
    home: 'Début',
    done: 'Terminé',
    finish: 'TERMINER',
    cancel: 'ANNULER',
  },
};
