// Who lives here: the admin's view, gathered from the rooms that know, and the few things that an
// admin may do. Everything an admin does is recorded with its reason: in the outbox for postings,
// as an entry of the journal for refused commands.

import type { Seq } from '../../domain/index.ts';
import { documentOf } from '../../ledger/index.ts';
import type { EntryBody, JournalEntry } from '../../ledger/index.ts';
import type {
  ActionOutcome,
  AdminPort,
  AdminReport,
  ConnectionState,
  ExactReport,
  ExceptionReport,
  HealthReport,
  HubReport,
  PostingReport,
  WorkflowsReport,
} from '../admin/index.ts';
import type { Environment } from '../env/index.ts';
import type { HubSockets, Writer } from '../hub/index.ts';
import type { PostingView, Wish } from '../outbox/index.ts';
import type { Store } from '../store/index.ts';
import type { WorkflowFile } from '../workflow-file/index.ts';
import type { ExactSide } from './exact-side.ts';
import type { Master } from './master.ts';
import { systemClock } from './shells.ts';
import { closedWords, refusedException, rejectedException } from './exceptions.ts';

export interface AdminParts {
  readonly environment: Environment;
  readonly store: Store;
  readonly writer: Writer;
  readonly exact: ExactSide;
  readonly master: Master;
  readonly workflows: WorkflowFile;
  readonly sockets: HubSockets;
}

const POSTINGS_SHOWN = 100;
const POSTING = 'posting:';
const ENTRY = 'entry:';
const DAY_CALLS = 5_000;
const MINUTE_CALLS = 60;

export class Admin implements AdminPort {
  readonly #parts: AdminParts;
  readonly #lastSeenMs = new Map<string, { name: string; atMs: number }>();

  constructor(parts: AdminParts) {
    this.#parts = parts;
  }

  async report(): Promise<AdminReport> {
    const postings = await this.#parts.exact.pump.list([
      'ready',
      'sending',
      'in-doubt',
      'posted',
      'rejected',
    ]);
    return {
      atMs: systemClock.nowMs(),
      hub: this.#hub(),
      workflows: this.#workflows(),
      exact: await this.#exact(),
      postings: await Promise.all(
        postings.slice(0, POSTINGS_SHOWN).map((view) => this.#posting(view)),
      ),
      postingsTotal: postings.length,
      exceptions: await this.#exceptions(postings),
    };
  }

  health(): HealthReport {
    const { writer } = this.#parts;
    const problem = writer.trouble()?.message;
    return {
      status: problem === undefined ? 'ok' : 'degraded',
      seq: writer.world().seq,
      ...(problem === undefined ? {} : { problem }),
    };
  }

  async resend(exceptionId: string): Promise<ActionOutcome> {
    const posting = await this.#rejected(exceptionId);
    if (posting === undefined) return { kind: 'gone' };
    return outcomeOf(await this.#parts.exact.pump.resend(posting.id));
  }

  async drop(exceptionId: string, reason: string): Promise<ActionOutcome> {
    if (exceptionId.startsWith(ENTRY)) return this.#close(exceptionId, reason);
    const posting = await this.#rejected(exceptionId);
    if (posting === undefined) return { kind: 'gone' };
    return outcomeOf(await this.#parts.exact.pump.drop(posting.id, reason));
  }

  async #rejected(exceptionId: string): Promise<PostingView | undefined> {
    const id = exceptionId.slice(POSTING.length);
    const rejected = await this.#parts.exact.pump.list(['rejected']);
    return rejected.find((view) => view.id === id && view.fault?.data['dropped'] === undefined);
  }

  async #close(exceptionId: string, reason: string): Promise<ActionOutcome> {
    const seq = Number(exceptionId.slice(ENTRY.length));
    const open = (await this.#refusedEntries()).find((entry) => entry.seq === seq);
    if (open === undefined) return { kind: 'gone' };
    const recorded = await this.#parts.writer.record((_world, { nowMs, nextSeq }) => {
      const document = documentOf(open);
      const body = { type: 'exception-closed', document, entry: seq, reason } as const;
      return [{ seq: nextSeq, atMs: nowMs, body }];
    });
    if (recorded.ok) return { kind: 'done' };
    return { kind: 'refused', reason: closedWords(recorded.failure.message) };
  }

  #hub(): HubReport {
    const { writer, sockets } = this.#parts;
    const nowMs = systemClock.nowMs();
    const here = sockets.stations();
    for (const { id, name } of here) this.#lastSeenMs.set(id, { name, atMs: nowMs });
    const problem = writer.trouble()?.message;
    return {
      seq: writer.world().seq,
      ...(problem === undefined ? {} : { storageProblem: problem }),
      stations: [...this.#lastSeenMs].map(([id, { name, atMs }]) => ({
        id,
        name,
        connected: here.some((station) => station.id === id),
        lastSeenMs: atMs,
      })),
    };
  }

  #workflows(): WorkflowsReport {
    const { file, set } = this.#parts.workflows;
    const report = this.#parts.workflows.report();
    return {
      file,
      workflowSet: set.workflowSet,
      loadedAtMs: report.inForceSinceMs,
      inForce: report.workflows,
      ...(report.faultsSinceMs === undefined
        ? {}
        : { refused: { atMs: report.faultsSinceMs, diagnostics: report.faults } }),
    };
  }

  async #exact(): Promise<ExactReport> {
    const { session, mirror, credentials } = this.#parts.exact;
    const [view, entities] = [await session.view(), await mirror.status()];
    const budget = session.budget.status();
    const faults = entities.filter((each) => each.fault !== null);
    const silence = session.client.silence();
    const state = stateOf(view.state, silence);
    const { division } = view;
    return {
      state,
      baseUrl: credentials.baseUrl,
      simulator: credentials.simulator,
      ...(division === null ? {} : { division: { code: division } }),
      ...(view.issuedMs === null ? {} : { tokenExpiresAtMs: view.issuedMs + 600_000 }),
      calls: {
        minuteUsed: budget.lastMinute,
        minuteLimit: MINUTE_CALLS,
        dayUsed: Math.max(0, DAY_CALLS - budget.dayLeft),
        dayLimit: DAY_CALLS,
      },
      entities: entities.map(({ entity, rows, syncedMs, fault }) => ({
        name: entity,
        rows,
        ...(syncedMs === 0 ? {} : { lastSyncMs: syncedMs }),
        ...(fault === null ? {} : { problem: String(fault.data['words'] ?? fault.code) }),
      })),
      faults: [
        ...(silence === undefined ? [] : [{ atMs: systemClock.nowMs(), text: silence }]),
        ...faults.map(({ entity, syncedMs, fault }) => ({
          atMs: syncedMs,
          text: `${entity}: ${String(fault?.data['words'] ?? '')} ${String(fault?.data['raw'] ?? '')}`,
        })),
      ],
      ...(state === 'connected' || state === 'unreachable'
        ? {}
        : { connectPath: '/api/exact/connect' }),
    };
  }

  async #orderNumber(document: string): Promise<string> {
    return (await this.#parts.master.order(document))?.number ?? document;
  }

  async #posting(view: PostingView): Promise<PostingReport> {
    const { id, marker, state, lines, attempts, updatedMs, documentNumber, words } = view;
    return {
      id,
      marker,
      state,
      order: await this.#orderNumber(view.document),
      lines,
      attempts,
      cutAtMs: view.firstSentMs ?? updatedMs,
      ...(documentNumber === null ? {} : { documentNumber }),
      ...(words === null ? {} : { problem: words }),
    };
  }

  async #exceptions(postings: readonly PostingView[]): Promise<readonly ExceptionReport[]> {
    const found: ExceptionReport[] = [];
    for (const view of postings) {
      if (view.state !== 'rejected' || view.fault?.data['dropped'] !== undefined) continue;
      const order = await this.#orderNumber(view.document);
      found.push(rejectedException(`${POSTING}${view.id}`, view, order));
    }
    for (const entry of await this.#refusedEntries()) {
      const order = await this.#orderNumber(documentOf(entry));
      const exception = refusedException(`${ENTRY}${entry.seq}`, entry, order);
      if (exception !== undefined) found.push(exception);
    }
    return found.sort((a, b) => a.atMs - b.atMs);
  }

  /** Commands that the hub refused and nobody has closed yet. */
  async #refusedEntries(): Promise<readonly JournalEntry[]> {
    const rows = await this.#parts.store.db
      .selectFrom('entry')
      .select(['seq', 'at_ms', 'body'])
      .where('type', 'in', ['command-refused', 'exception-closed'])
      .orderBy('seq')
      .execute();
    const entries = rows.map(({ seq, at_ms, body }) => ({
      seq,
      atMs: at_ms,
      body: JSON.parse(body) as EntryBody,
    }));
    const closed = new Set<Seq>();
    for (const { body } of entries) if (body.type === 'exception-closed') closed.add(body.entry);
    return entries.filter(({ seq, body }) => body.type === 'command-refused' && !closed.has(seq));
  }
}

function stateOf(
  consent: 'unconnected' | 'connected' | 'needs-consent',
  silence: string | undefined,
): ConnectionState {
  if (consent === 'needs-consent') return 'reconnect';
  if (consent === 'unconnected') return 'connecting';
  return silence === undefined ? 'connected' : 'unreachable';
}

function outcomeOf(wish: Wish): ActionOutcome {
  return wish.kind === 'done' ? { kind: 'done' } : { kind: 'refused', reason: wish.why };
}
