// A file with all that the language has besides questions: settings, fragments, branches within
// branches, overrides. For the tests that must see each of them.

export const CONSTRUCTS = `# All constructs of the language.
scandock: 1
settings:
  over: 10%
  many: 100 # pieces
  careful: true
  vip: Acme
fragments:
  tracked:
    - uses: batches
    - ask: serial
      when: item.tracking == "serial"
      each: quantity
  batches:
    - if: item.tracking == "batch"
      then:
        - ask: batch
        - if: item.hasExpiry
          then:
            - ask: expiry
overrides:
  - stations: ['cold-1']
    settings: { over: 0% }
  - stations: ['cold-*', 'dock-9']
    settings: { many: 5, careful: false }
workflows:
  - id: receive
    label: { en: Receive, nl: Ontvangen, de: Wareneingang, fr: Réception }
    icon: truck
    action: goodsReceipt
    document: purchaseOrder
    stations: ['dock-*', 'cold-*']
    steps:
      - ask: document
      - ask: item
      - uses: tracked
      - if: settings.careful && line.open > settings.many
        then:
          - ask: quantity
            default: 1
            tolerance: settings.over
            prompt: { en: Count, nl: Tel, de: Zählen, fr: Comptez }
        else:
          - ask: quantity
            default: line.open
            tolerance: settings.over
      - if: warehouse.usesLocations
        then:
          - ask: location
            suggest: item.defaultLocation
      - confirm: line
      - repeat: item
    posting: { when: document-complete }
  - id: receive-vip
    label: { en: Receive VIP, nl: VIP, de: VIP, fr: VIP }
    icon: box
    action: goodsReceipt
    document: purchaseOrder
    steps:
      - ask: document
      - ask: item
      - uses: tracked
      - if: document.supplier == settings.vip
        then:
          - ask: quantity
            default: line.open
        else:
          - ask: quantity
            default: 1
      - ask: location
        when: warehouse.usesLocations
      - confirm: line
      - repeat: item
    posting: { when: line-complete }
`;
