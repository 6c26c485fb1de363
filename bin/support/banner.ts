// Who lives here: what the console shows when everything runs.

export interface BannerFacts {
  readonly port: number;
  /** What stands for Exact Online: its address, and whether it is the simulator. */
  readonly exact: { readonly baseUrl: string; readonly simulator: boolean };
  readonly dataDir: string;
}

const WIDTH = 74;

/** The links and the two things a newcomer must know, in a frame. No line break at the end. */
export function banner(facts: BannerFacts): string {
  const root = `http://localhost:${facts.port}`;
  const books = facts.exact.simulator
    ? [`Books     an Exact simulator at ${facts.exact.baseUrl}`, '          (no credentials given)']
    : [`Books     Exact Online at ${facts.exact.baseUrl}`];
  const rows = [
    'S C A N D O C K',
    '',
    `Kiosk     ${root}/`,
    `Admin     ${root}/admin`,
    `Barcodes  ${root}/sheet`,
    '',
    ...books,
    `Data      ${facts.dataDir}`,
    '',
    'The hub listens on the loopback interface only: until stations can be',
    'paired, nobody but this machine can reach it.      Stop with Ctrl+C.',
  ];
  const rule = '─'.repeat(WIDTH);
  const framed = rows.map((row) => `│  ${row.padEnd(WIDTH - 2)}│`);
  return [`┌${rule}┐`, ...framed, `└${rule}┘`].join('\n');
}
