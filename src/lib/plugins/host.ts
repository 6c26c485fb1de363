// Who lives here: the host of the devices: starts them by name, shows how each stands, passes their
// reads on, and keeps one's failure from the others (I-20).

import { assert } from '../domain/index.ts';
import type { Clock, Fault, RawScan, Scheduler } from '../domain/index.ts';
import type { DevicePlugin, Feedback, PluginManifest } from './contract.ts';
import type { Machine } from './grants.ts';
import { createRun } from './run.ts';
import type { Run, RunState } from './run.ts';

/** How one device stands, for a screen. A fault with `running` asks for attention. */
export interface DeviceState {
  readonly id: string;
  readonly label: string;
  readonly kind: PluginManifest['kind'];
  readonly state: RunState['state'];
  readonly fault?: Fault;
}

export interface HostPorts {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** What devices may be handed; on a kiosk `{ keyboard: window }`. */
  readonly machine: Machine;
  /** One completed read that is no double. Called outside the stack of the device. */
  onScan(raw: RawScan): void;
  onState(states: readonly DeviceState[]): void;
}

export interface DeviceHost {
  /**
   * Starts the device, or starts it anew; resolves, with how it then stands, when it reads or has
   * failed. `options` are the plugin's own, `{}` its defaults.
   */
  start(id: string, options?: unknown): Promise<DeviceState>;
  stop(id: string): void;
  /** Every plugin, in the order of the registry. */
  states(): readonly DeviceState[];
  /** Tells every device that can show it. */
  signal(feedback: Feedback): void;
  /** Stops all. */
  close(): void;
}

interface Device {
  readonly plugin: DevicePlugin;
  run?: Run;
  standing: RunState;
}

export function createDeviceHost(plugins: readonly DevicePlugin[], ports: HostPorts): DeviceHost {
  const devices = new Map<string, Device>();
  for (const plugin of plugins) {
    assert(!devices.has(plugin.manifest.id), 'each plugin has an id of its own');
    devices.set(plugin.manifest.id, { plugin, standing: { state: 'stopped' } });
  }

  function stateOf({ plugin, standing }: Device): DeviceState {
    const { id, label, kind } = plugin.manifest;
    return { id, label, kind, ...standing };
  }
  function states(): readonly DeviceState[] {
    return Array.from(devices.values(), stateOf);
  }
  function deviceOf(id: string): Device {
    const device = devices.get(id);
    assert(device !== undefined, `a device is started by an id of the registry, not "${id}"`);
    return device;
  }

  async function start(id: string, options: unknown = {}): Promise<DeviceState> {
    const device = deviceOf(id);
    device.run?.stop();
    const run = createRun(device.plugin, {
      clock: ports.clock,
      scheduler: ports.scheduler,
      machine: ports.machine,
      scanned: (raw) => {
        ports.onScan(raw);
      },
      changed(standing) {
        // A word from a run that was replaced is not about the device as it now stands.
        device.standing = standing;
        ports.onState(states());
      },
    });
    device.run = run;
    await run.start(options);
    return stateOf(device);
  }

  return {
    start,
    stop(id) {
      deviceOf(id).run?.stop();
    },
    states,
    signal(feedback) {
      for (const { run } of devices.values()) run?.signal(feedback);
    },
    close() {
      for (const { run } of devices.values()) run?.stop();
    },
  };
}
