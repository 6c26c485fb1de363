// The catalogue of what can go wrong in front of an operator. A Fault is a value: a code with the
// data that its sentence needs. The sentences live in ui/texts, one file a language, and a test
// proves that every code here has one in each. Each code names the ways out that the screen offers.

/** What an operator can do next. The screen turns each into a word and, where it is one, a button. */
export type WayOut =
  | 'scan-again'
  | 'scan-other'
  | 'type-it'
  | 'change-quantity'
  | 'finish-line'
  | 'choose-order'
  | 'choose-row'
  | 'ask-supervisor'
  | 'wait'
  | 'undo-again'
  | 'go-on';

interface FaultKind {
  /** `error`: nothing happened and something must be done. `warning`: it happened, look at it. */
  readonly tone: 'error' | 'warning';
  readonly ways: readonly WayOut[];
}

const error = (...ways: WayOut[]): FaultKind => ({ tone: 'error', ways });
const warning = (...ways: WayOut[]): FaultKind => ({ tone: 'warning', ways });

export const FAULTS = {
  // scan: the code itself
  'scan.empty': error('scan-again'),
  'scan.too-long': error('scan-other'),
  'scan.unreadable': error('scan-again'),
  'scan.check-digit': error('scan-again', 'type-it'),
  'scan.gs1-unknown-ai': error('scan-other', 'ask-supervisor'),
  'scan.gs1-too-short': error('scan-again'),
  'scan.gs1-bad-value': error('scan-again', 'type-it'),
  'scan.gs1-bad-date': error('scan-again', 'type-it'),
  'scan.gs1-twice': error('scan-other', 'ask-supervisor'),
  'scan.gs1-exclusive': error('scan-other', 'ask-supervisor'),
  'scan.unknown-command': error('scan-other'),
  'scan.unknown-code': error('scan-other', 'ask-supervisor'),
  // dialogue: the code does not fit this step
  'step.not-expected': error('scan-other'),
  'step.not-on-order': error('scan-other', 'ask-supervisor'),
  'step.not-issued': error('scan-other', 'ask-supervisor'),
  'step.instead': error('scan-other'),
  'step.instead-unit': error('scan-other', 'ask-supervisor'),
  'step.not-picked': error('scan-other', 'ask-supervisor'),
  'step.wrong-warehouse': error('scan-other'),
  'step.conflict': error('scan-again', 'scan-other'),
  'step.finish-line-first': error('finish-line', 'scan-other'),
  'step.line-complete': error('scan-other', 'ask-supervisor'),
  'step.nothing-open': error('choose-order'),
  'step.nothing-to-pack': error('choose-order'),
  'step.wrong-order': error('choose-order'),
  'step.order-open': error('choose-order'),
  'step.orders-full': error('go-on'),
  'step.order-elsewhere': error('choose-order'),
  'step.other-partner': error('choose-order'),
  'step.same-place': error('scan-other'),
  'step.other-place-wanted': error('scan-other'),
  'step.count-tracked': error('scan-other', 'ask-supervisor'),
  'step.several-orders': error('choose-order'),
  'step.several-packs': error('change-quantity'),
  'step.still-several': error('choose-row', 'scan-other'),
  'step.over-tolerance': error('change-quantity', 'ask-supervisor'),
  'step.not-a-quantity': error('change-quantity'),
  // Where none is an answer too.
  'step.not-a-count': error('change-quantity'),
  'step.no-fractions': error('change-quantity'),
  'step.serial-twice': error('scan-other'),
  'step.too-many-serials': error('finish-line'),
  'step.no-serials': error('scan-other'),
  'step.expired': error('scan-again', 'ask-supervisor'),
  'step.not-a-date': error('type-it'),
  'step.too-long': error('type-it', 'scan-other'),
  'step.nothing-to-undo': error('go-on'),
  'step.not-here': error('go-on'),
  'step.not-a-choice': error('scan-other'),
  'step.not-a-number': error('type-it'),
  'step.not-a-unit': error('scan-again', 'type-it'),
  'step.unit-twice': error('scan-other'),
  'step.too-little': error('type-it'),
  'step.too-much': error('type-it'),
  'step.scan-only': error('scan-again'),
  'step.type-only': error('type-it'),
  'step.scan-it': error('scan-again'),
  'step.wrong-digits': error('scan-again', 'type-it'),
  'step.digits-wanted': error('type-it'),
  'step.not-suggested': error('scan-other', 'ask-supervisor'),
  'step.scan-each': error('scan-again'),
  'step.type-it': error('type-it'),
  'step.not-a-tote': error('scan-other'),
  'step.other-tote': error('scan-other'),
  'step.tote-taken': error('scan-other'),
  'step.tote-empty': error('scan-other', 'choose-order'),
  'step.no-photo': error('go-on'),
  'step.photo-twice': error('go-on'),
  'step.photos-full': error('go-on'),
  'step.nothing-to-repeat': error('go-on'),
  'step.badge-wanted': error('scan-other'),
  'step.other-counts': error('ask-supervisor'),
  'step.not-approved': error('scan-other', 'ask-supervisor'),
  // ledger: what the hub refuses
  'ledger.unknown-document': error('choose-order', 'ask-supervisor'),
  'ledger.unknown-line': error('choose-order', 'ask-supervisor'),
  'ledger.over-receipt': error('change-quantity', 'ask-supervisor'),
  'ledger.over-pick': error('change-quantity', 'ask-supervisor'),
  'ledger.over-return': error('change-quantity', 'ask-supervisor'),
  'ledger.not-sent': error('scan-other', 'ask-supervisor'),
  'ledger.not-picked': error('scan-other', 'ask-supervisor'),
  'ledger.carried': warning('go-on'),
  'ledger.serial-known': error('scan-other', 'ask-supervisor'),
  'ledger.unit-twice': error('scan-other', 'ask-supervisor'),
  'ledger.tote-taken': error('scan-other', 'ask-supervisor'),
  'ledger.serial-gone': error('scan-other', 'ask-supervisor'),
  'ledger.facts-missing': error('scan-again', 'ask-supervisor'),
  'ledger.not-approved': error('change-quantity', 'ask-supervisor'),
  'ledger.not-your-work': error('ask-supervisor', 'go-on'),
  'ledger.unknown-person': error('ask-supervisor', 'go-on'),
  'ledger.nothing-to-undo': error('go-on'),
  // What hubs before `ledger.undo-…` said; old journals and stations still hold it.
  'ledger.already-posted': error('ask-supervisor', 'go-on'),
  'ledger.undo-posted': warning('undo-again', 'go-on'),
  'ledger.undo-under-way': error('wait', 'undo-again'),
  'ledger.undo-rejected': error('ask-supervisor', 'go-on'),
  'ledger.undo-again': error('go-on'),
  'ledger.undo-used': error('ask-supervisor', 'go-on'),
  'ledger.undo-packed': error('ask-supervisor', 'go-on'),
  'ledger.undo-counted': error('ask-supervisor', 'go-on'),
  'ledger.undo-office': warning('ask-supervisor', 'go-on'),
  'ledger.id-reused': error('ask-supervisor'),
  'ledger.invalid': error('ask-supervisor'),
  // station and hub
  'station.storage-full': error('ask-supervisor'),
  'station.storage-failed': error('ask-supervisor'),
  'station.queue-full': error('wait', 'ask-supervisor'),
  'station.not-your-work': error('scan-other', 'ask-supervisor'),
  'station.second-tab': error('ask-supervisor'),
  'station.workflow-unknown': error('wait', 'ask-supervisor'),
  'station.corrupt-row': warning('ask-supervisor'),
  'station.photos-full': error('wait', 'ask-supervisor'),
  'station.photo-refused': warning('ask-supervisor'),
  // a photo: the camera, and the picture
  'photo.no-camera': error('ask-supervisor'),
  'photo.denied': error('ask-supervisor'),
  'photo.busy': error('ask-supervisor'),
  'photo.lost': error('ask-supervisor'),
  'photo.no-picture': error('go-on'),
  'photo.too-large': error('go-on'),
  'device.stopped': error('ask-supervisor', 'go-on'),
  'hub.busy': warning('wait'),
  'hub.storage': warning('wait', 'ask-supervisor'),
  'hub.version': error('ask-supervisor'),
  // exact
  'exact.rejected': warning('ask-supervisor', 'go-on'),
  'exact.line-gone': warning('ask-supervisor', 'go-on'),
  'exact.in-doubt': warning('wait', 'go-on'),
  'exact.duplicate': warning('ask-supervisor', 'go-on'),
  'exact.mirror': warning('wait', 'ask-supervisor'),
} as const satisfies Record<string, FaultKind>;

export type FaultCode = keyof typeof FAULTS;

/** What an operator may see: which thing happened, and the words and numbers of this one case. */
export interface Fault {
  readonly code: FaultCode;
  readonly data: Readonly<Record<string, string | number>>;
}

export function fault(code: FaultCode, data: Fault['data'] = {}): Fault {
  return { code, data };
}

/** Tells a Fault from the other arm of a `T | Fault` union. */
export function isFault(value: unknown): value is Fault {
  if (typeof value !== 'object' || value === null || !('code' in value)) return false;
  const { code } = value;
  return typeof code === 'string' && Object.hasOwn(FAULTS, code) && 'data' in value;
}
