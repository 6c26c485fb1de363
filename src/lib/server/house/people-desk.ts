// Who lives here: the desk where an admin says who has a badge: what is written down reaches the
// ledger, which asks who may say yes, and the stations, which must know badges with the hub away.

import { withPeople } from '../../ledger/index.ts';
import type { World } from '../../ledger/index.ts';
import type { ActionOutcome, PeoplePort, PeopleReport, PersonForm } from '../admin/index.ts';
import type { Writer } from '../hub/index.ts';
import type { People, Saved } from '../people/index.ts';
import type { Projection } from '../projection/index.ts';
import type { WorkflowFile } from '../workflow-file/index.ts';
import { openLoads } from './loads.ts';

export interface PeopleDeskParts {
  readonly people: People;
  readonly writer: Pick<Writer, 'withWorld'>;
  readonly projection: Pick<Projection, 'touch' | 'flush'>;
  readonly workflows: Pick<WorkflowFile, 'inForce'>;
}

/** The world in which these people have their roles. */
export function knowing(people: Pick<People, 'list'>): (world: World) => World {
  return (world) => withPeople(world, people.list());
}

export class PeopleDesk implements PeoplePort {
  readonly #parts: PeopleDeskParts;

  constructor(parts: PeopleDeskParts) {
    this.#parts = parts;
  }

  report(): PeopleReport {
    const { people, workflows } = this.#parts;
    const list = people.list();
    const asked = new Map<string, string>();
    for (const { roles = [] } of workflows.inForce) {
      for (const { name, label } of roles) asked.set(name, label.en);
    }
    return {
      people: list,
      roles: [...asked].map(([name, label]) => {
        const holders = list.filter(({ roles }) => roles.includes(name)).length;
        return { name, label, holders };
      }),
    };
  }

  async save(form: PersonForm): Promise<ActionOutcome> {
    const saved = await this.#parts.people.save(form);
    if (saved.kind !== 'saved') return saved.kind === 'gone' ? saved : refused(saved);
    await this.#told(saved.person.id);
    return { kind: 'done' };
  }

  async remove(id: string): Promise<ActionOutcome> {
    if (!(await this.#parts.people.remove(id))) return { kind: 'gone' };
    await this.#told(id);
    return { kind: 'done' };
  }

  async #told(id: string): Promise<void> {
    const { people, writer, projection } = this.#parts;
    let sent: readonly string[] = [];
    await writer.withWorld((world) => {
      sent = openLoads(world, id);
      return knowing(people)(world);
    });
    projection.touch('person', [id]);
    // What somebody sent is listed under their name.
    projection.touch('order', sent);
    await projection.flush();
  }
}

function refused(saved: Exclude<Saved, { kind: 'saved' } | { kind: 'gone' }>): ActionOutcome {
  switch (saved.kind) {
    case 'full':
      return { kind: 'refused', reason: 'There are too many people; remove some first.' };
    case 'not-a-code':
      return { kind: 'refused', reason: 'This is no code that a scanner could read.' };
    case 'badge-known':
      return { kind: 'refused', reason: 'This code means goods, a place, an order or a command.' };
    case 'badge-of':
      return { kind: 'refused', reason: `This is the badge of ${saved.name} already.` };
  }
}
