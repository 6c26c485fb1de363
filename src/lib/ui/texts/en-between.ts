// The English words for weights and pallets, and for other work in between.

export const EN_BETWEEN = {
  'prompt.weight': 'How heavy?',
  'prompt.hint.weight': 'scan the label or type kg',
  'fact.weight': 'Weight',
  'prompt.logisticUnit': 'Scan the pallet label',
  'prompt.hint.logisticUnit': 'scan or type the 18 digits (SSCC)',
  'fact.logisticUnit': 'Logistic unit',
  'prompt.call': 'Do this first',
  'prompt.hint.call': 'OK leads there and back',
  'fact.call': 'Other work',
  'message.back': 'Back where you were',
  'message.back-home': 'Back. CANCEL once more leads home',
  'action.go-there': 'Go there',
  'action.take-along': 'Take it along',
  'action.leave-detour': 'Back to the work',
  'action.leave-all': 'Leave the work',
  'detour.waits': '{name} waits',
  'detour.waits-with': '{name} waits with {order}',
} as const;
