// The English words of the shop floor: material that comes back. Every other language has the same
// keys and holes.

export const EN_SHOP = {
  'prompt.come-back': 'What comes back?',
  'prompt.instead': 'Instead of which is {item}?',
  'prompt.approval-instead': '{item} instead of {planned}: who says yes?',
  'ask.instead': 'Instead of',
  'fault.step.instead': 'Instead of which?',
  'fault.step.instead.why': 'Scan what was planned, or touch its line. “Back” leaves it.',
  'fault.step.instead-unit': 'Nothing here is counted alike',
  'fault.step.instead-unit.why':
    '{item} is counted in {unit}; nothing that is open of {order} is. Scan other material.',
  'message.returned': '{quantity} {unit} {item} came back',
  'message.returned-at': '{quantity} {unit} {item} came back, put at {place}',
  'ended.returned': 'Material is back',
  'did.return.line': 'brought back',
  'undo.by.materialIssue': 'by issuing it again',
  'undo.by.byProductReversal': 'by reversing the by-product’s receipt',
  'fault.step.not-issued': 'Not issued to this order',
  'fault.step.not-issued.why':
    '{read} did not go into {order} from here, or Exact has not booked it yet.',
  'fault.ledger.over-return': 'Not so much was issued',
  'fault.ledger.over-return.why': 'At most {open} {unit} can come back. Yours were not booked.',
} as const;
