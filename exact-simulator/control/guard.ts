/*
 * Keeps other web sites off the control API: a page somewhere on the internet must not be able to
 * reset the simulator of whoever looks at it. Programs send neither header and pass.
 */
import type { Request } from '../http/answer.ts';

/** What is wrong with where a call comes from; undefined when nothing is. */
export function foreignCaller(request: Request): string | undefined {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return `Calls from another site are refused (Sec-Fetch-Site: ${site})`;
  }
  const origin = request.headers['origin'];
  if (origin === undefined) return undefined;
  const same = URL.canParse(origin) && new URL(origin).host === request.headers['host'];
  return same ? undefined : `Calls from another site are refused (Origin: ${origin})`;
}
