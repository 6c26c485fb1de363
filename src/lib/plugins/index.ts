// The door of plugins/: devices and their host. See contract.ts for the terms.

export type {
  Capability,
  DeviceAdapter,
  DevicePlugin,
  DeviceStatus,
  Feedback,
  Granted,
  KeySource,
  PluginHost,
  PluginManifest,
} from './contract.ts';
export type { KeyTarget, Machine } from './grants.ts';
export { createDeviceHost } from './host.ts';
export type { DeviceHost, DeviceState, HostPorts } from './host.ts';
export { PLUGINS } from './registry.ts';
