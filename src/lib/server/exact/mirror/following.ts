// Who lives here: what a page that was read means for other lists: which of them are read in the
// same round, and who hears of it. A page is durable before anyone looks at it here, and it does
// not come again; so when looking fails, every list that it may speak of is read.

import type { Clock } from '../../../domain/index.ts';
import type { ExactDb } from '../tables.ts';
import { Canary, followersOf, STOCK_FOLLOWERS } from './canary.ts';
import { COMES_WITH_ITEMS, DELETED, REFERENCES } from './entities.ts';
import type { EntitySpec, ListName } from './entities.ts';
import type { EntityName } from './forms.ts';
import { namedButUnknown } from './references.ts';
import type { Applied, Gone } from './rows.ts';
import { follow } from './schedule.ts';
import type { Beat } from './schedule.ts';

export interface FollowingParts {
  readonly db: ExactDb;
  readonly clock: Clock;
  readonly beats: readonly Beat[];
  readonly changed: (entity: EntityName, subjects: readonly string[]) => void;
}

export class Following {
  readonly #parts: FollowingParts;
  readonly #canary = new Canary();

  constructor(parts: FollowingParts) {
    this.#parts = parts;
  }

  /** A posting of ours moves these items. */
  expect(items: Iterable<string>): void {
    this.#canary.expect(items);
  }

  /** A list was read to its end. */
  ended(list: ListName): void {
    this.#follow(this.#canary.after(list));
  }

  /** A page is durable: what it says about others, and who must hear of it. */
  async onPage(spec: EntitySpec, applied: Applied, ordinary: boolean): Promise<void> {
    if (applied.subjects.length > 0) this.#parts.changed(spec.name, applied.subjects);
    if (!ordinary) return;
    try {
      this.#follow(await this.#named(spec, applied));
    } catch (error) {
      this.#follow(mayFollow(spec.name));
      throw error;
    }
  }

  onGone({ entity, subjects, links }: Gone): void {
    this.#parts.changed(entity, subjects);
    this.#canary.heard(DELETED, links);
  }

  async #named(spec: EntitySpec, { rows }: Applied): Promise<readonly ListName[]> {
    const { db } = this.#parts;
    if (spec.name === 'StockPositions') {
      const { suspected, stock } = this.#canary.positions(rows);
      this.#follow(suspected);
      return followersOf(db, stock);
    }
    this.#canary.heard(
      spec.name,
      rows.map((row) => row.link),
    );
    return namedButUnknown(db, spec.name, rows);
  }

  #follow(lists: readonly ListName[]): void {
    const nowMs = this.#parts.clock.nowMs();
    for (const beat of this.#parts.beats) if (lists.includes(beat.name)) follow(beat, nowMs);
  }
}

/** Every list that rows of this one may name. */
function mayFollow(list: EntityName): readonly ListName[] {
  if (list === 'StockPositions') return STOCK_FOLLOWERS;
  return list === 'Items' ? COMES_WITH_ITEMS : Object.values(REFERENCES[list] ?? {});
}
