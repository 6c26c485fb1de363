// Who lives here: a token keeper for tests: the real one on a real database and a real simulator,
// with a way to die at any of the calls that it makes. Dead is dead: every later call fails too,
// also the one that would have given the lock back.

import { ConnectionStore } from '../../src/lib/server/exact/auth/connection.ts';
import { Grants } from '../../src/lib/server/exact/auth/grants.ts';
import type { ExactApp } from '../../src/lib/server/exact/auth/grants.ts';
import { TokenKeeper } from '../../src/lib/server/exact/auth/keeper.ts';
import { Line } from '../../src/lib/server/exact/line.ts';
import type { Vault } from '../../src/lib/server/exact/auth/vault.ts';
import type { ExactDb } from '../../src/lib/server/exact/tables.ts';
import type { Clock, Scheduler } from '../../src/lib/domain/index.ts';
import { random } from './link.ts';

/** `after`: the call was carried out, and nobody heard that it was. */
export interface Death {
  readonly at: number;
  readonly when: 'before' | 'after';
}

export class Died extends Error {}

export class Deaths {
  readonly #death: Death | undefined;
  readonly #die: () => never;
  #dead = false;
  #calls = 0;
  /** The call that was the last: `after refresh`. */
  point: string | undefined;

  constructor(death: Death | undefined, die: () => never) {
    this.#death = death;
    this.#die = die;
  }

  /** The same thing, counting and dying. Only asynchronous methods count. */
  around<T extends object>(thing: T): T {
    return new Proxy(thing, {
      get: (target, name): unknown => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => this.#call(String(name), () => member.apply(target, given));
      },
    });
  }

  async #call(name: string, act: () => unknown): Promise<unknown> {
    this.#calls += 1;
    this.#mayDie('before', name);
    const result = await act();
    this.#mayDie('after', name);
    return result;
  }

  #mayDie(when: Death['when'], name: string): void {
    if (this.#dead) throw new Died(name);
    if (this.#death?.at !== this.#calls || this.#death.when !== when) return;
    this.#dead = true;
    this.point = `${when} ${name}`;
    this.#die();
  }
}

export interface KeeperWorld {
  readonly db: ExactDb;
  readonly vault: Vault;
  readonly app: ExactApp;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}

/** A keeper as a process of its own would have it; `deaths` wraps what it calls. */
export function makeKeeper(world: KeeperWorld, deaths?: Deaths) {
  const { db, vault, app, clock, scheduler } = world;
  const store = new ConnectionStore(db, vault, clock);
  const grants = new Grants(() => app, new Line(clock, scheduler));
  const words: string[] = [];
  const keeper = new TokenKeeper({
    store: deaths?.around(store) ?? store,
    grants: deaths?.around(grants) ?? grants,
    ...{ clock, scheduler, random },
    onNeedsConsent: (said) => words.push(said),
  });
  return { keeper, store, words };
}
