// Who lives here: a tape: one session as data. What happened (scans, answers, presses, news of the
// hub, with the acting date and command id of each) and what came of it. The same events played
// into another workflow show what would have been different: time travel.
// A tape holds no names of people: of an order's partner it keeps the code, never the name, and
// nothing says who worked.
// As text a tape is one line of JSON in which nothing stands twice: the first time that an order or
// an item comes it is written whole, and after that by its id and what has changed (short.ts).

import { LIMITS } from '../../domain/index.ts';
import type { Fault, OrderView, Scan } from '../../domain/index.ts';
import type {
  Acting,
  AskedFact,
  CompiledWorkflow,
  DialogueEvent,
  DialogueStep,
  Signal,
} from '../types.ts';
import { Views } from './short.ts';

/** The form of tapes that this product writes; it reads no other. */
export const TAPE_VERSION = 1;

/** A scan without its bytes and times: nothing in a dialogue asks for them. */
export type TapedScan = Omit<Scan, 'raw'> & {
  readonly raw: { readonly text: string; readonly aim?: string; readonly device: string };
};

export type TapedEvent =
  | Exclude<DialogueEvent, { readonly type: 'scan' }>
  | { readonly type: 'scan'; readonly scan: TapedScan };

/** What an operator met: the question, the sound, what was booked. */
export interface Shown {
  readonly step: string;
  readonly asks?: AskedFact;
  readonly signal: Signal;
  /** Payloads of the commands, as they were made. */
  readonly commands: readonly Readonly<Record<string, unknown>>[];
  readonly ended?: 'done' | 'cancelled';
}

export interface Frame {
  readonly acting: Acting;
  readonly event: TapedEvent;
  /** The station's answer to a search for an order, when the event made one. */
  readonly found?: readonly OrderView[];
  readonly shown: Shown;
}

export interface Tape {
  readonly tape: typeof TAPE_VERSION;
  readonly workflow: string;
  readonly revision: string;
  /** The stations of the override whose settings counted. */
  readonly only?: readonly string[];
  /** The roles of the override whose settings counted. */
  readonly onlyRoles?: readonly string[];
  readonly begun: Shown;
  readonly frames: readonly Frame[];
  /** The session went on, but the tape was full. */
  readonly cut?: true;
}

export function shownBy({ screen, signal, commands, ended }: DialogueStep): Shown {
  return {
    step: screen.step,
    ...(screen.asks === undefined ? {} : { asks: screen.asks }),
    signal,
    commands: commands.map(({ payload }) => nobodys({ ...payload })),
    ...(ended === undefined ? {} : { ended }),
  };
}

/**
 * The command without who said yes to it: that somebody with the role did, stays. And without the ids
 * of photos: how many there are stays.
 */
function nobodys(payload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { approvals, answers } = payload;
  return {
    ...payload,
    ...(Array.isArray(approvals)
      ? { approvals: approvals.map((one: object) => ({ ...one, by: '' })) }
      : {}),
    ...(Array.isArray(answers) ? { answers: answers.map(pictureless) } : {}),
  };
}

function pictureless(answer: object): object {
  return 'photos' in answer ? { ...answer, photos: [] } : answer;
}

const nameless = (order: OrderView): OrderView => ({ ...order, partnerName: '' });

/** What the station gives for one event: the event, who acts, and the orders it found, if asked. */
export interface Recorded {
  readonly event: DialogueEvent;
  readonly acting: Acting;
  readonly found?: readonly OrderView[];
  readonly step: DialogueStep;
}

function anonymous({ operator, ...data }: Fault['data']): Fault['data'] {
  return operator === undefined ? data : { ...data, operator: '' };
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Room for the comma before a frame, and for `],"cut":true}` behind the last one. */
const SEAM_BYTES = 1;
const END_BYTES = 14;

/** What is there before anything has happened; `step` is the first screen. */
function headText({ id, revision, only, onlyRoles }: CompiledWorkflow, step: DialogueStep): string {
  const head: Omit<Tape, 'frames'> = {
    tape: TAPE_VERSION,
    workflow: id,
    revision,
    ...(only === undefined ? {} : { only }),
    ...(onlyRoles === undefined ? {} : { onlyRoles }),
    begun: shownBy(step),
  };
  return `${JSON.stringify(head).slice(0, -1)},"frames":[`;
}

/** Writes one tape, piece by piece. Whoever keeps the pieces joins them with `tapeText`. */
export class Taping {
  #views = new Views();
  /** What stands for the ids of photos: the number of the event that first had one. */
  readonly #photos = new Map<string, string>();
  #bytes = 0;
  #frames = 0;

  /**
   * A tape that goes on after a reload has its `bytes` and `frames` already. Orders and items are
   * then written whole once more: what was said before the reload is on the disk only.
   */
  constructor(bytes = 0, frames = 0) {
    this.#bytes = bytes;
    this.#frames = frames;
  }

  /** Its size as a line of text. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Events on it so far. */
  get frames(): number {
    return this.#frames;
  }

  /** The first piece. */
  begin(workflow: CompiledWorkflow, step: DialogueStep): string {
    const text = headText(workflow, step);
    this.#bytes = bytesOf(text) + END_BYTES;
    return text;
  }

  /**
   * The next piece, one event; undefined where the tape is full (`LIMITS.tapeEvents`,
   * `tapeBytes`, `tapeOrderLines`): it ends before this event, and takes none after it.
   */
  event({ event, acting, found, step }: Recorded): string | undefined {
    const views = this.#views;
    const frame = {
      acting,
      event: this.#taped(event),
      ...(found === undefined ? {} : { found: found.map((each) => this.#order(each)) }),
      shown: shownBy(step),
    };
    const text = JSON.stringify(frame);
    const bytes = this.#bytes + bytesOf(text) + SEAM_BYTES;
    const full =
      bytes > LIMITS.tapeBytes ||
      this.#frames >= LIMITS.tapeEvents ||
      views.lines > LIMITS.tapeOrderLines;
    if (full) return undefined;
    this.#bytes = bytes;
    this.#frames += 1;
    return text;
  }

  #order(order: OrderView): unknown {
    return this.#views.order(nameless(order));
  }

  #taped(event: DialogueEvent): unknown {
    switch (event.type) {
      case 'scan':
        return { type: 'scan', scan: this.#scan(event.scan) };
      case 'open':
      case 'order':
        return { ...event, order: this.#order(event.order) };
      case 'found':
        return { ...event, orders: event.orders.map((each) => this.#order(each)) };
      case 'enter':
        return event.fact === 'photo' ? { ...event, value: this.#photo(event.value) } : event;
      case 'badge':
        return { ...event, who: '' };
      case 'refused':
        // Who used the goods meanwhile.
        return { ...event, fault: { ...event.fault, data: anonymous(event.fault.data) } };
      case 'looked':
        return { ...event, planned: event.planned.map((line) => ({ ...line, partner: '' })) };
      default:
        return event;
    }
  }

  /** A tape keeps no photo, and nothing that a photo could be known by. */
  #photo(id: string): string {
    const known = this.#photos.get(id) ?? String(this.#frames).padStart(64, '0');
    this.#photos.set(id, known);
    return known;
  }

  #scan(scan: Scan): unknown {
    const { text, aim, device } = scan.raw;
    const candidates = scan.candidates.map((facts) => ({
      ...facts,
      ...(facts.document === undefined ? {} : { document: this.#order(facts.document) }),
      ...(facts.item === undefined ? {} : { item: this.#views.item(facts.item) }),
    }));
    return { ...scan, candidates, raw: { text, device, ...(aim === undefined ? {} : { aim }) } };
  }
}

/** A tape as one line of text, from its first piece, its events, and whether it was cut. */
export function tapeText(head: string, events: readonly string[], cut: boolean): string {
  return `${head}${events.join(',')}]${cut ? ',"cut":true' : ''}}`;
}

/** The event as it happened; the bytes of a scan are those of its text, its times are 0. */
export function happened(event: TapedEvent): DialogueEvent {
  if (event.type !== 'scan') return event;
  const { scan } = event;
  const bytes = new TextEncoder().encode(scan.raw.text);
  return { type: 'scan', scan: { ...scan, raw: { ...scan.raw, bytes, startedMs: 0, endedMs: 0 } } };
}
