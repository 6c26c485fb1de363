// De Nederlandse woorden voor bakken en het inpakken van wat gepickt is.

export const NL_PACKING = {
  'prompt.pack': 'Wat pak je in?',
  'message.packed': '{quantity} {unit} {item} ingepakt',
  'ended.packed': 'Ingepakt',
  'did.pack.line': 'pakte in',
  'prompt.document.picked': 'Scan wat ingepakt moet worden',
  'orders.none.picked': 'Er hoeft niets ingepakt te worden',
  'prompt.hint.document.picked': 'bak, ordernummer of een artikel erop',
  'orders.title.picked': 'In te pakken',
  'orders.recent.picked': 'Net ingepakt',
  'line.partial.picked': 'deels ingepakt',
  'close.open-lines.picked': 'Nog niet ingepakt',
  'close.explain.picked':
    'Wat ingepakt is, gaat nu naar Exact. Wat nog niet ingepakt is, wacht hier.',
  'ended.nothing.picked': 'Er is niets ingepakt.',
  'fault.step.not-picked': 'Niet gepickt voor deze order',
  'fault.step.not-picked.why': '{read} hoort niet bij wat voor {order} gepickt is. Leg het apart.',
  'fault.step.nothing-to-pack': 'Niets in te pakken',
  'fault.step.nothing-to-pack.why': 'Voor {order} is niets gepickt dat nog niet ingepakt is.',
  'fault.ledger.not-picked': 'Dat is niet gepickt',
  'fault.ledger.not-picked.why':
    'Deze goederen horen niet bij wat voor de order gepickt is. De jouwe zijn niet geboekt.',
  'fault.ledger.undo-packed': 'Het is al ingepakt',
  'fault.ledger.undo-packed.why': '{operator} pakte er {quantity} van in. Neem dat eerst terug.',
  'prompt.tote': 'Scan een lege bak voor {order}',
  'prompt.put-into': 'Leg het in {tote}',
  'action.put-into': 'Erin leggen',
  'prompt.hint.tote': 'scan het label van de bak',
  'fact.tote': 'Bak',
  'fault.step.not-a-tote': 'Geen label van een bak',
  'fault.step.not-a-tote.why': '{read} is er geen: bakken heten {wanted}.',
  'fault.step.other-tote': 'De verkeerde bak',
  'fault.step.other-tote.why':
    'In {tote} zit order {order} voor {partner}. Deze goederen gaan ergens anders in.',
  'fault.step.tote-taken': 'De bak is in gebruik',
  'fault.step.tote-taken.why': 'In {tote} zit order {order} voor {partner}. Neem een lege.',
  'fault.step.tote-empty': 'Een lege bak',
  'fault.step.tote-empty.why': 'In {tote} zitten geen goederen van een order.',
  'fault.ledger.tote-taken': 'De bak was in gebruik',
  'fault.ledger.tote-taken.why':
    'In {tote} zitten goederen van een andere order. De jouwe zijn niet geboekt: haal ze eruit en scan ze in een andere bak.',
} as const;
