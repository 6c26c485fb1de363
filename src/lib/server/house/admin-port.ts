// Who lives here: the admin's view, gathered from the rooms that know. What an admin may do is
// next door, in exception-desk.ts.

import { LIMITS } from '../../domain/index.ts';
import type { Posting } from '../../domain/index.ts';
import { callsReport, mirrorLine, peopleLine, printsLine } from '../admin/index.ts';
import type {
  ActionOutcome,
  AdminPort,
  AdminReport,
  CallsReport,
  ConnectionState,
  ExactReport,
  FaultReport,
  HealthReport,
  HubReport,
  PostingReport,
  SummaryReport,
  WorkflowsReport,
} from '../admin/index.ts';
import type { Environment } from '../env/index.ts';
import type { BudgetView } from '../exact/index.ts';
import type { HubSockets, Writer } from '../hub/index.ts';
import type { PostingView } from '../outbox/index.ts';
import type { People } from '../people/index.ts';
import type { Photos } from '../photos/index.ts';
import type { Projection } from '../projection/index.ts';
import type { Store } from '../store/index.ts';
import type { Tapes } from '../tapes/index.ts';
import type { WorkflowFile } from '../workflow-file/index.ts';
import { ExceptionDesk } from './exception-desk.ts';
import type { ExactSide } from './exact-side.ts';
import { linkingIn } from './linking.ts';
import { LoadsDesk } from './loads-desk.ts';
import type { Master } from './master.ts';
import { MirrorDesk } from './mirror-desk.ts';
import { PeopleDesk } from './people-desk.ts';
import { aboutOf } from './posting-about.ts';
import { PostingDesk } from './posting-desk.ts';
import { PrintDesk } from './print-desk.ts';
import { systemClock } from './shells.ts';
import { Sightings } from './sightings.ts';
import { TapeDesk } from './tape-desk.ts';
import type { Logger } from './log.ts';

export interface AdminParts {
  readonly environment: Environment;
  readonly store: Store;
  readonly writer: Writer;
  readonly exact: ExactSide;
  readonly master: Master;
  readonly workflows: WorkflowFile;
  readonly sockets: HubSockets;
  readonly tapes: Tapes;
  readonly log: Logger;
  readonly projection: Projection;
  readonly people: People;
  readonly photos: Photos;
}

const STATES = ['ready', 'sending', 'in-doubt', 'posted', 'rejected'] as const;

export class Admin implements AdminPort {
  readonly postings: PostingDesk;
  readonly mirror: MirrorDesk;
  readonly tapes: TapeDesk;
  readonly people: PeopleDesk;
  readonly prints: PrintDesk;
  readonly loads: LoadsDesk;
  readonly photos: Photos;
  readonly #parts: AdminParts;
  readonly #desk: ExceptionDesk;
  readonly #seen = new Sightings(LIMITS.stationsRemembered);

  constructor(parts: AdminParts) {
    this.#parts = parts;
    this.photos = parts.photos;
    const named = (operator: string) => parts.people.get(operator)?.name ?? operator;
    const about = (posting: Posting) => aboutOf(posting, parts.master);
    this.#desk = new ExceptionDesk({
      store: parts.store,
      writer: parts.writer,
      pump: parts.exact.pump,
      orderNumber: (document) => this.#orderNumber(document),
      about,
      itemCode: async (item) => (await parts.master.item(item))?.code ?? item,
      named,
      linking: linkingIn(parts.master, parts.projection),
    });
    this.postings = new PostingDesk({
      ...{ store: parts.store, writer: parts.writer, pump: parts.exact.pump },
      ...{ exceptions: this.#desk, photos: parts.photos },
      orderNumbers: (documents) => this.#orderNumbers(documents),
      about,
    });
    this.mirror = new MirrorDesk(parts.exact);
    this.tapes = new TapeDesk(parts);
    this.people = new PeopleDesk(parts);
    this.prints = new PrintDesk({
      ...{ store: parts.store, writer: parts.writer, clock: systemClock },
      item: (id) => parts.master.item(id),
      customer: async (id) => {
        const order = await parts.master.order(id);
        return order?.kind === 'salesOrder' ? order.customerName : undefined;
      },
      named,
    });
    this.loads = new LoadsDesk({
      ...{ db: parts.store.db, world: () => parts.writer.world(), source: parts.master, named },
    });
  }

  async report(): Promise<AdminReport> {
    const { pump } = this.#parts.exact;
    const postings = await pump.list(STATES, LIMITS.postingsShown);
    const exceptions = await this.#desk.open();
    return {
      atMs: systemClock.nowMs(),
      hub: this.#hub(),
      workflows: await this.#workflows(),
      exact: await this.#exact(),
      postings: await Promise.all(postings.map((view) => this.#posting(view))),
      postingsTotal: await pump.count(STATES),
      exceptions: exceptions.list,
      exceptionsTotal: exceptions.total,
      summary: await this.#summary(),
    };
  }

  async calls(): Promise<CallsReport> {
    return callsReport(await this.#parts.exact.session.budgetView());
  }

  async tryNow(endpoint: string): Promise<ActionOutcome> {
    const { session, pump } = this.#parts.exact;
    const wish = session.budget.tryNow(endpoint);
    if (wish.kind === 'not-stopped') return { kind: 'gone' };
    if (wish.kind === 'too-many') {
      const until = new Date(wish.untilMs).toISOString();
      const reason = `One more error there could make Exact block it. Not before ${until}.`;
      return { kind: 'refused', reason };
    }
    await pump.wake();
    return { kind: 'done' };
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

  resend(exceptionId: string, reason: string): Promise<ActionOutcome> {
    return this.#desk.resend(exceptionId, reason);
  }

  drop(exceptionId: string, reason: string): Promise<ActionOutcome> {
    return this.#desk.drop(exceptionId, reason);
  }

  approve(exceptionId: string, reason: string): Promise<ActionOutcome> {
    return this.#desk.approve(exceptionId, reason);
  }

  #hub(): HubReport {
    const { writer, sockets } = this.#parts;
    const nowMs = systemClock.nowMs();
    const here = sockets.stations();
    const problem = writer.trouble()?.message;
    return {
      seq: writer.world().seq,
      ...(problem === undefined ? {} : { storageProblem: problem }),
      stations: this.#seen.after(here, nowMs),
    };
  }

  async #workflows(): Promise<WorkflowsReport> {
    const { file, set } = this.#parts.workflows;
    const report = this.#parts.workflows.report();
    return {
      file,
      workflowSet: set.workflowSet,
      loadedAtMs: report.inForceSinceMs,
      inForce: report.workflows,
      warnings: report.warnings,
      ...(report.judgement === undefined ? {} : { change: report.judgement }),
      ...(report.waiting === undefined ? {} : { waiting: report.waiting }),
      tapes: await this.#parts.tapes.report(),
      ...(report.faultsSinceMs === undefined
        ? {}
        : { refused: { atMs: report.faultsSinceMs, diagnostics: report.faults } }),
    };
  }

  async #exact(): Promise<ExactReport> {
    const { session, mirror, simulator } = this.#parts.exact;
    const [view, entities] = [await session.view(), await mirror.status()];
    const budget = await session.budgetView();
    const faults = entities.filter((each) => each.fault !== null);
    const silence = session.client.silence();
    const state = view.stage === 'app' ? 'none' : stateOf(view.state, silence);
    const { division } = view;
    return {
      state,
      ...(silence === undefined ? {} : { silentSinceMs: silence.sinceMs }),
      baseUrl: session.baseUrl,
      simulator,
      ...(division === null ? {} : { division: { code: division, name: view.divisionName } }),
      ...(view.expiresMs === null ? {} : { loginEndsMs: view.expiresMs }),
      missingRights: view.rights?.missing.map(({ stops }) => stops) ?? [],
      calls: {
        minuteUsed: budget.minute.used,
        minuteLimit: budget.minute.limit,
        dayUsed: budget.day.used,
        dayLimit: budget.day.limit,
      },
      faults: [
        ...(silence === undefined ? [] : [{ atMs: silence.sinceMs, text: silence.words }]),
        ...budget.endpoints.flatMap(breakerWords),
        ...faults.map(({ entity, syncedMs, fault }) => ({
          atMs: syncedMs,
          text: `${entity}: ${String(fault?.data['words'] ?? '')} ${String(fault?.data['raw'] ?? '')}`,
        })),
      ],
      ...(state === 'connected' || state === 'unreachable' ? {} : { connectPath: '/admin/exact' }),
    };
  }

  async #summary(): Promise<SummaryReport> {
    const { pump } = this.#parts.exact;
    const mirror = await this.mirror.report();
    return {
      inDoubt: await pump.count(['in-doubt']),
      rejected: (await pump.waiting()).total,
      mirror: { ok: mirror.inTrouble === 0, words: mirrorLine(mirror) },
      calls: (await this.calls()).forecast,
      people: peopleLine(this.people.report()),
      prints: printsLine(await this.prints.count()),
      loads: this.loads.open(),
    };
  }

  async #orderNumbers(documents: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { reader } = this.#parts.exact;
    const purchase = await reader.ordersById(documents);
    const sales = await reader.salesOrdersById(documents);
    const shop = await reader.shopOrdersById(documents);
    const all = [...purchase, ...sales, ...shop];
    return new Map(all.map(([id, order]) => [id, order.number]));
  }

  async #orderNumber(document: string): Promise<string> {
    return (await this.#parts.master.order(document))?.number ?? document;
  }

  /** The number of its order, or what else it is about. */
  async #orderOf({ id, document }: PostingView): Promise<string> {
    const { master, writer } = this.#parts;
    const number = (await master.order(document))?.number;
    const known = writer.world().documents.get(document)?.postings.get(id);
    return number ?? (known && (await aboutOf(known.posting, master))) ?? document;
  }

  async #posting(view: PostingView): Promise<PostingReport> {
    const { id, marker, state, lines, attempts, updatedMs, documentNumber, words } = view;
    return {
      id,
      marker,
      state,
      order: await this.#orderOf(view),
      lines,
      attempts,
      cutAtMs: view.firstSentMs ?? updatedMs,
      ...(documentNumber === null ? {} : { documentNumber }),
      ...(words === null ? {} : { problem: words }),
    };
  }
}

function stateOf(
  consent: 'unconnected' | 'connected' | 'needs-consent',
  silence: { readonly sinceMs: number } | undefined,
): ConnectionState {
  if (consent === 'needs-consent') return 'reconnect';
  if (consent === 'unconnected') return 'connecting';
  return silence === undefined ? 'connected' : 'unreachable';
}

/** An endpoint that nobody calls for now, because Exact refused too often there (I-04). */
function breakerWords(of: BudgetView['endpoints'][number]): FaultReport[] {
  if (of.untilMs === undefined || of.sinceMs === undefined) return [];
  const until = new Date(of.untilMs).toISOString();
  return [{ atMs: of.sinceMs, text: `${of.endpoint}: not called until ${until}: ${of.words}` }];
}
