// Who lives here: how a call to Exact can end. A closed union, because "it failed" says too little:
// a document may have been booked although no answer came (I-03), and Exact sends business
// refusals as status 500 (exact-online-api.md §2.8).

/** Anything but `ok`. `words` are safe to show and to log: never a token, never a secret. */
export type Failure =
  /** Too many calls, by Exact's word or our own count. It was not applied. */
  | { readonly kind: 'throttled'; readonly untilMs: number }
  /**
   * No valid token. It was not applied. `needs-consent`: a person must connect again;
   * `waiting`: a new token may be fetched at `untilMs`, not earlier.
   */
  | { readonly kind: 'auth'; readonly state: 'needs-consent' | 'waiting'; readonly untilMs: number }
  /** 403: right, scope, package or block. It was not applied. */
  | { readonly kind: 'forbidden'; readonly reason: string }
  /** Exact refused it in its own words: 4xx, or 500 with a message. It was not applied. */
  | { readonly kind: 'rejected'; readonly status: number; readonly words: string }
  /**
   * Down, or an answer that is no answer. `nothingSent`: the connection was refused beforehand.
   * `untilMs`: the line is down, and is tried next then (line.ts). `raw`: an excerpt of what came
   * instead of an answer.
   */
  | {
      readonly kind: 'unavailable';
      readonly nothingSent: boolean;
      readonly words: string;
      readonly untilMs?: number;
      readonly raw?: string;
    }
  /** Sent, and the answer was lost or broken off: it may have been applied. */
  | { readonly kind: 'unknown'; readonly words: string; readonly raw?: string };

export type Outcome<T> = { readonly kind: 'ok'; readonly value: T } | Failure;

/** One sentence for a log or an admin page. */
export function describe(failure: Failure): string {
  switch (failure.kind) {
    case 'throttled':
      return `Exact asks to wait until ${new Date(failure.untilMs).toISOString()}`;
    case 'auth':
      return failure.state === 'needs-consent'
        ? 'Exact needs a new consent'
        : `a new Exact token may be fetched at ${new Date(failure.untilMs).toISOString()}`;
    case 'forbidden':
      return `Exact forbids it: ${failure.reason}`;
    case 'rejected':
      return `Exact refused it (${failure.status}): ${failure.words}`;
    case 'unavailable':
    case 'unknown':
      return failure.words;
  }
}
