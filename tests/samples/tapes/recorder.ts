// A station that records: plays events into a workflow as session.ts does (an order that is searched
// is looked up in `open`), and keeps the tape.

import type { CommandId, OrderView } from '../../../src/lib/domain/index.ts';
import type {
  CompiledWorkflow,
  DialogueEvent,
  DialogueStep,
} from '../../../src/lib/workflows/index.ts';
import { readTape } from '../../../src/lib/workflows/index.ts';
import { advance, begin } from '../../../src/lib/workflows/runtime/index.ts';
import { Taping, tapeText } from '../../../src/lib/workflows/runtime/tape.ts';
import type { Tape } from '../../../src/lib/workflows/runtime/tape.ts';
import { TODAY } from '../workflows/warehouse.ts';

export class Recorder {
  readonly #taping = new Taping();
  readonly #head: string;
  readonly #events: string[] = [];
  #cut = false;
  #step: DialogueStep;
  #count = 0;

  constructor(
    private readonly workflow: CompiledWorkflow,
    private readonly open: readonly OrderView[] = [],
  ) {
    this.#step = begin(workflow);
    this.#head = this.#taping.begin(workflow, this.#step);
  }

  get text(): string {
    return tapeText(this.#head, this.#events, this.#cut);
  }

  /** As it is read back. */
  get tape(): Tape {
    const read = readTape(this.text);
    if (!read.ok) throw new Error(`${read.why} ${read.where ?? ''}`);
    return read.tape;
  }

  give(...events: readonly DialogueEvent[]): this {
    for (const event of events) this.#one(event);
    return this;
  }

  #one(event: DialogueEvent): void {
    this.#count += 1;
    const id = `00000000-0000-7000-8000-${String(this.#count).padStart(12, '0')}`;
    const acting = { today: TODAY, commandId: id as CommandId };
    const first = advance(this.workflow, this.#step.state, event, acting);
    const searched = first.screen.search !== undefined;
    const found = { type: 'found', orders: this.open } as const;
    const step = searched ? advance(this.workflow, first.state, found, acting) : first;
    const signal = step.signal === 'none' ? first.signal : step.signal;
    this.#step = {
      ...step,
      commands: [...(searched ? first.commands : []), ...step.commands],
      signal,
    };
    if (this.#cut) return;
    const piece = this.#taping.event({
      ...{ event, acting, step: this.#step },
      ...(searched ? { found: this.open } : {}),
    });
    if (piece === undefined) this.#cut = true;
    else this.#events.push(piece);
  }
}
