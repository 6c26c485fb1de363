// Who works here, and whose yes is asked, in English.

export const EN_PEOPLE: Readonly<Record<string, string>> = {
  'status.scan-badge': 'Scan your badge',
  'status.sign-out': 'Sign out',
  'prompt.approval': 'Who says yes?',
  'prompt.approval-over': '{over} {unit} too many: who says yes?',
  'prompt.hint.approval': 'Scan the badge of somebody with this role',
  'fact.approval': 'Yes from',
  'badge.scan': 'Scan the badge',
  'badge.nobody': 'Nobody has this role yet. Go back and take fewer, or ask the office.',
  'prompt.approval-count': 'Far off the books: who says yes?',
  'prompt.recount': 'Count once more',
  'message.count-again': 'It is not what the books have: count it once more',
  'message.count-other':
    'It is not what the books have: somebody else counts it now. Their badge first',
};
