// The English words of packing what was picked. Every other language has the same keys and holes.

export const EN_PACKING = {
  'prompt.pack': 'What do you pack?',
  'message.packed': '{quantity} {unit} {item} packed',
  'ended.packed': 'Packed',
  'did.pack.line': 'packed',
  'prompt.document.picked': 'Scan what is to be packed',
  'orders.none.picked': 'Nothing waits to be packed',
  'prompt.hint.document.picked': 'order number, or any item on it',
  'orders.title.picked': 'To be packed',
  'orders.recent.picked': 'Packed just now',
  'line.partial.picked': 'partly packed',
  'close.open-lines.picked': 'Not packed yet',
  'close.explain.picked': 'What is packed goes to Exact now. What is not packed yet waits here.',
  'ended.nothing.picked': 'Nothing was packed.',
  'fault.step.not-picked': 'Not picked for this order',
  'fault.step.not-picked.why': '{read} is not among what was picked for {order}. Put it aside.',
  'fault.step.nothing-to-pack': 'Nothing to pack',
  'fault.step.nothing-to-pack.why': 'For {order} nothing was picked that is not packed already.',
  'fault.ledger.not-picked': 'That was not picked',
  'fault.ledger.not-picked.why':
    'These goods are not among what was picked for the order. Yours were not booked.',
  'fault.ledger.undo-packed': 'It is packed already',
  'fault.ledger.undo-packed.why': '{operator} packed {quantity} of it. Take that back first.',
} as const;
