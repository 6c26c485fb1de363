// Who lives here: what a person who looks after Scandock gets to see, as one plain value, and the
// few things that this person may do. The House gathers it from the rooms that know; the pages
// only show it. No secrets and no tokens are in it.
//
// Terms: revision (hash of one workflow's text), mirror (our copy of Exact's rows), posting (one
// document that Exact owes us), in doubt (sent, the answer was lost), exception (work that needs
// a person), resend (send a rejected posting once more), drop (close an exception without it).

import type { PostingState } from '../../ledger/index.ts';
import type { Diagnostic, Label } from '../../workflows/index.ts';
import type { TryPort } from './call-actions.ts';
import type { ChangeReport, TapesPort, TapesReport, WaitingReport } from './changes.ts';
import type { CallsReport } from './calls.ts';
import type { LoadsPort } from './loads.ts';
import type { MirrorPort } from './mirror.ts';
import type { PhotosPort } from './photos.ts';
import type { PeoplePort } from './people.ts';
import type { PostingsPort } from './postings.ts';
import type { PrintsPort } from './prints.ts';

export interface AdminReport {
  /** The hub's clock when this was gathered. */
  readonly atMs: number;
  readonly hub: HubReport;
  readonly workflows: WorkflowsReport;
  readonly exact: ExactReport;
  /** Newest first; the House cuts the list, `postingsTotal` says how many there are. */
  readonly postings: readonly PostingReport[];
  readonly postingsTotal: number;
  /** Open ones only, oldest first; of very many the newest, `exceptionsTotal` says how many. */
  readonly exceptions: readonly ExceptionReport[];
  readonly exceptionsTotal: number;
  readonly summary: SummaryReport;
}

/** One line for each of the pages that tell more. */
export interface SummaryReport {
  readonly inDoubt: number;
  readonly rejected: number;
  readonly mirror: { readonly ok: boolean; readonly words: string };
  readonly calls: { readonly lasts: boolean; readonly words: string };
  /** `ok`: nothing waits. */
  readonly prints: { readonly ok: boolean; readonly words: string };
  /** `ok`: every role that workflows ask for is somebody's. */
  readonly people: { readonly ok: boolean; readonly words: string };
  /** How many loads are still to be taken in. */
  readonly loads: number;
}

export interface HubReport {
  /** Entries in the journal. */
  readonly seq: number;
  /** Why the hub cannot write to its disk just now; undefined when it can. */
  readonly storageProblem?: string;
  readonly stations: readonly StationReport[];
}

export interface StationReport {
  readonly id: string;
  readonly name: string;
  readonly connected: boolean;
  readonly lastSeenMs: number;
}

export interface WorkflowsReport {
  /** As the person who started the hub would write it. */
  readonly file: string;
  /** Revision of the whole set that is in force. */
  readonly workflowSet: string;
  readonly loadedAtMs: number;
  readonly inForce: readonly {
    readonly id: string;
    readonly label: Label;
    readonly revision: string;
    readonly steps: number;
  }[];
  /** The last change of the file was not taken, for these reasons; undefined when it was. */
  readonly refused?: { readonly atMs: number; readonly diagnostics: readonly Diagnostic[] };
  /** What is in force was accepted with these. */
  readonly warnings: readonly Diagnostic[];
  /** What the file in force changed for recorded sessions, when it came. */
  readonly change?: ChangeReport;
  /** A sound file that waits for a person, because it makes a difference. */
  readonly waiting?: WaitingReport;
  readonly tapes: TapesReport;
}

/**
 * `connected`: calls succeed. `connecting`: on its way, or for the first time. `unreachable`: no
 * answer, tried again by itself. `reconnect`: a person must connect again. `none`: nothing is
 * configured.
 */
export type ConnectionState = 'none' | 'connecting' | 'connected' | 'unreachable' | 'reconnect';

export interface ExactReport {
  readonly state: ConnectionState;
  /** Since when several calls in a row brought no answer; undefined while they do. */
  readonly silentSinceMs?: number;
  readonly baseUrl: string;
  readonly simulator: boolean;
  readonly division?: { readonly code: number; readonly name: string | null };
  /** When the login ends if nobody uses it until then. */
  readonly loginEndsMs?: number;
  /** What stands still for want of a right at Exact, in words. */
  readonly missingRights: readonly string[];
  readonly calls: {
    readonly minuteUsed: number;
    readonly minuteLimit: number;
    readonly dayUsed: number;
    readonly dayLimit: number;
  };
  /** Newest first. */
  readonly faults: readonly FaultReport[];
  /** Where a person connects again, from the root; undefined when there is nothing to do. */
  readonly connectPath?: string;
}

export interface FaultReport {
  readonly atMs: number;
  readonly text: string;
}

export interface PostingReport {
  readonly id: string;
  readonly marker: string;
  readonly state: PostingState;
  /** Number of the purchase order that it books. */
  readonly order: string;
  readonly lines: number;
  readonly attempts: number;
  readonly cutAtMs: number;
  /** Exact's number of the goods receipt, once it is there. */
  readonly documentNumber?: string;
  /** What stands in the way: Exact's own words, or why the answer is unknown. */
  readonly problem?: string;
}

export type ExceptionAction = 'resend' | 'drop' | 'approve';

export interface ExceptionReport {
  /** Handed back with the action. */
  readonly id: string;
  readonly kind:
    | 'refused-command'
    | 'rejected-posting'
    | 'posting-in-doubt'
    | 'duplicate-in-exact'
    | 'floor-report'
    | 'link-request';
  readonly atMs: number;
  /** Number of the order; empty where none was open. */
  readonly order: string;
  /** What was to be done, e.g. `12 pc of A-1004 from station dock-1`. */
  readonly what: string;
  /** Why it was not: for a posting Exact's own words. */
  readonly why: string;
  readonly actions: readonly ExceptionAction[];
}

/** `gone`: somebody else has already dealt with it. `refused`: with the reason. */
export type ActionOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly reason: string };

/** `degraded`: stations are told to keep their commands, e.g. because the disk is full. */
export interface HealthReport {
  readonly status: 'ok' | 'degraded';
  /** Entries in the journal. */
  readonly seq: number;
  readonly problem?: string;
}

/** What the House gives to the admin pages. Every action is recorded with its reason. */
export interface AdminPort extends TryPort {
  report(): AdminReport | Promise<AdminReport>;
  /** Cheap: asked every few seconds by whoever watches over the hub. */
  health(): HealthReport;
  readonly postings: PostingsPort;
  readonly mirror: MirrorPort;
  readonly tapes: TapesPort;
  readonly people: PeoplePort;
  readonly prints: PrintsPort;
  readonly loads: LoadsPort;
  readonly photos: PhotosPort;
  calls(): Promise<CallsReport>;
  resend(exceptionId: string, reason: string): ActionOutcome | Promise<ActionOutcome>;
  drop(exceptionId: string, reason: string): ActionOutcome | Promise<ActionOutcome>;
  /** The barcode that somebody asked to link finds its item from now on. */
  approve(exceptionId: string, reason: string): ActionOutcome | Promise<ActionOutcome>;
}
