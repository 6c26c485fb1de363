/*
 * The style sheet of all pages of the simulator: quiet sheets on grey, light and dark, no script.
 */
export const STYLE = `
  :root { color-scheme: light dark; --ink: #1d2733; --soft: #596673; --line: #dde3e8;
    --sheet: #fff; --ground: #eef1f4; --accent: #b3261e; --wash: #f5f7f9; --good: #1f7a4d;
    --warn: #a15c00; --track: #e4e9ee; --fill: #35617f; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #9fabb8; --line: #33404c;
    --sheet: #1a222b; --ground: #11171d; --accent: #ff8a80; --wash: #222c37; --good: #7fd1a4;
    --warn: #f0b860; --track: #2c3844; --fill: #7fb2d4; } }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--ground); color: var(--ink);
    font: 16px/1.5 system-ui, 'Segoe UI', sans-serif; }
  main { max-width: 72rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
  main.narrow { max-width: 30rem; padding-top: 8vh; }
  .sheet { background: var(--sheet); border: 1px solid var(--line); border-radius: 12px;
    padding: 1.5rem; margin-bottom: 1.25rem; overflow-x: auto; }
  .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
    gap: 1.25rem; margin-bottom: 1.25rem; align-items: start; } .stack { display: grid; gap: 1.25rem; min-width: 0; }
  .columns .sheet { margin: 0; }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
  h2 { font-size: 1.05rem; margin: 0 0 .9rem; } h3 { font-size: .85rem; margin: 1.25rem 0 .5rem;
    color: var(--soft); font-weight: 600; }
  p { margin: 0 0 1rem; } .soft { color: var(--soft); } .tag { color: var(--accent);
    font-size: .8rem; font-weight: 600; letter-spacing: .04em; margin-bottom: .75rem; }
  .head { display: flex; flex-wrap: wrap; gap: .5rem 2rem; justify-content: space-between;
    align-items: baseline; margin-bottom: 1.25rem; } .head p { margin: 0; }
  .head > div { flex: 1 1 24rem; }
  .clock { font-variant-numeric: tabular-nums; font-weight: 600; }
  label { display: block; font-weight: 600; margin-bottom: .25rem; }
  label.choice { display: flex; gap: .75rem; align-items: center; font-weight: 400;
    border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin-bottom: .5rem; }
  label.small { font-weight: 400; font-size: .85rem; color: var(--soft); margin: 0; }
  input[type=text], input[type=password], input[type=number], select { width: 100%; font: inherit;
    color: inherit; padding: .6rem .75rem; border: 1px solid var(--soft); border-radius: 8px;
    background: var(--wash); margin-bottom: 1rem; }
  .small input, .small select { padding: .4rem .55rem; margin: .15rem 0 0; color: var(--ink); }
  input[type=checkbox] { width: 1.25rem; height: 1.25rem; }
  button { font: inherit; font-weight: 600; padding: .65rem 1.25rem; border-radius: 8px;
    border: 1px solid var(--ink); background: var(--ink); color: var(--sheet); cursor: pointer; }
  button.quiet { background: none; color: var(--ink); border-color: var(--line); }
  button.quiet:hover { background: var(--wash); border-color: var(--soft); }
  .tools button { padding: .4rem .8rem; font-weight: 500; font-size: .92rem; }
  .row { display: flex; gap: .75rem; flex-wrap: wrap; margin-top: 1.25rem; }
  .tools { display: flex; gap: .5rem; flex-wrap: wrap; margin: 0 0 .75rem; align-items: end; }
  .tools form { display: contents; } .tools .grow { flex: 1 1 9rem; } .tools .slim { width: 6rem; }
  .tools .wide { flex: 1 1 100%; }
  .error { border-left: 4px solid var(--accent); padding: .5rem .75rem; background: var(--wash); }
  .gauges { display: flex; flex-wrap: wrap; gap: 1.5rem 2.5rem; }
  .gauge { width: 8.5rem; text-align: center; } .gauge svg { width: 100%; height: auto; display: block; }
  .gauge .name { font-weight: 600; } .gauge .when { font-size: .82rem; color: var(--soft); }
  .bars { display: grid; grid-template-columns: minmax(0, max-content) minmax(4rem, 1fr) max-content;
    gap: .4rem .9rem; align-items: center; font-size: .9rem; margin-top: 1.25rem; }
  .bar { height: .55rem; border-radius: .3rem; background: var(--track); overflow: hidden; }
  .bar i { display: block; height: 100%; background: var(--fill); }
  .bar i.warn { background: var(--warn); } .bar i.full { background: var(--accent); }
  table { border-collapse: collapse; width: 100%; font-size: .9rem; }
  th { font-weight: 600; color: var(--soft); white-space: nowrap; }
  th, td { text-align: left; padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line);
    vertical-align: top; } td.number, th.number { text-align: right; }
  tr:last-child td { border-bottom: 0; } td:first-child { white-space: nowrap; }
  .when, td:first-child { font-variant-numeric: tabular-nums; }
  .mark { display: inline-block; min-width: 2.6rem; padding: 0 .45rem; border-radius: 6px;
    text-align: center; font-weight: 600; font-size: .84rem; background: var(--wash);
    border: 1px solid var(--line); white-space: nowrap; }
  .mark.good { color: var(--good); } .mark.warn { color: var(--warn); }
  .mark.bad { color: var(--accent); } .mark.none { color: var(--soft); }
  code { font: .9em ui-monospace, 'Cascadia Mono', Menlo, monospace; overflow-wrap: anywhere; }
  td code { display: inline-block; min-width: 15rem; }
  a { color: inherit; text-underline-offset: .15em; } dl { display: grid; margin: 0;
    grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; } dt { color: var(--soft); }
  dd { margin: 0; min-width: 0; overflow-wrap: anywhere; } details summary { cursor: pointer; }
  nav { display: flex; gap: 1.25rem; margin-top: .9rem; font-size: .92rem; }
  ul.plain { list-style: none; margin: 0; padding: 0; display: grid; gap: .35rem; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
