// Who lives here: the people who have a badge, in the hub's database and in memory. Of a badge only
// its salted hash is kept; its code is forgotten as soon as it is hashed, and nobody logs it.

import { createHash } from 'node:crypto';
import { LIMITS, makeId } from '../../domain/index.ts';
import type { Clock, Id, PersonView, Random } from '../../domain/index.ts';
import { badgeKey, badgeText } from '../../protocol/index.ts';
import { codeKey } from '../../scan/index.ts';
import type { Store } from '../store/index.ts';

export interface PeopleParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
}

/** What an admin writes; without `badge` somebody who is known keeps theirs. */
export interface NewPerson {
  readonly id?: string;
  readonly name: string;
  readonly badge?: string;
  readonly roles: readonly string[];
}

/** What became of it. `not-a-code`: nothing that a scanner would read is left of the badge. */
export type Saved =
  | { readonly kind: 'saved'; readonly person: PersonView }
  | { readonly kind: 'gone' }
  | { readonly kind: 'full' | 'not-a-code' | 'badge-known' }
  | { readonly kind: 'badge-of'; readonly name: string };

interface Kept {
  readonly view: PersonView;
  readonly badge: string;
}

export class People {
  readonly #parts: PeopleParts;
  readonly #kept: Map<string, Kept>;

  private constructor(parts: PeopleParts, kept: Map<string, Kept>) {
    this.#parts = parts;
    this.#kept = kept;
  }

  /** @throws StorageFailure */
  static async open(parts: PeopleParts): Promise<People> {
    const rows = await parts.store.db.selectFrom('person').selectAll().orderBy('id').execute();
    const kept = rows.map(({ id, name, badge, roles }): [string, Kept] => {
      // Written by this room alone.
      const view = { id, name, roles: JSON.parse(roles) as string[] };
      return [id, { view, badge }];
    });
    return new People(parts, new Map(kept));
  }

  /** Everybody, by name. */
  list(): readonly PersonView[] {
    const all = [...this.#kept.values()].map(({ view }) => view);
    return all.sort((a, b) => a.name.localeCompare(b.name));
  }

  get(id: string): PersonView | undefined {
    return this.#kept.get(id)?.view;
  }

  /** What stations keep of somebody. */
  row(id: string): { readonly keys: readonly string[]; readonly body: PersonView } | undefined {
    const kept = this.#kept.get(id);
    return kept && { keys: [kept.badge], body: kept.view };
  }

  /** Ids after one of them, ascending. */
  ids(after: string, most: number): readonly string[] {
    const beyond = [...this.#kept.keys()].filter((id) => id > after);
    return beyond.sort().slice(0, most);
  }

  /** Writes somebody down, or changes what is written. @throws StorageFailure */
  async save({ id, name, badge, roles }: NewPerson): Promise<Saved> {
    const before = id === undefined ? undefined : this.#kept.get(id);
    if (id !== undefined && before === undefined) return { kind: 'gone' };
    if (before === undefined && this.#kept.size >= LIMITS.people) return { kind: 'full' };
    const code = badge === undefined ? undefined : codeKey(badge);
    if (badge !== undefined && code === undefined) return { kind: 'not-a-code' };
    const key = code === undefined ? before?.badge : this.#keyOf(code);
    if (key === undefined) return { kind: 'not-a-code' };
    const other = [...this.#kept.values()].find((each) => each !== before && each.badge === key);
    if (other !== undefined) return { kind: 'badge-of', name: other.view.name };
    // A code of goods, of a place or an order means these, at every scan: it can be no badge.
    if (code !== undefined && (await this.#isKnown(code))) return { kind: 'badge-known' };
    const { clock, random } = this.#parts;
    const view = { id: id ?? makeId<Id<'person'>>(clock, random), name, roles: [...roles] };
    await this.#write(view, key);
    this.#kept.set(view.id, { view, badge: key });
    return { kind: 'saved', person: view };
  }

  /** Forgets somebody: the journal keeps a key that is nobody's name any more. */
  async remove(id: string): Promise<boolean> {
    if (!this.#kept.has(id)) return false;
    await this.#parts.store.db.deleteFrom('person').where('id', '=', id).execute();
    return this.#kept.delete(id);
  }

  async #write({ id, name, roles }: PersonView, badge: string): Promise<void> {
    const row = { name, badge, roles: JSON.stringify(roles) };
    await this.#parts.store.db
      .insertInto('person')
      .values({ id, ...row, since_ms: this.#parts.clock.nowMs() })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }

  #keyOf(code: string): string {
    const text = badgeText(this.#parts.store.hubId, code);
    return badgeKey(createHash('sha256').update(text, 'utf8').digest());
  }

  async #isKnown(code: string): Promise<boolean> {
    if (code.startsWith('code:SD:')) return true;
    const found = await this.#parts.store.db
      .selectFrom('replica_row')
      .select('id')
      .where(({ eb, fn, val }) => eb(fn('instr', ['keys', val(JSON.stringify(code))]), '>', 0))
      .where('body', 'is not', null)
      .limit(1)
      .executeTakeFirst();
    return found !== undefined;
  }
}
