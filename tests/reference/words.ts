// Who lives here: how the reference writes things down: tables, names, lists and numbers, the same
// everywhere on its pages.

export const code = (text: string): string => `\`${text}\``;

export const codes = (names: readonly string[], last = 'and'): string =>
  listed(names.map(code), last);

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[], last = 'and'): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1) ?? ''}`;
}

export const counted = (count: number): string => count.toLocaleString('en');

/** A line of prose in a cell of a table: a bar would end it; what is no code could be a tag. */
function cell(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('|', String.raw`\|`);
  return line.replace(/`[^`]*`|</g, (found) => (found === '<' ? '&lt;' : found));
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = line(head.map(() => '---'));
  return [line(head), rule, ...rows.map((row) => line(row.map(cell)))].join('\n');
}
