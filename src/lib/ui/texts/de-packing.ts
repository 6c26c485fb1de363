// Die deutschen Wörter für Behälter und das Packen dessen, was kommissioniert ist.

export const DE_PACKING = {
  'prompt.pack': 'Was wird gepackt?',
  'message.packed': '{quantity} {unit} {item} gepackt',
  'ended.packed': 'Gepackt',
  'did.pack.line': 'packte',
  'prompt.document.picked': 'Scannen, was zu packen ist',
  'orders.none.why.picked': 'Was zum Packen kommissioniert ist, erscheint hier von selbst.',
  'orders.none.picked': 'Nichts wartet aufs Packen',
  'prompt.hint.document.picked': 'Behälter, Nummer oder ein Artikel daraus',
  'orders.title.picked': 'Zu packen',
  'orders.recent.picked': 'Gerade gepackt',
  'line.partial.picked': 'teilweise gepackt',
  'close.open-lines.picked': 'Noch nicht gepackt',
  'close.explain.picked':
    'Was gepackt ist, geht jetzt an Exact. Was noch nicht gepackt ist, wartet hier.',
  'ended.nothing.picked': 'Es wurde nichts gepackt.',
  'fault.step.not-picked': 'Nicht für diesen Auftrag kommissioniert',
  'fault.step.not-picked.why':
    '{read} gehört nicht zu dem, was für {order} kommissioniert ist. Beiseitelegen.',
  'fault.step.nothing-to-pack': 'Nichts zu packen',
  'fault.step.nothing-to-pack.why':
    'Für {order} ist nichts kommissioniert, was nicht schon gepackt ist.',
  'fault.ledger.not-picked': 'Das wurde nicht kommissioniert',
  'fault.ledger.not-picked.why':
    'Diese Ware gehört nicht zu dem, was für den Auftrag kommissioniert ist. Ihre wurde nicht gebucht.',
  'fault.ledger.undo-packed': 'Es ist schon gepackt',
  'fault.ledger.undo-packed.why': '{operator} hat davon {quantity} gepackt. Erst das zurücknehmen.',
  'prompt.tote': 'Leeren Behälter für {order} scannen',
  'prompt.put-into': 'In {tote} legen',
  'action.put-into': 'Hineinlegen',
  'prompt.hint.tote': 'das Etikett des Behälters scannen',
  'fact.tote': 'Behälter',
  'fault.step.not-a-tote': 'Kein Etikett eines Behälters',
  'fault.step.not-a-tote.why': '{read} ist keines: Behälter heißen {wanted}.',
  'fault.step.other-tote': 'Der falsche Behälter',
  'fault.step.other-tote.why':
    'In {tote} liegt Auftrag {order} für {partner}. Diese Ware gehört woandershin.',
  'fault.step.tote-taken': 'Der Behälter ist belegt',
  'fault.step.tote-taken.why':
    'In {tote} liegt Auftrag {order} für {partner}. Nehmen Sie einen leeren.',
  'fault.step.tote-empty': 'Ein leerer Behälter',
  'fault.step.tote-empty.why': 'In {tote} liegt keine Ware eines Auftrags.',
  'fault.ledger.tote-taken': 'Der Behälter war belegt',
  'fault.ledger.tote-taken.why':
    'In {tote} liegt Ware eines anderen Auftrags. Ihre wurde nicht gebucht: herausnehmen und in einen anderen Behälter scannen.',
} as const;
