// Who lives here: the people of a story: the production's hash of a badge, and its rows, in memory.

import { createHash } from 'node:crypto';
import type { PersonView } from '../../src/lib/domain/index.ts';
import { badgeKey, badgeText } from '../../src/lib/protocol/index.ts';
import { codeKey } from '../../src/lib/scan/index.ts';
import type { Given } from './format.ts';

const HUB = 'the hub of the story';

/** The look-up key of a badge, as hub and stations make it. */
export function badgeKeyOf(code: string): string {
  const text = badgeText(HUB, codeKey(code) ?? '');
  return badgeKey(createHash('sha256').update(text, 'utf8').digest());
}

export class StoryPeople {
  readonly #people: Map<string, { view: PersonView; badge: string }>;

  constructor(given: Given['people']) {
    this.#people = new Map(
      given.map(({ name, badge, roles }) => {
        const id = `person ${name}`;
        return [id, { view: { id, name, roles }, badge: badgeKeyOf(badge) }];
      }),
    );
  }

  get ids(): string[] {
    return [...this.#people.keys()];
  }

  get all(): readonly PersonView[] {
    return [...this.#people.values()].map(({ view }) => view);
  }

  row(id: string): { keys: readonly string[]; body: PersonView } | undefined {
    const known = this.#people.get(id);
    return known && { keys: [known.badge], body: known.view };
  }

  /** Their name stays in the sentences of the story. */
  forget(name: string): string {
    const id = `person ${name}`;
    this.#people.delete(id);
    return id;
  }

  /** The name behind a key; of a station its own. */
  named(operator: string): string {
    return operator.replace(/^person /, '');
  }
}
