// One flow with every question of a receipt: proven fast, where a test needs a file but not the
// shipped one.

export const SMALL = `scandock: 1
workflows:
  - id: receive
    label: { en: Receive, nl: Ontvangen, de: Wareneingang, fr: Réception }
    icon: truck
    action: goodsReceipt
    document: purchaseOrder
    steps:
      - ask: document
      - ask: item
      - ask: batch
        when: item.tracking == "batch"
      - ask: expiry
        when: item.tracking == "batch" && item.hasExpiry
      - ask: serial
        when: item.tracking == "serial"
        each: quantity
      - ask: quantity
        default: line.open
        tolerance: 10%
      - ask: location
        when: warehouse.usesLocations
      - confirm: line
      - repeat: item
    posting: { when: document-complete }
`;
