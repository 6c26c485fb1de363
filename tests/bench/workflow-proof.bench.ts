// P-22: what an admin waits for between saving workflows.yaml and its being proven, on a file of two
// hundred steps: reading, proving and compiling it, against reading it as YAML and building its XState
// machines, which nothing can do without. In turn, in one process that has done both before, as a
// hub's has that took its file at the start. Watching the file adds at most its polling.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { compile } from '../../src/lib/workflows/index.ts';
import type { CompiledWorkflow } from '../../src/lib/workflows/index.ts';
import { machineOf } from '../../src/lib/workflows/runtime/index.ts';
import type { Measure } from './measure.ts';
import { compare, PAIRS_MIN } from './statistics.ts';

const STEPS = 200;
const PROOF_MS = 500;
const TARGET = { kind: 'most', figure: 3 } as const;
const SHIPPED = readFileSync(join(import.meta.dirname, '../../workflows.yaml'), 'utf8');

/**
 * The shipped flows again and again under other names, until there are two hundred steps. Each copy
 * proposes another quantity, so that no copy is proven by the walk of another; steps that do not look
 * at the quantity they share all the same (ADR 35).
 */
export function largeFile(): { text: string; steps: number } {
  const [head = '', ...flows] = SHIPPED.split(/^(?= {2}- id: )/m);
  const copies: string[] = [];
  for (let steps = 0, copy = 0; steps < STEPS; copy += 1) {
    for (const flow of flows) {
      if (steps >= STEPS) break;
      steps += flow.match(/^ {6}- /gm)?.length ?? 0;
      const named = flow.replace(/^ {2}- id: (\S+)/m, `  - id: $1-${copy}`);
      copies.push(named.replace(/default: line\.open/, `default: ${copy + 1}`));
    }
  }
  const text = head + copies.join('');
  return { text, steps: (text.match(/^ {6}- /gm) ?? []).length };
}

function timed(work: () => void): number {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}

/** A noisy measurement is tried again, and by then nothing is the first time any more. */
let firstMs: number | undefined;

export function workflowProof(): Promise<Measure[]> {
  const { text, steps } = largeFile();
  let compiled: readonly CompiledWorkflow[] = [];
  const proof = (): void => {
    const { workflows, diagnostics } = compile(text, (canonical) => `r${canonical.length}`);
    const [fault] = diagnostics;
    if (fault !== undefined) throw new Error(`line ${fault.line}: ${fault.message}`);
    compiled = workflows;
  };
  firstMs ??= timed(proof);
  const pairs = Array.from({ length: PAIRS_MIN }, () => ({
    limit: timed(() => {
      parseDocument(text).toJS();
      // Machines are kept by object; other objects are built anew.
      for (const workflow of compiled) machineOf({ ...workflow });
    }),
    ours: timed(proof),
  }));
  const comparison = compare(pairs);
  return Promise.resolve([
    {
      ...{ name: 'P-22', says: 'prove a file / parse it and build its machines', unit: 'ms' },
      ...{ n: steps, comparison, target: TARGET },
      guards: [
        { says: `first time in a process ≤ ${PROOF_MS} ms`, found: firstMs, most: PROOF_MS },
      ],
      notes: { steps, workflows: compiled.length },
    },
  ]);
}
