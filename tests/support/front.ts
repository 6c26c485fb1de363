// Who lives here: a front before the simulator, over real HTTP: everything passes, except that the
// user lacks the rights that a test takes away, and that an answer may be bent on its way.

import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Front {
  readonly #server: Server;
  /** Where everything goes; set it before the first request. */
  target = '';
  /** `POST purchaseorder/GoodsReceipts` */
  readonly missing = new Set<string>();
  /** The next answer of this path comes with something behind it that makes it no JSON. */
  spoils: string | undefined;
  /** How often rights were asked for. */
  asked = 0;

  private constructor() {
    this.#server = createServer((message, answer) => {
      this.#carry(message, answer);
    });
  }

  static async open(): Promise<Front> {
    const front = new Front();
    front.#server.listen(0, '127.0.0.1');
    await once(front.#server, 'listening');
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #carry(message: IncomingMessage, answer: ServerResponse): void {
    const url = new URL(message.url ?? '/', this.url);
    if (/UserHasRights$/i.test(url.pathname)) {
      this.asked += 1;
      const of = (name: string) => (url.searchParams.get(name) ?? '').replaceAll("'", '');
      if (this.missing.has(`${of('action')} ${of('endpoint')}`)) {
        answer.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
        answer.end('{"d":{"UserHasRights":false}}');
        return;
      }
    }
    const { hostname, port } = new URL(this.target);
    const out = request({
      ...{ hostname, port, method: message.method, path: message.url },
      ...{ headers: message.headers, agent: false },
    });
    out.on('response', (heard) => {
      const spoilt = this.spoils === url.pathname;
      const { 'content-length': length, ...rest } = heard.headers;
      // An answer in chunks has no length to pass on.
      const kept = spoilt || length === undefined ? rest : { ...rest, 'content-length': length };
      answer.writeHead(heard.statusCode ?? 502, kept);
      heard.pipe(answer, { end: !spoilt });
      if (!spoilt) return;
      this.spoils = undefined;
      heard.on('end', () => answer.end('<html>'));
    });
    out.on('error', () => answer.destroy());
    message.pipe(out);
  }
}
