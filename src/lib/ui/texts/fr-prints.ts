// Labels and packing lists that were asked for, in French.

export const FR_PRINTS: Readonly<Record<string, string>> = {
  'action.PRINT': 'Encore une',
  'help.PRINT': 'la dernière étiquette encore une fois',
  'prints.label': 'Étiquette demandée : {what}',
  'prints.labels': '{count} étiquettes demandées : {what}',
  'prints.label-again': 'Demandée encore une fois : {what}',
  'prints.list': 'Liste de colisage demandée : {what}',
  'prints.list-again': 'Liste de colisage demandée encore une fois : {what}',
  'prints.most': '{count} étiquettes demandées, pas plus à la fois : {what}',
};
