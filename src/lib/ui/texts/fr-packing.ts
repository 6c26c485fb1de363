// Les mots français des bacs et de l’emballage de ce qui est prélevé.

export const FR_PACKING = {
  'prompt.pack': 'Qu’emballez-vous ?',
  'message.packed': '{quantity} {unit} {item} {quantity:emballé|emballés}',
  'ended.packed': 'Emballé',
  'did.pack.line': 'a emballé',
  'prompt.document.picked': 'Scannez ce qui est à emballer',
  'orders.none.why.picked': 'Ce qui est prélevé pour l’emballage apparaît ici tout seul.',
  'orders.none.picked': 'Rien n’attend d’être emballé',
  'prompt.hint.document.picked': 'bac, numéro ou un article de la commande',
  'orders.title.picked': 'À emballer',
  'orders.recent.picked': 'Emballé à l’instant',
  'line.partial.picked': 'emballé en partie',
  'close.open-lines.picked': 'Pas encore emballé',
  'close.explain.picked':
    'Ce qui est emballé va maintenant à Exact. Ce qui ne l’est pas encore attend ici.',
  'ended.nothing.picked': 'Rien n’a été emballé.',
  'fault.step.not-picked': 'Pas prélevé pour cette commande',
  'fault.step.not-picked.why':
    '{read} ne fait pas partie de ce qui est prélevé pour {order}. Mettez-le à part.',
  'fault.step.nothing-to-pack': 'Rien à emballer',
  'fault.step.nothing-to-pack.why': 'Pour {order}, rien n’est prélevé qui ne soit déjà emballé.',
  'fault.ledger.not-picked': 'Cela n’a pas été prélevé',
  'fault.ledger.not-picked.why':
    'Cette marchandise ne fait pas partie de ce qui est prélevé pour la commande. La vôtre n’a pas été enregistrée.',
  'fault.ledger.undo-packed': 'C’est déjà emballé',
  'fault.ledger.undo-packed.why': '{operator} en a emballé {quantity}. Reprenez d’abord cela.',
  'prompt.tote': 'Scannez un bac vide pour {order}',
  'prompt.put-into': 'À mettre dans {tote}',
  'action.put-into': 'Mettre dedans',
  'prompt.hint.tote': 'scanner l’étiquette du bac',
  'fact.tote': 'Bac',
  'fault.step.not-a-tote': 'Ce n’est pas l’étiquette d’un bac',
  'fault.step.not-a-tote.why': '{read} n’en est pas un : les bacs s’appellent {wanted}.',
  'fault.step.other-tote': 'Le mauvais bac',
  'fault.step.other-tote.why':
    '{tote} contient la commande {order} pour {partner}. Cette marchandise va ailleurs.',
  'fault.step.tote-taken': 'Le bac est occupé',
  'fault.step.tote-taken.why':
    '{tote} contient la commande {order} pour {partner}. Prenez-en un vide.',
  'fault.step.tote-empty': 'Un bac vide',
  'fault.step.tote-empty.why': '{tote} ne contient la marchandise d’aucune commande.',
  'fault.ledger.tote-taken': 'Le bac était occupé',
  'fault.ledger.tote-taken.why':
    '{tote} contient la marchandise d’une autre commande. La vôtre n’a pas été enregistrée : sortez-la et scannez-la dans un autre bac.',
} as const;
