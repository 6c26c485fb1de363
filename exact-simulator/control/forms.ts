/*
 * The control API for plain HTML forms: a form's fields become the JSON body of the call, and the
 * browser goes back to the page. `match.path` makes `{"match":{"path":…}}`; empty fields are left
 * out; `_method` stands for the verbs a form does not have.
 */
import type { Answer, Request } from '../http/answer.ts';
import { html } from '../http/answer.ts';
import { escapeHtml, page } from '../pages/layout.ts';

export function isForm(request: Request): boolean {
  const type = request.headers['content-type'] ?? '';
  return request.method === 'POST' && type.startsWith('application/x-www-form-urlencoded');
}

type Json = { [name: string]: Json | string | number | boolean };

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) ? Number(text) : text;
}

/** The call a form stands for. */
export function fromForm(request: Request): Request {
  const body: Json = {};
  let method = 'POST';
  for (const [name, text] of new URLSearchParams(request.body)) {
    const [head = '', tail] = name.split('.');
    if (name === '_method') method = text;
    else if (text.trim() === '') continue;
    else if (tail === undefined) body[head] = valueOf(text.trim());
    else {
      const known = body[head];
      body[head] = { ...(typeof known === 'object' ? known : {}), [tail]: valueOf(text.trim()) };
    }
  }
  const headers = { ...request.headers, 'content-type': 'application/json' };
  return { ...request, method, headers, body: JSON.stringify(body) };
}

/** Back to the page, or what was wrong with the form. */
export function afterForm(answer: Answer): Answer {
  if (answer.status < 400) return { status: 303, headers: { Location: '/' }, body: '' };
  const parsed: unknown = JSON.parse(answer.body);
  const said = Object.entries(Object(parsed)).find(([name]) => name === 'error')?.[1];
  return html(
    answer.status,
    page(
      'Not possible',
      `<div class="sheet"><h1>Not possible</h1><p class="error">${escapeHtml(String(said))}</p>
      <p><a href="/">Back to the simulator</a></p></div>`,
      true,
    ),
  );
}
