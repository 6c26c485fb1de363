// Les mots français pour les poids et les palettes, et pour un autre travail entre-temps.

import type { EN_BETWEEN } from './en-between.ts';

export const FR_BETWEEN = {
  'prompt.weight': 'Quel poids ?',
  'prompt.hint.weight': 'scanner l’étiquette ou saisir les kg',
  'fact.weight': 'Poids',
  'prompt.logisticUnit': 'Scanner l’étiquette de palette',
  'prompt.hint.logisticUnit': 'scanner ou saisir les 18 chiffres (SSCC)',
  'fact.logisticUnit': 'Unité logistique',
  'prompt.call': 'D’abord ceci',
  'prompt.hint.call': 'OK y mène, puis retour',
  'fact.call': 'Autre travail',
  'message.back': 'De retour au même endroit',
  'message.back-home': 'De retour. CANCEL encore une fois mène à l’accueil',
  'action.go-there': 'Y aller',
  'action.take-along': 'Emporter',
  'action.leave-detour': 'Revenir au travail',
  'action.leave-all': 'Quitter le travail',
  'detour.waits': '{name} attend',
  'detour.waits-with': '{name} attend avec {order}',
} satisfies Record<keyof typeof EN_BETWEEN, string>;
