/*
 * Webhooks: subscribing with a validation call, notifications after the write that causes them,
 * their signature, the tries on the simulator's clock, and what can go wrong with them.
 */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { list, messageOf, order, record, rowsOf, startExact, type Exact } from './helpers.ts';

let exact: Exact;
let receiver: Server;
let callback = '';
let bodies: string[] = [];
let status = 200;
const path = '123456/webhooks/WebhookSubscriptions';
const SECRET = 'a secret of its own';

beforeEach(async () => {
  exact = await startExact({ webhookSecret: SECRET });
  bodies = [];
  status = 200;
  receiver = createServer((message, response) => {
    let body = '';
    message.on('data', (part: Buffer) => (body += part.toString('utf8')));
    message.on('end', () => {
      bodies.push(body);
      response.writeHead(status).end();
    });
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = receiver.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  callback = `http://127.0.0.1:${address.port}/hook`;
});
afterEach(async () => {
  await exact.close();
  receiver.close();
  receiver.closeAllConnections();
});

async function subscribe(Topic: string, CallbackURL = callback) {
  const answer = await exact.call('POST', path, { CallbackURL, Topic });
  bodies = [];
  return answer;
}

async function receive(remarks = 'x') {
  const id = (await order(exact, 10_000_001)).lines[0]?.['ID'];
  return exact.call('POST', '123456/purchaseorder/GoodsReceipts', {
    ReceiptDate: '2026-11-18',
    Remarks: remarks,
    GoodsReceiptLines: [{ PurchaseOrderLineID: id, QuantityReceived: 1 }],
  });
}

const deliver = () => exact.control('POST', '/webhooks/deliver', {});
const contents = () => bodies.map((body) => record(record(JSON.parse(body))['Content']));
const fault = (kind: string, more: Record<string, unknown> = {}) =>
  exact.control('POST', '/faults', { kind, ...more });

function signatureFits(body: string): boolean {
  const match = /^{"Content":(.*),"HashCode":"([0-9A-F]{64})"}$/.exec(body);
  const hash = createHmac('sha256', SECRET).update(match?.[1] ?? '');
  return match?.[2] === hash.digest('hex').toUpperCase();
}

describe('subscribing', () => {
  it('posts an empty body to the callback and gives 500 when it does not answer 200', async () => {
    status = 503;
    const refused = await exact.call('POST', path, { CallbackURL: callback, Topic: 'Items' });
    expect(bodies).toEqual(['']);
    expect(refused.status).toBe(500);
    expect(messageOf(refused)).toBe(
      'Invalid: Post to callback URL endpoint returns 503 Service Unavailable',
    );
    expect(rowsOf(await exact.call('GET', path))).toEqual([]);
    status = 201;
    expect((await subscribe('Items')).status).toBe(201);
  });

  it('refuses an unreachable callback, another host, plain HTTP elsewhere and an unknown topic', async () => {
    const gone = await subscribe('Items', 'http://127.0.0.1:9/hook');
    expect(gone.status).toBe(500);
    expect(messageOf(gone)).toContain('Post to callback URL endpoint returns');
    for (const url of ['https://elsewhere.example/hook', 'http://10.0.0.1/hook', 'nowhere']) {
      const other = await subscribe('Items', url);
      expect([other.status, messageOf(other)]).toEqual([500, 'Invalid: CallbackURL']);
    }
    expect(messageOf(await subscribe('GoodsReceipts'))).toBe('Invalid: Topic');
    expect((await exact.call('POST', path, { Topic: 'Items' })).status).toBe(400);
  });

  it('answers a second one for the topic with Data already exists, in the language', async () => {
    await subscribe('Items');
    const again = await subscribe('Items');
    expect([again.status, messageOf(again)]).toEqual([500, 'Data already exists']);
    await exact.control('POST', '/settings', { language: 'nl' });
    expect(messageOf(await subscribe('Items'))).toBe('Gegeven bestaat reeds.');
    expect((await subscribe('StockPositions')).status).toBe(201);
  });

  it('lists, refuses PUT, and deletes; WebhookTopics does not exist', async () => {
    await subscribe('Items');
    const [row] = rowsOf(await exact.call('GET', path));
    expect(row).toMatchObject({
      ...{ Topic: 'Items', CallbackURL: callback, ClientID: exact.running.clientId },
    });
    const one = `${path}(guid'${row?.['ID']}')`;
    expect((await exact.call('PUT', one, { Topic: 'Accounts' })).status).toBe(405);
    expect((await exact.call('DELETE', one)).status).toBe(204);
    expect(rowsOf(await exact.call('GET', path))).toEqual([]);
    expect((await exact.call('GET', '123456/webhooks/WebhookTopics')).status).toBe(404);
    expect((await subscribe('Items')).status).toBe(201);
  });
});

describe('notifying', () => {
  it('signs the raw content with the webhook secret, upper-case', async () => {
    await subscribe('StockPositions');
    await receive();
    await deliver();
    expect(bodies).toHaveLength(1);
    expect(bodies.every(signatureFits)).toBe(true);
    const [content] = contents();
    expect(content).toMatchObject({
      ...{ Topic: 'StockPositions', ClientId: exact.running.clientId, Division: 123456 },
      ...{ Action: 'Update', EventCreatedOn: '2026-11-18T10:00:00.000' },
    });
    expect(content?.['ExactOnlineEndpoint']).toBe(
      `${exact.running.url}/api/v1/123456/sync/Inventory/StockPositions(guid'${content?.['Key']}')`,
    );
  });

  it('comes once for a document whose header and lines changed, and not for a refused one', async () => {
    await subscribe('PurchaseOrders');
    const { head } = await order(exact, 10_000_001);
    await receive();
    const tooMuch = await exact.call('POST', '123456/purchaseorder/GoodsReceipts', {
      ReceiptDate: '2026-11-18',
      GoodsReceiptLines: [
        {
          PurchaseOrderLineID: (await order(exact, 10_000_002)).lines[0]?.['ID'],
          QuantityReceived: 1_000_000,
        },
      ],
    });
    expect(tooMuch.status).toBe(500);
    await deliver();
    expect(contents().map((c) => [c['Action'], c['Key']])).toEqual([
      ['Update', head['PurchaseOrderID']],
    ]);
  });

  it('tells Create, Update and Delete of items', async () => {
    await subscribe('Items');
    const made = await exact.control('POST', '/records/logistics/Items', { Code: 'NEW-1' });
    const one = `/records/logistics/Items/${made['key']}`;
    await exact.control('PATCH', one, { Description: 'renamed' });
    await exact.control('DELETE', one);
    await deliver();
    const actions = contents().map((c) => [c['Action'], c['Key']]);
    expect(actions).toEqual(['Create', 'Update', 'Delete'].map((action) => [action, made['key']]));
  });

  it('stays silent for topics nobody subscribed to', async () => {
    await subscribe('Accounts');
    await receive();
    expect((await deliver())['sent']).toBe(0);
  });
});

describe('trying again', () => {
  it('tries ten times more at 2^n minutes of the simulator’s clock, then drops it', async () => {
    await subscribe('StockPositions');
    status = 500;
    await exact.control('POST', '/clock', { freeze: true });
    await receive();
    await deliver();
    expect(bodies).toHaveLength(1);
    for (let n = 1; n <= 10; n += 1) {
      await exact.control('POST', '/clock', { advanceMs: 2 ** n * 60_000 - 1 });
      expect(bodies).toHaveLength(n);
      await exact.control('POST', '/clock', { advanceMs: 1 });
      expect(bodies).toHaveLength(n + 1);
    }
    expect(new Set(bodies).size).toBe(1);
    const shown = list((await exact.control('GET', '/webhooks'))['deliveries']);
    expect(shown[0]).toMatchObject({ state: 'dropped', attempts: 11, answer: expect.any(String) });
    await exact.control('POST', '/clock', { advanceMs: 90_000_000 });
    expect(bodies).toHaveLength(11);
  });

  it('goes on with the queue after a failure was mended', async () => {
    await subscribe('StockPositions');
    status = 404;
    await receive();
    await deliver();
    status = 200;
    await exact.control('POST', '/clock', { advanceMs: 120_000 });
    expect(bodies).toHaveLength(2);
    expect((await deliver())['delivered']).toBe(1);
  });
});

describe('what goes wrong', () => {
  it('duplicates, loses, and signs wrongly', async () => {
    await subscribe('StockPositions');
    await fault('webhook-duplicate');
    await receive();
    await deliver();
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toBe(bodies[1]);
    await fault('webhook-lost', { match: { topic: 'StockPositions' } });
    await receive();
    await deliver();
    expect(bodies).toHaveLength(2);
    await fault('webhook-bad-hash');
    await receive();
    await deliver();
    expect(bodies.map(signatureFits)).toEqual([true, true, false]);
  });

  it('delays on the simulator’s clock', async () => {
    await subscribe('StockPositions');
    await exact.control('POST', '/clock', { freeze: true });
    await fault('webhook-delay', { delayMs: 5000 });
    await receive();
    await exact.control('POST', '/clock', { advanceMs: 4999 });
    expect(bodies).toHaveLength(0);
    await exact.control('POST', '/clock', { advanceMs: 1 });
    expect(bodies).toHaveLength(1);
  });

  it('lets the next notification overtake', async () => {
    await subscribe('Items');
    await fault('webhook-reorder');
    const first = await exact.control('POST', '/records/logistics/Items', { Code: 'ONE' });
    const second = await exact.control('POST', '/records/logistics/Items', { Code: 'TWO' });
    await deliver();
    expect(contents().map((c) => c['Key'])).toEqual([second['key'], first['key']]);
  });

  it('keeps the queue bounded by dropping the oldest', async () => {
    await subscribe('Items');
    const { simulation } = exact.running;
    simulation.store.transaction(() => {
      for (let n = 1; n <= 10_000; n += 1) {
        simulation.store.run(
          `INSERT INTO sim_notification (id, subscription, url, topic, content, created_ms,
             due_ms, place, state) VALUES (?, '', '', 'Items', '{}', 0, ?, ?, 'waiting')`,
          ...[-n, Number.MAX_SAFE_INTEGER, -n],
        );
      }
    });
    await exact.control('POST', '/records/logistics/Items', { Code: 'ONE' });
    expect((await exact.control('GET', '/webhooks'))['counts']).toMatchObject({ dropped: 1 });
  });

  it('needs a link like every other call', async () => {
    exact.token = 'nobody';
    expect((await exact.call('POST', path, { CallbackURL: callback, Topic: 'Items' })).status).toBe(
      401,
    );
    expect(bodies).toEqual([]);
  });
});
