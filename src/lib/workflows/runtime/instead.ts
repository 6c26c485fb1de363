// Who lives here: material that takes the place of what an order planned. What was scanned stands on no
// line; where the file says whose yes that takes, it may stand on any open one that is counted in the
// same unit. Instead of which is asked: nothing answers it but a row, or the code of what was planned.

import { fault, openQuantity } from '../../domain/index.ts';
import type { Fault, ItemView, OrderLineView } from '../../domain/index.ts';
import type { Meaning, Named } from './among.ts';
import { withSet } from './among.ts';
import { currentLine } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { asking } from './fits.ts';
import type { Rules } from './fits.ts';
import { numbersOf } from './together.ts';

/** Whether goods that stand on no line of the open order may take the place of some. */
export function mayReplace({ document }: Dialogue, { steps }: Rules, { id }: ItemView): boolean {
  const allowed = asking(steps, 'item')?.substitute === true;
  return allowed && document?.lines.some(({ item }) => item.id === id) === false;
}

/** The work with goods that may stand on any line where they can take the place of what is open. */
export function replacing(
  d: Dialogue,
  work: Work,
  goods: readonly Named[],
  read?: string,
): Work | Fault {
  const open = (d.document?.lines ?? []).filter((line) => openQuantity(line) > 0);
  const of = goods.flatMap(({ item, pack }) =>
    open
      .filter((line) => line.item.unit === item.unit)
      .map((line): Meaning => ({ item: item.id, ...(pack && { pack }), line: line.id })),
  );
  const [first] = goods;
  if (of.length === 0) {
    const { code = '', unit = '' } = first?.item ?? {};
    return fault('step.instead-unit', { item: code, unit, order: numbersOf(d) });
  }
  const items = goods.map(({ item }) => item);
  const { among, ...rest } = withSet(work, items, of, read);
  return among === undefined ? rest : { ...rest, among: { ...among, instead: true } };
}

/** The work once it is known which lines the goods stand on; nothing where that is not asked. */
export function insteadOf(
  { document, work }: Dialogue,
  is: (line: OrderLineView) => boolean,
): Work | undefined {
  const { among } = work;
  if (among?.instead !== true) return undefined;
  const lines = new Set((document?.lines ?? []).filter(is).map(({ id }) => id));
  const of = among.of.filter(({ line = '' }) => lines.has(line));
  const { instead: _i, ...set } = among;
  return of.length === 0 ? undefined : { ...work, among: { ...set, of } };
}

/** The item of the line at work, where other goods take its place. */
export function replacedBy(d: Dialogue): { readonly instead?: ItemView } {
  const { planned } = currentLine(d) ?? {};
  return planned === undefined ? {} : { instead: planned };
}
