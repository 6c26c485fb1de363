// Who lives here: how timed keys become reads. A pure state machine: the DOM part (index.ts) feeds
// it keys and does what it says.
//
// A keyboard cannot say who typed. A scanner gives itself away by its speed: 1 to 19 ms from key to
// key (KeyboardBarcodeScanner's list of models: Datalogic BC2090 1, Honeywell 10, Netum 6-19), a
// person needs 80 to 250 and rolls a few keys in 35. So a *burst* is text in which no gap is longer
// than `maxGapMs`. It is *open* until it is *proven* to be a scanner's: by `minLength` keys at
// FAST_GAP_MS, by SURE_KEYS keys at any speed of a burst, or by the suffix key after `minLength`.
// Until then its keys pass, because they may be a person's; from then on they are swallowed.
//
// The end. With a suffix key (Enter, Tab) the read ends there, at once. Without one, it ends when
// the code has been silent for three of its own median gaps, at least 20 and at most 60 ms (P-04).
// But silence may also be a busy page or a bad radio link, and half a code is worse than a late one
// (I-14). So an ending is *learned*: until it is known the wait is STALL_MS; a device that ended its
// last code with a suffix is waited for as long, and a code of it that breaks off is dropped and
// named; only a device that was seen to send no suffix is read after three gaps.

import { LIMITS } from '../../domain/index.ts';

export type Key =
  | { readonly kind: 'text'; readonly text: string }
  /** Shift, Alt and the like: belongs to the rhythm, not to the text. */
  | { readonly kind: 'rhythm' }
  | { readonly kind: 'end'; readonly name: 'Enter' | 'Tab' }
  /** Any key that no scanner sends within a code. */
  | { readonly kind: 'other' };

/** How codes end: not known yet; by silence (a suffix is taken all the same); by this key. */
export type Ending = 'unknown' | 'silence' | 'Enter' | 'Tab';

export interface BurstOptions {
  readonly ending: Ending;
  readonly minLength: number;
  readonly maxGapMs: number;
}

interface Typed {
  readonly text: string;
  /** Keys that gave text. */
  readonly keys: number;
  readonly bytes: number;
  /** The first gaps of the code, enough to know its rhythm. */
  readonly gapsMs: readonly number[];
  readonly startedMs: number;
  readonly lastMs: number;
}

export type Burst =
  | { readonly phase: 'idle' }
  | ({ readonly phase: 'open' | 'proven' } & Typed)
  /** A read was given; what still belongs to it is kept from the page. */
  | { readonly phase: 'settling'; readonly after: 'suffix' | 'silence'; readonly lastMs: number }
  /** The code is lost; its rest is kept from the page until it is silent. */
  | { readonly phase: 'lost'; readonly lastMs: number };

/** A completed code as it was typed. Times are those of the keys. */
export interface BurstRead {
  readonly text: string;
  readonly startedMs: number;
  readonly lastMs: number;
}

/** Why a code was dropped: too long, no suffix came, a foreign key broke in, more came after. */
export type Loss = 'too-long' | 'no-suffix' | 'broken-in' | 'continued';

/** What to do, in this order. */
export interface BurstStep {
  readonly burst: Burst;
  readonly read?: BurstRead;
  readonly lost?: { readonly why: Loss; readonly text: string };
  /** This key opens a burst: remember the field that it goes into, before it changes. */
  readonly begins?: true;
  /** The burst is a scanner's: put the field back. */
  readonly proven?: true;
  /** Keep this key from the page. */
  readonly swallow?: true;
  /** Call `onSilence` if no key comes for this long. */
  readonly waitMs?: number;
}

export const IDLE: Burst = { phase: 'idle' };

const FAST_GAP_MS = 20;
const SURE_KEYS = 6;
/** Fewer keys are proven by nothing but the suffix key, and every gap at FAST_GAP_MS. */
const SPEED_KEYS = 3;
const GAPS_KEPT = 64;
const WAIT_GAPS = 3;
const WAIT_MIN_MS = 20;
const WAIT_MAX_MS = 60;
/** With a known suffix a code may stall this long, as it does over a bad radio link. */
const STALL_MS = 250;
/** A suffix after the silence, or a second one (CR LF), still belongs to the code. */
const SETTLE_MS = 100;

/** The upper median: two keys prove nothing by one short gap. Infinite for no gap at all. */
function medianOf(gapsMs: readonly number[]): number {
  const sorted = gapsMs.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Infinity;
}

function utf8Bytes(text: string): number {
  const code = text.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

function isKey(ending: Ending): ending is 'Enter' | 'Tab' {
  return ending === 'Enter' || ending === 'Tab';
}

/**
 * How the device ends its codes, after this step. `before`: the burst that the key met; `key` is
 * undefined when it was silence that made the step.
 */
export function learned(
  ending: Ending,
  before: Burst,
  key: Key | undefined,
  step: BurstStep,
): Ending {
  if (step.lost?.why === 'no-suffix') return 'unknown';
  const { burst, read } = step;
  if (read !== undefined && burst.phase === 'settling') {
    if (burst.after === 'silence') return 'silence';
    return key?.kind === 'end' ? key.name : ending;
  }
  // The suffix came after the silence: this device does send one, only late.
  const late = before.phase === 'settling' && before.after === 'silence' && key?.kind === 'end';
  return late ? 'unknown' : ending;
}

/** How long the next key may take and still belong to `burst`. */
function patienceMs(burst: Exclude<Burst, { phase: 'idle' }>, options: BurstOptions): number {
  if (burst.phase === 'settling') return SETTLE_MS;
  const stalls = burst.phase === 'proven' && options.ending !== 'silence';
  return stalls ? Math.max(STALL_MS, options.maxGapMs) : options.maxGapMs;
}

/** How long to wait before a proven code counts as ended. */
function waitMs(typed: Typed, options: BurstOptions): number {
  if (options.ending !== 'silence') return Math.max(STALL_MS, options.maxGapMs);
  return Math.min(WAIT_MAX_MS, Math.max(WAIT_MIN_MS, WAIT_GAPS * medianOf(typed.gapsMs)));
}

/** No key came for as long as was asked for, or for longer than one may take. */
export function onSilence(burst: Burst, options: BurstOptions): BurstStep {
  if (burst.phase !== 'proven') return { burst: IDLE };
  const { text, startedMs, lastMs } = burst;
  if (isKey(options.ending)) return { burst: IDLE, lost: { why: 'no-suffix', text } };
  const settling: Burst = { phase: 'settling', after: 'silence', lastMs };
  return { burst: settling, read: { text, startedMs, lastMs } };
}

function first(key: Key, atMs: number): BurstStep {
  if (key.kind !== 'text') return { burst: IDLE };
  const { text } = key;
  const typed = { text, keys: 1, bytes: utf8Bytes(text), gapsMs: [], startedMs: atMs };
  return { burst: { phase: 'open', ...typed, lastMs: atMs }, begins: true };
}

function isProven(typed: Typed, options: BurstOptions): boolean {
  if (typed.keys < Math.max(options.minLength, SPEED_KEYS)) return false;
  return typed.keys >= SURE_KEYS || medianOf(typed.gapsMs) <= FAST_GAP_MS;
}

/** Whether the suffix key, that comes now, makes a code of it. */
function isEnded({ keys, gapsMs, lastMs }: Typed, atMs: number, options: BurstOptions): boolean {
  if (keys < options.minLength) return false;
  return keys >= SPEED_KEYS || Math.max(...gapsMs, atMs - lastMs) <= FAST_GAP_MS;
}

type Running = Extract<Burst, Typed>;

/** A key that adds to the code, or only to its rhythm. */
function more(burst: Running, text: string, atMs: number, options: BurstOptions): BurstStep {
  const gapsMs =
    burst.gapsMs.length < GAPS_KEPT
      ? [...burst.gapsMs, Math.max(0, atMs - burst.lastMs)]
      : burst.gapsMs;
  const typed: Typed = {
    text: burst.text + text,
    keys: burst.keys + (text === '' ? 0 : 1),
    bytes: burst.bytes + (text === '' ? 0 : utf8Bytes(text)),
    gapsMs,
    startedMs: burst.startedMs,
    lastMs: Math.max(burst.lastMs, atMs),
  };
  if (typed.bytes > LIMITS.scanBytes) {
    const lost = { why: 'too-long', text: burst.text } as const;
    return { burst: { phase: 'lost', lastMs: atMs }, lost, swallow: true };
  }
  const known = burst.phase === 'proven';
  if (!known && !isProven(typed, options)) return { burst: { phase: 'open', ...typed } };
  const step = { burst: { phase: 'proven', ...typed } as const, waitMs: waitMs(typed, options) };
  return known ? { ...step, swallow: true } : { ...step, proven: true, swallow: true };
}

function within(burst: Running, key: Key, atMs: number, options: BurstOptions): BurstStep {
  switch (key.kind) {
    case 'text':
      return more(burst, key.text, atMs, options);
    case 'rhythm':
      return more(burst, '', atMs, options);
    case 'end': {
      if (isKey(options.ending) && options.ending !== key.name) {
        return more(burst, key.name === 'Tab' ? '\t' : '\n', atMs, options);
      }
      if (!isEnded(burst, atMs, options)) return { burst: IDLE };
      const { text, startedMs } = burst;
      const read = { text, startedMs, lastMs: atMs };
      const settling: Burst = { phase: 'settling', after: 'suffix', lastMs: atMs };
      const proven = burst.phase === 'open' ? ({ proven: true } as const) : {};
      return { burst: settling, read, swallow: true, ...proven };
    }
    case 'other': {
      if (burst.phase === 'open') return { burst: IDLE };
      const lost = { why: 'broken-in', text: burst.text } as const;
      return { burst: { phase: 'lost', lastMs: atMs }, lost };
    }
  }
}

/** After a read: its late or second suffix is swallowed; its late rest is no code of its own. */
function settle(
  burst: Extract<Burst, { phase: 'settling' }>,
  key: Key,
  atMs: number,
  options: BurstOptions,
): BurstStep {
  if (key.kind === 'end') return { burst: { ...burst, lastMs: atMs }, swallow: true };
  if (key.kind === 'rhythm') return { burst };
  const isRest = burst.after === 'silence' && atMs - burst.lastMs <= options.maxGapMs;
  if (key.kind === 'text' && isRest) {
    const lost = { why: 'continued', text: key.text } as const;
    return { burst: { phase: 'lost', lastMs: atMs }, lost, swallow: true };
  }
  return first(key, atMs);
}

/**
 * The next key, down at `atMs` (any steady clock; a step back counts as no time). Total: every key
 * in every state at every time gives a step.
 */
export function onKey(burst: Burst, key: Key, atMs: number, options: BurstOptions): BurstStep {
  if (burst.phase === 'idle') return first(key, atMs);
  if (atMs - burst.lastMs > patienceMs(burst, options)) {
    // The code before ended unseen, because the timer is late: it is settled first.
    const { read, lost } = onSilence(burst, options);
    return { ...first(key, atMs), ...(read && { read }), ...(lost && { lost }) };
  }
  switch (burst.phase) {
    case 'open':
    case 'proven':
      return within(burst, key, atMs, options);
    case 'settling':
      return settle(burst, key, atMs, options);
    case 'lost':
      return { burst: { phase: 'lost', lastMs: Math.max(burst.lastMs, atMs) }, swallow: true };
  }
}
