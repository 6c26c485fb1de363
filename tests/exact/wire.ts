// Who lives here: a wire between the hub and the simulator that loses things on the test's clock:
// real HTTP on both sides. It is what the simulator's own switches cannot be: a request that Exact
// applies long after the hub was cut off.

import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { VirtualTime } from './virtual-time.ts';

export type WireFault =
  | { readonly kind: 'lose-request' }
  | { readonly kind: 'lose-answer' }
  /** Exact does it and says 500 without a word. */
  | { readonly kind: 'status-500-after' }
  /** What must never happen: Exact gets it twice, and the hub no answer. */
  | { readonly kind: 'apply-twice' }
  /** The hub is cut off at once; Exact gets the request `delayMs` later. */
  | { readonly kind: 'apply-late'; readonly delayMs: number };

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  /** With its question mark; empty: there is none. */
  readonly query: string;
}

/**
 * What becomes of each call below a division, where a test wants more than one fault: it forwards
 * the call as often and when it likes, and gives what the hub hears; null cuts the line.
 */
export type Storm = (call: Call, forward: () => Promise<Answer>) => Promise<Answer | null>;

/** Whatever is asked or posted below a division. */
const BELOW_DIVISION = /^\/api\/v1\/\d+\//i;

export class Wire {
  readonly #server: Server;
  readonly #target: string;
  readonly #time: VirtualTime;
  readonly #late = new Set<Promise<void>>();
  #fault: WireFault | undefined;
  #skip = 0;
  storm: Storm | undefined;
  /** Requests under way: while there are none, whoever waits waits for time to pass. */
  inFlight = 0;
  /** Lists that this Exact does not know: 404 for every path that ends so. */
  readonly unknownLists = new Set<string>();
  /** POSTs of documents that the hub sent into the wire. */
  posts = 0;
  /** So many DELETEs are done without an answer. */
  loseDeletes = 0;
  /** Every token that passed by, for tests that look where it went. */
  readonly tokens = new Set<string>();

  private constructor(target: string, time: VirtualTime) {
    this.#target = target;
    this.#time = time;
    this.#server = createServer((message, response) => {
      this.inFlight += 1;
      this.#carry(message, response)
        .catch(() => response.destroy())
        .finally(() => {
          this.inFlight -= 1;
        });
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
    this.#skip = 0;
  }

  /** For the POST after so many others: a later step of a posting. */
  faultAfter(posts: number, fault: WireFault): void {
    this.#fault = fault;
    this.#skip = posts;
  }

  /** Resolves when everything that was let go so far has reached Exact. */
  async settled(): Promise<void> {
    await Promise.all(this.#late);
  }

  /** Nobody gets through until `up`: connections are refused before a byte has left. */
  async down(): Promise<number> {
    const port = Number(new URL(this.url).port);
    await this.close();
    return port;
  }

  async up(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
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
    const { pathname: path, search: query } = new URL(message.url ?? '/', this.#target);
    if ([...this.unknownLists].some((list) => path.endsWith(list))) {
      response.writeHead(404);
      response.end();
      return;
    }
    if (message.method === 'DELETE' && this.loseDeletes > 0) {
      this.loseDeletes -= 1;
      await this.#forward(message, body);
      response.socket?.destroy();
      return;
    }
    if (this.storm !== undefined && BELOW_DIVISION.test(message.url ?? '')) {
      const call = { method: message.method ?? 'GET', path, query };
      await this.#weather(this.storm, call, () => this.#forward(message, body), response);
      return;
    }
    const document = message.method === 'POST' && BELOW_DIVISION.test(message.url ?? '');
    if (document) this.posts += 1;
    const fault = document && this.#skip === 0 ? this.#fault : undefined;
    if (fault !== undefined) this.#fault = undefined;
    else if (document) this.#skip = Math.max(0, this.#skip - 1);
    if (fault === undefined) {
      const answer = await this.#forward(message, body);
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
      return;
    }
    if (fault.kind !== 'lose-request' && fault.kind !== 'apply-late') {
      await this.#forward(message, body);
    }
    if (fault.kind === 'status-500-after') {
      response.writeHead(500);
      response.end();
      return;
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

  async #weather(
    storm: Storm,
    call: Call,
    forward: () => Promise<Answer>,
    response: ServerResponse,
  ): Promise<void> {
    if (call.method === 'POST') this.posts += 1;
    const answer = await storm(call, forward);
    if (answer === null) {
      response.socket?.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  }

  async #forward(message: IncomingMessage, body: Buffer): Promise<Answer> {
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
