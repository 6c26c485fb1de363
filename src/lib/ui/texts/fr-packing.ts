// Les mots français de l’emballage de ce qui est prélevé.

export const FR_PACKING = {
  'prompt.pack': 'Qu’emballez-vous ?',
  'message.packed': '{quantity} {unit} {item} {quantity:emballé|emballés}',
  'ended.packed': 'Emballé',
  'did.pack.line': 'a emballé',
  'prompt.document.picked': 'Scannez ce qui est à emballer',
  'orders.none.picked': 'Rien n’attend d’être emballé',
  'prompt.hint.document.picked': 'numéro ou un article de la commande',
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
} as const;
