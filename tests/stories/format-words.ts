// Who lives here: the words of buttons that a story may name.

export const WORDS = [
  ...(['OK', 'BACK', 'CANCEL', 'UNDO', 'FINISH', 'HELP'] as const),
  ...(['SKIP', 'REPEAT', 'PROBLEM', 'MORE', 'ALL', 'PRINT'] as const),
] as const;
