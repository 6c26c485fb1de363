// Labels and packing lists that were asked for, in Dutch.

export const NL_PRINTS: Readonly<Record<string, string>> = {
  'action.PRINT': 'Nog een keer',
  'help.PRINT': 'het laatste etiket nog een keer',
  'prints.label': 'Etiket gevraagd: {what}',
  'prints.labels': '{count} etiketten gevraagd: {what}',
  'prints.label-again': 'Nog een keer gevraagd: {what}',
  'prints.list': 'Paklijst gevraagd: {what}',
  'prints.list-again': 'Paklijst nog een keer gevraagd: {what}',
  'prints.most': '{count} etiketten gevraagd, niet meer in één keer: {what}',
};
