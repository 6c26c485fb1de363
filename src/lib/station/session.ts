// Who lives here: the dialogue at this station. One event at a time; each event is one strict
// transaction that holds the new state and the commands it made; only then the screen changes and
// the speaker speaks (I-01: green after durable). A reload finds the same screen and facts (I-13).

import { fault, LIMITS, makeId } from '../domain/index.ts';
import type { Clock, CommandId, Fault, OrderView, PersonView } from '../domain/index.ts';
import type { Random, SessionId } from '../domain/index.ts';
import type {
  Acting,
  CompiledWorkflow,
  DialogueEvent,
  DialogueStep,
  DraftedCommand,
  ScreenModel,
  Signal,
  StoredState,
} from '../workflows/index.ts';
import type { Recorded } from '../workflows/runtime/index.ts';
import { commit, quarantine } from './database.ts';
import type { StationDb, Stored, WriteTx } from './database.ts';
import { actor } from './actor.ts';
import { notYours } from './allowed.ts';
import { localDate } from './dates.ts';
import { labelOf } from './labels.ts';
import type { QueueRow } from './queue-rows.ts';
import type { Queue } from './queue.ts';
import type { Photos } from './photos.ts';
import { framesOf, isRest, isWorkflow } from './rest.ts';
import type { Tapes } from './tapes.ts';
import { workNow } from './work.ts';
import type { Work } from './work.ts';

/** The three pure functions of the workflow room. */
export interface DialogueRuntime {
  begin(workflow: CompiledWorkflow): DialogueStep;
  resume(workflow: CompiledWorkflow, state: StoredState): DialogueStep;
  advance(
    workflow: CompiledWorkflow,
    state: StoredState,
    event: DialogueEvent,
    acting: Acting,
  ): DialogueStep;
}

/** What the session asks of its surroundings. */
export interface SessionPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly runtime: DialogueRuntime;
  /** Any order in an event, with this station's own commands counted in. */
  readonly overlaid: (order: OrderView) => OrderView;
  /** Some open orders with any of these items that this work is done on, for `screen.search`. */
  readonly ordersWith: (items: readonly string[], work: Work) => readonly OrderView[];
  /** Who is signed in. */
  readonly operator: () => Pick<PersonView, 'id' | 'roles'> | undefined;
  /** Where sessions are recorded, behind the dialogue's back. */
  readonly tapes: Tapes;
  /** What the commands name of them may go to the hub. */
  readonly photos: Pick<Photos, 'names' | 'nameIn' | 'named'>;
}

/** A dialogue that runs, or has just ended. */
export interface Running {
  readonly id: SessionId;
  readonly workflow: CompiledWorkflow;
  readonly state: StoredState;
  readonly screen: ScreenModel;
  readonly ended?: 'done' | 'cancelled';
}

/** What became of an event. A fault means: nothing was written, nothing changed. */
export type Handled =
  { readonly ok: true; readonly signal: Signal } | { readonly ok: false; readonly fault: Fault };

export class Session {
  #running: Running | undefined;
  /** Whether the disk holds the workflow of the running session. */
  #workflowStored = false;
  #tail: Promise<unknown> = Promise.resolve();
  #inLine = 0;

  constructor(
    private readonly db: StationDb,
    private readonly queue: Queue,
    private readonly ports: SessionPorts,
    /** Told after the transaction, before anything else happens. */
    private readonly shown: (running: Running, signal: Signal) => void,
  ) {}

  get running(): Running | undefined {
    return this.#running;
  }

  /** Takes up the dialogue that lies on the disk. `unreadable`: it went to quarantine. */
  async restore(): Promise<Stored<'none' | 'restored' | 'unreadable'>> {
    let frames: number | undefined;
    const restored = await commit<'none' | 'restored' | 'unreadable'>(
      this.db,
      ['session', 'quarantine'],
      async (tx) => {
        const store = tx.objectStore('session');
        const [workflow, rest] = [await store.get('workflow'), await store.get('rest')];
        if (rest === undefined) return 'none';
        const running = this.#resumed(workflow, rest);
        if (running !== undefined) {
          this.#running = running;
          this.#workflowStored = true;
          frames = framesOf(rest);
          return 'restored';
        }
        await quarantine(tx, 'session', { workflow, rest });
        await store.clear();
        return 'unreadable';
      },
    );
    await this.ports.tapes.load(this.#running && { session: this.#running.id, frames });
    return restored;
  }

  /** Nothing when the disk's words cannot be resumed; the caller quarantines and says so. */
  #resumed(workflow: unknown, rest: unknown): Running | undefined {
    if (!isWorkflow(workflow) || !isRest(rest)) return undefined;
    if (rest.state.revision !== workflow.revision) return undefined;
    try {
      const { screen } = this.ports.runtime.resume(workflow, rest.state);
      return { id: rest.id, workflow, state: rest.state, screen };
    } catch {
      return undefined;
    }
  }

  /** Nothing has happened in it yet that the disk must know. */
  get untouched(): boolean {
    return this.#running !== undefined && !this.#workflowStored;
  }

  /** A fresh dialogue. It reaches the disk with its first event; until then there is no fact. */
  start(workflow: CompiledWorkflow): Promise<void> {
    return this.#inTurn(() => {
      const step = this.ports.runtime.begin(workflow);
      const id = makeId<SessionId>(this.ports.clock, this.ports.random);
      this.#workflowStored = false;
      this.#show({ id, workflow, state: step.state, screen: step.screen }, step.signal);
      return Promise.resolve();
    });
  }

  /** Forgets the dialogue, here and on the disk; an ended one is gone from there already. */
  leave(): Promise<Stored<void>> {
    return this.#inTurn(async () => {
      const cleared = await commit(this.db, ['session'], (tx) => tx.objectStore('session').clear());
      if (!cleared.ok) return cleared;
      if (this.#running !== undefined) this.ports.tapes.left(this.#running.id);
      this.#running = undefined;
      return cleared;
    });
  }

  /** One event, when its turn comes. Without a running dialogue nothing happens. */
  handle(event: DialogueEvent): Promise<Handled> {
    if (this.#inLine >= LIMITS.dialogueEvents) {
      return Promise.resolve({ ok: false, fault: fault('hub.busy', { waiting: this.#inLine }) });
    }
    return this.#inTurn(() => this.#handle(event));
  }

  async #handle(event: DialogueEvent): Promise<Handled> {
    const before = this.#running;
    if (before === undefined || before.ended !== undefined) return { ok: true, signal: 'none' };
    const recorded = this.#advance(before, event);
    const { step } = recorded;
    const full = step.commands.length > 0 ? this.queue.full(step.commands.length) : undefined;
    const roles = this.ports.operator()?.roles ?? [];
    const why = full ?? notYours(before.workflow, roles, step.commands);
    if (why !== undefined) return { ok: false, fault: why };
    const after: Running = {
      id: before.id,
      workflow: before.workflow,
      state: step.state,
      screen: step.screen,
      ...(step.ended === undefined ? {} : { ended: step.ended }),
    };
    if (this.#mustWrite(before, after, step, event)) {
      const written = await this.#write(before.screen, after, step, event);
      if (!written.ok) return written;
      this.#workflowStored = step.ended === undefined;
      this.queue.adopt(written.value);
      this.ports.photos.named(step.commands);
    }
    this.#show(after, step.signal);
    this.ports.tapes.heard(after.id, after.workflow, recorded);
    return { ok: true, signal: step.signal };
  }

  /** The pure step, and the look-up it may ask for, as one step. */
  #advance(before: Running, given: DialogueEvent): Recorded {
    const { clock, random, runtime, ordersWith, operator } = this.ports;
    const commandId = makeId<CommandId>(clock, random);
    const who = actor(before.id, operator()?.id);
    const acting: Acting = { today: localDate(clock.nowMs()), commandId, ...who };
    const event = this.#prepared(given);
    const first = runtime.advance(before.workflow, before.state, event, acting);
    const { search } = first.screen;
    if (search === undefined || first.ended !== undefined) return { event, acting, step: first };
    const work = workNow({ ...before, screen: first.screen });
    const orders = ordersWith(search.items, work);
    const found: DialogueEvent = { type: 'found', orders };
    const second = runtime.advance(before.workflow, first.state, found, acting);
    const signal = second.signal === 'none' ? first.signal : second.signal;
    const commands = [...first.commands, ...second.commands];
    return { event, acting, found: orders, step: { ...second, commands, signal } };
  }

  #prepared(event: DialogueEvent): DialogueEvent {
    const { overlaid } = this.ports;
    if (event.type === 'open' || event.type === 'order') {
      return { ...event, order: overlaid(event.order) };
    }
    if (event.type !== 'scan') return event;
    const candidates = event.scan.candidates.map((facts) =>
      facts.document === undefined ? facts : { ...facts, document: overlaid(facts.document) },
    );
    return { ...event, scan: { ...event.scan, candidates } };
  }

  /** A step that changed nothing but the message needs no disk, so a wrong scan is answered at once. */
  #mustWrite(before: Running, after: Running, step: DialogueStep, event: DialogueEvent): boolean {
    if (step.commands.length > 0 || step.ended !== undefined || event.type === 'refused')
      return true;
    if (before.state === after.state) return false;
    return JSON.stringify(before.state) !== JSON.stringify(after.state);
  }

  #write(
    screenBefore: ScreenModel,
    after: Running,
    step: DialogueStep,
    event: DialogueEvent,
  ): Promise<Stored<QueueRow[]>> {
    const made = {
      operator: this.ports.operator()?.id,
      session: after.id,
      revision: after.workflow.revision,
      nowMs: this.ports.clock.nowMs(),
      label: (draft: DraftedCommand) =>
        labelOf(screenBefore, draft) ?? labelOf(after.screen, draft) ?? { order: '' },
    };
    const { photos } = this.ports;
    const named = photos.names(step.commands.map(({ payload }) => payload));
    const stores = ['meta', 'queue', 'session', ...(named ? (['photos'] as const) : [])] as const;
    return commit(this.db, [...stores], async (tx) => {
      const [rows] = await Promise.all([
        this.queue.appendIn(tx, step.commands, made),
        this.#writeRest(tx, after),
        named ? photos.nameIn(tx, step.commands) : undefined,
      ]);
      if (event.type !== 'refused') return rows;
      return [...rows, ...(await this.queue.acknowledgeIn(tx, event.command))];
    });
  }

  async #writeRest(tx: WriteTx, { id, workflow, state, ended }: Running): Promise<void> {
    const store = tx.objectStore('session');
    if (ended !== undefined) {
      await store.clear();
      return;
    }
    const taped = this.ports.tapes.framesOf(id);
    // With this event: it is recorded when it has been shown.
    const frames = taped === undefined ? {} : { frames: taped + 1 };
    await Promise.all([
      this.#workflowStored ? undefined : store.put(workflow, 'workflow'),
      store.put({ id, state, ...frames }, 'rest'),
    ]);
  }

  #show(running: Running, signal: Signal): void {
    this.#running = running;
    this.shown(running, signal);
  }

  /** One after another, in the order of the calls; one that fails does not stop the next. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    this.#inLine += 1;
    const mine = this.#tail.then(act, act);
    this.#tail = mine.then(
      () => (this.#inLine -= 1),
      () => (this.#inLine -= 1),
    );
    return mine;
  }
}
