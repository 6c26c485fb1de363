// Who lives here: one way to write a value down, so that equal values have equal hashes: JSON with
// the members of every object in the order of their names (as in RFC 8785), absent ones left out.

import { createHash } from 'node:crypto';

/** Canonical JSON of plain data. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => sorted(member));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members);
}

/** SHA-256 in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
