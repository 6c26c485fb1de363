// Who lives here: the facts that a flow has to give to the one that called it: of what was looked
// up, or of the last line that it booked. And how they are taken there: as a typed code would be.

import type { Facts, LocationView, Scan, WarehouseView } from '../../domain/index.ts';
import type { Brought, Call, CompiledWorkflow } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { answered, passedOver } from './answers.ts';
import { saying, settled, telling, working } from './dialogue.ts';
import type { AtRest } from './at-rest.ts';
import type { Dialogue, PlaceAt, Work } from './dialogue.ts';
import { askedAt } from './fits.ts';
import type { At } from './fits.ts';
import type { Returned } from './machine.ts';
import { withAsked } from './prints.ts';
import { takeScan } from './take.ts';
import { sentence } from './texts.ts';

type Place = { readonly location: LocationView } | { readonly warehouse: WarehouseView };

function placeOf({ id, code, warehouse, whole }: PlaceAt): Place {
  if (whole !== true) return { location: { id, code, name: code, warehouseId: warehouse } };
  return { warehouse: { id, code, name: code, usesLocations: false } };
}

/** Where the goods lie now: where they were carried to, else where they are. */
function placed(work: Pick<Work, 'location' | 'to'>): Partial<Facts> {
  const place = work.to ?? work.location;
  return place === undefined ? {} : placeOf(place);
}

function factsOf({ action }: CompiledWorkflow, { work, last }: Dialogue): Facts {
  if (ACTIONS[action].command !== undefined) {
    if (last === undefined) return {};
    const { item, batch, expiry } = last;
    return {
      item,
      ...(batch === undefined ? {} : { batch }),
      ...(expiry === undefined ? {} : { expiry }),
      ...placed(last),
    };
  }
  if (work.among?.open === true) return {};
  const { item, order, batch, expiry, serials = [] } = work;
  const [serial] = serials;
  return {
    ...(order === undefined ? {} : { document: order }),
    ...(item === undefined ? {} : { item }),
    ...(batch === undefined ? {} : { batch }),
    ...(expiry === undefined ? {} : { expiry }),
    ...(serial === undefined ? {} : { serial }),
    ...placed(work),
  };
}

/** Of these facts those that shall come back; a whole warehouse is a place as any other. */
function wanted(facts: Facts, bring: readonly Brought[] | undefined): Facts {
  if (bring === undefined) return facts;
  const names: readonly string[] = bring.includes('location') ? [...bring, 'warehouse'] : bring;
  return Object.fromEntries(Object.entries(facts).filter(([name]) => names.includes(name)));
}

/** What the flow has to give as it stands; nothing where it has nothing of use. */
export function broughtBy(
  called: CompiledWorkflow,
  { context }: AtRest,
  bring: Call['bring'],
): Facts | undefined {
  const facts = wanted(factsOf(called, context), bring);
  return Object.keys(facts).length === 0 ? undefined : facts;
}

/** The facts that are news here: the goods at work once more would be counted in. */
function news({ item, ...facts }: Facts, { work }: Dialogue): Facts {
  const same = item === undefined || item.id === work.item?.id;
  return same ? facts : { item, ...facts };
}

function scanOf(facts: Facts): Scan {
  const { document, item, location, warehouse, batch, serial } = facts;
  const text =
    document?.number ?? item?.code ?? location?.code ?? warehouse?.code ?? batch ?? serial ?? '';
  // Nobody at this question has read it: where nothing may be typed it is no answer.
  const raw = { bytes: new Uint8Array(), text, device: 'typed', startedMs: 0, endedMs: 0 };
  return { raw, symbology: 'plain', elements: [], candidates: [facts] };
}

/** The step that called is done, when its flow is. */
function done(d: Dialogue, { done: whole, step }: Returned, at: At): Dialogue {
  const asked = askedAt(at);
  const here = whole && asked?.fact === 'call' && asked.id === step && !answered(d, asked.id);
  if (!here) return { ...d, signal: 'step' };
  const passed = passedOver(d, asked);
  return 'work' in passed ? passed : working(d, passed);
}

/** With these facts taken in; what is known or of no use here is no news, and none to complain of. */
function taken(before: Dialogue, what: Returned, at: At): Dialogue {
  const d = done(before, what, at);
  const back = telling(d, sentence('message.back'));
  const given = what.facts === undefined || at.asks === 'close' ? {} : news(what.facts, d);
  if (Object.keys(given).length === 0) return back;
  const after = takeScan(d, scanOf(given), at);
  const { fault, read } = after.message ?? {};
  if (after.signal !== 'error' || fault === undefined) return after;
  // What does not fit leaves the step undone: nobody has got what it is there for.
  return fault.code === 'step.not-expected' ? back : saying(before, fault, read);
}

/** A flow that was called is left: its facts are taken in, and the question that waited stands. */
export function returned(before: Dialogue, what: Returned, at: At): Dialogue {
  const { drafted, asked = [] } = what;
  const after = taken(withAsked(settled(before), asked), what, at);
  // One event makes one command: a line that is whole now waits for a word.
  return drafted === undefined ? after : { ...after, drafted };
}
