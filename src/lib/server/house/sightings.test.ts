// Stations that the hub has seen, also those that are away.

import { expect, it } from 'vitest';
import { Sightings } from './sightings.ts';

it('beyond the maximum the one that is away longest is forgotten', () => {
  const seen = new Sightings(2);
  seen.after([{ id: 'a', name: 'A' }], 1);
  seen.after([{ id: 'b', name: 'B' }], 2);
  expect(seen.after([{ id: 'c', name: 'C' }], 3)).toMatchObject([
    { id: 'b', connected: false, lastSeenMs: 2 },
    { id: 'c', connected: true, lastSeenMs: 3 },
  ]);
});
