// Who lives here: what an HTTP answer of Exact means. Status first, then content type, then form;
// the words are only ever shown, never matched, because they come in the user's language
// (exact-online-api.md §2.8).

import { LIMITS } from '../../domain/index.ts';
import { readPage, parseJson, readWords } from './envelope.ts';
import type { Page } from './envelope.ts';
import type { Outcome } from './outcomes.ts';
import type { Exchanged } from './transport.ts';

type Answer = Extract<Exchanged, { kind: 'answer' }>;

function isJson(answer: Answer): boolean {
  return /^application\/(\S+\+)?json\b/i.test(answer.headers.get('content-type') ?? '');
}

/** The reason of a 403: the header names it best, then the words, then the status itself. */
function reasonOf(answer: Answer): string {
  return answer.headers.get('reason') ?? readWords(answer.text) ?? 'no reason given';
}

function classifySuccess(answer: Answer, division: number | undefined): Outcome<Page> {
  if (answer.status === 204 || (answer.status === 201 && answer.text === '')) {
    return { kind: 'ok', value: { rows: [] } };
  }
  if (!isJson(answer)) {
    const type = answer.headers.get('content-type') ?? 'nothing';
    const words = `expected JSON, got ${type} with status ${answer.status}`;
    return { kind: 'unavailable', nothingSent: false, words, raw: excerpt(answer) };
  }
  const page = readPage(parseJson(answer.text));
  if (page === null) {
    const words = 'the answer broke off or is not of the form of Exact';
    return { kind: 'unknown', words, raw: excerpt(answer) };
  }
  const strange = division === undefined ? undefined : otherDivision(page, division);
  if (strange === undefined) return { kind: 'ok', value: page };
  const words = `the answer belongs to division ${strange}, not ${division}`;
  return { kind: 'unknown', words, raw: excerpt(answer) };
}

/** What a person is shown of an answer that is none: its beginning, and the end, where it broke. */
function excerpt(answer: Answer): string {
  const half = LIMITS.exactWordsChars / 2;
  const { text } = answer;
  return text.length <= 2 * half ? text : `${text.slice(0, half)} … ${text.slice(-half)}`;
}

/** The division that a row's own address names, when it is not ours (ASVS 8.4.1). */
function otherDivision(page: Page, division: number): string | undefined {
  for (const row of page.rows) {
    const metadata = row['__metadata'];
    const uri =
      typeof metadata === 'object' && metadata !== null && 'uri' in metadata ? metadata.uri : '';
    const found = typeof uri === 'string' ? /\/api\/v1\/(\d+)\//i.exec(uri)?.[1] : undefined;
    if (found !== undefined && Number(found) !== division) return found;
  }
  return undefined;
}

/** Everything but 401 and 429, which the client settles with the token keeper and the budget. */
export function classify(answer: Answer, division: number | undefined): Outcome<Page> {
  const { status } = answer;
  if (status >= 200 && status < 300) return classifySuccess(answer, division);
  if (status === 403) return { kind: 'forbidden', reason: reasonOf(answer) };
  const words = isJson(answer) || status < 500 ? readWords(answer.text) : null;
  // 408 says that Exact gave up, not that nothing happened.
  if (status === 408) return { kind: 'unknown', words: 'Exact gave up on the request (408)' };
  if (status >= 400 && status < 500) {
    return { kind: 'rejected', status, words: words ?? `status ${status} without words` };
  }
  if (status === 500 && words !== null) return { kind: 'rejected', status, words };
  const silent = `Exact answered with status ${status}`;
  return { kind: 'unavailable', nothingSent: false, words: silent, raw: excerpt(answer) };
}
