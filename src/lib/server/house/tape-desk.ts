// Who lives here: what an admin may do about recorded sessions and a file that waits for a person.

import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { LIMITS } from '../../domain/index.ts';
import type { ActionOutcome, TapesPort } from '../admin/index.ts';
import type { Tapes } from '../tapes/index.ts';
import type { WorkflowFile } from '../workflow-file/index.ts';
import type { Logger } from './log.ts';

const unzip = promisify(gunzip);

export interface TapeDeskParts {
  readonly tapes: Tapes;
  readonly workflows: WorkflowFile;
  readonly log: Logger;
}

export class TapeDesk implements TapesPort {
  constructor(private readonly parts: TapeDeskParts) {}

  async *lines(): AsyncGenerator<string> {
    const { tapes } = this.parts;
    let left: number = LIMITS.tapesCompared;
    let page = await tapes.newest(Math.min(left, LIMITS.tapesAtOnce));
    while (page.length > 0) {
      for (const { gzip } of page) {
        yield (await unzip(gzip, { maxOutputLength: LIMITS.tapeBytes })).toString('utf8');
      }
      left -= page.length;
      page = left <= 0 ? [] : await tapes.newest(LIMITS.tapesAtOnce, undefined, page.at(-1));
    }
  }

  async putInForce(workflowSet: string): Promise<ActionOutcome> {
    const done = await this.parts.workflows.putInForce(workflowSet);
    return this.#logged('put in force', workflowSet, done);
  }

  keepOld(workflowSet: string): Promise<ActionOutcome> {
    const done = this.parts.workflows.keepOld(workflowSet);
    return Promise.resolve(this.#logged('kept the old one', workflowSet, done));
  }

  #logged(decided: string, workflowSet: string, done: boolean): ActionOutcome {
    if (done) this.parts.log.info({ workflowSet, decided }, 'workflows');
    return { kind: done ? 'done' : 'gone' };
  }
}
