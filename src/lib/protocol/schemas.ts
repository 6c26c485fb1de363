// What arrives at the hub is checked here before anyone reads it. zod/mini, because the same file
// may be bundled for the browser. A parse answers the value, or the path and reason of the refusal.

import * as z from 'zod/mini';
import { EXCEPTION_CODES, EXCEPTION_REASONS, isPhotoId, LIMITS } from '../domain/index.ts';
import { PRINTED, REMEDIES } from '../domain/index.ts';
import type { Command, CommandId, LookQuestion } from '../domain/index.ts';
import type { Hello, TapeMessage } from './messages.ts';

export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string };

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const uuid = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
const quantity = z
  .number()
  .check(z.positive(), z.maximum(LIMITS.quantityMax), z.refine(Number.isFinite, 'finite'));
const calendarDate = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

const serialNumbers = z
  .array(text(LIMITS.serialChars))
  .check(z.minLength(1), z.maxLength(LIMITS.serialsPerLine));
const tolerance = z.number().check(z.minimum(0), z.maximum(10));
const tracking = z.enum(['none', 'batch', 'serial']);
/** What an operator answered; older stations send none. */
const answers = z
  .array(
    z.strictObject({
      step: z.string().check(z.regex(/^[a-z][A-Za-z0-9-]{0,39}$/)),
      value: z.union([
        text(LIMITS.answerChars),
        z.number().check(z.minimum(-LIMITS.answerMax), z.maximum(LIMITS.answerMax)),
        z.boolean(),
      ]),
      kind: z.optional(z.enum(['logisticUnit', 'tote', 'photo'])),
      photos: z.optional(
        z
          .array(z.string().check(z.refine(isPhotoId, 'no id of a photo')))
          .check(z.minLength(1), z.maxLength(LIMITS.photosPerAnswer)),
      ),
    }),
  )
  .check(z.minLength(1), z.maxLength(LIMITS.answersPerLine));
/** Whose badge said yes, to which question. */
const approvals = z
  .array(
    z.strictObject({
      ...{ step: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,59}$/)), by: uuid },
      role: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/)),
      over: z.optional(z.number().check(z.minimum(0), z.maximum(LIMITS.quantityMax))),
    }),
  )
  .check(z.minLength(1), z.maxLength(LIMITS.approvalsPerLine));
/** What lines of every kind have. */
const work = {
  document: uuid,
  item: uuid,
  batch: z.optional(text(LIMITS.batchChars)),
  serials: z.optional(serialNumbers),
  answers: z.optional(answers),
  approvals: z.optional(approvals),
  posting: z.enum(['line-complete', 'document-complete', 'budget']),
};
const place = { location: z.optional(uuid) };

const receiveLine = z.strictObject({
  ...{ type: z.literal('receive.line'), ...work, ...place, line: uuid },
  ...{ quantity, expiry: z.optional(calendarDate), tolerance },
});
const deliverLine = z.strictObject({
  ...{ type: z.literal('deliver.line'), ...work, ...place, line: uuid, quantity },
  posting: z.enum(['line-complete', 'document-complete', 'budget', 'packed']),
});
/** Of which picks it is the hub says by itself. */
const packLine = z.strictObject({
  ...{ type: z.literal('pack.line'), ...work, line: uuid, quantity },
});
const issueLine = z.strictObject({
  ...{ type: z.literal('issue.line'), ...work, ...place, line: uuid },
  ...{ warehouse: uuid, quantity, tolerance },
  instead: z.optional(z.strictObject({ item: uuid, tracking, unit: text(LIMITS.codeChars) })),
});
const returnLine = z.strictObject({
  ...{ type: z.literal('return.line'), ...work, ...place, line: uuid },
  ...{ warehouse: uuid, quantity },
});
const produceLine = z.strictObject({
  ...{ type: z.literal('produce.line'), ...work, ...place, warehouse: uuid },
  line: z.optional(uuid),
  ...{ quantity, expiry: z.optional(calendarDate), tolerance },
});
const difference = z.number().check(z.minimum(-LIMITS.quantityMax), z.maximum(LIMITS.quantityMax));
const emptied = z.strictObject({
  place: text(LIMITS.codeChars),
  others: z
    .array(z.strictObject({ item: uuid, tracking, batch: z.optional(text(LIMITS.batchChars)) }))
    .check(z.maxLength(LIMITS.emptyRows)),
});
const countPlace = z.strictObject({
  ...{ type: z.literal('count.line'), ...work, ...place, warehouse: uuid, tracking },
  ...{ expiry: z.optional(calendarDate), reason: z.optional(text(LIMITS.codeChars)) },
  emptied: z.optional(emptied),
  found: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('counted'),
      quantity: z.number().check(z.minimum(0), z.maximum(LIMITS.quantityMax)),
    }),
    z.strictObject({ kind: z.literal('difference'), quantity: difference }),
  ]),
});
const end = z.strictObject({ warehouse: uuid, ...place });
const carried = z.strictObject({
  ...{ item: uuid, tracking, quantity },
  ...{ batch: z.optional(text(LIMITS.batchChars)), serials: z.optional(serialNumbers) },
});
const everything = z.strictObject({
  place: text(LIMITS.codeChars),
  others: z.array(carried).check(z.maxLength(LIMITS.everythingRows - 1)),
});
const moveGoods = z.strictObject({
  ...{ type: z.literal('move.line'), ...work, tracking, quantity, from: end, to: end },
  ...{ everything: z.optional(everything), onTheWay: z.optional(z.literal(true)) },
  line: z.optional(uuid),
});
const claimLine = z.strictObject({
  ...{ type: z.literal('line.claim'), document: uuid, release: z.optional(z.literal(true)) },
});
/** Where goods come from the hub says by itself. */
const arriveLine = z.strictObject({
  ...{ type: z.literal('arrive.line'), ...work, tracking, quantity, line: uuid, to: end },
});
const undoLine = z.strictObject({ type: z.literal('line.undo'), document: uuid, target: uuid });
const reverseLine = z.strictObject({
  ...{ type: z.literal('line.reverse'), document: uuid, target: uuid },
  reason: text(LIMITS.reasonChars),
});
const finishDocument = z.strictObject({
  type: z.literal('document.finish'),
  document: uuid,
  also: z.optional(
    z.array(uuid).check(z.maxLength((LIMITS.callDepth + 1) * LIMITS.ordersTogether - 1)),
  ),
  linesLeftOpen: z.int().check(z.minimum(0)),
});

const exceptionReport = z.strictObject({
  type: z.literal('exception.report'),
  document: uuid,
  exception: z.enum(EXCEPTION_CODES),
  remedy: z.enum(REMEDIES),
  reason: z.optional(z.enum(EXCEPTION_REASONS)),
  line: z.optional(uuid),
  item: z.optional(uuid),
  itemCode: z.optional(text(LIMITS.codeChars)),
  quantity: z.optional(quantity),
  read: z.optional(text(LIMITS.codeChars)),
  place: z.optional(text(LIMITS.codeChars)),
  batch: z.optional(text(LIMITS.batchChars)),
  serial: z.optional(text(LIMITS.serialChars)),
});

const printRequest = z.strictObject({
  type: z.literal('print.request'),
  document: uuid,
  prints: z.enum(PRINTED),
  copies: z.int().check(z.minimum(1), z.maximum(LIMITS.printCopies)),
  order: z.optional(text(LIMITS.codeChars)),
  itemCode: z.optional(text(LIMITS.codeChars)),
  itemName: z.optional(text(LIMITS.answerChars)),
  barcode: z.optional(text(LIMITS.codeChars)),
  batch: z.optional(text(LIMITS.batchChars)),
  expiry: z.optional(calendarDate),
  serials: z.optional(serialNumbers),
  place: z.optional(text(LIMITS.codeChars)),
  logisticUnit: z.optional(text(LIMITS.answerChars)),
  again: z.optional(z.literal(true)),
});

const command = z.strictObject({
  id: uuid,
  station: uuid,
  stationSeq: z.int().check(z.minimum(1)),
  operator: text(100),
  session: uuid,
  revision: text(100),
  madeAtMs: z.number(),
  payload: z.discriminatedUnion('type', [
    receiveLine,
    deliverLine,
    issueLine,
    returnLine,
    produceLine,
    countPlace,
    moveGoods,
    arriveLine,
    packLine,
    claimLine,
    undoLine,
    reverseLine,
    finishDocument,
    exceptionReport,
    printRequest,
  ]),
});

const hello = z.strictObject({
  protocol: z.int(),
  station: z.strictObject({ id: uuid, name: text(60) }),
});
const replicaAsk = z.strictObject({ after: z.int().check(z.minimum(0)) });
const number = text(Math.max(LIMITS.batchChars, LIMITS.serialChars));
const lookAsk = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('item'), id: uuid, number: z.optional(number) }),
  z.strictObject({ kind: z.literal('location'), id: uuid }),
  z.strictObject({ kind: z.literal('number'), number }),
]);
const statesAsk = z.strictObject({ ids: z.array(uuid).check(z.maxLength(1000)) });
const tape = z.strictObject({
  session: uuid,
  gzip: z
    .instanceof(Uint8Array)
    .check(z.refine(({ byteLength }) => byteLength <= LIMITS.tapePackedBytes, 'too long')),
  lost: z.int().check(z.minimum(0), z.maximum(LIMITS.lostTapesTold)),
});

function parse<T>(schema: z.ZodMiniType, value: unknown): Parsed<T> {
  const result = z.safeParse(schema, value);
  // The schemas above are the definition of the branded types, hence the one cast of this file.
  if (result.success) return { ok: true, value: result.data as T };
  const issue = result.error.issues[0];
  const at = issue?.path.join('.') ?? '';
  return { ok: false, reason: at === '' ? 'not of the expected form' : `${at}: ${issue?.code}` };
}

export const parseCommand = (value: unknown) => parse<Command>(command, value);
export const parseHello = (value: unknown) => parse<Hello>(hello, value);
export const parseReplicaAsk = (value: unknown) => parse<{ after: number }>(replicaAsk, value);
export const parseLookAsk = (value: unknown) => parse<LookQuestion>(lookAsk, value);
export const parseStatesAsk = (value: unknown) => parse<{ ids: CommandId[] }>(statesAsk, value);
export const parseTape = (value: unknown) => parse<TapeMessage>(tape, value);
