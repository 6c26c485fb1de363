// Who works here, and whose yes is asked, in German.

export const DE_PEOPLE: Readonly<Record<string, string>> = {
  'status.scan-badge': 'Ausweis scannen',
  'status.sign-out': 'Abmelden',
  'prompt.approval': 'Wer gibt frei?',
  'prompt.approval-over': '{over} {unit} zu viel: Wer gibt frei?',
  'prompt.hint.approval': 'Den Ausweis von jemandem mit dieser Rolle scannen',
  'fact.approval': 'Freigabe von',
  'badge.scan': 'Ausweis scannen',
  'badge.nobody':
    'Noch niemand hat diese Rolle. Zurückgehen und weniger nehmen, oder im Büro fragen.',
  'prompt.approval-count': 'Weit neben den Büchern: Wer gibt frei?',
  'prompt.recount': 'Noch einmal zählen',
  'message.count-again': 'Das ist nicht, was die Bücher haben: noch einmal zählen',
  'message.count-other':
    'Das ist nicht, was die Bücher haben: Jetzt zählt jemand anders. Zuerst dessen Ausweis',
  'menu.more': 'Hier gibt es mehr: Ausweis scannen',
  'fault.station.not-your-work': 'Das ist nicht Ihre Arbeit',
  'fault.station.not-your-work.why':
    'Sie ist für {role}. Solch einen Ausweis scannen und weiterarbeiten, oder die Arbeit verlassen.',
  'fault.ledger.not-your-work': 'Das ist nicht Ihre Arbeit',
  'fault.ledger.not-your-work.why':
    'Wer gebucht hat, ist nicht {role}, und diese Arbeit ist nur dafür.',
  'fault.ledger.unknown-person': 'Niemand weiß, wer gebucht hat',
  'fault.ledger.unknown-person.why':
    'Der Ausweis gehört niemandem, der eingetragen ist. Mit einem anderen neu buchen.',
};
