// Who lives here: what people do in a story, one row for each act of the format; the compiler asks for
// the row of a new one. An act that cannot be done from here is refused, and says why.

import type { StoryStep } from '../../stories/format.ts';
import { actOf, FACTS } from '../../stories/format.ts';
import type { Cast } from './player.ts';
import type { Station } from './station.ts';

type ActName = ReturnType<typeof actOf>;
type Act = (step: StoryStep, station: Station, cast: Cast) => Promise<void>;
type Fact = (typeof FACTS)[number];

/** Nobody can do this at a kiosk. */
class NotHere extends Error {
  override readonly name = 'NotHere';
}

/** What no browser plays, whatever is meant by it, and why. */
const NEVER: Partial<Record<ActName | NonNullable<StoryStep['do']>, string>> = {
  'lose answer': 'which answer of the hub is lost cannot be chosen on a real line',
  'deliver again': 'a kiosk never sends again what was decided',
  later: 'minutes do not pass by themselves on the machine under test',
};

/** Keys of the pad and of the letters: what cannot be typed on them is no act of a person. */
const PAD = /^-?\d+(?:[.,]\d+)?$/;
const LETTERS = /^[0-9A-Z\-./_ ]+$/;
const KEYS: Partial<Record<Fact, RegExp>> = {
  ...{ quantity: /^\d+(?:[.,]\d+)?$/, number: PAD, weight: PAD },
  ...{ document: LETTERS, item: LETTERS, batch: LETTERS, serial: LETTERS, location: LETTERS },
  ...{ to: LETTERS, text: LETTERS, tote: LETTERS },
};

/** Why no browser plays this step; nothing: a person can do it. */
export function notHere(step: StoryStep): string | undefined {
  if (step['exact answers']?.with === 'rejected') {
    return 'what Exact refuses, the simulator refuses by itself';
  }
  for (const fact of FACTS) {
    const text = step.type?.[fact];
    const keys = KEYS[fact];
    if (text !== undefined && keys?.test(String(text)) === false) {
      return `the glass has no keys for “${text}”`;
    }
  }
  return NEVER[step.do ?? actOf(step)];
}

function refused(): Promise<void> {
  return Promise.reject(new NotHere('no browser plays this'));
}

/** The stations of an act that is for all of them unless it names one. */
function named({ station }: StoryStep, one: Station, { stations }: Cast): Station[] {
  return station === undefined ? [...stations.values()] : [one];
}

const DOES: { readonly [D in NonNullable<StoryStep['do']>]: Act } = {
  look: () => Promise.resolve(),
  reload: (_step, station) => station.reload(),
  'hub away': async (step, station, cast) => {
    for (const each of named(step, station, cast)) await each.hubAway();
  },
  'hub back': async (step, station, cast) => {
    for (const each of named(step, station, cast)) await each.hubBack();
  },
  'lose answer': refused,
  'sign out': (_step, station) => station.signOut(),
  'deliver again': refused,
};

const typeDigits = (text: string, station: Station) => station.typeDigits(text);
const typeLetters = (text: string, station: Station) => station.typeLetters(text);
const answer = (text: string, station: Station) => station.answer(text);

/** How each fact is typed. */
const TYPED: { readonly [F in Fact]: (text: string, station: Station) => Promise<void> } = {
  quantity: typeDigits,
  expiry: (text, station) => station.typeDigits(text.replaceAll('-', '')),
  document: typeLetters,
  item: typeLetters,
  batch: typeLetters,
  serial: typeLetters,
  location: typeLetters,
  to: typeLetters,
  text: typeLetters,
  number: typeDigits,
  weight: typeDigits,
  logisticUnit: typeDigits,
  tote: typeLetters,
  reason: answer,
  choice: answer,
  'yes-no': (text, station) => station.answer(text, 'answer'),
  photo: refused,
  show: refused,
  call: refused,
  approval: refused,
};

/** One row an act. */
export const ACTS: { readonly [A in ActName]: Act } = {
  scan: ({ scan = '' }, station, { world }) =>
    station.scan(world.inExact(scan).replaceAll('{GS}', '\u001d')),
  press: ({ press = '' }, station) => station.press(press),
  type: async ({ type }, station, { world }) => {
    for (const fact of FACTS) {
      const value = type?.[fact];
      if (value !== undefined) await TYPED[fact](world.inExact(String(value)), station);
    }
  },
  // Of the picture that Chromium's camera has just then: no two are alike.
  photo: (_step, station) => station.takePhoto(),
  open: ({ open = '' }, station, { world }) => station.openOrder(world.inExact(open)),
  choose: ({ choose = '' }, station) => {
    const [item = '', nth = '1'] = choose.split('#');
    return station.chooseLine(item, Number(nth));
  },
  touch: ({ touch = '' }, station, { world }) => station.touchChoice(world.inExactWords(touch)),
  do: (step, station, cast) => {
    if (step.do === undefined) throw new NotHere('nothing is done');
    return DOES[step.do](step, station, cast);
  },
  'exact changes': async (step, _station, { world, hub }) => {
    const change = step['exact changes'];
    if (change === undefined) return;
    await world.change(change);
    await hub.readsExact();
  },
  'exact answers': async (step, _station, { world, hub }) => {
    const { order = '' } = step['exact answers'] ?? {};
    await hub.booked(order === 'work' ? undefined : world.id(`order ${order}`));
  },
  'office forgets': (step, _station, { world }) => world.forgets(step['office forgets'] ?? ''),
  'office approves': (step, _station, { hub }) => hub.approve(step['office approves'] ?? ''),
  later: refused,
};
