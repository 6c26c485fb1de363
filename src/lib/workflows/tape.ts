// Who lives here: a tape: one session as data. What happened (scans, answers, presses, news of the
// hub, with the acting date and command id of each) and what came of it. The same events played
// into another workflow show what would have been different: time travel.
// A tape holds no names of people: of an order's partner it keeps the code, never the name, and
// nothing says who worked.

import { LIMITS } from '../domain/index.ts';
import type { OrderView, Scan } from '../domain/index.ts';
import type {
  Acting,
  AskedFact,
  CompiledWorkflow,
  DialogueEvent,
  DialogueStep,
  Signal,
} from './types.ts';

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
    commands: commands.map(({ payload }) => ({ ...payload })),
    ...(ended === undefined ? {} : { ended }),
  };
}

/** A tape of a session that begins; `step` is its first screen. */
export function newTape(workflow: CompiledWorkflow, step: DialogueStep): Tape {
  const { id, revision, only } = workflow;
  return {
    tape: TAPE_VERSION,
    workflow: id,
    revision,
    ...(only === undefined ? {} : { only }),
    begun: shownBy(step),
    frames: [],
  };
}

const nameless = (order: OrderView): OrderView => ({ ...order, partnerName: '' });

function tapedScan(scan: Scan): TapedScan {
  const { text, aim, device } = scan.raw;
  const candidates = scan.candidates.map((facts) =>
    facts.document === undefined ? facts : { ...facts, document: nameless(facts.document) },
  );
  return { ...scan, candidates, raw: { text, device, ...(aim === undefined ? {} : { aim }) } };
}

function taped(event: DialogueEvent): TapedEvent {
  switch (event.type) {
    case 'scan':
      return { type: 'scan', scan: tapedScan(event.scan) };
    case 'open':
    case 'order':
      return { ...event, order: nameless(event.order) };
    case 'found':
      return { ...event, orders: event.orders.map(nameless) };
    default:
      return event;
  }
}

/** The event as it happened; the bytes of a scan are those of its text, its times are 0. */
export function happened(event: TapedEvent): DialogueEvent {
  if (event.type !== 'scan') return event;
  const { scan } = event;
  const bytes = new TextEncoder().encode(scan.raw.text);
  return { type: 'scan', scan: { ...scan, raw: { ...scan.raw, bytes, startedMs: 0, endedMs: 0 } } };
}

/** What the station gives for one event: the event, who acts, and the orders it found, if asked. */
export interface Recorded {
  readonly event: DialogueEvent;
  readonly acting: Acting;
  readonly found?: readonly OrderView[];
  readonly step: DialogueStep;
}

/** The tape as one line of text, without its end. */
export const tapeText = (tape: Tape): string => JSON.stringify(tape);

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/**
 * The tape with one event more. A tape that is full (`LIMITS.tapeEvents`, `LIMITS.tapeBytes`) is
 * cut: it stays as it is, and says so. `bytes` is the size of the tape so far, which the recorder
 * keeps so that it need not be reckoned anew; the answer has the new one.
 */
export function recorded(
  tape: Tape,
  bytes: number,
  { event, acting, found, step }: Recorded,
): { readonly tape: Tape; readonly bytes: number } {
  if (tape.cut === true) return { tape, bytes };
  const frame: Frame = {
    acting,
    event: taped(event),
    ...(found === undefined ? {} : { found: found.map(nameless) }),
    shown: shownBy(step),
  };
  // The comma before it, and `,"cut":true` in case this is the last.
  const more = bytes + bytesOf(JSON.stringify(frame)) + 1;
  const full = more + 11 > LIMITS.tapeBytes || tape.frames.length >= LIMITS.tapeEvents;
  if (full) return { tape: { ...tape, cut: true }, bytes: bytes + 11 };
  return { tape: { ...tape, frames: [...tape.frames, frame] }, bytes: more };
}

/** Bytes of a tape as a line of text. */
export const tapeBytes = (tape: Tape): number => bytesOf(tapeText(tape));
