// Who lives here: one batch on its way to one commit: the world as it will be, what must become
// durable for it, and what each command will hear. A draft is thrown away whole when the commit
// fails; the world it started from is untouched.

import { assert, fault, LIMITS } from '../../domain/index.ts';
import type { Command, CommandId, StationId, Verdict } from '../../domain/index.ts';
import { decide, fold, refusal } from '../../ledger/index.ts';
import type { Decision, DecisionContext, JournalEntry, World } from '../../ledger/index.ts';
import { admit } from './admit.ts';
import type {
  FinalVerdict,
  HubAlarm,
  JudgedCommand,
  StationNumbers,
  StoredVerdict,
} from './ports.ts';

/** What the journal knows about the commands of a batch. */
export interface Memory {
  readonly verdicts: ReadonlyMap<CommandId, readonly StoredVerdict[]>;
  readonly numbers: ReadonlyMap<StationId, StationNumbers>;
}

/** What one command will hear once the batch is durable. */
export interface Ruling {
  readonly verdict: Verdict;
  /** It holds whether or not this batch becomes durable. */
  readonly stands: boolean;
}

export type NewContext = (world: World) => DecisionContext;

export class Draft {
  readonly entries: JournalEntry[] = [];
  readonly commands: JudgedCommand[] = [];
  readonly alarms: HubAlarm[] = [];
  /** What the mirror changed. */
  readonly changes: ((world: World) => World)[] = [];
  readonly #memory: Memory;
  readonly #context: NewContext;
  readonly #judged = new Map<CommandId, StoredVerdict[]>();
  readonly #numbers = new Map<StationId, StationNumbers>();
  #world: World;

  constructor(world: World, memory: Memory, context: NewContext) {
    this.#world = world;
    this.#memory = memory;
    this.#context = context;
  }

  get world(): World {
    return this.#world;
  }

  /** The numbers that each station of this batch will have used up. */
  get numbers(): ReadonlyMap<StationId, StationNumbers> {
    return this.#numbers;
  }

  rule(command: Command, hash: string): Ruling {
    const stored = this.#memory.verdicts.get(command.id) ?? [];
    const known = [...stored, ...(this.#judged.get(command.id) ?? [])];
    const admission = admit(command, hash, known, this.#used(command.station));
    switch (admission.kind) {
      case 'again': {
        const stands = stored.some((verdict) => verdict.hash === hash);
        return { verdict: { ...admission.verdict, again: true }, stands };
      }
      case 'gap': {
        const { expect } = admission;
        const waits = {
          kind: 'later',
          afterMs: LIMITS.hubGapMs,
          fault: fault('hub.busy'),
        } as const;
        return { verdict: { ...waits, expect }, stands: true };
      }
      case 'id-reused': {
        this.alarms.push({ kind: 'id-reused', command });
        const because = fault('ledger.id-reused', { id: command.id });
        return this.#refuse(command, hash, because, { counts: admission.counts, idReused: true });
      }
      case 'number-taken': {
        this.alarms.push({ kind: 'number-taken', command });
        const because = fault('ledger.invalid', { reason: 'stationSeq' });
        return this.#refuse(command, hash, because, { counts: false, idReused: false });
      }
      case 'new': {
        const decision = decide(this.#world, command, this.#context(this.#world));
        // Nothing is decided, so nothing is used up: the same command comes again.
        if (decision.verdict.kind === 'later') return { verdict: decision.verdict, stands: true };
        const { counts } = admission;
        return this.#judge(command, hash, decision, { counts, idReused: false });
      }
    }
  }

  /** Entries that no command causes; they must follow on this draft's world. */
  append(entries: readonly JournalEntry[]): void {
    this.#world = entries.reduce(fold, this.#world);
    this.entries.push(...entries);
  }

  /** A change of what the mirror says; it needs no disk. */
  change(change: (world: World) => World): void {
    const changed = change(this.#world);
    assert(changed.seq === this.#world.seq, 'only entries move the world on');
    this.#world = changed;
    this.changes.push(change);
  }

  context(): DecisionContext {
    return this.#context(this.#world);
  }

  #used(station: StationId): StationNumbers | undefined {
    return this.#numbers.get(station) ?? this.#memory.numbers.get(station);
  }

  #refuse(
    command: Command,
    hash: string,
    because: ReturnType<typeof fault>,
    how: Pick<JudgedCommand, 'counts' | 'idReused'>,
  ): Ruling {
    const decision = refusal(command, because, this.#context(this.#world));
    return this.#judge(command, hash, decision, how);
  }

  #judge(
    command: Command,
    hash: string,
    decision: Decision,
    how: Pick<JudgedCommand, 'counts' | 'idReused'>,
  ): Ruling {
    const verdict = final(decision.verdict);
    this.append(decision.entries);
    this.commands.push({ command, hash, verdict, ...how });
    const judged = this.#judged.get(command.id) ?? [];
    this.#judged.set(command.id, [...judged, { id: command.id, hash, verdict }]);
    if (how.counts) {
      const last = command.stationSeq;
      const first = this.#used(command.station)?.first ?? last;
      this.#numbers.set(command.station, { first, last });
    }
    return { verdict, stands: false };
  }
}

function final(verdict: Verdict): FinalVerdict {
  assert(verdict.kind !== 'later', 'what is put off is not in the journal');
  return verdict;
}
