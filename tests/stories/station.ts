// Who lives here: a station in memory. It keeps the rules of station.ts, session.ts and link.ts (the
// order of things: state and commands first, then the hub's word, then the hub's view of the order)
// with the station's own pure functions; only IndexedDB, the socket and the promises are left out.

import { fault, isFault, makeId } from '../../src/lib/domain/index.ts';
import type {
  CommandId,
  Fault,
  OrderView,
  PersonView,
  SessionId,
  StationId,
  Verdict,
} from '../../src/lib/domain/index.ts';
import { cutAim, interpret, read } from '../../src/lib/scan/index.ts';
import type { Match } from '../../src/lib/scan/index.ts';
import { notYours } from '../../src/lib/station/allowed.ts';
import { overlay, sameGoods } from '../../src/lib/station/overlay.ts';
import { decided } from '../../src/lib/station/queue-rows.ts';
import type { QueueRow } from '../../src/lib/station/queue-rows.ts';
import type { Running } from '../../src/lib/station/session.ts';
import { viewOf } from '../../src/lib/station/view.ts';
import { fitting, menuOf, suits } from '../../src/lib/station/words.ts';
import type { StationView } from '../../src/lib/station/words.ts';
import { isChoosing, lookedAt, meant, openWith } from '../../src/lib/station/work.ts';
import { workNow } from '../../src/lib/station/work.ts';
import type {
  CompiledWorkflow,
  DialogueEvent,
  DialogueStep,
  Signal,
} from '../../src/lib/workflows/index.ts';
import { begin, resume } from '../../src/lib/workflows/runtime/index.ts';
import type { Recorded } from '../../src/lib/workflows/runtime/index.ts';
import { advanced } from './advanced.ts';
import { badgeKeyOf } from './crew.ts';
import { rawOf, rowOf, unnoticed, withSeen } from './named.ts';
import { StoryReplica } from './replica.ts';
import type { StationParts } from './station-parts.ts';

export class StoryStation {
  readonly id: StationId;
  /** Signals since the last `hush`. */
  signals: Signal[] = [];
  connected = true;
  /** The hub's next answer is lost, and the connection with it. */
  loseAnswer = false;
  readonly #parts: StationParts;
  #rows: QueueRow[] = [];
  readonly #replica = new StoryReplica();
  readonly #lastOrders = new Map<string, OrderView>();
  #running: Running | undefined;
  #operator: string | undefined;
  #untouched = true;
  #fault: Fault | undefined;

  constructor(parts: StationParts) {
    this.#parts = parts;
    this.id = makeId<StationId>(parts.clock, parts.random);
  }

  get rows(): readonly QueueRow[] {
    return this.#rows;
  }

  view(): StationView {
    return viewOf({
      name: this.#parts.name,
      hub: { kind: this.connected ? 'connected' : 'away' },
      flash: { signal: 'none', count: 0 },
      unreadable: 0,
      rows: this.#rows,
      waiting: this.#rows.filter(({ status }) => status === 'waiting').length,
      ...menuOf(this.#parts.workflows, this.#parts.name, this.#roles),
      open: true,
      replica: this.#replica,
      people: this.#replica.people,
      operator: this.#replica.people.find(({ id }) => id === this.#operator),
      running: this.#running,
      fault: this.#fault,
    });
  }

  /** Switched on: the only workflow that fits begins by itself. */
  async start(): Promise<void> {
    await this.pull();
    this.#begin();
  }

  /** Switched off and on again; the rows and the state come back as JSON. */
  async restart(): Promise<void> {
    this.#rows = JSON.parse(JSON.stringify(this.#rows)) as QueueRow[];
    this.#lastOrders.clear();
    const before = this.#running;
    if (before === undefined || before.ended !== undefined) this.#begin();
    else {
      const { id, workflow, state } = JSON.parse(JSON.stringify(before)) as Running;
      const { screen } = resume(workflow, state);
      this.#running = { id, workflow, state, screen };
    }
    for (const row of this.#rows) if (row.notice === 'open') this.#settled(row);
    if (this.connected) await this.pull();
  }

  /** As compose.ts and station.ts: a code that nothing here knows may be a badge. */
  scan(typed: string): void {
    const { aim, text } = cutAim(typed);
    const raw = rawOf(text, aim, this.#parts.clock.nowMs());
    const reading = read(raw, Number(this.#parts.clock.today().slice(0, 4)));
    const matches = isFault(reading) ? [] : this.#matches(reading.keys);
    const person = matches.length === 0 ? this.#replica.badgeOf(badgeKeyOf(text)) : undefined;
    if (person !== undefined) return this.#badge(person);
    const scan = isFault(reading) ? reading : interpret(reading, matches);
    if (!isFault(scan)) return this.dispatch({ type: 'scan', scan });
    this.dispatch({ type: 'misread', fault: scan, text: String(scan.data['read'] ?? raw.text) });
  }

  #badge({ id, roles }: PersonView): void {
    if (this.#running?.screen.badge !== undefined) {
      return this.dispatch({ type: 'badge', who: id, roles });
    }
    this.#worksNow(id);
  }

  signOut = (): void => this.#worksNow(undefined);

  /** As station.ts: what was not begun yet begins with what is theirs, or goes. */
  #worksNow(operator: string | undefined): void {
    this.#operator = operator;
    this.signals.push('step');
    const running = this.#running;
    const idle = running === undefined || this.#untouched || isChoosing(running.screen);
    if (idle && !suits(running, this.#workflows())) this.#begin();
  }

  #matches(keys: readonly string[]): readonly Match[] {
    const running = this.#running;
    return meant(this.#replica.match(keys), running && workNow(running));
  }

  openOrder(number: string): void {
    const order = this.#replica.order((each) => each.number === number);
    if (order === undefined) throw new Error(`the station has no open order ${number}`);
    this.dispatch({ type: 'open', order });
  }

  /** As station.ts: after the end any read or press begins the next dialogue. */
  dispatch(event: DialogueEvent): void {
    if (this.#running?.ended !== undefined) {
      this.#begin();
      if (event.type === 'press') return;
    }
    this.#handle(event);
  }

  /** Sends what waits, the oldest first, each only after the one before it was decided. */
  async drain(): Promise<void> {
    while (this.connected) {
      const at = this.#rows.findIndex(({ status }) => status === 'waiting');
      const row = this.#rows[at];
      if (row === undefined) return;
      const verdict = await this.#parts.hub.rule(row.command);
      if (this.loseAnswer) {
        this.loseAnswer = false;
        this.connected = false;
        return;
      }
      if (verdict.kind === 'later') throw new Error(`the hub waits for ${verdict.expect ?? '?'}`);
      const after = decided(row, verdict, this.#parts.clock.nowMs());
      this.#rows[at] = after;
      this.#settled(after);
    }
  }

  /** The last command that the hub decided goes there once more. */
  async deliverAgain(): Promise<{ first: QueueRow; again: Verdict }> {
    const first = this.#rows.findLast(({ status }) => status !== 'waiting');
    if (first === undefined) throw new Error('nothing was delivered yet');
    return { first, again: await this.#parts.hub.rule(first.command) };
  }

  /** Takes over what changed at the hub; the dialogue hears of it when its order did. */
  async pull(): Promise<void> {
    const { rows, version } = await this.#parts.hub.page(this.#replica.version);
    this.#ordersChanged(this.#replica.apply(rows, version));
  }

  /** What the screen looks up is asked of the hub, again while it was away before. */
  async look(): Promise<void> {
    const { screen } = this.#running ?? {};
    const look = screen?.look ?? screen?.books;
    if (look?.ask === undefined || look.state === 'known') return;
    if (look.state === 'away' && !this.connected) return;
    const answer = this.connected ? await this.#parts.hub.look(look.ask) : undefined;
    this.#handle(lookedAt(look.ask, answer, this.#openOrders()));
  }

  #ordersChanged(touched: ReadonlySet<string>): void {
    for (const open of openWith(this.#running?.screen)) {
      const order = touched.has(open) ? this.#replica.order(({ id }) => id === open) : undefined;
      if (order === undefined) continue;
      const seen = overlay(order, this.#rows);
      const last = this.#lastOrders.get(open);
      if (last !== undefined && sameGoods(last, seen)) continue;
      this.#lastOrders.set(open, seen);
      this.#handle({ type: 'order', order });
    }
  }

  get #roles(): readonly string[] {
    return this.#replica.people.find(({ id }) => id === this.#operator)?.roles ?? [];
  }

  #workflows(): CompiledWorkflow[] {
    return fitting(this.#parts.workflows, this.#parts.name, this.#roles);
  }

  #begin(): void {
    const [only, second] = this.#workflows();
    if (only === undefined || second !== undefined) {
      if (second !== undefined) throw new Error(`several workflows fit ${this.#parts.name}`);
      this.#running = undefined;
      return;
    }
    this.#untouched = true;
    const { state, screen } = begin(only);
    const { clock, random } = this.#parts;
    this.#running = { id: makeId<SessionId>(clock, random), workflow: only, state, screen };
    this.#lastOrders.clear();
  }

  #handle(event: DialogueEvent): void {
    const before = this.#running;
    if (before === undefined || before.ended !== undefined) return;
    const prepared = withSeen(event, (order) => overlay(order, this.#rows));
    const recorded = this.#advance(before, prepared);
    const { step } = recorded;
    const barred = notYours(before.workflow, this.#roles, step.commands);
    this.#fault = barred;
    if (barred !== undefined) return void this.signals.push('error');
    this.#untouched = false;
    const after: Running = {
      id: before.id,
      workflow: before.workflow,
      state: step.state,
      screen: step.screen,
      ...(step.ended === undefined ? {} : { ended: step.ended }),
    };
    this.#append(before, after, step);
    if (event.type === 'refused') this.#acknowledge(event.command);
    if (openWith(after.screen).length === 0) this.#lastOrders.clear();
    this.signals.push(step.signal);
    const { probe, name } = this.#parts;
    this.#running = probe.happened(name, prepared, step, after, recorded);
  }

  #advance(before: Running, event: DialogueEvent): Recorded {
    return advanced(before, event, {
      ...this.#parts,
      operator: this.#operator,
      orders: () => this.#openOrders(),
    });
  }

  #openOrders(): OrderView[] {
    return this.#replica.openOrders((order) => overlay(order, this.#rows));
  }

  #append(before: Running, after: Running, step: DialogueStep): void {
    const screen = before.screen.lines === undefined ? after.screen : before.screen;
    const { name, clock } = this.#parts;
    const by = { station: this.id, operator: this.#operator ?? name, session: after.id };
    const made = { ...by, revision: after.workflow.revision, madeAtMs: clock.nowMs() };
    for (const draft of step.commands) {
      this.#rows.push(rowOf(draft, { ...made, stationSeq: this.#rows.length + 1 }, screen));
    }
  }

  #settled(row: QueueRow): void {
    if (row.status !== 'refused') {
      return this.#ordersChanged(new Set([row.command.payload.document]));
    }
    const running = this.#running;
    if (running?.id !== row.command.session || running.ended !== undefined) {
      this.signals.push('error');
      return;
    }
    const because: Fault = row.fault ?? fault('ledger.invalid');
    this.#handle({ type: 'refused', command: row.command.id, fault: because });
  }

  #acknowledge(command: CommandId): void {
    this.#rows = this.#rows.map((row) => (row.command.id === command ? unnoticed(row) : row));
  }
}
