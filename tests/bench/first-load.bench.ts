// The first load of a large company: calls by the pages that its rows take, the hub's memory in a
// process of its own, and how soon the open orders can be worked on, on a virtual clock.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../../exact-simulator/index.ts';
import type { RunningSimulator } from '../../exact-simulator/index.ts';
import { SYNCED } from '../exact/first-load.ts';
import type { Measure, Plan } from './measure.ts';
import type { HubFigures } from './parts/first-load-hub.ts';
import { compareCounted } from './statistics.ts';

const ITEMS = 100_000;
const SHORT_ITEMS = 2_000;
const PAGE_ROWS = 1_000;
const MIB = 1024 * 1024;
/** What the mirror may call in its first minute; answers take no virtual time here. */
const FIRST_CALLS = 38;

interface Said {
  readonly redirectUri?: string;
  readonly nowMs?: number;
  readonly figures?: HubFigures;
}

/** @param items of the company; what the plan says when not given. */
export async function firstLoad(plan: Plan, items?: number): Promise<Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'scandock-first-load-'));
  const script = join(import.meta.dirname, 'parts/first-load-hub.ts');
  const hub = fork(script, [folder], { execArgv: ['--import', 'tsx'] });
  const ended = once(hub, 'exit');
  const late: { sim?: RunningSimulator; nowMs: number; figures?: HubFigures } = { nowMs: 0 };
  const count = items ?? (plan.name === 'short' ? SHORT_ITEMS : ITEMS);
  hub.on('message', (said: Said) => {
    late.nowMs = said.nowMs ?? late.nowMs;
    if (said.figures !== undefined) late.figures = said.figures;
    else if (said.redirectUri === undefined) hub.send({});
    else {
      const redirectUris = [said.redirectUri];
      startSimulator({ now: () => late.nowMs, redirectUris, items: count }).then(
        (sim) => {
          late.sim = sim;
          const { url, clientId, clientSecret } = sim;
          hub.send({ url, clientId, clientSecret });
        },
        () => hub.kill(),
      );
    }
  });
  try {
    const [code] = (await ended) as [number | null];
    const { sim, figures } = late;
    if (sim === undefined || figures === undefined) throw new Error(`the hub ended with ${code}`);
    if (figures.trouble.length > 0) throw new Error(figures.trouble.join('; '));
    return measures(sim, figures, count);
  } finally {
    await late.sim?.close();
    rmSync(folder, { recursive: true });
  }
}

function measures(sim: RunningSimulator, figures: HubFigures, items: number): Measure[] {
  const { store, counters } = sim.simulation;
  const { callsByEndpoint, refused429, worstMinute } = counters.state();
  const rowsOf = (table: string) =>
    Number(store.get(`SELECT count(*) AS n FROM "${table}"`)?.['n'] ?? 0);
  const rows = Object.values(SYNCED).map(rowsOf);
  const total = rows.reduce((sum, each) => sum + each, 0);
  const pages = rows.reduce((sum, each) => sum + Math.ceil(each / PAGE_ROWS), 0);
  const lists = new Set(Object.keys(SYNCED).map((list) => list.toLowerCase()));
  const calls = Object.entries(callsByEndpoint)
    .filter(([name]) => lists.has(name.split('/').at(-1) ?? ''))
    .reduce((sum, [, each]) => sum + each.calls, 0);
  const mib = (bytes: number) => (bytes / MIB).toFixed(0);
  return [
    {
      ...{ name: 'first load', says: 'calls / pages that the rows take', unit: 'calls' },
      ...{ n: total, target: { kind: 'most', figure: 1.05 } },
      comparison: compareCounted({ limit: pages, ours: calls }),
      guards: [
        { says: 'answers 429 = 0', found: refused429, most: 0 },
        { says: 'worst minute ≤ 60', found: worstMinute.calls, most: 60 },
        {
          says: 'open orders usable, call',
          found: figures.usable?.calls ?? 1e9,
          most: FIRST_CALLS,
        },
      ],
      notes: {
        ...{ items, rows: total, 'hub heap MiB': mib(figures.heapBytes) },
        ...{ 'hub RSS MiB': mib(figures.rssBytes), 'before it': mib(figures.rssAtFirstBytes) },
        'usable after, s': figures.usable === null ? 'never' : figures.usable.ms / 1000,
        'whole load, min': (figures.tookMs / 60_000).toFixed(1),
      },
    },
  ];
}
