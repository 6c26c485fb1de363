// Who lives here: one station, put together: database, queue, replica, dialogue, link and speaker.
// It owns the dialogue; the hub owns quantities; Exact owns the books. Whoever shows it reads
// `view()` and listens to `subscribe`; whoever acts calls one of the few verbs below.

import { fault, isFault, LIMITS } from '../domain/index.ts';
import type { Fault } from '../domain/index.ts';
import type { Match } from '../scan/index.ts';
import type { DialogueEvent, Signal } from '../workflows/index.ts';
import { keepStorage, openStationDb } from './database.ts';
import type { Stored } from './database.ts';
import type { Feedback } from './feedback.ts';
import { ensureIdentity } from './identity.ts';
import type { Identity } from './identity.ts';
import type { HubState } from './link.ts';
import { News } from './news.ts';
import { holdLock } from './lock.ts';
import { assemble, heldBy, load } from './parts.ts';
import type { Hooks, PartOptions, Parts } from './parts.ts';
import type { Running } from './session.ts';
import { viewOf } from './view.ts';
import type { StationView } from './words.ts';
import { menuOf, suits } from './words.ts';
import { isChoosing, meant, openWith, workNow } from './work.ts';

export interface StationOptions extends PartOptions {
  readonly databaseName: string;
  /** The name from the address, when it is given; it is remembered. */
  readonly name?: string;
  readonly feedback: Pick<Feedback, 'play'>;
}

const HOUR_MS = 3_600_000;

export class Station {
  #parts: Parts | undefined;
  #identity: Identity | undefined;
  #hub: HubState = { kind: 'away' };
  #blocked: Fault | undefined;
  #fault: Fault | undefined;
  #unreadable = 0;
  #flash: StationView['flash'] = { signal: 'none', count: 0 };
  readonly #news = new News(() => this.#parts, {
    flash: () => this.#flashNow('error'),
    fault: (why) => this.#report(why),
    changed: () => this.#changed(),
  });
  #view: StationView;
  readonly #listeners = new Set<(view: StationView) => void>();
  readonly #gone = new AbortController();
  #release: () => void = () => undefined;
  #chores: ReturnType<typeof setInterval>[] = [];

  constructor(private readonly options: StationOptions) {
    this.#view = this.#render();
  }

  view(): StationView {
    return this.#view;
  }

  subscribe(listener: (view: StationView) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#view);
    return () => this.#listeners.delete(listener);
  }

  /** Opens everything; resolves when the station works or is blocked for good. */
  async start(): Promise<void> {
    const lock = await holdLock(
      `scandock:${this.options.databaseName}`,
      () => this.#block(fault('station.second-tab')),
      this.#gone.signal,
    );
    if (isFault(lock)) return this.#block(lock);
    this.#release = lock;
    if (this.#gone.signal.aborted) return lock();
    this.#blocked = undefined;
    const opened = await openStationDb(this.options.databaseName, (why) => this.#block(why));
    if (!opened.ok) return this.#block(opened.fault);
    const { name, defaultName } = this.options;
    const identity = await ensureIdentity(opened.value, name, defaultName, this.options);
    if (!identity.ok) return this.#block(identity.fault);
    this.#identity = identity.value;
    const parts = assemble(opened.value, this.options, this.#hooks());
    this.#parts = parts;
    const loaded = await load(parts);
    if (!loaded.ok) return this.#block(loaded.fault);
    this.#unreadable = loaded.value;
    parts.link.start();
    void keepStorage();
    this.#chores = [
      setInterval(() => void parts.queue.purge(), HOUR_MS),
      setInterval(() => this.#changed(), LIMITS.signedInLookMs),
    ];
    await this.#settleIn();
  }

  /** One event of the operator or of a device. */
  async dispatch(event: DialogueEvent): Promise<void> {
    const { session, crew } = this.#parts ?? {};
    if (session === undefined) return;
    crew?.acted();
    // After the end, any read or press begins the next dialogue; a read is also its first event.
    if (session.running?.ended !== undefined) {
      await this.home();
      if (event.type === 'press') return;
    }
    // On the menu a read means nothing, and must not pass in silence.
    if (session.running === undefined) return this.#flashNow('error');
    const handled = await session.handle(event);
    if (handled.ok) return this.#clearFault();
    this.#report(handled.fault);
  }

  /** What the camera took: onto the disk, and only then into the dialogue. */
  async photo(jpeg: Uint8Array<ArrayBuffer>): Promise<void> {
    const { photos } = this.#parts ?? {};
    const taken = await photos?.take(jpeg);
    if (taken?.ok === false) return this.#report(taken.fault);
    if (taken === undefined) return;
    await this.dispatch({ type: 'enter', fact: 'photo', value: taken.value });
    photos?.entered(taken.value);
  }

  /** A photo that was taken here and that the hub lacks. */
  async picture(id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#parts?.photos.picture(id);
  }

  /** Opens an order of the choose screen by its id. */
  async openOrder(id: string): Promise<void> {
    const order = this.#parts?.replica.order(id);
    const running = this.#parts?.session.running;
    if (running === undefined || order?.kind !== workNow(running).document) return;
    if (order !== undefined) await this.dispatch({ type: 'open', order });
  }

  /** Begins the workflow with this id, if this station may run it and nothing else runs. */
  async begin(workflowId: string): Promise<void> {
    const workflow = this.#menu().workflows.find((each) => each.id === workflowId);
    if (workflow !== undefined) await this.#parts?.session.start(workflow);
  }

  /** Leaves an ended dialogue: to the menu, or straight to the first screen of the only workflow. */
  async home(): Promise<void> {
    const session = this.#parts?.session;
    if (session === undefined) return;
    const running = session.running;
    const { document, detour } = running?.screen ?? {};
    if (running?.ended === undefined && (document ?? detour) !== undefined) return;
    const left = await session.leave();
    if (!left.ok) return this.#report(left.fault);
    this.#news.forget();
    await this.#settleIn();
  }

  /** What the replica knows under these keys, for `interpret`; no orders of other work. */
  async match(keys: readonly string[]): Promise<readonly Match[] | Fault> {
    const found: Stored<readonly Match[]> = (await this.#parts?.replica.match(keys)) ?? {
      ok: true,
      value: [],
    };
    if (!found.ok) return found.fault;
    const running = this.#parts?.session.running;
    return meant(found.value, running && workNow(running));
  }

  /** An operator has read a notice. */
  async acknowledge(id: string): Promise<void> {
    if (id === 'unreadable') {
      this.#unreadable = 0;
      return this.#changed();
    }
    const written = await this.#parts?.queue.acknowledge(id);
    if (written?.ok === false) this.#report(written.fault);
  }

  /** A code that nothing here knows: whether it is a badge, and then who works from now on. */
  async badge(code: string): Promise<boolean> {
    const { crew } = this.#parts ?? {};
    const person = await crew?.badge(code);
    if (person === undefined) return false;
    // Where a yes is asked for it is the answer, and whoever works goes on working.
    if (this.#parts?.session.running?.screen.badge !== undefined) {
      await this.dispatch({ type: 'badge', who: person.id, roles: person.roles });
      return true;
    }
    await this.#signed(await crew?.signIn(person));
    return true;
  }

  /** Nobody works here from now on; the work on the screen stays. */
  async signOut(): Promise<void> {
    await this.#signed(await this.#parts?.crew.signOut());
  }

  close(): void {
    this.#gone.abort();
    for (const chore of this.#chores) clearInterval(chore);
    this.#parts?.link.stop();
    this.#parts?.db.close();
    this.#release();
  }

  #hooks(): Hooks {
    return {
      shown: (running, signal) => this.#shown(running, signal),
      workflowsTaken: () => this.#renewIdle(),
      hubState: (state) => {
        this.#hub = state;
        this.#changed();
      },
      settled: (row) => void this.#news.settled(row),
      fault: (why) => this.#report(why),
      changed: () => this.#changed(),
      ordersChanged: (orders) => void this.#news.ordersChanged(orders),
    };
  }

  /** New workflows came: a dialogue in which nothing has happened yet begins again with them. */
  async #renewIdle(): Promise<void> {
    const session = this.#parts?.session;
    const running = session?.running;
    const begun = session?.untouched !== true && !(running && isChoosing(running.screen));
    if (session !== undefined && running !== undefined && !begun) {
      const left = await session.leave();
      if (!left.ok) return this.#report(left.fault);
      await this.begin(running.workflow.id);
    }
    await this.#settleIn();
  }

  /** First screen: the running dialogue, else the only fitting workflow, else the menu. */
  async #settleIn(): Promise<void> {
    const session = this.#parts?.session;
    const [only, second] = this.#menu().workflows;
    if (session?.running !== undefined) await this.#news.refusals();
    else if (only !== undefined && second === undefined) await session?.start(only);
    this.#changed();
  }

  /** What whoever is signed in may start here. */
  #menu() {
    const { shelf, crew } = this.#parts ?? {};
    return menuOf(shelf?.workflows ?? [], this.#identity?.name ?? '', crew?.operator?.roles ?? []);
  }

  #shown(running: Running, signal: Signal): void {
    if (openWith(running.screen).length === 0) this.#news.forget();
    if (signal !== 'none') this.#flashNow(signal);
    else this.#changed();
  }

  #flashNow(signal: Signal): void {
    this.#flash = { signal, count: this.#flash.count + 1 };
    this.#changed();
    this.options.feedback.play(signal);
  }

  /** Somebody else works: what was not begun yet begins with what is theirs, or goes. */
  async #signed(written: Stored<void> | undefined): Promise<void> {
    if (written?.ok === false) return this.#report(written.fault);
    this.#flashNow('step');
    if (!suits(this.#parts?.session.running, this.#menu().workflows)) await this.#renewIdle();
  }

  #report(why: Fault): void {
    this.#fault = why;
    this.#flashNow('error');
  }

  #clearFault(): void {
    if (this.#fault === undefined) return;
    this.#fault = undefined;
    this.#changed();
  }

  #block(why: Fault): void {
    this.#blocked = why;
    this.#changed();
  }

  #changed(): void {
    this.#view = this.#render();
    for (const listener of this.#listeners) listener(this.#view);
  }

  #render(): StationView {
    return viewOf({
      name: this.#identity?.name ?? this.options.name ?? this.options.defaultName,
      hub: this.#hub,
      flash: this.#flash,
      unreadable: this.#unreadable,
      ...heldBy(this.#parts),
      ...this.#menu(),
      blocked: this.#blocked,
      fault: this.#fault,
    });
  }
}
