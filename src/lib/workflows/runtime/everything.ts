// Who lives here: everything that lies in a place, carried with one word. ALL shows what the books
// have there, as the hub says it now; OK, ALL once more, or the place where it goes takes all of it.
// From there on it is a line like any other, of the first of these goods, that has the others with
// it. What one word can't carry (more than a screen shows, goods without their numbers) is named,
// and nothing is taken: those goods are carried one by one.

import { fault, LIMITS } from '../../domain/index.ts';
import type { CarriedGoods, ItemView, LyingView, Scan, WholePlace } from '../../domain/index.ts';
import type { ActionModel, LookModel, ScreenModel, Text } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { saying, settled, telling, working, workQuantity } from './dialogue.ts';
import type { Booked, Dialogue, Work } from './dialogue.ts';
import { asking } from './fits.ts';
import type { At, Rules } from './fits.ts';
import { lookModel } from './look.ts';
import { sentence } from './texts.ts';

/** All goods of a place, of which the work itself has the first. */
export interface Everything {
  readonly others: readonly CarriedGoods[];
  /** Codes of the items, for people. */
  readonly codes: readonly string[];
}

/** Whether a place is known and no goods yet, where a place may be carried whole. */
export function canTakeAll({ work }: Dialogue, { steps }: Rules): boolean {
  const { location, item, among, batch, serials } = work;
  const goods = item ?? among ?? batch ?? serials;
  const asked = asking(steps, 'item')?.everything === true && goods === undefined;
  return asked && location !== undefined && location.whole !== true;
}

interface Goods extends CarriedGoods {
  readonly of: LyingView['goods'];
}

/** The books have so much, and can tell its pieces apart: it can be carried without a look. */
function fits({ goods, number, quantity }: LyingView): boolean {
  return quantity > 0 && (goods.tracking === 'none' || number !== undefined);
}

/** What lies there, serials of an item together. */
function goodsOf({ lies }: LookModel): readonly Goods[] {
  const all = new Map<string, Goods>();
  for (const { goods: of, number, quantity } of lies) {
    const { id: item, tracking } = of;
    if (tracking === 'serial' && number !== undefined) {
      const serials = [...(all.get(item)?.serials ?? []), number];
      all.set(item, { of, item, tracking, quantity: serials.length, serials });
    } else {
      const batch = tracking === 'batch' && number !== undefined ? { batch: number } : {};
      all.set(`${item} ${batch.batch ?? ''}`, { of, item, tracking, quantity, ...batch });
    }
  }
  return [...all.values()];
}

/** Why one word does not carry what lies there: a sentence; undefined: it does. */
function whyNot(look: LookModel, place: string): Text | undefined {
  if (look.lies.length === 0) return sentence('prompt.everything-none', { place });
  if (look.more > 0 || look.lies.length > LIMITS.everythingRows) {
    return sentence('prompt.everything-much', { place });
  }
  const odd = look.lies.find((row) => !fits(row));
  return odd && sentence('prompt.everything-odd', { item: odd.goods.code });
}

/** What the kiosk knows of goods that nobody scanned. */
function itemOf({ id, code, name, unit, tracking }: LyingView['goods']): ItemView {
  return {
    ...{ id, code, name, unit, tracking },
    ...{ hasExpiry: false, fractions: true, packs: [], defaultLocations: {} },
  };
}

function withAll(work: Work, look: LookModel): Work {
  const all = goodsOf(look);
  const [first, ...others] = all;
  if (first === undefined) return work;
  const { batch, serials, quantity } = first;
  return {
    ...work,
    item: itemOf(first.of),
    ...(batch === undefined ? {} : { batch }),
    ...(serials === undefined ? { quantity } : { serials, serialsDone: true }),
    everything: {
      others: others.map(({ of: _of, ...goods }) => goods),
      codes: [...new Set(all.map(({ of }) => of.code))],
    },
  };
}

/** Shows what lies in the place; what this session carried there or away may not be in it yet. */
function asked(before: Dialogue): Dialogue {
  const { looked: _l, ...d } = settled(before);
  const { location } = before.work;
  const shown: Dialogue = { ...d, emptying: true, signal: 'step' };
  const touched = d.booked.some(({ place, to }) => [place, to].includes(location?.code));
  return touched ? telling(shown, sentence('message.everything-old'), 'warning') : shown;
}

/** The work with all that is shown; undefined where it can't be carried so, or is not known yet. */
function taken(before: Dialogue): Work | undefined {
  const look = lookModel(before);
  const { location } = before.work;
  if (look?.state !== 'known' || location === undefined) return undefined;
  return whyNot(look, location.code) === undefined ? withAll(before.work, look) : undefined;
}

/** What is shown stays: it is no answer to say so again. */
function still(before: Dialogue, at: At): Dialogue {
  const said = saying(settled(before), fault('step.not-here', { asks: at.asks }));
  return { ...said, emptying: true };
}

/** OK to what is shown: all of it is taken, and where it goes is asked. */
export function takeEverything(before: Dialogue, at: At): Dialogue {
  const work = taken(before);
  return work === undefined ? still(before, at) : working(settled(before), work);
}

/** ALL: shows what lies in the place, and said once more takes it. */
export function all(before: Dialogue, at: At): Dialogue {
  if (at.asks !== 'item' || !canTakeAll(before, at.rules)) {
    return saying(settled(before), fault('step.not-here', { asks: at.asks }));
  }
  return before.emptying === true ? takeEverything(before, at) : asked(before);
}

/**
 * A place that is scanned while everything is shown: that is where it goes. Undefined: the scan is
 * about something else.
 */
export function everythingTo(
  before: Dialogue,
  { candidates }: Scan,
  at: At,
  scanned: (d: Dialogue, at: At) => Dialogue,
): Dialogue | undefined {
  const shown = before.emptying === true && canTakeAll(before, at.rules);
  const place = candidates.some((facts) => (facts.location ?? facts.warehouse) !== undefined);
  if (!shown || !place) return undefined;
  const work = taken(before);
  if (work === undefined) return still(before, at);
  const after = scanned(working(settled(before), work), { ...at, asks: 'to' });
  if (after.signal !== 'error' || after.message === undefined) return after;
  return { ...settled(before), message: after.message, signal: 'error', emptying: true };
}

/** The question on the screen: what it says, what lies there, and what answers it. */
export function everythingParts(d: Dialogue, rules: Rules) {
  const shown = d.emptying === true && canTakeAll(d, rules);
  const look = shown ? lookModel(d) : undefined;
  if (look === undefined) return undefined;
  const place = d.work.location?.code ?? '';
  const known = look.state === 'known';
  const why = known ? whyNot(look, place) : undefined;
  const ok: ActionModel[] =
    known && why === undefined ? [{ word: 'OK', tone: 'primary', key: 'action.everything' }] : [];
  const back: ActionModel[] = [
    { word: 'BACK', tone: 'plain' },
    { word: 'HELP', tone: 'plain' },
  ];
  const prompt = why ?? sentence('prompt.everything', { place });
  return { look, prompt, actions: [...ok, ...back] };
}

/** Codes that are shown by name; of more there is a mark. */
const NAMED = 4;

const listed = ({ codes }: Everything): string =>
  codes.slice(0, NAMED).join(', ') + (codes.length > NAMED ? ' …' : '');

/** What stands on the screen in place of goods. */
export function shownGoods({ item, location, everything }: Work): ScreenModel['item'] {
  if (everything !== undefined) {
    return { code: location?.code ?? '', name: listed(everything), unit: '' };
  }
  return item && { code: item.code, name: item.name, unit: item.unit };
}

/** How a line of the session is named afterwards. */
export function bookedGoods(
  work: Work,
): Pick<Booked, 'itemCode' | 'itemName' | 'unit' | 'quantity'> {
  const { code: itemCode = '', name: itemName = '', unit = '' } = shownGoods(work) ?? {};
  const { everything } = work;
  const quantity = everything === undefined ? workQuantity(work) : everything.others.length + 1;
  return { itemCode, itemName, unit, quantity };
}

/** The part of the command that only a whole place has. */
export function wholePlace({ location, everything }: Work): { everything?: WholePlace } {
  if (everything === undefined || location === undefined) return {};
  return { everything: { place: location.code, others: everything.others } };
}

/** What a line of goods turns green with: of a whole place how many goods that were. */
export function movedAll({ everything }: Work, rules: Rules) {
  const [, at] = ACTIONS[rules.action].words.done;
  return everything === undefined ? at : 'message.moved-everything';
}
