// Who lives here: the line between the hub and the simulator, which knows what is under way on it
// at any moment: so that a kill can be aimed, and told what it hit. It holds each call a little, on
// its way there and on its way back; a call whose sender died before it left never arrives.

import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Posting: a document is on its way, or its answer; reading: a page of a list. */
export type Traffic = 'posting' | 'reading';

/** Longest that a call of the hub is held, there and back each. */
const HOLD_MS = 60;

function trafficOf({ method, url = '' }: IncomingMessage): Traffic | undefined {
  if (!/^\/api\/v1\/\d+\//i.test(url)) return undefined;
  if (method === 'POST') return 'posting';
  // A look-up asks for one document by its name or number; a list is asked for from a place on.
  return /^\/api\/v1\/\d+\/(sync|bulk)\//i.test(url) ? 'reading' : undefined;
}

export class Line {
  readonly #server: Server;
  readonly #chance: () => number;
  readonly #underWay = new Map<Traffic, number>();
  readonly #waiting = new Set<() => void>();
  #target: URL | undefined;

  private constructor(chance: () => number) {
    this.#chance = chance;
    this.#server = createServer((message, response) => {
      this.#carry(message, response).catch(() => response.destroy());
    });
  }

  static async open(chance: () => number): Promise<Line> {
    const line = new Line(chance);
    line.#server.listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Where it leads; until then nobody answers. */
  lead(target: string): void {
    this.#target = new URL(target);
  }

  has(traffic: Traffic): boolean {
    return (this.#underWay.get(traffic) ?? 0) > 0;
  }

  /** Resolves while such a call is under way, or after `mostMs` without one. */
  async until(traffic: Traffic, mostMs: number): Promise<void> {
    const endMs = Date.now() + mostMs;
    while (!this.has(traffic) && Date.now() < endMs) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, endMs - Date.now());
        this.#waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #carry(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const traffic = trafficOf(message);
    if (traffic !== undefined) this.#count(traffic, 1);
    try {
      const parts: Buffer[] = [];
      for await (const part of message) parts.push(Buffer.from(part as Uint8Array));
      if (traffic !== undefined) await this.#hold();
      if (response.socket?.destroyed === true) return;
      await this.#forward(message, Buffer.concat(parts), response, traffic);
    } finally {
      if (traffic !== undefined) this.#count(traffic, -1);
    }
  }

  async #forward(
    message: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
    traffic: Traffic | undefined,
  ): Promise<void> {
    if (this.#target === undefined) throw new Error('the line leads nowhere yet');
    const { hostname, port } = this.#target;
    const { method, url: path, headers } = message;
    const out = request({ hostname, port, method, path, headers, agent: false });
    out.end(body);
    const [answer] = (await once(out, 'response')) as [IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(Buffer.from(part as Uint8Array));
    if (traffic !== undefined) await this.#hold();
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    response.end(Buffer.concat(parts));
  }

  #hold(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.#chance() * HOLD_MS));
  }

  #count(traffic: Traffic, change: 1 | -1): void {
    this.#underWay.set(traffic, (this.#underWay.get(traffic) ?? 0) + change);
    if (change < 0) return;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
