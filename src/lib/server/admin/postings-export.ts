// Who lives here: the list of postings as a CSV file, written row by row while it is read, so that
// its length costs no memory. A file that is cut says so in its last row.

import { LIMITS } from '../../domain/index.ts';
import { CSV_START, csvRecord } from './csv.ts';
import { postingsQuery } from './postings.ts';
import type { PostingLine, PostingsPort } from './postings.ts';

const COLUMNS: readonly (readonly [string, (of: PostingLine) => string | number | null])[] = [
  ['Kind', (of) => of.kindName],
  ['About', (of) => of.order],
  ['State', (of) => of.state],
  ['Lines', (of) => of.lines],
  ['Attempts', (of) => of.attempts],
  ['Step', (of) => of.step],
  ['Number in Exact', (of) => of.documentNumber],
  ['Id in Exact', (of) => of.exactId],
  ['Marker', (of) => of.marker],
  ['First sent (UTC)', (of) => momentOf(of.firstSentMs)],
  ['Last change (UTC)', (of) => momentOf(of.changedMs)],
  ['Takes back', (of) => of.takesBack],
  ['Taken back by', (of) => of.takenBackBy],
  ['Answers', (of) => (of.answers.length === 0 ? null : of.answers.join('; '))],
  ['Photos', (of) => of.photos.map(({ path }) => path).join(' ') || null],
  ['Words', (of) => of.words],
  ['Posting', (of) => of.id],
];

function momentOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString().replace('T', ' ').slice(0, 19);
}

/** The text of the file, piece by piece. */
export async function* postingsCsv(
  port: Pick<PostingsPort, 'portions' | 'count'>,
  params: URLSearchParams,
): AsyncGenerator<string> {
  const query = postingsQuery(params);
  yield CSV_START + csvRecord(COLUMNS.map(([name]) => name));
  let written = 0;
  for await (const portion of port.portions(query)) {
    written += portion.length;
    yield portion.map((row) => csvRecord(COLUMNS.map(([, read]) => read(row)))).join('');
  }
  if (written < LIMITS.postingsExported) return;
  const total = await port.count(query);
  if (total <= written) return;
  const note = `Cut: the newest ${written} of ${total} postings. Filter for fewer.`;
  yield csvRecord([note, ...COLUMNS.slice(1).map(() => null)]);
}

/** The same as the answer to a browser, which saves it. */
export function postingsDownload(
  port: Pick<PostingsPort, 'portions' | 'count'>,
  params: URLSearchParams,
): Response {
  const pieces = postingsCsv(port, params);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="scandock-postings.csv"',
      'cache-control': 'no-store',
    },
  });
}
