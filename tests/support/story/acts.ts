// Who lives here: what people do in a story, one row for each act of the format; the compiler asks for
// the row of a new one. An act that cannot be done from here is refused, and says why.

import type { StoryStep } from '../../stories/format.ts';
import type { actOf } from '../../stories/format.ts';
import { FACTS } from '../../stories/format.ts';
import type { Cast } from './player.ts';
import type { Station } from './station.ts';

type ActName = ReturnType<typeof actOf>;
type Act = (step: StoryStep, station: Station, cast: Cast) => Promise<void>;
type Fact = (typeof FACTS)[number];

/** The act belongs to the stories in memory. */
class NotHere extends Error {
  override readonly name = 'NotHere';
}

function refuses(why: string): () => Promise<void> {
  return () => Promise.reject(new NotHere(`no browser plays this: ${why}`));
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
  'lose answer': refuses('which answer of the hub is lost cannot be chosen on a real line'),
  'sign out': (_step, station) => station.signOut(),
  'deliver again': refuses('a kiosk never sends again what was decided'),
};

/** Keys of the pad: what cannot be typed on it is no act of a person. */
const PAD = /^\d+(?:[.,]\d+)?$/;
const LETTERS = /^[0-9A-Z\-./_]+$/;

function typeQuantity(text: string, station: Station): Promise<void> {
  if (!PAD.test(text)) throw new NotHere(`the pad has no keys for “${text}”`);
  return station.typeDigits(text);
}

function typeLetters(text: string, station: Station): Promise<void> {
  if (!LETTERS.test(text)) throw new NotHere(`the letters of the glass lack some of “${text}”`);
  return station.typeLetters(text);
}

function touched(): Promise<void> {
  return Promise.reject(new NotHere('this answer is touched as a row of its question, not typed'));
}

/** How each fact is typed. */
const TYPED: { readonly [F in Fact]: (text: string, station: Station) => Promise<void> } = {
  quantity: typeQuantity,
  expiry: (text, station) => station.typeDigits(text.replaceAll('-', '')),
  document: typeLetters,
  item: typeLetters,
  batch: typeLetters,
  serial: typeLetters,
  location: typeLetters,
  to: typeLetters,
  text: typeLetters,
  number: typeQuantity,
  weight: typeQuantity,
  logisticUnit: (text, station) => station.typeDigits(text),
  tote: typeLetters,
  reason: touched,
  choice: touched,
  'yes-no': touched,
  show: touched,
  call: touched,
  approval: touched,
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
    const { order = '', with: how } = step['exact answers'] ?? {};
    if (how !== 'booked') throw new NotHere('what Exact refuses, the simulator refuses by itself');
    await hub.booked(order === 'work' ? undefined : world.id(`order ${order}`));
  },
  'office forgets': refuses('the admin page is not open on the machine under test'),
  'office approves': refuses('the admin page is not open on the machine under test'),
  later: refuses('minutes do not pass by themselves on the machine under test'),
};
