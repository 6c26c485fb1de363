// Who lives here: the names under which the hub answers. A page elsewhere could let its own name
// point at 127.0.0.1 (DNS rebinding) and so speak to the hub from a browser on this machine; it
// cannot choose what the browser writes into the Host header.

/** Whether a Host header names this machine's loopback interface, with any port. */
export function isOurHost(header: string | undefined): boolean {
  if (header === undefined) return false;
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(header);
}
