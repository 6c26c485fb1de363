/*
 * What the control API and the front page show of webhooks.
 */
import type { Row, Store } from '../store/database.ts';
import { SUBSCRIPTIONS } from './subscriptions.ts';

export interface Delivery {
  id: number;
  topic: string;
  action: string;
  key: string;
  url: string;
  /** `waiting`, `held` (to be overtaken), `delivered`, `dropped` or `lost`. */
  state: string;
  attempts: number;
  createdMs: number;
  dueMs: number;
  /** The last answer of the callback, such as `200 OK`. */
  answer: string | null;
}

function toDelivery(row: Row): Delivery {
  const content: unknown = JSON.parse(String(row['content']));
  const of = (name: string): string => {
    const found = Object.entries(Object(content)).find(([key]) => key === name);
    return String(found?.[1] ?? '');
  };
  return {
    ...{ id: Number(row['id']), topic: String(row['topic']), action: of('Action'), key: of('Key') },
    ...{ url: String(row['url']), state: String(row['state']), attempts: Number(row['attempts']) },
    ...{ createdMs: Number(row['created_ms']), dueMs: Number(row['due_ms']) },
    answer: row['answer'] === null || row['answer'] === undefined ? null : String(row['answer']),
  };
}

/** The latest notifications, newest first. */
export function deliveries(store: Store, limit: number): Delivery[] {
  return store
    .all('SELECT * FROM sim_notification ORDER BY id DESC LIMIT ?', limit)
    .map(toDelivery);
}

/** Who listens to what. */
export function subscriptions(store: Store) {
  return store.all(`SELECT * FROM "${SUBSCRIPTIONS}" ORDER BY "Created"`).map((row) => ({
    ...{ id: String(row['ID']), topic: String(row['Topic']) },
    ...{ callbackUrl: String(row['CallbackURL']), division: Number(row['_division']) },
  }));
}
