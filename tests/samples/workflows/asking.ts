// A file with every kind of question that a workflow can ask of its own, and every option of them.
// For the tests that must see each of them.

export const ASKING = `# All questions of the language.
scandock: 1
settings:
  most: 20
workflows:
  - id: receive
    label: { en: Receive, nl: Ontvangen, de: Wareneingang, fr: Réception }
    icon: truck
    action: goodsReceipt
    document: purchaseOrder
    posting: { when: document-complete }
    steps:
      - ask: document
      - show: { en: Wear gloves, nl: Draag handschoenen, de: Handschuhe an, fr: Mettez des gants }
        id: gloves
        once: document
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
        max: settings.most
        over: { reason: required }
      - ask: yes-no
        id: damaged
        prompt: { en: Damaged?, nl: Beschadigd?, de: Beschädigt?, fr: Abîmé ? }
        help: { en: Look below as well, nl: Kijk ook onder, de: Auch unten, fr: Dessous aussi }
      - if: answers.damaged
        then:
          - ask: choice
            id: condition
            prompt: { en: What is wrong?, nl: Wat is er mis?, de: Was ist?, fr: Quel défaut ? }
            of:
              - { value: wet, label: { en: Wet, nl: Nat, de: Nass, fr: Mouillé } }
              - { value: torn, label: { en: Torn, nl: Kapot, de: Zerrissen, fr: Déchiré } }
          - show:
              en: '{item.code} goes to the cage'
              nl: '{item.code} gaat in de kooi'
              de: '{item.code} kommt in den Käfig'
              fr: '{item.code} va dans la cage'
            when: answers.condition == "wet"
      - ask: number
        id: temperature
        prompt: { en: Temperature?, nl: Temperatuur?, de: Temperatur?, fr: Température ? }
        unit: °C
        min: -25
        max: 8
        decimals: 1
        within: 90s
      - ask: weight
        by: any
        max: 500
      - ask: logisticUnit
        skip: true
      - ask: text
        id: seal
        prompt: { en: Seal?, nl: Zegel?, de: Plombe?, fr: Scellé ? }
        by: scan
        max: 20
        skip: true
      - ask: reason
        of:
          - { value: MORE, label: { en: Sent more, nl: Meer, de: Mehr, fr: Plus envoyé } }
          - { value: SWAP, label: { en: Swapped, nl: Omgeruild, de: Getauscht, fr: Échangé } }
      - ask: yes-no
        id: last
        prompt: { en: Was that all?, nl: Was dat alles?, de: War das alles?, fr: C’est tout ? }
      - ask: location
        when: warehouse.usesLocations
      - confirm: line
      - if: answers.last && line.open == 0
        then:
          - end: work
      - repeat: item
`;
