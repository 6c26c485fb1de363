// Who lives here: a wire between the hub and the simulator that loses things on the test's clock:
// real HTTP on both sides. It is what the simulator's own switches cannot be: a request that Exact
// applies long after the hub was cut off.

import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { VirtualTime } from './virtual-time.ts';

export type WireFault =
  | { readonly kind: 'lose-request' }
  | { readonly kind: 'lose-answer' }
  /** What must never happen: Exact gets it twice, and the hub no answer. */
  | { readonly kind: 'apply-twice' }
  /** The hub is cut off at once; Exact gets the request `delayMs` later. */
  | { readonly kind: 'apply-late'; readonly delayMs: number };

export class Wire {
  readonly #server: Server;
  readonly #target: string;
  readonly #time: VirtualTime;
  readonly #late = new Set<Promise<void>>();
  #fault: WireFault | undefined;
  /** POSTs of documents that the hub sent into the wire. */
  posts = 0;
  /** Every token that passed by, for tests that look where it went. */
  readonly tokens = new Set<string>();

  private constructor(target: string, time: VirtualTime) {
    this.#target = target;
    this.#time = time;
    this.#server = createServer((message, response) => {
      this.#carry(message, response).catch(() => response.destroy());
    });
  }

  static async open(target: string, time: VirtualTime): Promise<Wire> {
    const wire = new Wire(target, time);
    wire.#server.listen(0, '127.0.0.1');
    await once(wire.#server, 'listening');
    return wire;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the wire is not open');
    return `http://127.0.0.1:${address.port}`;
  }

  /** For the next POST of a document. */
  set fault(fault: WireFault | undefined) {
    this.#fault = fault;
  }

  /** Resolves when everything that was let go so far has reached Exact. */
  async settled(): Promise<void> {
    await Promise.all(this.#late);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #carry(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of message) parts.push(Buffer.from(part as Uint8Array));
    const body = Buffer.concat(parts);
    const bearer = /^Bearer (.+)$/.exec(message.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) this.tokens.add(bearer);
    const document = message.method === 'POST' && /GoodsReceipts/i.test(message.url ?? '');
    if (document) this.posts += 1;
    const fault = document ? this.#fault : undefined;
    if (fault !== undefined) this.#fault = undefined;
    if (fault === undefined) {
      const answer = await this.#forward(message, body);
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
      return;
    }
    if (fault.kind !== 'lose-request' && fault.kind !== 'apply-late') {
      await this.#forward(message, body);
    }
    if (fault.kind === 'apply-twice') await this.#forward(message, body);
    if (fault.kind === 'apply-late') {
      this.#time.after(fault.delayMs, () => {
        const late = this.#forward(message, body).then(() => undefined);
        this.#late.add(late);
      });
    }
    response.socket?.destroy();
  }

  async #forward(message: IncomingMessage, body: Buffer) {
    const { hostname, port } = new URL(this.#target);
    const out = request({
      ...{ hostname, port, method: message.method, path: message.url },
      headers: message.headers,
      agent: false,
    });
    out.end(body);
    const [answer] = (await once(out, 'response')) as [IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(Buffer.from(part as Uint8Array));
    const text = Buffer.concat(parts).toString('utf8');
    for (const [, token] of text.matchAll(/"(?:access|refresh)_token":"([^"]+)/g)) {
      if (token !== undefined) this.tokens.add(token);
    }
    return {
      status: answer.statusCode ?? 500,
      headers: answer.headers,
      body: Buffer.concat(parts),
    };
  }
}
