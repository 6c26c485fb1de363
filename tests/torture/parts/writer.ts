// A hub that works until it is killed. It waits for one line of JSON that says where to work and
// from which command on, then sends each station's commands as stations do: in order, a few at a
// time, again from the first unanswered one. Every answer is printed the moment it is heard.

import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { JournalStore } from '../../../src/lib/server/journal/index.ts';
import { ordersOf, scriptOf } from '../support/script.ts';
import { startHub } from '../support/hub.ts';
import type { TestHub } from '../support/hub.ts';

interface Task {
  readonly file: string;
  /** Per station: the number of the first command without an answer. */
  readonly from: readonly number[];
}

const IN_FLIGHT = 5;
/** How long a liar's commit takes after it was called done. */
const LIE_MS = 20;
const STDOUT = 1;

const liar = process.argv.includes('liar');
writeSync(STDOUT, 'ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const task = JSON.parse(line) as Task;
  const hub = await startHub(task.file, ordersOf(), {}, liar ? lying : undefined);
  writeSync(STDOUT, 'open\n');
  await Promise.all(task.from.map((first, station) => work(hub, station, first)));
}

async function work(hub: TestHub, station: number, first: number): Promise<void> {
  for (let next = first; ; next += IN_FLIGHT) {
    const asked = Array.from({ length: IN_FLIGHT }, (_, at) => scriptOf(station, next + at));
    await Promise.all(
      asked.map(async (command, at) => {
        const verdict = await hub.writer.submit(command);
        if (verdict.kind === 'later') throw new Error(`put off: ${verdict.fault.code}`);
        const { again: _again, ...known } = verdict;
        writeSync(STDOUT, `${JSON.stringify({ station, number: next + at, verdict: known })}\n`);
      }),
    );
  }
}

/** The planted fault: a journal that says done before it is. */
function lying(journal: JournalStore): JournalStore {
  return {
    ...journal,
    commit: (commit) => {
      setTimeout(() => void journal.commit(commit), LIE_MS);
      return Promise.resolve({ ok: true, value: undefined });
    },
  };
}
