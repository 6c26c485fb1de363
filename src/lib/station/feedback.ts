// Who lives here: the speaker. Eyes are on the shelf, so the sound is the true answer: each signal
// differs from the others in pitch and in rhythm, and none needs a file. Browsers keep a page silent
// until the first touch or key; a scanner that types is such a key.

import type { Signal } from '../workflows/index.ts';

interface Tone {
  readonly hz: number;
  readonly startMs: number;
  readonly lengthMs: number;
  readonly shape: OscillatorType;
}

/** One soft tick; two rising; three rising and held; two low and rough. */
const SOUNDS: Record<Exclude<Signal, 'none'>, readonly Tone[]> = {
  step: [{ hz: 660, startMs: 0, lengthMs: 60, shape: 'sine' }],
  green: [
    { hz: 880, startMs: 0, lengthMs: 80, shape: 'triangle' },
    { hz: 1320, startMs: 90, lengthMs: 160, shape: 'triangle' },
  ],
  done: [
    { hz: 660, startMs: 0, lengthMs: 110, shape: 'triangle' },
    { hz: 880, startMs: 130, lengthMs: 110, shape: 'triangle' },
    { hz: 1320, startMs: 260, lengthMs: 380, shape: 'triangle' },
  ],
  error: [
    { hz: 196, startMs: 0, lengthMs: 170, shape: 'sawtooth' },
    { hz: 147, startMs: 230, lengthMs: 320, shape: 'sawtooth' },
  ],
};

const LOUDNESS = 0.5;
/** Attack and release, so that a tone does not click. */
const RAMP_MS = 8;

export class Feedback {
  #context: AudioContext | undefined;
  readonly #gone = new AbortController();

  /** Listens for the first touch or key, which is when a browser lets a page sound. */
  constructor(target: EventTarget) {
    const { signal } = this.#gone;
    for (const type of ['pointerdown', 'keydown']) {
      target.addEventListener(type, () => this.#unlock(), { capture: true, signal });
    }
  }

  /** Plays at once; silence when the browser has not been touched yet or has no speaker. */
  play(signal: Signal): void {
    const context = this.#context;
    if (signal === 'none' || context?.state !== 'running') return;
    for (const tone of SOUNDS[signal]) playTone(context, tone);
  }

  async close(): Promise<void> {
    this.#gone.abort();
    await this.#context?.close();
  }

  #unlock(): void {
    this.#context ??= new AudioContext({ latencyHint: 'interactive' });
    if (this.#context.state === 'suspended') void this.#context.resume();
  }
}

function playTone(context: AudioContext, tone: Tone): void {
  const startS = context.currentTime + tone.startMs / 1000;
  const endS = startS + tone.lengthMs / 1000;
  const rampS = RAMP_MS / 1000;
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, startS);
  gain.gain.linearRampToValueAtTime(LOUDNESS, startS + rampS);
  gain.gain.setValueAtTime(LOUDNESS, endS - rampS);
  gain.gain.linearRampToValueAtTime(0, endS);
  const oscillator = new OscillatorNode(context, { type: tone.shape, frequency: tone.hz });
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(startS);
  oscillator.stop(endS);
}
