// Who lives here: the whole contract between a device and the house. A plugin is a folder in this
// room whose index.ts exports `plugin`; it reaches the machine only through the PluginHost that it
// is given. Plugins are reviewed code in one realm: the host contains their failures, it is no
// sandbox against their malice.
//
// Terminology. A *plugin* is the code; a *device* is a plugin at work under the plugin's id; an
// *adapter* is what a plugin makes for one run of a device; a *capability* is an object of the
// machine that a manifest asks for and the host hands over, wrapped.

import type * as z from 'zod/mini';
import type { Clock, Fault, RawScan, Scheduler } from '../domain/index.ts';

/** Where keys come from. Listeners hear a key before the page does. */
export interface KeySource {
  addEventListener(type: KeyEventName, listener: (event: KeyboardEvent) => void): void;
  removeEventListener(type: KeyEventName, listener: (event: KeyboardEvent) => void): void;
}
export type KeyEventName = 'keydown' | 'keyup';

/** What a device was handed, by capability. */
export interface Granted {
  readonly keyboard?: KeySource;
}
export type Capability = keyof Granted;

export interface PluginManifest<Options = unknown> {
  /** Lower-case words with hyphens, the name of its folder; `RawScan.device` of its reads. */
  readonly id: string;
  /** The contract that it was written for. */
  readonly api: 1;
  readonly kind: 'scanner';
  /** A name for people. */
  readonly label: string;
  readonly needs: readonly Capability[];
  /** Reads what an administrator set; `{}` gives working defaults. */
  readonly options: z.ZodMiniType<Options>;
}

/** How a device says that it is. `attention`: it works, but somebody should know. */
export type DeviceStatus =
  { readonly kind: 'ready' } | { readonly kind: 'attention'; readonly fault: Fault };

/** What a device with a beeper or a lamp may tell the operator. */
export type Feedback = 'step' | 'green' | 'done' | 'error';

/** All that a plugin can touch. Everything in it ends with the run. */
export interface PluginHost {
  /** One completed read. The host puts the device's name on it. */
  emit(raw: RawScan): void;
  status(status: DeviceStatus): void;
  readonly granted: Granted;
  readonly clock: Clock;
  /** Timers that the host takes away at the end of the run. */
  readonly scheduler: Scheduler;
}

export interface DeviceAdapter {
  /**
   * Resolves when the device reads. `signal` ends the run: listeners, handles and timers go, and
   * nothing is emitted after it. It may be aborted already.
   */
  start(signal: AbortSignal): Promise<void>;
  /** Shows `feedback` on the device, if it can show anything. */
  signal?(feedback: Feedback): void;
}

export interface DevicePlugin<Options = unknown> {
  readonly manifest: PluginManifest<Options>;
  /** Makes an adapter that does nothing yet. `options` went through the manifest's schema. */
  create(host: PluginHost, options: Options): DeviceAdapter;
}
