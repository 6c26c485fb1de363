/*
 * One running simulator without its HTTP server: the store, the clock, limits, tokens and faults,
 * put together once so that the server, the control API and the pages share them.
 */
import { SimClock } from './clock/clock.ts';
import { Agenda } from './clock/agenda.ts';
import { Counters } from './control/counters.ts';
import { Faults } from './control/faults.ts';
import { Nemesis } from './control/nemesis.ts';
import { Limits } from './limits/limits.ts';
import { Velocity } from './limits/velocity.ts';
import { Authorize } from './oauth/authorize.ts';
import { Chains } from './oauth/chains.ts';
import type { Registration } from './oauth/registration.ts';
import { MAIN_DIVISION, USER_ID } from './seed/company.ts';
import { DEFAULT_DAY } from './seed/day.ts';
import { seedCompany, type SeedOptions } from './seed/seed.ts';
import { openStore, type Store } from './store/database.ts';
import { Lag } from './store/lag.ts';
import { moveCompany } from './store/move.ts';
import { tables } from './store/sources.ts';
import { rememberApp } from './webhooks/subscriptions.ts';
import { Webhooks } from './webhooks/webhooks.ts';

export interface SimulationOptions extends SeedOptions {
  file: string;
  registration: Registration;
  /** UTC milliseconds. */
  now: () => number;
}

export class Simulation {
  readonly store: Store;
  readonly clock: SimClock;
  readonly limits: Limits;
  readonly velocity: Velocity;
  readonly chains: Chains;
  readonly authorize: Authorize;
  readonly agenda = new Agenda();
  readonly counters: Counters;
  readonly lag: Lag;
  readonly webhooks: Webhooks;
  readonly faults = new Faults();
  readonly nemesis = new Nemesis();
  readonly registration: Registration;
  readonly mainDivision = MAIN_DIVISION;
  readonly user = USER_ID;

  constructor(options: SimulationOptions) {
    this.store = openStore(options.file);
    this.registration = options.registration;
    this.clock = new SimClock(options.now, this.store);
    this.limits = new Limits(this.store, this.clock);
    this.velocity = new Velocity(this.store, this.clock);
    this.chains = new Chains(this.store, this.clock);
    this.authorize = new Authorize(this.store, options.registration, this.chains);
    this.counters = new Counters(this.clock);
    this.lag = new Lag(this.store, this.clock);
    this.webhooks = new Webhooks({
      ...{ store: this.store, clock: this.clock, secret: options.registration.webhookSecret },
      fault: (topic) => this.faults.takeWebhook(topic) ?? this.nemesis.drawWebhook(),
    });
    // A database that holds a company is left as it is: state survives a restart.
    if (this.store.settings.number('seed.items', -1) < 0) this.seed(options);
    this.observe();
  }

  /** Does what the clock says is due: to be called when it may have moved. */
  tick(): void {
    this.agenda.runDue(this.clock.nowMs());
    this.webhooks.kick();
  }

  /** Moves the main company to another database; gives its new `DivisionMoveDate`, wall ms. */
  moveCompany(): number {
    this.lag.clear();
    const wallMs = this.clock.wallMs();
    moveCompany(this.store, this.mainDivision, wallMs);
    return wallMs;
  }

  /** What the company was seeded with. */
  seedState(): SeedOptions {
    const { settings } = this.store;
    return {
      seed: settings.number('seed.seed', 0),
      items: settings.number('seed.items', 0),
      // A database from before there was a choice of day stands on this one.
      day: settings.text('seed.day', DEFAULT_DAY),
    };
  }

  /**
   * Empties everything (limits, clock and log too) and seeds the company anew.
   * @param keepLink keeps codes and tokens, so that a linked client stays linked.
   */
  reset(options: SeedOptions, keepLink = false): void {
    const linked = ['sim_code', 'sim_chain', 'sim_token'];
    const plumbing = this.store
      .all("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'sim!_%' ESCAPE '!'")
      .map((row) => String(row['name']))
      .filter((name) => name !== 'sim_counter' && !(keepLink && linked.includes(name)));
    this.store.observer = undefined;
    this.lag.clear();
    this.agenda.clear();
    this.store.transaction(() => {
      for (const name of [...plumbing, ...Object.keys(tables)]) {
        this.store.run(`DELETE FROM "${name}"`);
      }
      // The numbers of token chains go on, so that a kept chain never meets a new one.
      this.store.run("DELETE FROM sim_counter WHERE name <> 'chain'");
      this.store.settings.forget();
      this.seed(options);
    });
    this.faults.clear();
    this.nemesis.stop();
    this.counters.reset();
    this.velocity.reset();
    this.webhooks.forget();
    this.observe();
  }

  close(): void {
    this.store.close();
  }

  /** From now on writes are told: seeding alone happens unseen. */
  private observe(): void {
    const { clientId, redirectUris } = this.registration;
    rememberApp(this.store, clientId, redirectUris);
    this.store.observer = {
      wants: (table) => this.lag.wanted || this.webhooks.wants(table),
      committing: (changes) => {
        if (this.lag.wanted) this.lag.note(changes);
        this.webhooks.note(changes);
      },
    };
  }

  private seed(options: SeedOptions): void {
    this.store.transaction(() => {
      seedCompany(this.store, options);
      this.store.settings.set('seed.seed', options.seed);
      this.store.settings.set('seed.items', options.items);
      this.store.settings.set('seed.day', options.day);
    });
  }
}
