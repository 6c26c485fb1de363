// Who lives here: the two things on the disk that can keep the product from starting, the database
// and workflows.yaml, and the sentences that say what is wrong with them.

import { join, relative } from 'node:path';
import type { Clock } from '../../domain/index.ts';
import { withDemands } from '../../ledger/index.ts';
import type { CompiledWorkflow, Diagnostic } from '../../workflows/index.ts';
import type { Environment } from '../env/index.ts';
import type { Writer } from '../hub/index.ts';
import { openJournal } from '../journal/index.ts';
import { openStore, StorageFailure, StoreRefused } from '../store/index.ts';
import type { Store } from '../store/index.ts';
import type { Tapes } from '../tapes/index.ts';
import { Revisions, WorkflowFile } from '../workflow-file/index.ts';
import type { Judgement } from '../workflow-file/index.ts';
import { KnownDemands } from './demands.ts';
import { StartupFailure } from './failure.ts';
import { wordsOf } from './log.ts';
import type { Logger } from './log.ts';
import { systemClock, systemRandom } from './shells.ts';

/** Where the key lies that seals the tokens, when the environment brings none. */
export function keyFileOf(environment: Environment): string {
  return join(environment.dataDir, 'secret.key');
}

/** The hub's database, its journal verified from the first entry to the last. */
export async function openHubStore(environment: Environment): Promise<Store> {
  const file = join(environment.dataDir, 'hub.db');
  let store: Store;
  try {
    store = await openStore({ file, clock: systemClock, random: systemRandom });
  } catch (error) {
    if (error instanceof StoreRefused) throw new StartupFailure([error.message], error);
    if (error instanceof StorageFailure) {
      throw new StartupFailure([`The database ${file} can't be used: ${error.message}`], error);
    }
    throw error;
  }
  const verified = await openJournal(store).verify();
  if (verified.ok) return store;
  await store.close();
  throw new StartupFailure([
    verified.sentence,
    `Nothing was changed. Keep ${file} as it is and restore the last backup.`,
  ]);
}

function line(file: string, { line: row, column, message, hint, path }: Diagnostic): string {
  const lead = path === undefined ? '' : `\n    reached by: ${path.join(' → ')}`;
  const help = hint === undefined ? '' : `\n    ${hint}`;
  return `${file}:${row}:${column}  ${message}${help}${lead}`;
}

/** What a replay said, for the log: in English, and no more than the sentences. */
function judgedWords(workflowSet: string, judgement: Judgement, waits: boolean): object {
  const { workflows, tapes, replayed, unread, stopped } = judgement;
  const told = Object.fromEntries(workflows.map(({ id, told: { en } }) => [id, en]));
  return { workflowSet, waits, tapes, replayed, unread, told, ...(stopped && { stopped }) };
}

export interface WorkflowsOpening {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly store: Store;
  readonly tapes: Tapes;
  readonly log: Logger;
  /** Its world knows what a file demands before any station works by it. */
  readonly writer: Pick<Writer, 'withWorld'>;
  readonly onChanged: () => void;
}

/** What Exact's page of rights calls the workflows in force; none before the file was read. */
export function namesOf(
  workflows: readonly Pick<CompiledWorkflow, 'label' | 'action' | 'steps'>[] = [],
): { readonly label: string; readonly action: string }[] {
  return workflows.flatMap(({ label: { en: label }, action, steps }) => {
    const replaces = steps.some((step) => step.kind === 'ask' && step.substitute === true);
    const own = { label, action };
    return replaces ? [own, { label, action: 'materialSubstitution' }] : [own];
  });
}

/** Tells the ledger what these workflows demand of people; the log hears of a disk that failed. */
async function telling({ store, clock, writer, log }: WorkflowsOpening) {
  const demands = await KnownDemands.open({ store, clock });
  return async (workflows: readonly CompiledWorkflow[]): Promise<void> => {
    try {
      const kept = demands.take(workflows);
      // The ledger need not wait for the disk: it is told anew at every start.
      const known = writer.withWorld((world) => withDemands(world, demands.all));
      await Promise.all([kept, known]);
    } catch (error) {
      log.error({ words: wordsOf(error) }, 'demands');
    }
  };
}

/** workflows.yaml, watched from now on. */
export async function openWorkflows(parts: WorkflowsOpening): Promise<WorkflowFile> {
  const { environment, clock, store, tapes, log } = parts;
  const { workflowsFile, workflowChanges: changes } = environment;
  const tell = await telling(parts);
  let file: WorkflowFile | undefined;
  const opened = await WorkflowFile.open({
    ...{ file: workflowsFile, clock, changes, tapes },
    onChanged: () => void tell(file?.inForce ?? []).finally(parts.onChanged),
    memory: new Revisions(store),
    onJudged: (set, judgement, waits) => {
      log.info(judgedWords(set, judgement, waits), 'workflows replayed');
    },
    onFailure: (error) => log.error({ words: wordsOf(error) }, 'workflows'),
  });
  if (opened.ok) {
    ({ file } = opened);
    await tell(file.inForce);
    return file;
  }
  const shown = relative(process.cwd(), workflowsFile);
  const count = opened.faults.length;
  throw new StartupFailure([
    `Scandock does not start: ${shown} has ${count === 1 ? 'a fault' : `${count} faults`}.`,
    ...opened.faults.map((fault) => line(shown, fault)),
  ]);
}
