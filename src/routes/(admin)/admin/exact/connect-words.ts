// Who lives here: the words of the page "Exact Online": for each problem what happened, why, and
// what to do next; the steps; and how the life of the login is told.

import type { ConnectReport } from '$lib/server/admin/index.ts';
import type { Tone } from '../words.ts';

export interface ProblemWords {
  readonly what: string;
  readonly why: string;
  readonly next: string;
}

const AGAIN = 'Press “Log in at Exact” once more.';

const PROBLEMS: Readonly<Record<string, ProblemWords>> = {
  'not-asked': {
    what: 'Exact’s answer was not taken.',
    why: 'It belongs to no login that is under way here: the hub was started anew meanwhile, the answer came twice, or more than ten minutes went by.',
    next: AGAIN,
  },
  'other-browser': {
    what: 'Exact’s answer was not taken.',
    why: 'The login began in another browser, or this one keeps no cookies. An answer is only taken from the browser that asked.',
    next: 'Log in and come back in one and the same browser.',
  },
  'app-changed': {
    what: 'Exact’s answer was not taken.',
    why: 'Somebody changed the country or the client id while you were logging in.',
    next: AGAIN,
  },
  denied: {
    what: 'Exact gave no access.',
    why: 'Somebody pressed “Refuse” on the page where Exact asks for permission.',
    next: 'Log in once more and give access to the company that this warehouse works for.',
  },
  'no-code': {
    what: 'Exact gave no access.',
    why: 'Its answer came without the code that stands for your permission.',
    next: AGAIN,
  },
  'wrong-secret': {
    what: 'Exact does not accept the client id and secret.',
    why: 'The secret is not the one that the App Center shows for this client id, or the app is registered at the site of another country.',
    next: 'Copy both from the App Center once more and type them under “Client id and secret”.',
  },
  'code-refused': {
    what: 'Exact did not accept its own code.',
    why: 'A code is good for three minutes and one use. It may also mean that the redirect address at Exact is not the one named here.',
    next: 'Compare the redirect address, then log in once more.',
  },
  'too-early': {
    what: 'Exact asks to wait.',
    why: 'It gave out tokens for this app less than ten minutes ago.',
    next: 'Log in once more in ten minutes.',
  },
  unavailable: {
    what: 'Exact does not answer as it should.',
    why: 'It may be down, in its nightly maintenance (04:00 to 04:30 in the Netherlands), or out of reach from this machine.',
    next: 'Try once more in a few minutes. Work at the kiosks goes on meanwhile.',
  },
  lost: {
    what: 'Exact’s answer was lost.',
    why: 'The connection broke while the tokens were under way.',
    next: AGAIN,
  },
  division: {
    what: 'The division is not among those that you gave access to.',
    why: 'Exact asks at each login which companies the app may see, and this one was not ticked, or the user may not see it.',
    next: 'Log in once more and tick it, or choose another division below.',
  },
  'not-choosable': {
    what: 'This division takes no postings.',
    why: 'Exact has it blocked or archived.',
    next: 'Choose another one.',
  },
  'open-work': {
    what: 'The administration can’t be changed now.',
    why: 'Goods were scanned for the one that is in use, and they are not in its books yet. They would end up in the wrong ones.',
    next: 'Wait until everything is booked, and settle what was rejected on the admin page. Then try once more.',
  },
  'no-tokens': {
    what: 'Nobody is logged in at Exact any more.',
    why: 'Somebody disconnected meanwhile, or Exact ended the login.',
    next: AGAIN,
  },
  environment: {
    what: 'Nothing was changed.',
    why: 'The hub was started with EXACT_CLIENT_ID and EXACT_CLIENT_SECRET, which win over what is typed here.',
    next: 'Take them out of the environment and start the hub anew, or change them there.',
  },
};

/** `form`: the words themselves say what is wrong with what was filled in. */
export function problemWords(problem: string, words: string): ProblemWords {
  return PROBLEMS[problem] ?? { what: words, why: '', next: '' };
}

export const STEPS = [
  { stage: 'app', label: 'Client id and secret' },
  { stage: 'consent', label: 'Login at Exact' },
  { stage: 'choose', label: 'Division' },
  { stage: 'rights', label: 'Rights' },
] as const;

/** How many of the steps are behind us. */
export function stepsDone(stage: ConnectReport['stage']): number {
  const at = STEPS.findIndex((step) => step.stage === stage);
  if (stage === 'needs-consent') return 1;
  return at === -1 ? STEPS.length : at;
}

export const STAGE: Readonly<Record<ConnectReport['stage'], { tone: Tone; word: string }>> = {
  app: { tone: 'busy', word: 'Not set up' },
  consent: { tone: 'busy', word: 'Not connected' },
  choose: { tone: 'busy', word: 'Division to be chosen' },
  rights: { tone: 'busy', word: 'Rights to be looked at' },
  connected: { tone: 'good', word: 'Connected' },
  'needs-consent': { tone: 'bad', word: 'Must be connected again' },
};

const DAY_MS = 86_400_000;
/** From here on the page warns. */
const WARN_DAYS = 7;

/** What is left of the login's 30 days, as long as nobody uses it. */
export function loginLife(expiresMs: number, atMs: number): { tone: Tone; text: string } {
  const days = Math.ceil((expiresMs - atMs) / DAY_MS);
  if (days <= 0) return { tone: 'bad', text: 'run out' };
  if (days === 1) return { tone: 'bad', text: 'less than a day' };
  return { tone: days > WARN_DAYS ? 'good' : 'busy', text: `${days} days` };
}
