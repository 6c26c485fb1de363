// Who lives here: the kiosk put together. Devices read → scan names → replica matches → scan
// interprets → the station's dialogue. Nothing is decided here; each arrow is one call of a room.

import { isFault } from '$lib/domain/index.ts';
import type { Clock, CommandWord, Fault, RawScan, Scheduler } from '$lib/domain/index.ts';
import { createDeviceHost, PLUGINS } from '$lib/plugins/index.ts';
import type { DeviceState } from '$lib/plugins/index.ts';
import { interpret, printable, read } from '$lib/scan/index.ts';
import { Feedback, Station } from '$lib/station/index.ts';
import { advance, begin, resume } from '$lib/workflows/runtime/index.ts';
import type { KioskActs } from '$lib/ui/index.ts';
import type { AskedFact } from '$lib/workflows/index.ts';
import { Shutter } from './shutter.ts';
import { scannerOptions } from './memory.ts';

const DEFAULT_NAME = 'dock-1';
const NAME_CHARS = 60;
/** The device of what fingers wrote on the glass. */
const TYPED = 'typed';

/** What is written on labels, and may be one that the replica knows. */
const CODES: readonly AskedFact[] = ['item', 'document', 'location', 'to', 'tote'];

const clock: Clock = { nowMs: () => Date.now() };
const random = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) };
const scheduler: Scheduler = {
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};

export interface KioskParts {
  readonly station: Station;
  /** A word from the glass. */
  press(word: CommandWord): void;
  /** The question for photos, which OK is meant for first. */
  readonly photo: KioskActs['photo'];
  /** A value from the glass: goods, orders and places are codes, so they go the way of a scan. */
  enter(fact: AskedFact, value: string): void;
  close(): void;
}

async function scanned(station: Station, shutter: Shutter, raw: RawScan): Promise<void> {
  const text = printable(raw.text);
  const reading = read(raw, new Date(clock.nowMs()).getFullYear());
  const matches = isFault(reading) ? [] : await station.match(reading.keys);
  // What means goods, a place or an order is no badge; what is typed was not held to the scanner.
  const unknown = !isFault(matches) && matches.length === 0 && raw.device !== TYPED;
  if (unknown && (await station.badge(raw.text))) return;
  if (isFault(reading)) return station.dispatch({ type: 'misread', fault: reading, text });
  if (isFault(matches)) return station.dispatch({ type: 'misread', fault: matches, text });
  const scan = interpret(reading, matches);
  if (isFault(scan)) return station.dispatch({ type: 'misread', fault: scan, text });
  // In gloves the printed OK takes the photo.
  if (shutter.took(scan.candidates[0]?.command)) return;
  return station.dispatch({ type: 'scan', scan });
}

/** Scans one after another: a look-up that takes longer must not let a later code pass. */
function inOrder(station: Station, shutter: Shutter): (raw: RawScan) => void {
  let tail: Promise<void> = Promise.resolve();
  return (raw) => {
    const next = () => scanned(station, shutter, raw);
    tail = tail.then(next, next);
  };
}

function asTyped(text: string): RawScan {
  const nowMs = clock.nowMs();
  const bytes = new TextEncoder().encode(text);
  return { bytes, text, device: TYPED, startedMs: nowMs, endedMs: nowMs };
}

/** Tells the dialogue of a lost read, and the glass of a device that stopped. */
function deviceWatch(station: Station, stopped: (fault: Fault | undefined) => void) {
  let told: Fault | undefined;
  return (states: readonly DeviceState[]): void => {
    stopped(states.find((device) => device.state === 'failed')?.fault);
    const lost = states.find((device) => device.state === 'running')?.fault;
    if (lost === told) return;
    told = lost;
    if (lost === undefined) return;
    void station.dispatch({ type: 'misread', fault: lost, text: String(lost.data['read'] ?? '') });
  };
}

/** `address` is the page's: `?station=dock-2` names the station, once and for good. */
export function composeKiosk(
  address: URL,
  stopped: (fault: Fault | undefined) => void,
): KioskParts {
  const feedback = new Feedback(window);
  const name = address.searchParams.get('station')?.trim().slice(0, NAME_CHARS) ?? '';
  const station = new Station({
    hubUrl: address.origin,
    databaseName: 'scandock',
    ...(name === '' ? {} : { name }),
    defaultName: DEFAULT_NAME,
    clock,
    random,
    runtime: { begin, advance, resume },
    feedback: {
      play(signal) {
        feedback.play(signal);
        if (signal !== 'none') host.signal(signal);
      },
    },
  });
  const shutter = new Shutter();
  const onScan = inOrder(station, shutter);
  const host = createDeviceHost(PLUGINS, {
    clock,
    scheduler,
    machine: { keyboard: window },
    onScan,
    onState: deviceWatch(station, stopped),
  });
  void station.start();
  const scanner = scannerOptions(address);
  for (const { manifest } of PLUGINS) {
    void host.start(manifest.id, manifest.id === 'wedge' ? scanner : {});
  }
  return {
    station,
    press(word) {
      if (!shutter.took(word)) void station.dispatch({ type: 'press', word });
    },
    photo: {
      keep: (jpeg) => station.photo(jpeg),
      picture: (id) => station.picture(id),
      onOk: (taken) => shutter.listen(taken),
    },
    enter(fact, value) {
      if (CODES.includes(fact)) onScan(asTyped(value));
      else void station.dispatch({ type: 'enter', fact, value });
    },
    close() {
      host.close();
      station.close();
      void feedback.close();
    },
  };
}
