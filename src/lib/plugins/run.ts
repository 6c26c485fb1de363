// Who lives here: one run of one device, from create to its end, and the wall around it (I-20).
// Whatever happens inside ends the run and nothing else: a throw, a start that hangs, a flood, a
// read that is none, a call after the end.

import { fault, isFault, LIMITS } from '../domain/index.ts';
import type { Clock, Fault, RawScan, Scheduler } from '../domain/index.ts';
import type {
  Capability,
  DeviceAdapter,
  DevicePlugin,
  DeviceStatus,
  Feedback,
  Granted,
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
  scanned(raw: RawScan): void;
  changed(state: RunState): void;
}

export interface Run {
  /** Resolves when the device reads or its run has ended. */
  start(options: unknown): Promise<void>;
  signal(feedback: Feedback): void;
  stop(): void;
}

function words(error: unknown): string {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
  return said.slice(0, LIMITS.shownChars);
}

/** A run that has not begun. Nothing that `plugin` does makes a function of the run throw. */
export function createRun(plugin: DevicePlugin, ports: RunPorts): Run {
  const { id, label, needs } = plugin.manifest;
  const ended = new AbortController();
  const intake = createIntake();
  let adapter: DeviceAdapter | undefined;
  let takeAway: () => void = () => undefined;
  /** Nothing was held against this run, so that a call after its end is news. */
  let blameless = true;

  const stopped = (reason: EndReason, detail: string): RunState => {
    blameless = false;
    return { state: 'failed', fault: fault('device.stopped', { device: label, reason, detail }) };
  };
  function end(state: RunState): void {
    ended.abort();
    takeAway();
    ports.changed(state);
  }
  function fail(reason: EndReason, detail = ''): void {
    if (!ended.signal.aborted) end(stopped(reason, detail));
  }
  function guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      fail('threw', words(error));
    }
  }

  /** A call of the device: counted, and refused for good once the run is over. */
  function called(act: () => void): void {
    if (ended.signal.aborted) {
      if (blameless) ports.changed(stopped('call-after-end', ''));
      return;
    }
    const refusal = intake.count(ports.clock.nowMs());
    if (refusal !== undefined) return fail(refusal);
    guard(act);
  }
  function emit(given: RawScan): void {
    called(() => {
      const raw = takeScan(given, id);
      if (typeof raw === 'string') return fail(raw);
      if (intake.isDouble(raw, ports.clock.nowMs())) return;
      // Outside the device's stack: a failure of the station is not the device's.
      queueMicrotask(() => {
        ports.scanned(raw);
      });
    });
  }
  function status(given: DeviceStatus): void {
    called(() => {
      if (given.kind === 'ready') return ports.changed({ state: 'running' });
      if (!isFault(given.fault)) return fail('bad-status');
      ports.changed({ state: 'running', fault: given.fault });
    });
  }

  function grant(): PluginHost {
    const timers = grantTimers(ports.scheduler, guard, fail);
    const wanted = (name: Capability) => (needs.includes(name) ? ports.machine[name] : undefined);
    const target = wanted('keyboard');
    const keys = target && grantKeys(target, guard, fail);
    takeAway = () => {
      timers.takeAway();
      keys?.takeAway();
    };
    const granted: Granted = keys === undefined ? {} : { keyboard: keys.granted };
    return { emit, status, granted, clock: ports.clock, scheduler: timers.granted };
  }

  async function start(options: unknown): Promise<void> {
    ports.changed({ state: 'starting' });
    const missing = needs.find((name) => ports.machine[name] === undefined);
    if (missing !== undefined) return fail('no-capability', missing);
    const parsed = plugin.manifest.options.safeParse(options);
    if (!parsed.success) return fail('bad-options', parsed.error.issues[0]?.path.join('.'));
    const cancel = ports.scheduler.after(LIMITS.deviceStartMs, () => {
      fail('start-timeout');
    });
    const over = new Promise<'over'>((resolve) => {
      ended.signal.addEventListener('abort', () => {
        resolve('over');
      });
    });
    try {
      adapter = plugin.create(grant(), parsed.data);
      const outcome = await Promise.race([adapter.start(ended.signal), over]);
      if (outcome !== 'over' && !ended.signal.aborted) ports.changed({ state: 'running' });
    } catch (error) {
      fail('threw', words(error));
    } finally {
      cancel();
    }
  }

  return {
    start,
    signal(feedback) {
      if (!ended.signal.aborted) guard(() => adapter?.signal?.(feedback));
    },
    stop() {
      if (!ended.signal.aborted) end({ state: 'stopped' });
    },
  };
}
