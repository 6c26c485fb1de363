// Who lives here: `recount` as the file writes it: how far a count may be off the books, who counts once
// more, and from where on somebody must say yes to it, which is a question of its own.

import { diagnostic, valueAt } from './diagnose.ts';
import type { Read } from './branches.ts';
import { toleranceAt } from './reading.ts';
import type { Reading } from './reading.ts';
import { roleOf } from './roles.ts';
import type { RawAsk } from './schema.ts';
import { recount } from './schema-people.ts';
import type { Path } from './source.ts';
import type { Off, Step } from './types.ts';

type Raw = NonNullable<RawAsk['recount']>;
type AskStep = Extract<Step, { kind: 'ask' }>;

function offOf(
  { tolerance, pieces = 0 }: Pick<Raw, 'tolerance' | 'pieces'>,
  path: Path,
  reading: Reading,
): Off {
  return { share: toleranceAt(tolerance, [...path, 'tolerance'], reading) ?? 0, pieces };
}

/** How far a count may be off, and who counts it once more. */
export function recountOf(
  raw: Raw | undefined,
  path: Path,
  reading: Reading,
): Pick<AskStep, 'recount'> {
  if (raw === undefined) return {};
  const off = offOf(raw, path, reading);
  return { recount: { ...off, ...(raw.by === undefined ? {} : { other: true as const }) } };
}

/** A quantity that is held against the books, as it was written. */
export interface Recounted {
  readonly path: Path;
  readonly id: string;
  readonly raw: Raw['above'];
}

/** Behind the count the yes to one that is far off: a question like any other. */
export function withFarOff(
  steps: readonly Read[],
  counts: readonly Recounted[],
  reading: Reading,
): Read[] {
  const [wanted] = counts;
  const last = counts.at(-1);
  if (wanted?.raw === undefined || last === undefined) return [...steps];
  const path: Path = [...wanted.path, 'recount', 'above'];
  const role = roleOf(wanted.raw.role, [...path, 'role'], reading);
  const off = offOf(wanted.raw, path, reading);
  const at = steps.findIndex(({ step }) => step.id === last.id);
  const counted = steps[at]?.step;
  if (role === undefined || counted?.kind !== 'ask') return [...steps];
  const { share = 0, pieces = 0 } = counted.recount ?? {};
  if (off.share < share || off.pieces < pieces || (off.share === share && off.pieces === pieces)) {
    const message = 'Somebody must say yes to what nobody has to count again.';
    const hint = 'Write a larger tolerance, or more pieces, in above.';
    reading.found.push(diagnostic(reading.source.at(path), 'invalid-value', message, hint));
  }
  const id = `${wanted.id}-approval`;
  const step: Step = { kind: 'ask', id, fact: 'approval', role, off };
  const asked: Read = { step, path: wanted.path, arms: [] };
  return [...steps.slice(0, at + 1), asked, ...steps.slice(at + 1)];
}

/** From where on the file wants a yes to the count of this step, if its form is right. */
export function farOffOf(raw: unknown): Raw['above'] {
  const read = recount.safeParse(valueAt(raw, ['recount']));
  return read.success ? read.data.above : undefined;
}
