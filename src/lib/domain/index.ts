// The door of floor 1: the vocabulary that every other room speaks.

export { assert, BrokenLaw, unreachable } from './assert.ts';
export { hasCheckDigit, logisticUnitIn } from './check-digit.ts';
export { finishedBy, isGoods } from './commands.ts';
export type * from './commands.ts';
export type * from './line-answers.ts';
export {
  EXCEPTION_CODES,
  NAMED_EXCEPTIONS,
  EXCEPTION_REASONS,
  exceptionRow,
  EXCEPTIONS,
  REMEDIES,
} from './exceptions.ts';
export type {
  ExceptionCode,
  ExceptionReason,
  ExceptionReport,
  GoodsWay,
  Need,
  Remedy,
  RemedyWay,
} from './exceptions.ts';
export { fault, FAULTS, isFault } from './faults.ts';
export type { Fault, FaultCode, WayOut } from './faults.ts';
export {
  backLineOf,
  insteadLineOf,
  openQuantity,
  ORDER_PARTS,
  pickedLineOf,
  planOf,
} from './goods.ts';
export type * from './goods.ts';
export { alsoId, isId, isMarked, makeId } from './ids.ts';
export type * from './ids.ts';
export { LIMITS } from './limits.ts';
export { needOf } from './needs.ts';
export { fitsPattern } from './pattern.ts';
export type * from './people.ts';
export { PRINTED, printKey, samePrint } from './prints.ts';
export type { Printed, PrintRequest } from './prints.ts';
export type { Clock, Random, Scheduler } from './ports.ts';
export type * from './looks.ts';
export { isQuantity, minus, plus, quantity, times } from './quantity.ts';
export { countsNumbers, lineCount } from './postings.ts';
export type * from './postings.ts';
export type * from './scans.ts';
export type * from './packing.ts';
export { isPhotoId, noPhoto } from './photos.ts';
export type { NoPhoto } from './photos.ts';
export { placeDigits } from './place-digits.ts';
