/*
 * The look all pages of the simulator share: a quiet sheet on grey, readable without any script.
 */

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const STYLE = `
  :root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6875; --line: #d9dfe5;
    --sheet: #fff; --ground: #eef1f4; --accent: #b3261e; --wash: #f6f8fa; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #9fabb8; --line: #35404c;
    --sheet: #1b232c; --ground: #11171d; --accent: #ff8a80; --wash: #232d38; } }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--ground); color: var(--ink);
    font: 16px/1.5 system-ui, 'Segoe UI', sans-serif; }
  main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
  main.narrow { max-width: 30rem; padding-top: 8vh; }
  .sheet { background: var(--sheet); border: 1px solid var(--line); border-radius: 12px;
    padding: 1.75rem; margin-bottom: 1.25rem; overflow-x: auto; }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
  h2 { font-size: 1.05rem; margin: 0 0 .75rem; }
  p { margin: 0 0 1rem; } .soft { color: var(--soft); } .tag { color: var(--accent);
    font-size: .8rem; font-weight: 600; letter-spacing: .04em; margin-bottom: .75rem; }
  label { display: block; font-weight: 600; margin-bottom: .25rem; }
  label.choice { display: flex; gap: .75rem; align-items: center; font-weight: 400;
    border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin-bottom: .5rem; }
  input[type=text], input[type=password] { width: 100%; font: inherit; color: inherit;
    padding: .6rem .75rem; border: 1px solid var(--soft); border-radius: 8px;
    background: var(--wash); margin-bottom: 1rem; }
  input[type=checkbox] { width: 1.25rem; height: 1.25rem; }
  button { font: inherit; font-weight: 600; padding: .65rem 1.25rem; border-radius: 8px;
    border: 1px solid var(--ink); background: var(--ink); color: var(--sheet); cursor: pointer; }
  button.quiet { background: none; color: var(--ink); border-color: var(--line); }
  .row { display: flex; gap: .75rem; flex-wrap: wrap; margin-top: 1.25rem; }
  .error { border-left: 4px solid var(--accent); padding: .5rem .75rem; background: var(--wash); }
  table { border-collapse: collapse; width: 100%; font-size: .92rem; }
  th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line);
    vertical-align: top; } td.number, th.number { text-align: right; }
  code { font: .9em ui-monospace, 'Cascadia Mono', Menlo, monospace; overflow-wrap: anywhere; }
  a { color: inherit; } dl { display: grid; grid-template-columns: max-content 1fr;
    gap: .35rem 1.25rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

/** A whole page; `body` is HTML already. */
export function page(title: string, body: string, narrow = false): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main${narrow ? ' class="narrow"' : ''}>${body}</main></body></html>`;
}
