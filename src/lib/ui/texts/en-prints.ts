// Labels and packing lists that were asked for, in English.

export const EN_PRINTS: Readonly<Record<string, string>> = {
  'action.PRINT': 'Once more',
  'help.PRINT': 'the last label once more',
  'prints.label': 'Label asked for: {what}',
  'prints.labels': '{count} labels asked for: {what}',
  'prints.label-again': 'Asked for once more: {what}',
  'prints.list': 'Packing list asked for: {what}',
  'prints.list-again': 'Packing list asked for once more: {what}',
  'prints.most': '{count} labels asked for, no more at once: {what}',
};
