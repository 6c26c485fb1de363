// Who lives here: the words and tones in which the admin page speaks of states and times.

import type { ConnectionState, PostingReport } from '$lib/server/admin/index.ts';

export type Tone = 'good' | 'busy' | 'bad';

interface Word {
  readonly tone: Tone;
  readonly word: string;
}

export const CONNECTION: Readonly<Record<ConnectionState, Word>> = {
  none: { tone: 'busy', word: 'Not configured' },
  connecting: { tone: 'busy', word: 'Connecting' },
  connected: { tone: 'good', word: 'Connected' },
  unreachable: { tone: 'bad', word: 'Does not answer' },
  reconnect: { tone: 'bad', word: 'Must be connected again' },
};

export const POSTING: Readonly<Record<PostingReport['state'], Word>> = {
  ready: { tone: 'busy', word: 'Waiting' },
  sending: { tone: 'busy', word: 'Being sent' },
  'in-doubt': { tone: 'busy', word: 'In doubt' },
  posted: { tone: 'good', word: 'Booked' },
  rejected: { tone: 'bad', word: 'Rejected' },
};

/** `1 line`, `2 lines`. */
export function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}

const STEPS = [
  { ms: 86_400_000, unit: 'd' },
  { ms: 3_600_000, unit: 'h' },
  { ms: 60_000, unit: 'min' },
] as const;

/** A span of time in its largest unit that fills it: `3 min`, `2 d`; below a minute in seconds. */
function span(ms: number): string {
  const step = STEPS.find((one) => ms >= one.ms);
  if (step === undefined) return `${Math.max(0, Math.floor(ms / 1000))} s`;
  return `${Math.floor(ms / step.ms)} ${step.unit}`;
}

/** How long ago `thenMs` was at `atMs`: both are the hub's clock. */
export function ago(thenMs: number, atMs: number): string {
  return atMs - thenMs < 1000 ? 'just now' : `${span(atMs - thenMs)} ago`;
}

/** How far ahead `thenMs` lies: `in 9 min`, or `over`. */
export function ahead(thenMs: number, atMs: number): string {
  return thenMs <= atMs ? 'over' : `in ${span(thenMs - atMs)}`;
}

/** A day and a time that can be looked up in a log: UTC, to the second. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').slice(0, 19);
}

/** A revision is a long hash; its beginning tells two apart. */
export function short(revision: string): string {
  return revision.slice(0, 10);
}
