// Who lives here: the host of the devices: starts them by name, shows how each stands, passes their
// reads on, and keeps one's failure from the others (I-20).

import { assert } from '../domain/index.ts';
import type { Clock, Fault, RawScan, Scheduler } from '../domain/index.ts';
import type { DevicePlugin, Feedback, PluginManifest } from './contract.ts';
import type { Machine } from './grants.ts';
import { Run } from './run.ts';
import type { RunState } from './run.ts';

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
  readonly onScan: (raw: RawScan) => void;
  readonly onState: (states: readonly DeviceState[]) => void;
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

class Devices implements DeviceHost {
  readonly #devices = new Map<string, Device>();
  readonly #ports: HostPorts;

  constructor(plugins: readonly DevicePlugin[], ports: HostPorts) {
    this.#ports = ports;
    for (const plugin of plugins) {
      const { id } = plugin.manifest;
      assert(!this.#devices.has(id), 'each plugin has an id of its own');
      this.#devices.set(id, { plugin, standing: { state: 'stopped' } });
    }
  }

  async start(id: string, options: unknown = {}): Promise<DeviceState> {
    const { clock, scheduler, machine, onScan, onState } = this.#ports;
    const device = this.#device(id);
    device.run?.stop();
    const run = new Run(device.plugin, {
      clock,
      scheduler,
      machine,
      scanned: onScan,
      changed: (standing) => {
        // A word from a run that was replaced is not about the device as it now stands.
        if (device.run !== run) return;
        device.standing = standing;
        onState(this.states());
      },
    });
    device.run = run;
    await run.start(options);
    return stateOf(device);
  }

  stop(id: string): void {
    this.#device(id).run?.stop();
  }

  states(): readonly DeviceState[] {
    return Array.from(this.#devices.values(), stateOf);
  }

  signal(feedback: Feedback): void {
    for (const { run } of this.#devices.values()) run?.signal(feedback);
  }

  close(): void {
    for (const { run } of this.#devices.values()) run?.stop();
  }

  #device(id: string): Device {
    const device = this.#devices.get(id);
    assert(device !== undefined, `a device is started by an id of the registry, not "${id}"`);
    return device;
  }
}

function stateOf({ plugin, standing }: Device): DeviceState {
  const { id, label, kind } = plugin.manifest;
  return { id, label, kind, ...standing };
}

/** A host of `plugins`, none of which runs yet. */
export function createDeviceHost(plugins: readonly DevicePlugin[], ports: HostPorts): DeviceHost {
  return new Devices(plugins, ports);
}
