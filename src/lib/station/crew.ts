// Who lives here: who works at this station. A badge is known by its hash alone, with the hub away
// too; whoever is signed in stays so over a reload, until another badge is scanned, until somebody
// signs out, or until nobody has touched anything for a while.

import { LIMITS } from '../domain/index.ts';
import type { Clock, PersonView } from '../domain/index.ts';
import { badgeKey, badgeText } from '../protocol/index.ts';
import { codeKey } from '../scan/index.ts';
import { commit, isRecord } from './database.ts';
import type { StationDb, Stored } from './database.ts';
import type { Replica } from './replica.ts';

/** Who is signed in, on the disk; the name stands in the replica alone. */
interface Held {
  readonly person: string;
  readonly sinceMs: number;
}

export interface CrewPorts {
  readonly clock: Clock;
  readonly replica: Pick<Replica, 'people' | 'person' | 'badgeOf'>;
  /** The hub whose badges these are. */
  readonly hub: () => Promise<Stored<string | undefined>>;
}

function isHeld(value: unknown): value is Held {
  return (
    isRecord(value) && typeof value['person'] === 'string' && typeof value['sinceMs'] === 'number'
  );
}

export class Crew {
  #held: Held | undefined;
  #actedMs = 0;

  constructor(
    private readonly db: StationDb,
    private readonly ports: CrewPorts,
  ) {}

  /** Whoever was signed in when the page went away; their time goes on from now. */
  async load(): Promise<Stored<void>> {
    this.#actedMs = this.ports.clock.nowMs();
    return commit(this.db, ['meta'], async (tx) => {
      const held = await tx.objectStore('meta').get('signedIn');
      this.#held = isHeld(held) ? held : undefined;
    });
  }

  /** Who is signed in; nobody once their time is over, or when the admin took their badge away. */
  get operator(): PersonView | undefined {
    const held = this.#held;
    if (held === undefined) return undefined;
    const nowMs = this.ports.clock.nowMs();
    const idle = nowMs - this.#actedMs >= LIMITS.signedInIdleMs;
    if (idle || nowMs - held.sinceMs >= LIMITS.signedInMostMs) return undefined;
    return this.ports.replica.person(held.person);
  }

  /** Somebody touched or scanned something. Whose time was over by then stays signed out. */
  acted(): void {
    if (this.operator === undefined) this.#held = undefined;
    this.#actedMs = this.ports.clock.nowMs();
  }

  /** Whose badge this code is, as a scanner read it; nobody's where nobody has one. */
  async badge(code: string): Promise<PersonView | undefined> {
    const { replica, hub } = this.ports;
    const key = codeKey(code);
    if (key === undefined || replica.people.length === 0) return undefined;
    const salt = await hub();
    if (!salt.ok || salt.value === undefined) return undefined;
    const bytes = new TextEncoder().encode(badgeText(salt.value, key));
    // Stations work at secure addresses only, where the browser hashes: see lock.ts.
    const hash = await crypto.subtle.digest('SHA-256', bytes);
    return replica.badgeOf(badgeKey(new Uint8Array(hash)));
  }

  /** From now on this is who works here. Durable before anything is booked under the name. */
  async signIn({ id }: PersonView): Promise<Stored<void>> {
    const sinceMs = this.ports.clock.nowMs();
    const held: Held = { person: id, sinceMs };
    const written = await commit(this.db, ['meta'], async (tx) => {
      await tx.objectStore('meta').put(held, 'signedIn');
    });
    if (!written.ok) return written;
    this.#held = held;
    this.#actedMs = sinceMs;
    return written;
  }

  /** From now on nobody is; the work on the screen stays as it is. */
  async signOut(): Promise<Stored<void>> {
    const written = await commit(this.db, ['meta'], (tx) =>
      tx.objectStore('meta').delete('signedIn'),
    );
    if (written.ok) this.#held = undefined;
    return written;
  }
}
