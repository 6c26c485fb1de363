// Who lives here: one run of one device, from create to its end, and the wall around it (I-20).
// Whatever happens inside ends the run and nothing else: a throw, a start that hangs, a flood, a
// read that is none, a call after the end.

import { fault, isFault, LIMITS } from '../domain/index.ts';
import type { Clock, Fault, RawScan, Scheduler } from '../domain/index.ts';
import type {
  DeviceAdapter,
  DevicePlugin,
  DeviceStatus,
  Feedback,
  PluginHost,
} from './contract.ts';
import { grantKeys, grantTimers } from './grants.ts';
import type { Machine } from './grants.ts';
import { createIntake, takeScan } from './intake.ts';
import type { Refusal } from './intake.ts';

/** Why a device was stopped; `reason` of the fault `device.stopped`. */
type EndReason =
  | Refusal
  | 'threw'
  | 'start-timeout'
  | 'too-many-listeners'
  | 'too-many-timers'
  | 'no-capability'
  | 'bad-options'
  | 'bad-status'
  | 'call-after-end';

/** How a run stands: a fault with `running` is a device that asks for attention. */
export interface RunState {
  readonly state: 'starting' | 'running' | 'failed' | 'stopped';
  readonly fault?: Fault;
}

export interface RunPorts {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly machine: Machine;
  readonly scanned: (raw: RawScan) => void;
  readonly changed: (state: RunState) => void;
}

function words(error: unknown): string {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
  return said.slice(0, LIMITS.shownChars);
}

/** A run that has not begun. Nothing that the plugin does makes a method of it throw. */
export class Run {
  readonly #plugin: DevicePlugin;
  readonly #ports: RunPorts;
  readonly #ended = new AbortController();
  readonly #intake = createIntake();
  #adapter: DeviceAdapter | undefined;
  #takeAway: () => void = () => undefined;
  /** Nothing was held against this run, so that a call after its end is news. */
  #blameless = true;
  /** The device has said itself how it is. */
  #spoke = false;

  constructor(plugin: DevicePlugin, ports: RunPorts) {
    this.#plugin = plugin;
    this.#ports = ports;
  }

  /** Resolves when the device reads or its run has ended. */
  async start(options: unknown): Promise<void> {
    const { machine, scheduler, changed } = this.#ports;
    const { needs, options: schema } = this.#plugin.manifest;
    changed({ state: 'starting' });
    const missing = needs.find((name) => machine[name] === undefined);
    if (missing !== undefined) return this.#fail('no-capability', missing);
    const parsed = schema.safeParse(options);
    if (!parsed.success) return this.#fail('bad-options', parsed.error.issues[0]?.path.join('.'));
    const cancel = scheduler.after(LIMITS.deviceStartMs, () => {
      this.#fail('start-timeout');
    });
    const over = new Promise<void>((resolve) => {
      this.#ended.signal.addEventListener('abort', () => {
        resolve();
      });
    });
    try {
      this.#adapter = this.#plugin.create(this.#grant(), parsed.data);
      await Promise.race([this.#adapter.start(this.#ended.signal), over]);
      // A device that asked for attention while it started goes on asking.
      if (!this.#isOver() && !this.#spoke) changed({ state: 'running' });
    } catch (error) {
      this.#fail('threw', words(error));
    } finally {
      cancel();
    }
  }

  signal(feedback: Feedback): void {
    if (!this.#isOver()) this.#guard(() => this.#adapter?.signal?.(feedback));
  }

  stop(): void {
    if (!this.#isOver()) this.#end({ state: 'stopped' });
  }

  #isOver(): boolean {
    return this.#ended.signal.aborted;
  }

  #end(state: RunState): void {
    this.#ended.abort();
    this.#takeAway();
    this.#ports.changed(state);
  }

  readonly #fail = (reason: EndReason, detail = ''): void => {
    if (!this.#isOver()) this.#end(this.#stopped(reason, detail));
  };

  #stopped(reason: EndReason, detail: string): RunState {
    this.#blameless = false;
    const device = this.#plugin.manifest.label;
    return { state: 'failed', fault: fault('device.stopped', { device, reason, detail }) };
  }

  readonly #guard = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      this.#fail('threw', words(error));
    }
  };

  /** A call of the device: counted, and refused for good once the run is over. */
  #called(act: () => void): void {
    if (this.#isOver()) {
      if (this.#blameless) this.#ports.changed(this.#stopped('call-after-end', ''));
      return;
    }
    const refusal = this.#intake.count(this.#ports.clock.nowMs());
    if (refusal !== undefined) return this.#fail(refusal);
    this.#guard(act);
  }

  #emit(given: RawScan): void {
    const raw = takeScan(given, this.#plugin.manifest.id);
    if (typeof raw === 'string') return this.#fail(raw);
    if (this.#intake.isDouble(raw, this.#ports.clock.nowMs())) return;
    // Outside the device's stack: a failure of the station is not the device's.
    queueMicrotask(() => {
      this.#ports.scanned(raw);
    });
  }

  #status(given: DeviceStatus): void {
    this.#spoke = true;
    if (given.kind === 'ready') return this.#ports.changed({ state: 'running' });
    if (!isFault(given.fault)) return this.#fail('bad-status');
    this.#ports.changed({ state: 'running', fault: given.fault });
  }

  #grant(): PluginHost {
    const { clock, scheduler, machine } = this.#ports;
    const { needs } = this.#plugin.manifest;
    const timers = grantTimers(scheduler, this.#guard, this.#fail);
    const target = needs.includes('keyboard') ? machine.keyboard : undefined;
    const keys = target && grantKeys(target, this.#guard, this.#fail);
    this.#takeAway = () => {
      timers.takeAway();
      keys?.takeAway();
    };
    return {
      emit: (raw) => {
        this.#called(() => {
          this.#emit(raw);
        });
      },
      status: (status) => {
        this.#called(() => {
          this.#status(status);
        });
      },
      granted: keys === undefined ? {} : { keyboard: keys.granted },
      clock,
      scheduler: timers.granted,
    };
  }
}
