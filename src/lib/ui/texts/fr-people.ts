// Who works here, and whose yes is asked, in French.

export const FR_PEOPLE: Readonly<Record<string, string>> = {
  'status.scan-badge': 'Scannez votre badge',
  'status.sign-out': 'Se déconnecter',
  'prompt.approval': 'Qui donne son accord ?',
  'prompt.approval-over': '{over} {unit} de trop : qui donne son accord ?',
  'prompt.hint.approval': 'Scannez le badge d’une personne qui a ce rôle',
  'fact.approval': 'Accord de',
  'badge.scan': 'Scannez le badge',
  'badge.nobody': 'Personne n’a encore ce rôle. Revenez et prenez-en moins, ou demandez au bureau.',
  'prompt.approval-count': 'Loin des livres : qui donne son accord ?',
  'prompt.recount': 'Recomptez',
  'message.count-again': 'Ce n’est pas ce que disent les livres : recomptez',
  'message.count-other':
    'Ce n’est pas ce que disent les livres : une autre personne recompte. Son badge d’abord',
  'menu.more': 'Il y a plus ici : scannez votre badge',
  'fault.station.not-your-work': 'Ce n’est pas votre travail',
  'fault.station.not-your-work.why':
    'C’est pour {role}. Scannez un tel badge et continuez, ou quittez ce travail.',
  'fault.ledger.not-your-work': 'Ce n’est pas votre travail',
  'fault.ledger.not-your-work.why': 'La personne n’est pas {role}, et ce travail lui est réservé.',
  'fault.ledger.unknown-person': 'Personne ne sait qui a validé',
  'fault.ledger.unknown-person.why':
    'Le badge n’est à personne d’inscrit. Validez à nouveau avec un autre.',
};
