// Who lives here: sample screens of pick places that are filled: the lists, a line that goes to its
// place, and one that somebody else was faster with. What they share with picking is taken from there.

import type { KioskModel } from '../../src/lib/ui/index.ts';
import type { ScreenModel } from '../../src/lib/workflows/index.ts';
import { OUTGOING } from './outgoing.ts';

const BRING = {
  label: { en: 'Replenish', nl: 'Aanvullen', de: 'Nachfüllen', fr: 'Réassort' },
} as const;

/** A screen of the work that goes out, with what is different here. */
function like(name: string, more: Partial<KioskModel>, screen: Partial<ScreenModel>): KioskModel {
  const model = OUTGOING[name];
  if (model?.screen === undefined) throw new Error(`there is no screen ${name}`);
  return { ...model, ...more, screen: { ...model.screen, title: BRING, ...screen } };
}
const LISTS = (OUTGOING['pick-orders']?.orders ?? []).slice(0, 2).map((order, index) => ({
  ...{ ...order, kind: 'refill' as const, number: index === 0 ? 'UTRECHT' : 'ZWOLLE-2' },
  partnerName: 'Central warehouse Utrecht',
}));

/** One of each kind, by name. */
export const REFILLS: Readonly<Record<string, KioskModel>> = {
  'refill-lists': like('load-orders', { orderKind: 'refill', orders: LISTS }, {}),
  'refill-none': like('load-none', { orderKind: 'refill' }, {}),
  'refill-to': like(
    'pick-place',
    {},
    {
      ...{ asks: 'to', prompt: { key: 'prompt.bring-to' } },
      ...{ suggestion: 'RACK-118', confirm: 'scan', input: { fact: 'to', value: '' } },
      known: [
        { fact: 'location', text: 'BULK-7-04' },
        { fact: 'batch', text: 'L26-0815' },
        { fact: 'quantity', text: '8' },
      ],
    },
  ),
  'refill-carried': like(
    'pick-item',
    {},
    {
      prompt: { key: 'prompt.bring' },
      message: { tone: 'error', fault: { code: 'ledger.carried', data: {} }, read: 'RESIN-5' },
    },
  ),
};
