// I-19: a refresh that was lost is asked again once; where that does not leave, the lost one counts.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openVault } from '../../src/lib/server/exact/index.ts';
import { ConnectionStore } from '../../src/lib/server/exact/auth/connection.ts';
import { Grants } from '../../src/lib/server/exact/auth/grants.ts';
import type { Grant } from '../../src/lib/server/exact/auth/grants.ts';
import { TokenKeeper } from '../../src/lib/server/exact/auth/keeper.ts';
import { Line } from '../../src/lib/server/exact/line.ts';
import { Link, random } from './link.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let link: Link;
beforeEach(async () => {
  link = await Link.open();
  await link.start({ app: link.app });
  await link.connect();
});
afterEach(() => link.close());

/** A line that fails in turn; afterwards the real one. */
class Failing extends Grants {
  calls = 0;
  readonly #ends: Grant[];

  constructor(ends: Grant[]) {
    super(() => link.app, new Line(link.time, link.time));
    this.#ends = ends;
  }

  override async refresh(token: string): Promise<Grant> {
    this.calls += 1;
    return this.#ends.shift() ?? super.refresh(token);
  }
}

it('I-19: a lost refresh whose repeat did not leave is paused for', async () => {
  const grants = new Failing([
    { kind: 'lost', words: 'the answer was lost' },
    { kind: 'not-sent', untilMs: link.time.nowMs(), words: 'the line is down' },
  ]);
  const keeper = new TokenKeeper({
    store: new ConnectionStore(link.store.db, openVault({ file: link.keyFile }), link.time),
    ...{ grants, clock: link.time, scheduler: link.time, random },
    onNeedsConsent: () => undefined,
  });
  link.time.advance(599_000);
  expect(await keeper.current()).toMatchObject({ kind: 'unavailable' });
  expect(await keeper.current()).toMatchObject({ kind: 'auth', state: 'waiting' });
  expect(grants.calls).toBe(2);
  link.time.advance(5_000);
  expect(await keeper.current()).toMatchObject({ kind: 'ok' });
  expect(grants.calls).toBe(3);
});
