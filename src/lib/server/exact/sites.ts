// Who lives here: Exact's sites, the only hosts beyond this machine that the hub ever calls. An
// app, its tokens and its data belong to one site (exact-online-api.md §1.1).

import { isLoopback } from './auth/grants.ts';

export interface Site {
  readonly id: string;
  readonly country: string;
  /** Scheme and host, without a path. */
  readonly baseUrl: string;
}

const site = (id: string, country: string, domain: string): Site => {
  return { id, country, baseUrl: `https://start.exactonline.${domain}` };
};

export const SITES: readonly Site[] = [
  site('nl', 'Netherlands', 'nl'),
  site('be', 'Belgium', 'be'),
  site('de', 'Germany', 'de'),
  site('fr', 'France', 'fr'),
  site('es', 'Spain', 'es'),
  site('uk', 'United Kingdom', 'co.uk'),
  site('com', 'United States and other countries', 'com'),
];

/** Whether this is a site of Exact itself, not a stand-in on this machine. */
export function isSite(baseUrl: string): boolean {
  return SITES.some((one) => one.baseUrl === baseUrl);
}

/** The sentence to print when an address is not one that the hub may call; null when it is. */
export function refuseBaseUrl(baseUrl: string): string | null {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null) return `${baseUrl} is not an address`;
  if (url.origin !== baseUrl) return `${baseUrl} must be an origin only, like ${url.origin}`;
  if (isLoopback(url) || isSite(baseUrl)) return null;
  return `${baseUrl} is neither a site of Exact Online nor on this machine`;
}
