// Who lives here: the form of a story file. A story is data that a customer can read and write:
// what is given, what people do one after another, what they see, and what stands in the books at
// the end. Strict: a key that stands here nowhere is a mistake in the file. See README.md.

import { z } from 'zod';
import { ASKED_FACTS as FACTS } from '../../src/lib/workflows/types.ts';
import { WORDS } from './format-words.ts';
import { shopOrder } from './shop-orders.ts';

export { FACTS };

const count = z.number().nonnegative();
const text = z.string().min(1);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written yyyy-mm-dd');

const warehouse = z.strictObject({
  code: text,
  name: text.optional(),
  /** Codes of its storage locations; left out: the warehouse uses none. */
  locations: z.array(text).optional(),
  'default location': text.optional(),
  /** Codes of locations in the order in which one walks past them; the others have no turn. */
  walk: z.array(text).default([]),
});

const item = z.strictObject({
  code: text,
  name: text.optional(),
  unit: text.default('pc'),
  tracking: z.enum(['none', 'batch', 'serial']).default('none'),
  expiry: z.boolean().default(false),
  fractions: z.boolean().default(false),
  barcode: text.optional(),
  'search code': text.optional(),
  'supplier codes': z.array(text).default([]),
  packs: z
    .array(z.strictObject({ barcode: text, quantity: count, unit: text.default('box') }))
    .default([]),
  'default location': text.optional(),
});

const order = z.strictObject({
  number: text,
  warehouse: text,
  supplier: text.default('Acme'),
  /** What the supplier calls it. */
  reference: text.optional(),
  expected: day.optional(),
  lines: z.array(z.strictObject({ item: text, ordered: count, received: count.default(0) })).min(1),
});

const salesOrder = z.strictObject({
  number: text,
  warehouse: text,
  customer: text.default('Bakery'),
  /** What the customer calls it. */
  reference: text.optional(),
  expected: day.optional(),
  lines: z
    .array(z.strictObject({ item: text, ordered: count, delivered: count.default(0) }))
    .min(1),
});

/** What lies where, as Exact has it. */
const stock = z.strictObject({
  item: text,
  warehouse: text,
  location: text.optional(),
  batch: text.optional(),
  expiry: day.optional(),
  quantity: count,
});

/** Somebody with a badge. */
const person = z.strictObject({ name: text, badge: text, roles: z.array(text).default([]) });

/** What several stories have in common: the shelves and the goods. */
export const catalogueSchema = z.strictObject({
  warehouses: z.array(warehouse).default([]),
  items: z.array(item).default([]),
});

const given = z.strictObject({
  today: day,
  /** A file beside the story with more warehouses and items. */
  catalogue: text.optional(),
  warehouses: z.array(warehouse).default([]),
  items: z.array(item).default([]),
  orders: z.array(order).default([]),
  'sales orders': z.array(salesOrder).default([]),
  'shop orders': z.array(shopOrder).default([]),
  stock: z.array(stock).default([]),
  people: z.array(person).default([]),
  /** The workflow that is chosen from the menu, of each station or of all; left out: the only one. */
  workflow: z.union([text, z.record(text, text)]).optional(),
  stations: z.array(text).min(1).default(['dock-1']),
  /** The text of a workflows.yaml; left out: the product's own. */
  workflows: text.optional(),
  /** What an admin has changed in the product's own: text that stands there once, and the new one. */
  edited: z.record(text, z.string()).optional(),
});

const fact = z.enum(FACTS);

/** What the screen of the acting station must show after a step; what is not named is not asked. */
const screen = z.strictObject({
  view: z.enum(['choose-order', 'ask', 'close', 'undo', 'reverse', 'problem', 'ended']).optional(),
  step: text.optional(),
  asks: fact.optional(),
  /** A key of the catalogue or the code of a fault; `none`: the screen says nothing. */
  message: text.optional(),
  /** Words and numbers of that message; those that are named. */
  says: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  read: text.optional(),
  /** What a problem offers, in its order; and what the message offers. */
  ways: z.array(text).optional(),
  remedies: z.array(text).optional(),
  item: text.optional(),
  input: z.string().optional(),
  max: count.optional(),
  /** All facts known of the line, as they are shown. */
  known: z.partialRecord(fact, z.union([z.string(), z.array(z.string())])).optional(),
  /** Item code (or code#2 for its second line): `done/ordered state` and, if wanted, the focus. */
  lines: z.record(z.string(), z.string()).optional(),
  /** Serials: `done/of`. */
  count: text.optional(),
  suggestion: text.optional(),
  /** The rows that are offered, in English: `name: what tells it apart, …`. None: `[]`. */
  choices: z.array(text).optional(),
  look: z.enum(['asked', 'known', 'away']).optional(),
  lies: z.array(text).optional(),
  planned: z.array(text).optional(),
  /** The line that the product proposes, as `BOLT 5 at A-01` or `MILK 3 at A-02 of L1`; or none. */
  next: text.optional(),
  menu: z.array(text).optional(),
  fault: text.optional(),
  labels: z.array(text).optional(),
  /** The quantity is only scanned, or only typed. */
  by: z.enum(['scan', 'type']).optional(),
  /** The loudest thing this station said during the step. */
  signal: z.enum(['none', 'step', 'green', 'done', 'error']).optional(),
  actions: z.array(z.enum(WORDS)).optional(),
  help: z.boolean().optional(),
  /** Seconds that the question gives. */
  within: count.optional(),
  /** The orders that are worked on at once: `1 SO-1`, `2 SO-2 complete`. */
  together: z.array(text).optional(),
  /** Numbers of the orders offered for choice, in their order. */
  orders: z.array(text).optional(),
  /** The role whose badge is asked; `nobody`: none here has it. */
  badge: text.optional(),
  nobody: z.boolean().optional(),
  /** Who is signed in, or nobody. */
  operator: text.optional(),
  /** Commands that the hub has not decided. */
  waiting: count.optional(),
  /** undo: what can be taken back, newest first: `item quantity`. */
  taken: z.array(text).optional(),
  /** reverse: `item quantity: document number, kind`, and who used of it since. */
  back: text.optional(),
  /** What waits behind a flow that runs in between: `Receive PO-1`; or none. */
  between: text.optional(),
  /** Refusals that stand beside the dialogue. */
  notices: z.array(text).optional(),
  /** This session's lines, newest first: `item quantity stage`. */
  trail: z.array(text).optional(),
});

const step = z
  .strictObject({
    station: text.optional(),
    scan: text.optional(),
    press: z.enum(WORDS).optional(),
    type: z.partialRecord(fact, z.union([z.string(), z.number()])).optional(),
    choose: text.optional(),
    /** A row of `choices` by the beginning of its words; of a problem, or a remedy, its name. */
    touch: text.optional(),
    open: text.optional(),
    /** The camera takes a photo; the same name is the same picture. */
    photo: text.optional(),
    do: z
      .enum([
        ...(['reload', 'hub away', 'hub back', 'lose answer', 'deliver again', 'look'] as const),
        'sign out',
      ])
      .optional(),
    'exact changes': z
      .strictObject({
        order: text,
        item: text.optional(),
        ordered: count.optional(),
        /** Received, delivered, issued or made. */
        received: count.optional(),
        open: z.boolean().optional(),
      })
      .optional(),
    'exact answers': z
      .strictObject({ order: text, with: z.enum(['booked', 'rejected']) })
      .optional(),
    /** A person approves the link of this barcode on the admin page. */
    'office approves': text.optional(),
    /** The admin takes this person from the list. */
    'office forgets': text.optional(),
    /** Minutes that pass. */
    later: count.optional(),
    expect: screen.optional(),
  })
  .refine((value) => ACTS.filter((name) => value[name] !== undefined).length === 1, {
    error: 'a step does exactly one thing: scan, press, type, choose, touch, open, do …',
  });

const ACTS = [
  'scan',
  'press',
  'type',
  'choose',
  'touch',
  'open',
  'photo',
  'do',
  'exact changes',
  'exact answers',
  'office approves',
  'office forgets',
  'later',
] as const;

/** Of a count: the quantity that was found. Of a transfer: `location` is where from. */
const postedLine = z.strictObject({
  item: text,
  quantity: count,
  location: text.optional(),
  to: text.optional(),
  batches: z
    .array(z.strictObject({ batch: text, quantity: count, expiry: day.optional() }))
    .optional(),
  serials: z.array(text).optional(),
  /** Of a count: the code of the reason that Exact is told. */
  reason: text.optional(),
});

const outcome = z.strictObject({
  /** One sentence an entry, see `journal.ts`. */
  journal: z.array(text),
  postings: z.array(
    z.strictObject({
      /** Left out: goodsReceipt. */
      kind: z
        .enum([
          'goodsDelivery',
          'materialIssue',
          'materialSubstitution',
          'materialReturn',
          'shopOrderReceipt',
          'stockCount',
          'locationTransfer',
          'warehouseTransfer',
          'purchaseReturn',
          'materialReversal',
          'byProductReceipt',
          'byProductReversal',
          'shopOrderReversal',
        ])
        .optional(),
      /** Of work without an order: `work`. */
      order: text,
      lines: z.array(postedLine),
    }),
  ),
  /** What waits for the office: `kind: what. why`; left out: nothing is asked. */
  office: z.array(text).optional(),
  /** Order → item → what is done in Exact (received, delivered …) and what is on its way. */
  orders: z
    .record(z.string(), z.record(z.string(), z.strictObject({ received: count, pending: count })))
    .default({}),
});

export const storySchema = z.strictObject({
  title: text,
  /** Why no browser plays it; left out: one does. */
  'only in memory': text.optional(),
  given,
  steps: z.array(step).min(1),
  expect: outcome,
});

export type Story = z.infer<typeof storySchema>;
export type Given = Story['given'];
export type StoryStep = Story['steps'][number];
export type ScreenExpectation = NonNullable<StoryStep['expect']>;
export type Outcome = Story['expect'];

/** The one thing a step does. */
export function actOf(step: StoryStep): (typeof ACTS)[number] {
  const name = ACTS.find((each) => step[each] !== undefined);
  if (name === undefined) throw new Error('a step without an act passed the schema');
  return name;
}
