// Who lives here: the desk where the office sees goods on their way: what the journal knows of each
// load, with the names of goods, places and people, and what was reported where it was taken in.

import type { Kysely } from 'kysely';
import { LIMITS, minus } from '../../domain/index.ts';
import { goodsOfLoad, loadTold } from '../../ledger/index.ts';
import type { DocumentState, EntryBody, LoadTold, World } from '../../ledger/index.ts';
import { loadState } from '../admin/index.ts';
import type { LoadLine, LoadNote, LoadReport, LoadsPort, LoadsReport } from '../admin/index.ts';
import type { MasterSource } from '../projection/index.ts';
import type { Database } from '../store/index.ts';
import { floorException } from './floor-words.ts';
import { systemClock } from './shells.ts';

export interface LoadsDeskParts {
  readonly db: Kysely<Database>;
  readonly world: () => World;
  readonly source: Pick<MasterSource, 'item' | 'warehouse' | 'location'>;
  /** Who acted: the name of a person, else what the command says. */
  readonly named: (operator: string) => string;
}

/** A load that is still in memory. */
interface Load {
  readonly state: DocumentState;
  readonly told: LoadTold;
}

const left = (lines: readonly LoadLine[]) => ['on-the-way', 'partly'].includes(loadState(lines));

export class LoadsDesk implements LoadsPort {
  readonly #parts: LoadsDeskParts;

  constructor(parts: LoadsDeskParts) {
    this.#parts = parts;
  }

  async report(): Promise<LoadsReport> {
    const all = await Promise.all(this.#loads().map(async (load) => this.#summed(load)));
    const open = all.filter(({ lines }) => left(lines));
    const done = all.filter(({ lines }) => !left(lines));
    const byAge = (a: (typeof all)[number], b: (typeof all)[number]) =>
      a.load.told.atMs - b.load.told.atMs;
    const shown = [...open.sort(byAge), ...done.sort(byAge).reverse()];
    const some = shown.slice(0, LIMITS.loadsShown);
    const loads = await Promise.all(some.map(({ load, lines }) => this.#told(load, lines)));
    return { atMs: systemClock.nowMs(), loads, open: open.length };
  }

  /** How many are still to be taken in. */
  open(): number {
    return this.#loads().filter(({ told }) => told.order.lines.some((line) => line.open)).length;
  }

  #loads(): readonly Load[] {
    const loads: Load[] = [];
    for (const [, state] of this.#parts.world().documents.entries()) {
      const told = loadTold(state);
      if (told !== undefined) loads.push({ state, told });
    }
    return loads;
  }

  async #summed(load: Load) {
    const goods = goodsOfLoad(load.state);
    const lines = goods.map(async ({ item, sent, arrived, closed }): Promise<LoadLine> => {
      const known = await this.#parts.source.item(item);
      const { code = item, name = '', unit = '' } = known ?? {};
      return { code, name, unit, sent, arrived, left: Math.max(0, minus(sent, arrived)), closed };
    });
    return { load, lines: await Promise.all(lines) };
  }

  async #told({ state, told }: Load, lines: readonly LoadLine[]): Promise<LoadReport> {
    const { source, named } = this.#parts;
    const { at, seq, atMs, operator } = told;
    const place = at.location === undefined ? undefined : await source.location(at.location);
    const from = await source.warehouse(told.from);
    const to = await source.warehouse(at.warehouse);
    const takers = [...state.takes.values()].filter(({ line }) => line.type === 'arrive.line');
    const code = place?.code ?? '';
    return {
      ...{ id: state.id, number: `${code}/${seq}`, state: loadState(lines), lines },
      ...{ from: from?.name ?? told.from, to: to?.name ?? at.warehouse, place: code },
      ...{ sentAtMs: atMs, sentBy: named(operator) },
      takenInBy: [...new Set(takers.map((take) => named(take.operator)))],
      notes: await this.#notes(state.id),
    };
  }

  /** What was reported of it, the newest first. */
  async #notes(document: string): Promise<readonly LoadNote[]> {
    const rows = await this.#parts.db
      .selectFrom('entry')
      .select(['seq', 'at_ms', 'body'])
      .where('document', '=', document)
      .where('type', '=', 'exception-reported')
      .orderBy('seq', 'desc')
      .limit(LIMITS.loadNotes)
      .execute();
    return rows.flatMap(({ seq, at_ms: atMs, body }): LoadNote[] => {
      // The journal wrote it and vouches for it at every start, hence the cast.
      const kept = JSON.parse(body) as EntryBody;
      if (kept.type !== 'exception-reported') return [];
      const by = { ...kept.by, operator: this.#parts.named(kept.by.operator) };
      const said = floorException('', { seq, atMs, body: { ...kept, by } }, document);
      return said === undefined ? [] : [{ atMs, words: said.what }];
    });
  }
}
