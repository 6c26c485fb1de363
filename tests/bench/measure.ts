// Who lives here: what a benchmark hands over, and how it is printed: a table for people, one JSON
// line each for a history. Both say what the machine was and how busy, because a figure without
// that is gossip.

import { cpus, loadavg } from 'node:os';
import { judge } from './statistics.ts';
import type { Comparison, Target } from './statistics.ts';

/** How much of everything is done; `--short` only shows that the benchmarks still run. */
export interface Plan {
  readonly name: 'short' | 'normal' | 'long';
  readonly scansPerBlock: number;
  readonly slowScansPerBlock: number;
  /** Stations in turn per pair of the hub's verdict, each with a full burst of commands. */
  readonly stationsPerPair: number;
  readonly commitsPerBlock: number;
  /** A noisy measure is taken again this often before it is printed as noisy. */
  readonly repeats: number;
}

export const PLANS: Record<Plan['name'], Plan> = {
  short: {
    name: 'short',
    ...{ scansPerBlock: 4, slowScansPerBlock: 0, stationsPerPair: 1, commitsPerBlock: 64 },
    repeats: 0,
  },
  normal: {
    name: 'normal',
    ...{ scansPerBlock: 25, slowScansPerBlock: 10, stationsPerPair: 15, commitsPerBlock: 256 },
    repeats: 1,
  },
  long: {
    name: 'long',
    ...{ scansPerBlock: 200, slowScansPerBlock: 60, stationsPerPair: 15, commitsPerBlock: 1024 },
    repeats: 2,
  },
};

export interface Measure {
  /** The id of the metric and which figure of it, e.g. `P-01 p95`. */
  readonly name: string;
  readonly says: string;
  /** Of `limit` and `ours`. */
  readonly unit: 'ms' | 'min' | 'KiB' | 'commands/s' | 'calls';
  /** Operations of ours behind the figure. */
  readonly n: number;
  readonly comparison: Comparison;
  readonly target: Target;
  /** Absolute figures that people rely on: what is asked, what was found. */
  readonly guards?: readonly Guard[];
  /** What helps to read the figure: parts of it, sizes, how it was taken. */
  readonly notes?: Readonly<Record<string, string | number>>;
}

export interface Guard {
  readonly says: string;
  readonly found: number;
  readonly most: number;
}

/** A measure with the circumstances in which it was taken. */
export interface Taken extends Measure {
  readonly tries: number;
  /** Load of the last minute when it was done; below the number of cores: nobody waited long. */
  readonly load: number;
}

/** Takes measures, again while one of them is noisy and the plan allows it. */
export async function take(plan: Plan, bench: () => Promise<Measure[]>): Promise<Taken[]> {
  for (let tries = 1; ; tries += 1) {
    const measures = await bench();
    const isNoisy = measures.some(({ comparison }) => comparison.noisy);
    if (isNoisy && tries <= plan.repeats) continue;
    const [load = 0] = loadavg();
    return measures.map((measure) => ({ ...measure, tries, load: rounded(load) }));
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

export function machine(): { cpu: string; cores: number; node: string } {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    node: process.versions.node,
  };
}

/** `1.23 (1.10–1.44)` */
function ratioText({ ratio, pairs }: Comparison): string {
  const middle = ratio.median.toFixed(2);
  if (pairs === 1) return middle;
  return `${middle} (${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)})`;
}

function figure(value: number, unit: Measure['unit']): string {
  return unit === 'commands/s' || unit === 'calls' ? value.toFixed(0) : value.toFixed(2);
}

const HEAD = ['metric', 'ratio (min–max)', 'target', 'limit', 'ours', 'unit', 'n', 'judgement'];

function rowOf(it: Taken): string[] {
  const sign = it.target.kind === 'most' ? '≤' : '≥';
  const { limit, ours } = it.comparison;
  return [
    `${it.name}  ${it.says}`,
    ratioText(it.comparison),
    `${sign} ${it.target.figure}`,
    figure(limit, it.unit),
    figure(ours, it.unit),
    it.unit,
    String(it.n),
    judge(it.comparison, it.target),
  ];
}

/** A table for people, with guards and notes below the rows that they belong to. */
export function table(taken: readonly Taken[]): string {
  const rows = [HEAD, ...taken.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const print = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const lines = [print(HEAD), widths.map((width) => '─'.repeat(width)).join('  ')];
  for (const it of taken) {
    lines.push(print(rowOf(it)));
    for (const guard of it.guards ?? []) {
      const word = guard.found <= guard.most ? 'kept' : 'broken';
      lines.push(`    guard ${guard.says}: ${guard.found.toFixed(1)}, ${word}`);
    }
    const notes = Object.entries(it.notes ?? {});
    if (notes.length > 0)
      lines.push(`    ${notes.map(([key, say]) => `${key}: ${say}`).join(' · ')}`);
  }
  return lines.join('\n');
}

/** One line for the history. */
export function jsonLine(it: Taken, plan: Plan['name']): string {
  const { ratio, limit, ours, pairs, noisy } = it.comparison;
  return JSON.stringify({
    name: it.name,
    ratio: { median: rounded(ratio.median), min: rounded(ratio.min), max: rounded(ratio.max) },
    limit: rounded(limit),
    ours: rounded(ours),
    unit: it.unit,
    ...{ n: it.n, pairs, noisy, target: it.target, judgement: judge(it.comparison, it.target) },
    guards: (it.guards ?? []).map(({ says, found, most }) => ({
      ...{ says, found: rounded(found), most },
      kept: found <= most,
    })),
    notes: it.notes ?? {},
    ...{ plan, tries: it.tries, load: it.load, machine: machine() },
  });
}
