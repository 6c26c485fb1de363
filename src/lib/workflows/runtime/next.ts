// Who lives here: which line of an order comes next, where the product leads: the open lines in the
// order of a walk through the warehouse, without those that were passed over, which come last.
// Terms: turn (the number that Exact gives a place on the walk, lower first).

import { fault, minus, openQuantity, plus } from '../../domain/index.ts';
import type { OrderLineView, SourceView } from '../../domain/index.ts';
import { currentLine, saying, settled, telling } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { asking } from './fits.ts';
import type { At, Rules } from './fits.ts';
import { sentence } from './texts.ts';

/** Stock units of this item that this session took from there already. */
function takenFrom(d: Dialogue, itemCode: string, { location, batch }: SourceView): number {
  return d.booked
    .filter((each) => each.itemCode === itemCode)
    .filter((each) => each.location === location?.id && each.batch === batch)
    .reduce((sum, each) => plus(sum, each.quantity), 0);
}

/** Whether it was told here that these goods do not lie there. */
function avoids({ avoided = [] }: Dialogue, item: string, { location, batch }: SourceView) {
  return avoided.some(
    (each) =>
      each.item === item &&
      (each.location === undefined || each.location === location?.id) &&
      (each.batch === undefined || each.batch === batch),
  );
}

/** The places and batches to take goods of a line from that agree with what is known. */
export function sourcesOf(
  d: Dialogue,
  line: OrderLineView,
  { location, batch }: Pick<Work, 'location' | 'batch'>,
): readonly SourceView[] {
  const byBatch = line.item.tracking === 'batch';
  const sources = (line.sources ?? []).filter(
    (each) =>
      (location === undefined || each.location?.id === location.id) &&
      (batch === undefined || !byBatch || each.batch === batch),
  );
  // What was issued the hub knows from its own journal, with what came back.
  if (line.part === 'issued' || line.part === 'picked') return sources;
  // The hub's rows are as old as Exact's stock; what was taken here since then is gone.
  return sources
    .filter((each) => !avoids(d, line.item.id, each))
    .map((each) => ({
      ...each,
      quantity: minus(each.quantity, takenFrom(d, line.item.code, each)),
    }))
    .filter(({ quantity }) => quantity > 0);
}

/**
 * Stock units that should be left of a line's goods in a place after what was taken here; nothing
 * where the books never said that they lie there.
 */
export function leftAt(d: Dialogue, line: OrderLineView, place: string): number | undefined {
  const there = (line.sources ?? []).filter(({ location }) => location?.id === place);
  if (there.length === 0) return undefined;
  return there.reduce(
    (sum, one) => plus(sum, minus(one.quantity, takenFrom(d, line.item.code, one))),
    0,
  );
}

/** A line with where its goods lie, as far as that is known. */
export interface Stop {
  readonly line: OrderLineView;
  readonly source?: SourceView;
}

/** Digits in a code count as numbers: `A-9` lies before `A-10`. The same on every machine. */
function codeKey(code: string): string {
  return code.replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}

/** Lines whose place has no turn come after those with one, and lines without a place last. */
function byTurn(a: Stop, b: Stop): number {
  const turn = ({ source }: Stop) => source?.sequence ?? Number.MAX_SAFE_INTEGER;
  const code = ({ source }: Stop) =>
    source?.location === undefined ? '\uffff' : codeKey(source.location.code);
  if (turn(a) !== turn(b)) return turn(a) - turn(b);
  if (code(a) !== code(b)) return code(a) < code(b) ? -1 : 1;
  return a.line.lineNumber - b.line.lineNumber;
}

/** Open lines in the order of the walk; of a place that is known, those that lie there. */
function walk(d: Dialogue): readonly Stop[] {
  const { location, batch } = d.work;
  const stops = (d.document?.lines ?? [])
    .filter((line) => openQuantity(line) > 0)
    .map((line): Stop => {
      const [source] = sourcesOf(d, line, {
        ...(location && { location }),
        ...(batch && { batch }),
      });
      return source === undefined ? { line } : { line, source };
    });
  const here = location === undefined ? stops : stops.filter(({ source }) => source !== undefined);
  return [...here].sort(byTurn);
}

/** The stops of the walk, those that were passed over last. */
function walkOn(d: Dialogue): readonly Stop[] {
  const passed = ({ line }: Stop): number => (d.skipped ?? []).indexOf(line.id);
  return [...walk(d)].sort((a, b) => passed(a) - passed(b));
}

/** Ids of the open lines as they come, those at a place that is known first. */
export function inTurn(d: Dialogue, { location, batch }: Work): readonly string[] {
  const work = { ...(location && { location }), ...(batch && { batch }) };
  return [...walkOn({ ...d, work }), ...walkOn({ ...d, work: {} })].map(({ line }) => line.id);
}

/** The line to do next; nothing where whoever works chooses, or where one is at work already. */
export function nextStop(d: Dialogue, { next }: Rules): Stop | undefined {
  if (next !== 'sequence' || d.work.item !== undefined || d.work.among) return undefined;
  return walkOn(d)[0];
}

/** Whether SKIP passes a proposed line over here. */
export function canSkip(d: Dialogue, { asks, rules }: Pick<At, 'asks' | 'rules'>): boolean {
  if (asks === 'close' || asking(rules.steps, asks)?.skip !== true) return false;
  return nextStop(d, rules) !== undefined;
}

/** SKIP: the proposed line comes last; when all were passed over, the walk begins again. */
export function skip(before: Dialogue, { asks, rules }: At): Dialogue {
  const d = settled(before);
  const stop = nextStop(d, rules);
  if (stop === undefined) return saying(d, fault('step.not-here', { asks }));
  const { id, item } = stop.line;
  const open = (d.document?.lines ?? []).filter((line) => openQuantity(line) > 0);
  const skipped = [...(d.skipped ?? []).filter((each) => each !== id), id];
  const all = open.every((line) => skipped.includes(line.id));
  const { skipped: _s, ...rest } = d;
  const after: Dialogue = { ...(all ? rest : { ...rest, skipped }), signal: 'step' };
  const said = all
    ? sentence('message.skipped-all')
    : sentence('message.skipped', { item: item.code });
  const { location: _l, ...work } = after.work;
  // Nothing else of the order lies at this place: on to the next one.
  const left = walk(after).some(({ line }) => !skipped.includes(line.id));
  return telling(
    left || after.work.location === undefined ? after : { ...after, work, past: [] },
    said,
  );
}

/** The line at work, or the one that is proposed to be it. */
export function stopAt(d: Dialogue, rules: Rules): Stop | undefined {
  const line = currentLine(d);
  if (line === undefined) return nextStop(d, rules);
  const [source] = sourcesOf(d, line, d.work);
  return source === undefined ? { line } : { line, source };
}
