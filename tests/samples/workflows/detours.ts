// Flows that call flows, for the tests of detours: a receipt with detours to looking up, to a count and
// to a transfer that may look up too; and one with a count as a step of its own.

import { WORD } from './asked.ts';
import { shippedOnly } from './warehouse.ts';

const part = (id: string) => shippedOnly(id).slice(shippedOnly(id).indexOf(`  - id: ${id}`));

const STEPS = `      - ask: document
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
      - ask: location
        when: warehouse.usesLocations
`;

const receipt = (more: string, steps = STEPS, behind = ''): string => `  - id: receive
    label: { en: Receive, nl: Ontvangen, de: Wareneingang, fr: Réception }
    icon: truck
    action: goodsReceipt
    document: purchaseOrder
    posting: { when: document-complete }
${more}    steps:
${steps}${behind}      - confirm: line
      - repeat: item
`;

const DETOURS = `    detours:
      - call: look-up
      - call: transfer
      - { call: count, bring: [item] }
`;

const NESTED = part('transfer').replace(
  '    steps:',
  '    detours: [{ call: look-up }]\n    steps:',
);

/** A receipt from which one can look up, count and carry; from carrying one can look up too. */
export const WITH_DETOURS = `scandock: 1
workflows:
${receipt(DETOURS)}${NESTED}${part('count')}${part('look-up')}`;

/** A receipt in which the place is counted once goods were put there. */
export const WITH_CALL = `scandock: 1
workflows:
${receipt('', STEPS, `      - call: count\n        prompt: ${WORD}\n        skip: true\n`)}${part('count')}`;
