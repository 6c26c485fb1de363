// De Nederlandse woorden voor het inpakken van wat gepickt is.

export const NL_PACKING = {
  'prompt.pack': 'Wat pak je in?',
  'message.packed': '{quantity} {unit} {item} ingepakt',
  'ended.packed': 'Ingepakt',
  'did.pack.line': 'pakte in',
  'prompt.document.picked': 'Scan wat ingepakt moet worden',
  'orders.none.picked': 'Er hoeft niets ingepakt te worden',
  'prompt.hint.document.picked': 'ordernummer of een artikel erop',
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
} as const;
