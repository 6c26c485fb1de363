// Who lives here: a place that is said to be empty. A count is blind, but whoever takes everything
// out of a place with one word sees first what that is; so the hub is asked, as it is by a look-up,
// and nothing is booked before OK. Much is no matter for one word: then the office hears of it.

import { fault, LIMITS } from '../../domain/index.ts';
import type { CommandId, CountPlace, ExceptionReport, GoneGoods } from '../../domain/index.ts';
import type { ActionModel, LookModel, Text } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { saying, settled, telling } from './dialogue.ts';
import type { Booked, Dialogue, PlaceAt } from './dialogue.ts';
import type { Rules } from './fits.ts';
import { lookModel } from './look.ts';
import { sentence } from './texts.ts';
import { documentAt } from './together.ts';

/**
 * Whether a place was scanned and nothing else yet, where places are counted and may be empty. One
 * that stays from the line before had something in it.
 */
export function canEmpty({ work }: Dialogue, { action, exceptions = [] }: Rules): boolean {
  const { location, kept, item, among, batch, serials } = work;
  const goods = kept ?? item ?? among ?? batch ?? serials;
  const counts = ACTIONS[action].blind === true && exceptions.includes('place-empty');
  return counts && goods === undefined && location !== undefined && location.whole !== true;
}

/** Asks whether it is empty: what the books have there is shown, as the hub says it now. */
export function askEmpty(before: Dialogue): Dialogue {
  const { looked: _l, ...d } = settled(before);
  return { ...d, emptying: true, signal: 'step' };
}

/** What the books have there; each once, serials by their item. */
function goneOf({ lies }: LookModel): readonly GoneGoods[] {
  const gone = new Map<string, GoneGoods>();
  for (const { goods, number } of lies) {
    const { id: item, tracking } = goods;
    const batch = tracking === 'batch' && number !== undefined ? { batch: number } : {};
    gone.set(`${item} ${batch.batch ?? ''}`, { item, tracking, ...batch });
  }
  return [...gone.values()];
}

const tooMuch = (look: LookModel): boolean =>
  goneOf(look).length > LIMITS.emptyRows || look.more > 0;

/** The question on the screen: what it says, what lies there, and what answers it. */
export function emptyParts(d: Dialogue, rules: Rules) {
  const look = d.emptying === true && canEmpty(d, rules) ? lookModel(d) : undefined;
  if (look === undefined) return undefined;
  const place = d.work.location?.code ?? '';
  const prompt: Text = sentence(tooMuch(look) ? 'prompt.empty-much' : 'prompt.empty', { place });
  const ok: ActionModel = { word: 'OK', tone: 'danger', key: 'action.empty' };
  const back: ActionModel[] = [
    { word: 'BACK', tone: 'plain' },
    { word: 'HELP', tone: 'plain' },
  ];
  return { look, prompt, actions: look.state === 'known' ? [ok, ...back] : back };
}

/** None of what the books have there; the first of it names the line. */
function counting(
  { piece = '' }: Dialogue,
  { posting }: Rules,
  { id: location, code, warehouse }: PlaceAt,
  [first, ...others]: readonly [GoneGoods, ...GoneGoods[]],
): CountPlace {
  return {
    ...{ type: 'count.line', document: piece, warehouse, location, posting },
    ...{ ...first, found: { kind: 'counted', quantity: 0 } },
    emptied: { place: code, others },
  };
}

function reporting(d: Dialogue, { code: place }: PlaceAt, id: CommandId): ExceptionReport {
  const document = documentAt(d) ?? id;
  return {
    ...{ type: 'exception.report', document, place },
    ...{ exception: 'place-empty', remedy: 'none-there' },
  };
}

/** OK: the place is empty. Before the hub has said what lies there nobody can say so. */
export function emptied(before: Dialogue, rules: Rules, id: CommandId): Dialogue {
  const look = lookModel(before);
  const { location } = before.work;
  if (look?.state !== 'known' || location === undefined) {
    return saying(settled(before), fault('step.not-here', { asks: 'item' }));
  }
  const d: Dialogue = { ...settled(before), work: {}, past: [], signal: 'step' };
  const [first, ...others] = goneOf(look);
  const said = { place: location.code };
  if (first === undefined) return telling(d, sentence('message.empty-known', said));
  if (tooMuch(look)) {
    const drafted = reporting(before, location, id);
    return telling({ ...d, drafted }, sentence('message.reported'));
  }
  const booked: Booked = {
    ...{ command: id, line: '', quantity: 0, location: location.id, place: location.code },
    ...{ itemCode: location.code, itemName: '', unit: '' },
  };
  const drafted = counting(before, rules, location, [first, ...others]);
  return telling(
    {
      ...{ ...d, drafted, standing: d.standing + 1, signal: 'green' },
      booked: [...d.booked, booked].slice(-LIMITS.undoDepth),
    },
    sentence('message.emptied', { ...said, count: others.length + 1 }),
  );
}
