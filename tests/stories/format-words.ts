// Who lives here: the words of buttons and the facts that a story may name.

export const WORDS = [
  ...(['OK', 'BACK', 'CANCEL', 'UNDO', 'FINISH', 'HELP'] as const),
  ...(['SKIP', 'REPEAT', 'PROBLEM', 'MORE', 'ALL', 'PRINT'] as const),
] as const;
export const FACTS = [
  'document',
  'item',
  'batch',
  'expiry',
  'serial',
  'quantity',
  'location',
  'to',
  'reason',
  'choice',
  'text',
  'number',
  'yes-no',
  'weight',
  'logisticUnit',
  'tote',
  'show',
  'call',
  'approval',
] as const;
