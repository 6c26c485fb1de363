// Who lives here: the machine that device plugins meet in tests: a clock that only the test moves,
// and a keyboard whose keys go, as in a page, into a field unless somebody keeps them back.

import type { Clock, Scheduler } from '../../src/lib/domain/index.ts';

interface Timer {
  readonly atMs: number;
  readonly act: () => void;
}

/** Events count from here, not from 1970. */
const PAGE_OPENED_MS = 900_000;

/** Time that stands still between the steps of a test. */
export class VirtualTime implements Clock, Scheduler {
  #nowMs = 1_000_000;
  readonly #timers = new Set<Timer>();

  nowMs(): number {
    return this.#nowMs;
  }
  after(delayMs: number, act: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, act };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
  get pendingTimers(): number {
    return this.#timers.size;
  }
  /** Lets time pass, and every timer act when its moment comes. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const due = this.#due(untilMs)[0];
      if (due === undefined) break;
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      this.#run(due);
      await Promise.resolve();
    }
    this.#nowMs = untilMs;
    await Promise.resolve();
  }
  /** The page hangs: time passes, and what was due acts once, late, before anything else. */
  hang(ms: number): void {
    this.#nowMs += ms;
    for (const timer of this.#due(this.#nowMs)) this.#run(timer);
  }
  #due(untilMs: number): Timer[] {
    const due = Array.from(this.#timers).filter(({ atMs }) => atMs <= untilMs);
    return due.sort((a, b) => a.atMs - b.atMs);
  }
  #run(timer: Timer): void {
    this.#timers.delete(timer);
    timer.act();
  }
}

type Modifier = 'Ctrl' | 'Alt' | 'AltGr' | 'Repeat' | 'Meta';

/** What a keyboard event is to those who look at it, with a time of the test's making. */
class VirtualKey extends Event {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
  readonly isComposing = false;
  readonly #altGraph: boolean;
  readonly #atMs: number;

  constructor(type: string, name: string, modifiers: readonly Modifier[], atMs: number) {
    super(type, { cancelable: true });
    const isPad = name.startsWith('Numpad');
    this.key = isPad ? name.slice('Numpad'.length) : name;
    this.code = isPad ? name : '';
    this.ctrlKey = modifiers.includes('Ctrl');
    this.altKey = modifiers.includes('Alt');
    this.metaKey = modifiers.includes('Meta');
    this.repeat = modifiers.includes('Repeat');
    this.#altGraph = modifiers.includes('AltGr');
    this.#atMs = atMs;
  }
  override get timeStamp(): number {
    return this.#atMs;
  }
  getModifierState(name: string): boolean {
    return name === 'AltGraph' && this.#altGraph;
  }
}

/** Virtual keys are what listeners of keys hear in tests. */
function isKey(event: Event): event is KeyboardEvent {
  return event instanceof VirtualKey;
}

type Listener = (event: KeyboardEvent) => void;

/** The field that has the focus. */
class VirtualField extends EventTarget {
  value = '';
  selectionStart: number | null = 0;
  selectionEnd: number | null = 0;
  selectionDirection: 'forward' | 'backward' | 'none' | null = 'none';

  setSelectionRange(start: number, end: number): void {
    this.selectionStart = start;
    this.selectionEnd = end;
  }
}

/** A keyboard in front of one field. */
export class VirtualKeyboard {
  readonly field = new VirtualField();
  readonly #time: VirtualTime;
  readonly #listeners = new Map<string, (event: Event) => void>();
  readonly #names = new Map<Listener, string>();

  constructor(time: VirtualTime) {
    this.#time = time;
  }
  get listenerCount(): number {
    return this.#listeners.size;
  }
  #slot(type: string, listener: Listener): string {
    const name = this.#names.get(listener) ?? String(this.#names.size);
    this.#names.set(listener, name);
    return `${type} ${name}`;
  }
  addEventListener(type: 'keydown' | 'keyup', listener: Listener): void {
    const heard = (event: Event): void => {
      if (isKey(event)) listener(event);
    };
    this.removeEventListener(type, listener);
    this.#listeners.set(this.#slot(type, listener), heard);
    this.field.addEventListener(type, heard);
  }
  removeEventListener(type: 'keydown' | 'keyup', listener: Listener): void {
    const slot = this.#slot(type, listener);
    this.field.removeEventListener(type, this.#listeners.get(slot) ?? null);
    this.#listeners.delete(slot);
  }
  /**
   * One key as a trace writes it: `A`, `Space`, `Ctrl+]`, `Alt+Numpad0`, `^Alt` for its going up.
   * It went down `agoMs` before the page hears of it.
   */
  press(word: string, agoMs = 0): void {
    const goesUp = word.startsWith('^') && word.length > 1;
    const { modifiers, name } = parseKey(goesUp ? word.slice(1) : word);
    const atMs = this.#time.nowMs() - PAGE_OPENED_MS - agoMs;
    const event = new VirtualKey(goesUp ? 'keyup' : 'keydown', name, modifiers, atMs);
    const { field } = this;
    if (!field.dispatchEvent(event) || goesUp) return;
    const types = modifiers.every((modifier) => ['AltGr', 'Repeat'].includes(modifier));
    if (types && name.length === 1) field.value += name;
    if (types && name === 'Enter') field.value += '\n';
    field.setSelectionRange(field.value.length, field.value.length);
  }
}

const MODIFIERS: readonly Modifier[] = ['Ctrl', 'Alt', 'AltGr', 'Repeat', 'Meta'];

function parseKey(word: string): { modifiers: Modifier[]; name: string } {
  const modifiers: Modifier[] = [];
  let name = word;
  for (;;) {
    const found = MODIFIERS.find(
      (one) => name.startsWith(`${one}+`) && name.length > one.length + 1,
    );
    if (found === undefined) break;
    modifiers.push(found);
    name = name.slice(found.length + 1);
  }
  if (name === 'Space') name = ' ';
  if (name.startsWith('U+')) name = String.fromCodePoint(Number.parseInt(name.slice(2), 16));
  return { modifiers, name };
}
