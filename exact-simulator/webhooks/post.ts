/*
 * The one place where the simulator calls somebody: a POST to a callback URL.
 */
import { request as overHttp, STATUS_CODES } from 'node:http';
import { request as overHttps } from 'node:https';

/** How long a callback may take before it counts as failed, in real time. */
const PATIENCE_MS = 10_000;

export interface Reply {
  /** Exact takes 200 and 201 for received. */
  received: boolean;
  /** `503 Service Unavailable`, or what went wrong on the way. */
  words: string;
}

/** Posts a body and tells what came back; never rejects. Redirects are not followed. */
export function postTo(url: string, body: string, signal: AbortSignal): Promise<Reply> {
  return new Promise((resolve) => {
    const failed = (words: string) => resolve({ received: false, words });
    const send = url.startsWith('https:') ? overHttps : overHttp;
    const bytes = Buffer.from(body, 'utf8');
    const call = send(url, {
      ...{ method: 'POST', agent: false, timeout: PATIENCE_MS, signal },
      headers: { 'Content-Type': 'application/json', 'Content-Length': bytes.length },
    });
    call.on('timeout', () => call.destroy(new Error('The operation has timed out')));
    call.on('error', (error) => failed(error.message || 'Unable to connect to the remote server'));
    call.on('response', (answer) => {
      const status = answer.statusCode ?? 0;
      answer.resume();
      answer.on('error', (error) => failed(error.message));
      answer.on('close', () => {
        const words = `${status} ${answer.statusMessage ?? STATUS_CODES[status] ?? ''}`.trim();
        resolve({ received: status === 200 || status === 201, words });
      });
    });
    call.end(bytes);
  });
}
