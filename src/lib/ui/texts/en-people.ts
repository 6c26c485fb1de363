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
  'menu.more': 'There is more here: scan your badge',
  'fault.station.not-your-work': 'This is not your work',
  'fault.station.not-your-work.why': 'It is for {role}. Scan such a badge and go on, or leave it.',
  'fault.ledger.not-your-work': 'This is not your work',
  'fault.ledger.not-your-work.why':
    'Whoever booked it is not {role}, and this work is only for such.',
  'fault.ledger.unknown-person': 'Nobody knows who booked it',
  'fault.ledger.unknown-person.why':
    'The badge is of nobody who is written down. Book it again with another.',
};
