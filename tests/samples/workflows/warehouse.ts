// The sample warehouse of the workflow tests, and an operator who plays with it. Every event that
// the operator gives is advanced three times: on a frozen state, again, and on the state as it
// comes back from a disk. All three must agree, so every test here also tests I-13.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type {
  CommandId,
  CommandPayload,
  CommandWord,
  Facts,
  Fault,
  FaultCode,
  ItemView,
  LocationView,
  OrderLineView,
  OrderView,
  Scan,
} from '../../../src/lib/domain/index.ts';
import { compile } from '../../../src/lib/workflows/index.ts';
import type {
  AskedFact,
  CompiledWorkflow,
  DialogueEvent,
  DialogueStep,
  StoredState,
} from '../../../src/lib/workflows/index.ts';
import { advance, begin, resume } from '../../../src/lib/workflows/runtime/index.ts';

/** The file that the product ships with. */
export const WHOLE = readFileSync(join(import.meta.dirname, '../../../workflows.yaml'), 'utf8');
const [HEAD = '', ...PARTS] = WHOLE.split(/^(?= {2}- id: )/m);

/** The file that the product ships with, with nothing in it but one of its workflows. */
export function shippedOnly(id: string): string {
  const text = PARTS.filter((part) => part.startsWith(`  - id: ${id}\n`)).join('');
  // Settings that nothing asks for would be told.
  const head = text.includes('settings.') ? HEAD : HEAD.replace(/^settings:\n(?: {2}.*\n)+/m, '');
  return head + text;
}

/** Its first workflow: what most tests take apart. */
export const SHIPPED = shippedOnly('receive');
export const TODAY = '2026-06-15';

export function onlyWorkflow(text: string): CompiledWorkflow {
  const { workflows, diagnostics } = compile(text, (canonical) => `r${canonical.length}`);
  expect(diagnostics).toEqual([]);
  const [first] = workflows;
  if (first === undefined) throw new Error('the sample has no workflow');
  return first;
}

export const RECEIVE = onlyWorkflow(SHIPPED);

export function anItem(code: string, over: Partial<ItemView> = {}): ItemView {
  return {
    id: `id-${code}`,
    code,
    name: `Name of ${code}`,
    unit: 'pc',
    tracking: 'none',
    hasExpiry: false,
    fractions: false,
    packs: [],
    defaultLocations: {},
    ...over,
  };
}

export const SHELF: LocationView = { id: 'l-1', code: 'A-01', name: 'A 1', warehouseId: 'w' };
export const OTHER_SHELF: LocationView = { id: 'l-2', code: 'A-02', name: 'A 2', warehouseId: 'w' };
export const FOREIGN: LocationView = { id: 'l-9', code: 'Z-09', name: 'Z 9', warehouseId: 'x' };

export const PLAIN = anItem('PLAIN', { defaultLocations: { w: { id: 'l-1', code: 'A-01' } } });
export const BATCH = anItem('BATCH', { tracking: 'batch' });
export const FRESH = anItem('FRESH', { tracking: 'batch', hasExpiry: true });
export const SERIAL = anItem('SERIAL', { tracking: 'serial' });
export const BULK = anItem('BULK', { fractions: true, unit: 'kg' });
export const ITEMS = [PLAIN, BATCH, FRESH, SERIAL, BULK] as const;
export const PACK = { barcode: '5400000000012', quantity: 6, unit: 'box' };

export function aLine(item: ItemView, over: Partial<OrderLineView> = {}): OrderLineView {
  const base = { lineNumber: 1, ordered: 10, done: 0, pending: 0 };
  return { id: `line-${item.code}`, item, ...base, ...over };
}

/** An order of `lines` (default: ten of every item) in a warehouse with or without locations. */
export function anOrder(
  lines: readonly OrderLineView[] = ITEMS.map((item) => aLine(item)),
  over: Partial<OrderView> & { usesLocations?: boolean } = {},
): OrderView {
  const { usesLocations = false, ...rest } = over;
  return {
    kind: 'purchaseOrder',
    id: 'order-1',
    number: '4711',
    partnerName: 'Supplier',
    partnerCode: 'S1',
    warehouse: { id: 'w', code: 'W', name: 'Main', usesLocations },
    lines,
    seq: 1,
    ...rest,
  };
}

export function aScan(text: string, ...candidates: Facts[]): DialogueEvent {
  const raw = { bytes: new Uint8Array(), text, device: 'test', startedMs: 0, endedMs: 0 };
  const scan: Scan = {
    raw,
    symbology: 'plain',
    elements: [],
    candidates,
    ...(candidates.length === 0 && text.length <= 30 ? { plain: text } : {}),
  };
  return { type: 'scan', scan };
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    if (ArrayBuffer.isView(value)) return value;
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

const roundTrip = (state: StoredState): StoredState =>
  JSON.parse(JSON.stringify(state)) as StoredState;

/** Asked at every event: in Node's own comparison, and in the words of a test where it says no. */
function same(found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) expect(found).toStrictEqual(expected);
}

/** One operator at one station. */
export class Operator {
  step: DialogueStep;
  readonly commands: CommandPayload[] = [];
  readonly ids: CommandId[] = [];
  #events = 0;

  constructor(readonly workflow: CompiledWorkflow = RECEIVE) {
    this.step = begin(deepFreeze(workflow));
    same(begin(workflow), this.step);
  }

  give(event: DialogueEvent, today = TODAY): this {
    this.#events += 1;
    const acting = { today, commandId: `c${this.#events}` as CommandId };
    const before = deepFreeze(this.step.state);
    const next = advance(this.workflow, before, deepFreeze(event), deepFreeze(acting));
    same(advance(this.workflow, before, event, acting), next);
    same(advance(this.workflow, roundTrip(before), event, acting), next);
    same(resume(this.workflow, roundTrip(next.state)).screen, next.screen);
    same(roundTrip(next.state), next.state);
    this.step = deepFreeze(next);
    this.commands.push(...next.commands.map(({ payload }) => payload));
    this.ids.push(...next.commands.map(({ id }) => id));
    return this;
  }

  open(order: OrderView = anOrder()): this {
    return this.give({ type: 'open', order });
  }
  scan(facts: Facts, text = 'code'): this {
    return this.give(aScan(text, facts));
  }
  /** A bare code that no master data knows. */
  read(text: string): this {
    return this.give(aScan(text));
  }
  press(...words: CommandWord[]): this {
    for (const word of words) this.give({ type: 'press', word });
    return this;
  }
  enter(fact: AskedFact, value: string): this {
    return this.give({ type: 'enter', fact, value });
  }
  choose(item: ItemView): this {
    return this.give({ type: 'choose', id: `line-${item.code}` });
  }
  hears(order: OrderView): this {
    return this.give({ type: 'order', order });
  }
  refusal(command: CommandId | undefined, fault: Fault): this {
    return this.give({ type: 'refused', command: command ?? ('none' as CommandId), fault });
  }

  get asks(): string {
    return this.step.screen.step;
  }
  get fault(): FaultCode | undefined {
    return this.step.screen.message?.fault?.code;
  }
  get last(): CommandPayload | undefined {
    return this.commands.at(-1);
  }
  get lastId(): CommandId | undefined {
    return this.ids.at(-1);
  }
  get words(): readonly CommandWord[] {
    return this.step.screen.actions.map(({ word }) => word);
  }
  /** What is done of an item, as the screen shows it. */
  done(item: ItemView): number | undefined {
    return this.step.screen.lines?.find(({ itemCode }) => itemCode === item.code)?.done;
  }
}
