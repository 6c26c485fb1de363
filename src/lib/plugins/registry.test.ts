// Who lives here: proof that no plugin is forgotten in the registry.

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PLUGINS } from './index.ts';

describe('the registry', () => {
  it('holds every folder of this room, under its own name', () => {
    const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(PLUGINS.map(({ manifest }) => manifest.id).sort()).toEqual(folders.sort());
  });
});
