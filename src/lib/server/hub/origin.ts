// Who lives here: who may open a socket at all. CORS does not guard WebSockets: any page that an
// operator's browser shows could connect here, so the Origin header must name this very host
// (OWASP ASVS 5.0, 4.4.2). A program without a browser sends none; it must be on this machine.

import type { IncomingMessage } from 'node:http';

type Asking = Pick<IncomingMessage, 'headers'> & {
  readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'>;
};

/** The reason for a refusal; undefined: come in. */
export function refuseOrigin(request: Asking): string | undefined {
  const { origin, host } = request.headers;
  if (origin === undefined) {
    return isLoopback(request.socket.remoteAddress ?? '') ? undefined : 'no origin';
  }
  const from = URL.canParse(origin) ? new URL(origin) : undefined;
  if (from === undefined || !/^https?:$/.test(from.protocol)) return 'strange origin';
  return from.host === host?.toLowerCase() ? undefined : 'other origin';
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
