// Labels and packing lists that were asked for, in German.

export const DE_PRINTS: Readonly<Record<string, string>> = {
  'action.PRINT': 'Noch eines',
  'help.PRINT': 'das letzte Etikett noch einmal',
  'prints.label': 'Etikett angefordert: {what}',
  'prints.labels': '{count} Etiketten angefordert: {what}',
  'prints.label-again': 'Noch einmal angefordert: {what}',
  'prints.list': 'Packliste angefordert: {what}',
  'prints.list-again': 'Packliste noch einmal angefordert: {what}',
  'prints.most': '{count} Etiketten angefordert, mehr auf einmal nicht: {what}',
};
