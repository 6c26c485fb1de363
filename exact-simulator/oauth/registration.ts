/*
 * The app registration the simulator knows, as one would have it in Exact's App Center, and the
 * one person who can sign in.
 */

export interface Registration {
  clientId: string;
  clientSecret: string;
  /** Signs webhook notifications; not the client secret. */
  webhookSecret: string;
  /** Matched exactly, character by character. */
  redirectUris: readonly string[];
}

export const DEFAULT_CLIENT_ID = 'c0ffee00-5ca9-4d0c-8a11-0e8ac7051e57';
export const DEFAULT_CLIENT_SECRET = 'scandockDemo1';
export const DEFAULT_WEBHOOK_SECRET = 'scandockWebhook1';
export const DEFAULT_REDIRECT_URIS: readonly string[] = [
  'http://127.0.0.1:4000/exact/callback',
  'http://localhost:4000/exact/callback',
];

export const DEMO_USER_NAME = 'demo@scandock.test';
export const DEMO_PASSWORD = 'demo';
