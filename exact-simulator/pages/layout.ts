/*
 * The frame all pages of the simulator share, and the small pieces they are made of.
 */
import { STYLE } from './style.ts';

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** `2026-11-18 10:00:00`: a moment as people read it; what zone it is in is the caller's affair. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** A table whose cells are HTML already. */
export function table(head: readonly string[], rows: readonly string[][], none: string): string {
  if (rows.length === 0) return `<p class="soft">${none}</p>`;
  const cells = (tag: string, row: readonly string[]) =>
    `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${cells('th', head)}</thead>
    <tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table>`;
}

/** A whole page; `body` and `head` (what stands beside the title) are HTML already. */
export function page(title: string, body: string, narrow = false, head = ''): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>${head}<style>${STYLE}</style></head>
<body><main${narrow ? ' class="narrow"' : ''}>${body}</main></body></html>`;
}
