// Who works here, and whose yes is asked, in Dutch.

export const NL_PEOPLE: Readonly<Record<string, string>> = {
  'status.scan-badge': 'Scan je badge',
  'status.sign-out': 'Afmelden',
  'prompt.approval': 'Wie geeft akkoord?',
  'prompt.approval-over': '{over} {unit} te veel: wie geeft akkoord?',
  'prompt.hint.approval': 'Scan de badge van iemand met deze rol',
  'fact.approval': 'Akkoord van',
  'badge.scan': 'Scan de badge',
  'badge.nobody': 'Nog niemand heeft deze rol. Ga terug en neem er minder, of vraag het kantoor.',
  'prompt.approval-count': 'Ver naast de boeken: wie geeft akkoord?',
  'prompt.recount': 'Tel nog een keer',
  'message.count-again': 'Dit is niet wat de boeken hebben: tel nog een keer',
  'message.count-other':
    'Dit is niet wat de boeken hebben: nu telt iemand anders. Eerst diens badge',
  'menu.more': 'Er is hier meer: scan je badge',
  'fault.station.not-your-work': 'Dit is niet jouw werk',
  'fault.station.not-your-work.why':
    'Het is voor {role}. Scan zo’n badge en ga door, of verlaat het werk.',
  'fault.ledger.not-your-work': 'Dit is niet jouw werk',
  'fault.ledger.not-your-work.why':
    'Wie het boekte is geen {role}, en dit werk is alleen daarvoor.',
  'fault.ledger.unknown-person': 'Niemand weet wie dit boekte',
  'fault.ledger.unknown-person.why':
    'De badge is van niemand die genoteerd staat. Boek het opnieuw met een andere.',
};
