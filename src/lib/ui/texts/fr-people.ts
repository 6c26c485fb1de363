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
};
