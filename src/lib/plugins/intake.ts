// Who lives here: the door through which a device's reads come in: their form, their rate, and the
// double read. Judged by the host's clock alone; what a device says of time is for the record.

import { LIMITS } from '../domain/index.ts';
import type { RawScan } from '../domain/index.ts';

const WINDOW_MS = 1000;

/** Why a device's call is not taken. */
export type Refusal = 'bad-scan' | 'too-long' | 'flood';

export interface Intake {
  /** Counts one call of the device; `flood` when the second behind `nowMs` holds too many. */
  count(nowMs: number): Refusal | undefined;
  /**
   * Whether the code is the one read just before, within `LIMITS.doubleReadMs` of that read. A held
   * trigger that reads on and on stays one scan: each repetition starts the time anew (I-14).
   */
  isDouble(raw: RawScan, nowMs: number): boolean;
}

export function createIntake(): Intake {
  let calls: number[] = [];
  let last: { readonly code: string; readonly atMs: number } | undefined;
  return {
    count(nowMs) {
      // The distance, not the order: a clock that was set back must not block the device.
      calls = [...calls.filter((atMs) => Math.abs(nowMs - atMs) < WINDOW_MS), nowMs];
      return calls.length > LIMITS.deviceCallsPerSecond ? 'flood' : undefined;
    },
    isDouble(raw, nowMs) {
      const code = `${raw.aim ?? ''}\n${raw.text}`;
      const before = last;
      last = { code, atMs: nowMs };
      return before?.code === code && Math.abs(nowMs - before.atMs) < LIMITS.doubleReadMs;
    },
  };
}

/**
 * A copy of `raw` under the device's name that the device can no longer change; or why it is not
 * a read. Takes `unknown`, because a faulty device hands over anything.
 */
export function takeScan(raw: unknown, device: string): RawScan | Refusal {
  if (typeof raw !== 'object' || raw === null) return 'bad-scan';
  const { bytes, text, aim, startedMs, endedMs }: Partial<Record<keyof RawScan, unknown>> = raw;
  if (!(bytes instanceof Uint8Array) || typeof text !== 'string') return 'bad-scan';
  if (bytes.length > LIMITS.scanBytes || text.length > LIMITS.scanBytes) return 'too-long';
  if (aim !== undefined && typeof aim !== 'string') return 'bad-scan';
  if (typeof startedMs !== 'number' || !Number.isFinite(startedMs)) return 'bad-scan';
  if (typeof endedMs !== 'number' || !Number.isFinite(endedMs)) return 'bad-scan';
  if (endedMs < startedMs) return 'bad-scan';
  const copy = { bytes: bytes.slice(), text, device, startedMs, endedMs };
  return aim === undefined ? copy : { ...copy, aim };
}
