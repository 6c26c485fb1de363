// Who lives here: what one scan gives of one fact. Each function gives the work with the fact in
// it, the very same work when the scan brings nothing new of it, or why it does not fit.

import { fault, fitsPattern, isFault, LIMITS } from '../../domain/index.ts';
import type { Fault } from '../../domain/index.ts';
import { ACTIONS } from './actions.ts';
import { decided } from './among.ts';
import { currentLine, isBegun } from './dialogue.ts';
import type { Dialogue, PlaceAt, PlaceFact, Work } from './dialogue.ts';
import { asking, hasUse, mostSerials } from './fits.ts';
import type { At } from './fits.ts';
import { takeGoods } from './goods.ts';
import type { Read } from './goods.ts';

/** `d.work` is the work before the scan, `work` with the facts that were taken of it already. */
export type Taking = (d: Dialogue, work: Work, facts: Read, at: At) => Work | Fault;

export const takeItem: Taking = (d, work, facts, at) => {
  const taken = takeGoods(d, work, facts, at);
  return isFault(taken) || taken === work ? taken : decided(d, at.rules, taken);
};

function takeOf(
  d: Dialogue,
  work: Work,
  name: 'batch' | 'expiry',
  value: string | undefined,
  at: At,
): Work | Fault {
  if (value === undefined || !hasUse(d, work, name, at.rules)) return work;
  const known = work[name];
  if (known === undefined) return { ...work, [name]: value };
  return known === value ? work : fault('step.conflict', { fact: name, known, read: value });
}

export const takeText: Taking = (d, work, { batch }, at) => takeOf(d, work, 'batch', batch, at);

export const takeExpiry: Taking = (d, work, { expiry }, at) =>
  takeOf(d, work, 'expiry', expiry, at);

/** One more serial on the line. */
export const takeSerial: Taking = (d, work, { serial }, at) => {
  if (serial === undefined || !hasUse(d, work, 'serial', at.rules)) return work;
  const serials = work.serials ?? [];
  if (serials.includes(serial)) return fault('step.serial-twice', { serial });
  const line = currentLine({ ...d, work });
  const open = line !== undefined || ACTIONS[at.rules.action].order === undefined;
  const most = open ? mostSerials(at.rules, line) : LIMITS.serialsPerLine;
  if (serials.length + 1 > most) return fault('step.too-many-serials', { most });
  return { ...work, serials: [...serials, serial] };
};

/** The places that this work asks for, in the order in which it does. */
function placesOf({ rules }: At): readonly PlaceFact[] {
  const asked = rules.steps.flatMap((step) =>
    step.kind === 'ask' && (step.fact === 'location' || step.fact === 'to') ? [step.fact] : [],
  );
  return asked.length > 0 ? asked : ['location'];
}

/** Whether a place may be this fact: codes that are named for one are of no other. */
function mayBe(fact: PlaceFact, { code, whole }: PlaceAt, { rules }: At): boolean {
  const named = asking(rules.steps, 'to')?.places;
  if (named === undefined) return true;
  const fits = whole !== true && named.some((pattern) => fitsPattern(pattern, code));
  return fits === (fact === 'to');
}

/** The work with this place, which is no longer the one that stayed. */
function placed(work: Work, fact: PlaceFact, place: PlaceAt): Work {
  const { kept = [], ...rest } = work;
  const left = kept.filter((each) => each !== fact);
  return { ...rest, [fact]: place, ...(left.length === 0 ? {} : { kept: left }) };
}

/** Which place stayed from the line before and gives way: at the begin of a line, or to the last. */
function givingWay(d: Dialogue, work: Work, places: readonly PlaceFact[]): PlaceFact | undefined {
  const { kept = [] } = work;
  const stayed = places.filter((fact) => kept.includes(fact));
  if (!isBegun(d.work)) return stayed[0];
  return places.some((fact) => work[fact] === undefined) ? undefined : stayed.at(-1);
}

/**
 * A place is the one that is asked, else the first that is missing; never where goods are. One that
 * stayed from the line before gives way to what is scanned before anything else of the line, and
 * whenever no place is missing.
 */
function takeAt(d: Dialogue, work: Work, place: PlaceAt, at: At): Work | Fault {
  const places = placesOf(at).filter((fact) => mayBe(fact, place, at));
  const shelf = at.asks === 'to' && !places.includes('to');
  if (shelf && places.every((fact) => work[fact] !== undefined)) {
    const wanted = asking(at.rules.steps, 'to')?.places ?? [];
    return fault('step.other-place-wanted', { location: place.code, wanted: wanted.join(', ') });
  }
  const asked = places.find((fact) => fact === at.asks && work[fact] === undefined);
  const missing = asked ?? places.find((fact) => work[fact] === undefined);
  const here = places.find((fact) => work[fact]?.id === place.id);
  if (here !== undefined) {
    // Asked for the other place: the same one again is a mistake, not nothing.
    if (asked !== undefined) return fault('step.same-place', { location: place.code });
    return work.kept?.includes(here) === true ? placed(work, here, place) : work;
  }
  const other = givingWay(d, work, places) ?? missing;
  if (other !== undefined) return placed(work, other, place);
  const [fact = 'location'] = places.slice(-1);
  const known = work[fact]?.code ?? '';
  return fault('step.conflict', { fact, known, read: place.code });
}

export const takePlace: Taking = (d, work, { location, warehouse }, at) => {
  if (location !== undefined) {
    const { id, code, warehouseId } = location;
    const anywhere = d.document === undefined || ACTIONS[at.rules.action].anywhere === true;
    if (anywhere || warehouseId === d.document.warehouse.id) {
      return takeAt(d, work, { id, code, warehouse: warehouseId }, at);
    }
    return fault('step.wrong-warehouse', { location: code, warehouse: d.document.warehouse.name });
  }
  if (warehouse === undefined) return work;
  const { id, code } = warehouse;
  return takeAt(d, work, { id, code, warehouse: id, whole: true }, at);
};

export const takeQuantity: Taking = (d, work, { quantity }, { rules }) => {
  if (quantity === undefined || work.item?.tracking === 'serial') return work;
  // It is typed, whatever a label says.
  if (asking(rules.steps, 'quantity')?.count === 'type') return work;
  // The item of the same scan has counted it in already.
  if (work.counted !== d.work.counted) return work;
  if (work.quantity === quantity) return work;
  const known = work.quantity ?? work.counted ?? quantity;
  if (known === quantity) return { ...work, quantity };
  return fault('step.conflict', { fact: 'quantity', known, read: quantity });
};

/** All facts of one scan over the work so far, or the first that does not fit. */
export function takeAll(
  takings: readonly Taking[],
  d: Dialogue,
  facts: Read,
  at: At,
): Work | Fault {
  let work: Work | Fault = d.work;
  for (const taking of takings) {
    work = taking(d, work, facts, at);
    if (isFault(work)) return work;
  }
  return work;
}
