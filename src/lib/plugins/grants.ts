// Who lives here: capabilities as a device gets them: wrapped, so that whatever it throws is caught
// where it belongs, and so that everything it holds can be taken away from outside.

import { LIMITS } from '../domain/index.ts';
import type { Scheduler } from '../domain/index.ts';
import type { KeyEventName, KeySource } from './contract.ts';

/** A key source of the page, e.g. `window`. */
export interface KeyTarget {
  addEventListener(
    type: KeyEventName,
    listener: (event: KeyboardEvent) => void,
    options: { capture: boolean },
  ): void;
  removeEventListener(
    type: KeyEventName,
    listener: (event: KeyboardEvent) => void,
    options: { capture: boolean },
  ): void;
}

/** The objects of the machine that devices may be handed, by capability. */
export interface Machine {
  readonly keyboard?: KeyTarget;
}

/** Runs an act of the device; a throw ends the run instead of travelling on. */
export type Guard = (act: () => void) => void;

/** Refuses more than a named maximum by ending the run. */
type Refuse = (reason: 'too-many-listeners' | 'too-many-timers') => void;

interface Held<T> {
  readonly granted: T;
  takeAway(): void;
}

export function grantKeys(target: KeyTarget, guard: Guard, refuse: Refuse): Held<KeySource> {
  type Listener = (event: KeyboardEvent) => void;
  const held = { keydown: new Map<Listener, Listener>(), keyup: new Map<Listener, Listener>() };
  const capture = { capture: true };

  const granted: KeySource = {
    addEventListener(type, listener) {
      if (held[type].has(listener)) return;
      if (held.keydown.size + held.keyup.size >= LIMITS.deviceListeners) {
        return refuse('too-many-listeners');
      }
      const guarded: Listener = (event) => {
        guard(() => {
          listener(event);
        });
      };
      held[type].set(listener, guarded);
      target.addEventListener(type, guarded, capture);
    },
    removeEventListener(type, listener) {
      const guarded = held[type].get(listener);
      if (guarded === undefined) return;
      held[type].delete(listener);
      target.removeEventListener(type, guarded, capture);
    },
  };

  function takeAway(): void {
    for (const type of ['keydown', 'keyup'] as const) {
      for (const guarded of held[type].values()) target.removeEventListener(type, guarded, capture);
      held[type].clear();
    }
  }
  return { granted, takeAway };
}

export function grantTimers(scheduler: Scheduler, guard: Guard, refuse: Refuse): Held<Scheduler> {
  const pending = new Set<() => void>();

  const granted: Scheduler = {
    after(delayMs, act) {
      if (pending.size >= LIMITS.deviceTimers) {
        refuse('too-many-timers');
        return () => undefined;
      }
      const cancel = scheduler.after(delayMs, () => {
        pending.delete(forget);
        guard(act);
      });
      const forget = (): void => {
        pending.delete(forget);
        cancel();
      };
      pending.add(forget);
      return forget;
    },
  };

  function takeAway(): void {
    for (const forget of Array.from(pending)) forget();
  }
  return { granted, takeAway };
}
