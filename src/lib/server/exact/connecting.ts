// Who lives here: the way from an app's id and secret to a hub at work: consent → tokens → division
// → rights → connected; and the way back. One step at a time, whoever asks: two browsers that
// connect at once end in one chain, the newest.
//
// Terms: books (the administration of all postings so far), open work (postings not in Exact yet).

import type { EventEmitter } from 'node:events';
import { LIMITS } from '../../domain/index.ts';
import type { Clock, Scheduler } from '../../domain/index.ts';
import type { ConnectionStore } from './auth/connection.ts';
import type { Consents } from './auth/consent.ts';
import type { ExactApp, Grants } from './auth/grants.ts';
import type { TokenKeeper } from './auth/keeper.ts';
import type { RightsFound } from './auth/view.ts';
import { amissWith, noPair, refused } from './connected.ts';
import type { Connected, Problem, Refused, SessionEvents } from './connected.ts';
import { chooseDivision, listDivisions } from './divisions.ts';
import type { DivisionChoice } from './divisions.ts';
import type { ExactClient } from './http.ts';
import { describe } from './outcomes.ts';
import type { Outcome } from './outcomes.ts';
import { checkRights, Granted, rightsDue } from './rights.ts';
import type { Need } from './rights.ts';

export interface ConnectingParts {
  readonly store: ConnectionStore;
  readonly keeper: TokenKeeper;
  readonly grants: Grants;
  readonly consents: Consents;
  readonly client: ExactClient;
  readonly events: EventEmitter<SessionEvents>;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly app: () => ExactApp | undefined;
  readonly setDivision: (division: number | undefined) => void;
  /** What the workflows in force and the mirror need. */
  readonly needs: () => readonly Need[];
  /** In words, what is not in Exact yet; null when everything is. */
  readonly openWork: () => Promise<string | null>;
}

/** The list of divisions, and a check of rights, are asked for at most this often. */
const FRESH_MS = 60_000;

export class Connecting {
  readonly #parts: ConnectingParts;
  readonly #granted = new Granted();
  #turn: Promise<unknown> = Promise.resolve();
  #listed: { readonly atMs: number; readonly choices: readonly DivisionChoice[] } | undefined;
  #problem: (Problem & { readonly atMs: number }) | undefined;

  constructor(parts: ConnectingParts) {
    this.#parts = parts;
  }

  /** Why the last step of a person led nowhere; undefined when it did not. */
  get problem(): (Problem & { readonly atMs: number }) | undefined {
    return this.#problem;
  }

  /** One step at a time. */
  inTurn<T>(step: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(step, step);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  /** The query of our callback address, as it came, and what the browser that brought it is. */
  callback(parameters: URLSearchParams, browser?: string): Promise<Connected> {
    return this.inTurn(async () => this.told(await this.#callback(parameters, browser)));
  }

  /** Asks Exact for the division again; also for a hub that was stopped in between. */
  settleDivision(): Promise<Connected> {
    return this.inTurn(() => this.#settle());
  }

  /** The companies that the user consented to, from a list at most a minute old. */
  async divisions(): Promise<Outcome<readonly DivisionChoice[]>> {
    const { client, clock } = this.#parts;
    const known = this.#listed;
    const ageMs = clock.nowMs() - (known?.atMs ?? 0);
    if (known !== undefined && ageMs >= 0 && ageMs < FRESH_MS) {
      return { kind: 'ok', value: known.choices };
    }
    const listed = await listDivisions(client);
    if (listed.kind === 'ok') this.#listed = { atMs: clock.nowMs(), choices: listed.value };
    return listed;
  }

  /** A person chose; `confirmed`: also if the mirror begins anew. */
  choose(code: number, confirmed: boolean): Promise<Connected> {
    return this.inTurn(async () => this.told(await this.#choose(code, confirmed)));
  }

  /** Asks for the rights once more, at most once a minute. */
  checkAgain(): Promise<Connected> {
    return this.inTurn(async () => {
      const { store, clock } = this.#parts;
      const { stage, division, divisionName, rights } = await store.view();
      if (division === null || (stage !== 'rights' && stage !== 'connected'))
        return this.#noTokens();
      const ageMs = clock.nowMs() - (rights?.checkedMs ?? 0);
      const fresh = ageMs >= 0 && ageMs < FRESH_MS;
      if (stage === 'rights') return this.#examine(division, divisionName, 'new');
      if (!fresh) await this.#check(division);
      return { kind: 'connected', division };
    });
  }

  /**
   * For a hub at work: asks for the rights that nobody asked for yet, as after a connection that
   * made itself, or when a workflow came into force that posts something else. Work goes on
   * meanwhile; true when something was asked.
   */
  async watchRights(): Promise<boolean> {
    const { store, needs, clock } = this.#parts;
    const { stage, division, rights } = await store.view();
    const due = stage === 'connected' && rightsDue(rights, needs(), clock.nowMs());
    if (!due || division === null) return false;
    // Not in turn: it may take minutes, and a person who disconnects must not wait for it.
    const found = await this.#ask(division, 'sync');
    return this.inTurn(async () => {
      const now = await store.view();
      if (now.stage !== 'connected' || now.division !== division) return false;
      await store.saveRights(found);
      return true;
    });
  }

  /** A person goes to work although rights are missing, or could not be asked. */
  goToWork(): Promise<Connected> {
    return this.inTurn(async () => {
      const { stage, division, divisionName } = await this.#parts.store.view();
      if (stage !== 'rights' || division === null) return this.#noTokens();
      return this.#connect(division, divisionName);
    });
  }

  /** Deletes the tokens. The mirror, the journal and the postings stay as they are. */
  disconnect(): Promise<void> {
    return this.inTurn(async () => {
      await this.leave();
      await this.#parts.store.disconnect();
      this.#problem = undefined;
    });
  }

  /** Within a turn: gives the division up, after whoever listens has cleared up at Exact. */
  async leave(): Promise<void> {
    const { events, scheduler, setDivision } = this.#parts;
    const works: Promise<unknown>[] = [];
    events.emit('disconnecting', (work) => works.push(work));
    if (works.length > 0) {
      const timeUp = new Promise<void>((resolve) => {
        scheduler.after(LIMITS.exactGetTimeoutMs, resolve);
      });
      await Promise.race([Promise.allSettled(works), timeUp]);
    }
    this.#listed = undefined;
    setDivision(undefined);
    events.emit('disconnected');
  }

  /** Within a turn: may these books follow the ones before? Null: yes. */
  async changeOfBooks(books: string, confirmed: boolean): Promise<Connected | null> {
    const before = (await this.#parts.store.view()).books;
    if (before === null || before === books || before.startsWith(`${books} `)) return null;
    const open = await this.#parts.openWork();
    if (open !== null) return { kind: 'refused', problem: 'open-work', words: open };
    return confirmed ? null : { kind: 'confirm' };
  }

  /** Remembers, for the page, why a person's step led nowhere. */
  told(connected: Connected): Connected {
    const { clock } = this.#parts;
    if (connected.kind === 'refused') {
      const { problem, words } = connected;
      this.#problem = { problem, words, atMs: clock.nowMs() };
    } else if (connected.kind !== 'confirm') this.#problem = undefined;
    return connected;
  }

  async #callback(parameters: URLSearchParams, browser: string | undefined): Promise<Connected> {
    const { consents, grants, keeper, store } = this.#parts;
    const state = parameters.get('state') ?? '';
    const consent = consents.spend(state);
    if (consent === null) {
      return refused('not-asked', 'this consent was not asked for, was used, or is too old');
    }
    const amiss = amissWith(consent, this.#parts.app(), parameters, browser);
    if (amiss !== null) return amiss;
    const countedMs = await store.countTokenCall();
    const code = parameters.get('code') ?? '';
    const grant = await grants.fromCode(new URLSearchParams({ code, state }), state);
    if (grant.kind === 'not-sent') await store.uncountTokenCall(countedMs);
    if (grant.kind !== 'pair') return noPair(grant);
    if (!consent.byPerson) {
      await keeper.adopt(grant, 'connected');
      return this.#settle();
    }
    await keeper.adopt(grant, 'choosing');
    this.#listed = undefined;
    this.#granted.forget();
    return this.#keepDivision();
  }

  /** After a consent by a person: the division of before, if it was consented to again. */
  async #keepDivision(): Promise<Connected> {
    const kept = (await this.#parts.store.view()).division;
    if (kept === null) return { kind: 'asks' };
    this.#parts.setDivision(undefined);
    const listed = await this.divisions();
    if (listed.kind !== 'ok') return { kind: 'asks' };
    const choice = listed.value.find(({ code }) => code === kept);
    if (choice !== undefined && isChoosable(choice)) {
      return this.#examine(kept, choice.name, 'was at work');
    }
    return refused('division', `division ${kept} is not among those consented to`);
  }

  async #settle(): Promise<Connected> {
    const { store, client, app } = this.#parts;
    const { division: kept, divisionName } = await store.view();
    const before = { code: kept ?? 0, name: divisionName };
    const chosen =
      kept === null ? await chooseDivision(client) : { kind: 'ok' as const, value: before };
    if (chosen.kind !== 'ok') return refused('division', describe(chosen));
    const { code, name } = chosen.value;
    const books = `${app()?.baseUrl ?? ''} ${code}`;
    const change = await this.changeOfBooks(books, true);
    return change ?? this.#connect(code, name);
  }

  async #choose(code: number, confirmed: boolean): Promise<Connected> {
    const { store, app } = this.#parts;
    const { stage, division } = await store.view();
    if (!['choose', 'rights', 'connected'].includes(stage)) return this.#noTokens();
    const listed = await this.divisions();
    if (listed.kind !== 'ok') return refused('unavailable', describe(listed));
    const choice = listed.value.find((one) => one.code === code);
    if (choice === undefined) {
      return refused('division', `division ${code} is not among those consented to`);
    }
    if (!isChoosable(choice)) return refused('not-choosable', `${choice.name} is ${choice.status}`);
    const change = await this.changeOfBooks(`${app()?.baseUrl ?? ''} ${code}`, confirmed);
    if (change !== null) return change;
    if (stage === 'connected') {
      if (division === code) return { kind: 'connected', division: code };
      await this.leave();
    }
    return this.#examine(code, choice.name, 'new');
  }

  /**
   * Rights first: what is missing is said before any work starts. In a division that was at work
   * before, work does not wait until everything could be asked.
   */
  async #examine(
    division: number,
    name: string | null,
    before: 'new' | 'was at work',
  ): Promise<Connected> {
    const { store } = this.#parts;
    await store.update({ division, division_name: name, state: 'checking', rights: null });
    const { missing, words } = await this.#check(division);
    const unknown = words !== null && before === 'new';
    return missing.length > 0 || unknown ? { kind: 'asks' } : this.#connect(division, name);
  }

  async #check(division: number): Promise<RightsFound> {
    const found = await this.#ask(division, 'human');
    await this.#parts.store.saveRights(found);
    return found;
  }

  #ask(division: number, lane: 'human' | 'sync'): Promise<RightsFound> {
    const { client, needs, clock } = this.#parts;
    const asks = { granted: this.#granted, nowMs: clock.nowMs(), lane };
    return checkRights({ client, division, needs: needs(), ...asks });
  }

  async #connect(division: number, name: string | null): Promise<Connected> {
    const { store, app, events, setDivision } = this.#parts;
    const books = `${app()?.baseUrl ?? ''} ${division}`;
    await store.update({ division, division_name: name, books, state: 'connected' });
    setDivision(division);
    this.#problem = undefined;
    events.emit('connected', division);
    return { kind: 'connected', division };
  }

  #noTokens(): Refused {
    return refused('no-tokens', 'nobody is logged in at Exact');
  }
}

function isChoosable(choice: DivisionChoice): boolean {
  return choice.status === 'active' || choice.status === 'inactive';
}
