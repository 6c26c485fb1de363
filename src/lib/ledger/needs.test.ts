// What pick places need, as the hub decides it: nobody walks twice for the same, a promise ends by
// itself, and what was carried is booked whoever promised what.

import { describe, expect, it } from 'vitest';
import { HERE, move, NUT } from '../../../tests/torture/support/kinds.ts';
import { OTHER_PLACE, PLACE } from '../../../tests/torture/support/goods.ts';
import { Hub } from '../../../tests/torture/support/undo-hub.ts';
import { LIMITS, needOf } from '../domain/index.ts';
import type { Command, GoodsLine, SessionId } from '../domain/index.ts';
import { heldBy, progress, retire, withOrder } from './index.ts';
import type { MirrorOrder } from './index.ts';

const NEED = needOf(HERE, NUT.item);
const ANNA = '00000000-0000-7000-8000-0000000000a1' as SessionId;
const BERT = '00000000-0000-7000-8000-0000000000b1' as SessionId;
const by = (session: SessionId): Partial<Command> => ({ session, operator: session });

const need = (lies: number, wanted: number, asOfMs = 0): MirrorOrder => ({
  ...{ id: NEED, kind: 'refill', warehouse: HERE, open: true, usesLocations: true, asOfMs },
  lines: [
    {
      ...{ id: NEED, item: NUT.item, tracking: 'none', hasExpiry: false, open: true },
      ...{ ordered: wanted, doneInExact: lies },
    },
  ],
});
const claim = { type: 'line.claim', document: NEED } as const;
const release = { ...claim, release: true } as const;
const bring = (quantity: number, more: object = {}): GoodsLine =>
  move(quantity, {
    ...{ document: NEED, line: NEED, posting: 'line-complete' },
    ...{ from: { warehouse: HERE, location: OTHER_PLACE } },
    ...{ to: { warehouse: HERE, location: PLACE }, ...more },
  });

function hub(lies = 2, wanted = 10): Hub {
  const made = new Hub();
  made.world = withOrder(made.world, need(lies, wanted));
  return made;
}
const heldIn = ({ world, nowMs }: Hub) => heldBy(world, NEED, nowMs);
const standing = ({ world }: Hub) => progress(world, NEED).get(NEED);

describe('who brings what', () => {
  it('I-06 one person at a time; the same one may say it twice', () => {
    const floor = hub();
    const first = floor.say(claim, by(ANNA));
    expect(heldIn(floor)).toBe(first.id);
    expect(floor.say(claim, by(BERT)).verdict).toMatchObject({
      kind: 'refused',
      fault: { code: 'ledger.carried', data: { operator: ANNA } },
    });
    expect(floor.say(claim, by(ANNA)).verdict.kind).toBe('accepted');
  });

  it('a promise that is given back, kept, or over holds nobody off', () => {
    const given = hub();
    given.say(claim, by(ANNA));
    given.say(release, by(BERT));
    expect(heldIn(given)).toBeDefined();
    given.say(release, by(ANNA));
    expect(heldIn(given)).toBeUndefined();

    const kept = hub();
    kept.say(claim, by(ANNA));
    kept.say(bring(3), by(ANNA));
    expect(heldIn(kept)).toBeUndefined();
    expect(kept.say(claim, by(BERT)).verdict.kind).toBe('accepted');

    const over = hub();
    over.say(claim, by(ANNA));
    over.nowMs += LIMITS.claimMs;
    expect(heldIn(over)).toBeUndefined();
    const second = over.say(claim, by(BERT));
    expect(heldIn(over)).toBe(second.id);
    over.say(bring(3), by(ANNA));
    expect(heldIn(over)).toBe(second.id);
  });

  it('nobody goes for what is there, or on its way there; of what nobody told of yet anybody may', () => {
    const floor = hub(2, 10);
    floor.say(bring(8), by(ANNA));
    expect(floor.say(claim, by(BERT)).verdict).toMatchObject({ fault: { code: 'ledger.carried' } });
    const unread = new Hub();
    expect(unread.say(claim, by(BERT)).verdict.kind).toBe('accepted');
  });

  it('I-06 whatever two people say in whatever order, never do two promises stand', () => {
    let seed = 7;
    const below = (n: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % n;
    };
    for (let round = 0; round < 40; round += 1) {
      const floor = hub(0, 50);
      const holds = new Map<SessionId, number>();
      for (let step = 0; step < 30; step += 1) {
        floor.nowMs += below(LIMITS.claimMs / 4);
        const who = below(2) === 0 ? ANNA : BERT;
        const said = [claim, claim, release, bring(1)][below(4)] ?? claim;
        const { verdict } = floor.say(said, by(who));
        if (said === claim && verdict.kind === 'accepted') holds.set(who, floor.nowMs);
        else if (said !== claim) holds.delete(who);
        const standingNow = [...holds].filter(([, at]) => at + LIMITS.claimMs > floor.nowMs);
        expect(standingNow.length, `round ${round}, step ${step}`).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('what was carried', () => {
  it('counts until Exact shows it, and then as Exact shows it', () => {
    const floor = hub(2, 10);
    floor.say(bring(5), by(ANNA));
    expect(standing(floor)).toMatchObject({ received: 2, pending: 5 });
    floor.settle();
    expect(standing(floor)).toMatchObject({ received: 7, pending: 0 });
    // Six of them were picked meanwhile: seen once the stock was read after the posting.
    floor.world = withOrder(floor.world, need(1, 10));
    expect(standing(floor)).toMatchObject({ received: 7 });
    floor.world = withOrder(floor.world, need(1, 10, floor.nowMs + 2 * LIMITS.mirrorLagMs));
    expect(standing(floor)).toMatchObject({ received: 1 });
  });

  it('is booked without a promise too, also over what was wanted: it lies there', () => {
    const floor = hub(2, 10);
    floor.say(claim, by(ANNA));
    expect(floor.say(bring(20), by(BERT)).verdict.kind).toBe('accepted');
    expect(floor.last).toMatchObject({
      kind: 'locationTransfer',
      lines: [{ quantity: 20, fromLocation: OTHER_PLACE, toLocation: PLACE, orderLine: NEED }],
    });
  });

  it('goes back, and is needed again', () => {
    const floor = hub(2, 10);
    const target = floor.booked(bring(5));
    floor.undo(bring(5), target, 'line.reverse');
    floor.settle();
    expect(standing(floor)).toMatchObject({ received: 2, pending: 0 });
  });

  it.each([
    ['for the need of another item', { item: NUT.line }],
    ['into another warehouse', { to: { warehouse: NUT.line, location: PLACE } }],
    ['in another document', { document: NUT.line }],
    ['to where it is', { to: { warehouse: HERE, location: OTHER_PLACE } }],
  ])('is refused %s', (_what, more) => {
    expect(hub().say(bring(1, more)).verdict).toMatchObject({ fault: { code: 'ledger.invalid' } });
  });

  it('I-17 leaves the memory when nothing is needed there any more', () => {
    const floor = hub(2, 10);
    floor.booked(bring(8));
    const later = floor.nowMs + 2 * LIMITS.documentKeepMs;
    expect(retire(floor.world, later).documents.get(NEED)).toBeDefined();
    floor.world = withOrder(floor.world, { ...need(10, 10), open: false });
    expect(retire(floor.world, later).documents.get(NEED)).toBeUndefined();
  });
});

it('a need has one id, on every machine: that of its item in its warehouse', () => {
  expect(needOf('w', 'i')).toBe(needOf('w', 'i'));
  const ids = ['a', 'b', 'c'].flatMap((w) => ['a', 'b', 'c'].map((i) => needOf(w, i)));
  expect(new Set(ids).size).toBe(9);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
});
