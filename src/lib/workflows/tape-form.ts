// Who lives here: the form in which a tape is read back: one line of JSON, of our version, whole and
// within its limits, or a reason. Strict, so that what is replayed is what was recorded: a tape may
// have lain for weeks, and come from another machine.

import * as z from 'zod';
import { FAULTS, isId, LIMITS, ORDER_PARTS } from '../domain/index.ts';
import type { CommandId, Facts, Fault, FaultCode, ItemView, OrderView } from '../domain/index.ts';
import { TAPE_VERSION } from './runtime/index.ts';
import type { Shown, Tape, TapedEvent, TapedScan } from './runtime/index.ts';
import { Unreadable, unfolded } from './tape-views.ts';
import { ASKED_FACTS } from './types.ts';

const text = z.string().max(LIMITS.scanBytes);
const maybe = z.exactOptional;
const asked = z.enum(ASKED_FACTS);
const amount = z.number();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const id = z.custom<CommandId>((value) => typeof value === 'string' && isId(value));

const place = z.strictObject({ id: text, code: text });
const kinds = z.enum(['purchaseOrder', 'salesOrder', 'shopOrder', 'load', 'refill']);
const pack = z.strictObject({ barcode: text, quantity: amount, unit: text });

const tracking = z.enum(['none', 'batch', 'serial']);
const item: z.ZodType<ItemView> = z.strictObject({
  ...{ id: text, code: text, name: text, unit: text },
  tracking,
  hasExpiry: z.boolean(),
  fractions: z.boolean(),
  barcode: maybe(text),
  packs: z.array(pack),
  defaultLocations: z.record(z.string(), place),
});

const line = z.strictObject({
  id: text,
  lineNumber: amount,
  item,
  supplierItemCode: maybe(text),
  ...{ ordered: amount, done: amount, pending: amount },
  part: maybe(z.enum(ORDER_PARTS)),
  sources: maybe(
    z.array(
      z.strictObject({
        location: maybe(place),
        sequence: maybe(amount),
        batch: maybe(text),
        expiry: maybe(day),
        quantity: amount,
      }),
    ),
  ),
  held: maybe(text),
});

const warehouse = z.strictObject({
  ...{ id: text, code: text, name: text, usesLocations: z.boolean() },
  defaultLocation: maybe(place),
});

const order: z.ZodType<OrderView> = z.strictObject({
  kind: kinds,
  id: text,
  number: text,
  // Names are not recorded; a tape that has one is not ours.
  partnerName: z.literal(''),
  partnerCode: text,
  warehouse,
  expectedDate: maybe(day),
  lines: z.array(line).max(LIMITS.linesPerDocument),
  totes: maybe(z.array(text).max(LIMITS.totesPerOrder)),
  seq: amount,
});

const WORDS = [
  ...(['OK', 'BACK', 'CANCEL', 'UNDO', 'FINISH', 'HELP'] as const),
  ...(['SKIP', 'REPEAT', 'PROBLEM', 'MORE', 'ALL', 'PRINT'] as const),
] as const;

const facts: z.ZodType<Facts> = z.strictObject({
  document: maybe(order),
  item: maybe(item),
  pack: maybe(pack),
  batch: maybe(text),
  expiry: maybe(day),
  serial: maybe(text),
  quantity: maybe(amount),
  weightKg: maybe(amount),
  location: maybe(
    z.strictObject({
      ...{ id: text, code: text, name: text, warehouseId: text },
      sequence: maybe(amount),
    }),
  ),
  warehouse: maybe(warehouse),
  logisticUnit: maybe(text),
  command: maybe(z.enum(WORDS)),
  answer: maybe(text),
});

const scan: z.ZodType<TapedScan> = z.strictObject({
  raw: z.strictObject({ text, aim: maybe(text), device: text }),
  symbology: z.enum(['gs1', 'gtin', 'plain', 'command']),
  elements: z.array(z.strictObject({ ai: text, value: text })),
  candidates: z.array(facts),
  plain: maybe(text),
  wrongCheckDigit: maybe(z.literal(true)),
});

const fault: z.ZodType<Fault> = z.strictObject({
  code: z.custom<FaultCode>((value) => typeof value === 'string' && Object.hasOwn(FAULTS, value)),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
});

const lookQuestion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('item'), id: text, number: maybe(text) }),
  z.strictObject({ kind: z.literal('location'), id: text }),
  z.strictObject({ kind: z.literal('number'), number: text }),
]);
const lies = z.strictObject({
  goods: z.strictObject({ id: text, code: text, name: text, unit: text, tracking }),
  ...{ warehouse: text, location: maybe(place), number: maybe(text), expiry: maybe(day) },
  ...{ blocked: maybe(z.literal(true)), quantity: amount },
});
const planned = z.strictObject({
  ...{ kind: kinds, part: maybe(z.enum(ORDER_PARTS)), number: text },
  ...{ partner: z.literal(''), itemCode: text, unit: text, open: amount, expected: maybe(day) },
});
const looked = z.strictObject({
  ...{ type: z.literal('looked'), ask: lookQuestion },
  answer: maybe(z.strictObject({ lies: z.array(lies).max(LIMITS.lookRows), more: amount })),
  planned: z.array(planned).max(LIMITS.lookPlanned),
});

const event: z.ZodType<TapedEvent> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('scan'), scan }),
  z.strictObject({ type: z.literal('misread'), fault, text }),
  z.strictObject({ type: z.literal('enter'), fact: asked, value: text }),
  z.strictObject({ type: z.literal('choose'), id: text }),
  z.strictObject({ type: z.literal('open'), order }),
  z.strictObject({ type: z.literal('found'), orders: z.array(order) }),
  looked,
  // Whose badge it was is not recorded.
  z.strictObject({ type: z.literal('badge'), who: z.literal(''), roles: z.array(text) }),
  z.strictObject({ type: z.literal('press'), word: z.enum(WORDS) }),
  z.strictObject({ type: z.literal('order'), order }),
  z.strictObject({ type: z.literal('refused'), command: id, fault }),
]);

const shown: z.ZodType<Shown> = z.strictObject({
  step: text,
  asks: maybe(asked),
  signal: z.enum(['none', 'step', 'green', 'done', 'error']),
  commands: z.array(z.record(z.string(), z.unknown())),
  ended: maybe(z.enum(['done', 'cancelled'])),
});

const tape: z.ZodType<Tape> = z.strictObject({
  tape: z.literal(TAPE_VERSION),
  workflow: text,
  revision: text,
  only: maybe(z.array(text)),
  onlyRoles: maybe(z.array(text)),
  begun: shown,
  frames: z
    .array(
      z.strictObject({
        acting: z.strictObject({ today: day, commandId: id, operator: maybe(text) }),
        event,
        found: maybe(z.array(order)),
        shown,
      }),
    )
    .max(LIMITS.tapeEvents),
  cut: maybe(z.literal(true)),
});

/** Why a line is no tape. `where`: the place in it, as far as it could be told. */
export interface NoTape {
  readonly ok: false;
  readonly why: 'too-large' | 'not-whole' | 'other-version' | 'not-a-tape';
  readonly where?: string;
}

/** Reads one line. Total: any text gives a tape or a reason. */
export function readTape(line: string): { readonly ok: true; readonly tape: Tape } | NoTape {
  if (new TextEncoder().encode(line).length > LIMITS.tapeBytes) return no('too-large');
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (problem) {
    if (problem instanceof SyntaxError) return no('not-whole');
    throw problem;
  }
  if (typeof value !== 'object' || value === null || !('tape' in value)) return no('not-a-tape');
  if (value.tape !== TAPE_VERSION) return no('other-version');
  const read = tape.safeParse(written(value));
  if (read.success) return { ok: true, tape: read.data };
  const where = read.error.issues[0]?.path.join('.') ?? '';
  return { ...no('not-a-tape'), ...(where === '' ? {} : { where }) };
}

/** With its orders and items written out; as it is, where it says what no tape says. */
function written(value: object): unknown {
  if (!('frames' in value)) return value;
  try {
    return { ...value, frames: unfolded(value.frames) };
  } catch (problem) {
    if (problem instanceof Unreadable) return value;
    throw problem;
  }
}

const no = (why: NoTape['why']): NoTape => ({ ok: false, why });
