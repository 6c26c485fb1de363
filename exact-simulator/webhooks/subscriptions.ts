/*
 * Writing webhook subscriptions (Exact KB, webhooks): a known topic, a callback on the host of the
 * app's redirect URI, one subscription per app, topic and company. The call that validates the
 * callback needs a network and follows in delivery.ts. PUT is documented by Exact and refused.
 */
import { broken, type Effect } from '../effects/effect.ts';
import type { Row, Store } from '../store/database.ts';
import { deleteRow, insertRow } from '../store/rows.ts';
import { TOPICS } from './topics.ts';

export const SUBSCRIPTIONS = 'WebhookSubscriptions';
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Tells the effect, which sees only the store, which app is registered. */
export function rememberApp(store: Store, clientId: string, redirectUris: readonly string[]): void {
  const hosts = redirectUris.map((uri) => new URL(uri).hostname.toLowerCase());
  store.settings.set('app.clientId', clientId);
  store.settings.set('app.hosts', [...new Set(hosts)].join(' '));
}

/** HTTPS on a host of a redirect URI; on this machine plain HTTP will do. */
function callbackAllowed(store: Store, text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const host = url.hostname.toLowerCase();
  if (LOOPBACK.includes(host)) return /^https?:$/.test(url.protocol);
  return (
    url.protocol === 'https:' && store.settings.text('app.hosts', '').split(' ').includes(host)
  );
}

export const webhookSubscription: Effect = {
  create: (writer, body) => {
    const { store, division } = writer;
    const topic = [...TOPICS].find((one) => one === body.fields['Topic']);
    if (topic === undefined) throw broken(writer, 'invalid', 'Topic');
    const callback = String(body.fields['CallbackURL']);
    if (!callbackAllowed(store, callback)) throw broken(writer, 'invalid', 'CallbackURL');
    const client = store.settings.text('app.clientId', '');
    const known = store.get(
      `SELECT 1 FROM "${SUBSCRIPTIONS}" WHERE "ClientID" = ? AND "Topic" = ? AND "_division" = ?`,
      client,
      topic,
      division,
    );
    if (known) throw broken(writer, 'dataExists');
    return insertRow(writer, SUBSCRIPTIONS, {
      ...{ CallbackURL: callback, Topic: topic, ClientID: client, Description: topic },
      UserID: body.fields['UserID'] ?? writer.user,
    });
  },
  remove: (writer, row: Row) => {
    deleteRow(writer, SUBSCRIPTIONS, row['ID'] ?? null);
    const sql = "DELETE FROM sim_notification WHERE subscription = ? AND state = 'waiting'";
    writer.store.run(sql, row['ID'] ?? null);
  },
};
