// Who lives here: sample screens of who works here, and whose yes is asked.

import type { KioskModel } from '../../src/lib/ui/index.ts';
import { DOCUMENT, TITLE } from './goods.ts';

const LABEL = {
  en: 'Shift supervisor',
  nl: 'Ploegleider goederenontvangst',
  de: 'Schichtleitung Wareneingang',
  fr: 'Responsable d’équipe',
};
const SAID = { fact: 'approval', text: 'supervisor', said: { label: LABEL } } as const;

function asked(more: Partial<KioskModel>): KioskModel {
  return {
    phase: 'dialogue',
    ...{ stationName: 'dock-1', hub: { kind: 'connected' }, badges: true },
    ...{ waiting: 0, menu: [], orders: [], trail: [], notices: [] },
    flash: { signal: 'none', count: 0 },
    screen: {
      ...{ view: 'ask', step: 'quantity-approval', asks: 'approval', title: TITLE },
      document: DOCUMENT,
      item: { code: 'PUMP-220', name: 'Submersible pump 220 V', unit: 'pc' },
      prompt: { key: 'prompt.approval-over', data: { over: 120, unit: 'pc' } },
      badge: { name: 'supervisor', label: LABEL },
      known: [{ fact: 'quantity', text: '1120 pc' }],
      actions: [
        { word: 'PROBLEM', tone: 'plain' },
        { word: 'BACK', tone: 'plain' },
        { word: 'CANCEL', tone: 'danger', key: 'action.cancel-line' },
        { word: 'HELP', tone: 'plain' },
      ],
    },
    ...more,
  };
}

const given = asked({}).screen;

/** By name. */
export const PEOPLE: Readonly<Record<string, KioskModel>> = {
  'approval-signed-in': asked({ operator: 'Anna' }),
  'approval-nobody': asked({ nobody: true, operator: 'Maximiliane von Habsburg-Lothringen' }),
  'approval-refused': asked({
    ...(given === undefined
      ? {}
      : {
          screen: {
            ...given,
            known: [...given.known, SAID],
            message: {
              tone: 'error',
              fault: { code: 'step.not-approved', data: { role: 'supervisor' } },
            },
          },
        }),
  }),
};
