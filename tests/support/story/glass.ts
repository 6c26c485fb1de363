// Who lives here: one look at a kiosk's glass: everything a story may ask about, read from the page in
// one go, and what the station signalled since it was last asked. What no element shows is not here.

import type { Page } from '@playwright/test';

export interface GlassLine {
  readonly item: string;
  readonly state: string;
  readonly focus: string | null;
  /** `12 / 24 pc` */
  readonly numbers: string;
}

export interface Glass {
  readonly phase: string | null;
  readonly view: string | null;
  readonly step: string | null;
  readonly asks: string | null;
  readonly hub: string | null;
  /** Key of the text or code of the fault; nothing: the strip says nothing. */
  readonly message: string | null;
  /** What it says: its title and, of a fault, what is behind it. */
  readonly said: readonly string[];
  readonly read: string | null;
  readonly item: string | null;
  readonly entry: string | null;
  readonly unit: string | null;
  readonly limit: string | null;
  readonly known: readonly (readonly [fact: string, text: string])[];
  readonly lines: readonly GlassLine[] | null;
  /** Before an order is closed: the item of each line that is open, and `6 pc open`. */
  readonly open: readonly (readonly [item: string, missing: string])[];
  readonly count: string | null;
  readonly suggestion: string | null;
  /** Of something that is looked up: whether the hub said where it lies, what lies where (`MILK 6 at
   * A-02, L77 until 2027-03-31`), and number, item and quantity of what is planned. */
  readonly look: string | null;
  readonly lies: readonly string[];
  readonly planned: readonly (readonly [order: string, goods: string])[];
  /** The work that may be begun; nothing while some runs. */
  readonly menu: readonly (string | null)[] | null;
  /** What was asked to be printed, on one line. */
  readonly labels: string | null;
  /** The line that is proposed: item, `3 pc`, place and batch; each empty where it is not shown. */
  readonly next: readonly [item: string, goods: string, place: string, batch: string] | null;
  /** The screen says that each piece must be scanned. */
  readonly scanned: boolean;
  readonly actions: readonly string[];
  readonly help: boolean;
  readonly orders: readonly string[];
  /** The orders that are worked on at once, each with its number on the cart. */
  readonly together: readonly {
    readonly tote: string;
    readonly order: string;
    /** Of the tote that its goods go into. */
    readonly code: string | null;
    readonly complete: boolean;
  }[];
  readonly waiting: string | null;
  /** The role whose badge is asked, and whether nobody has it. */
  readonly badge: string | undefined;
  readonly nobody: boolean;
  /** Who is signed in. */
  readonly operator: string | null;
  readonly notices: readonly string[];
  /** Item, `24 pc`, stage; newest first. Nothing where the screen has no such list. */
  readonly trail: readonly (readonly [item: string, goods: string, stage: string])[] | null;
  /** The rows to touch, as a story writes them: `name: what tells it apart, …`. */
  readonly choices: readonly string[];
  /** Names of the rows of a problem, and of the remedies on the message. */
  readonly ways: readonly string[];
  readonly remedies: readonly string[];
  /** Flows that may run in between, as their buttons say; and what waits for the one that does. */
  readonly detours: readonly string[];
  readonly between: readonly [from: string, order: string | undefined] | null;
  /** Item and `24 pc` of what can be taken back; nothing where the screen has no such list. */
  readonly taken: readonly (readonly [item: string, goods: string])[] | null;
  /** What taking a line back means: item, `24 pc`, document, what does it, and who used of it. */
  readonly back: readonly string[] | null;
  /** What the frame showed since the last `forget`, in order. */
  readonly signals: readonly string[];
  /** Milliseconds since something on the page changed last. */
  readonly stillMs: number;
}

/** What a page keeps for us between two looks. */
interface Heard {
  signals: string[];
  changedAt: number;
}

declare global {
  interface Window {
    storyHeard?: Heard;
  }
}

/**
 * Runs in the page before anything of it: the station's calendar stands on the story's day, and
 * every flash of the frame is kept.
 */
export function watchGlass(aheadMs: number): void {
  const Machine = Date;
  class StoryDate extends Machine {
    constructor(...values: ConstructorParameters<DateConstructor> | []) {
      if (values.length === 0) super(Machine.now() + aheadMs);
      else super(...values);
    }
    static override now(): number {
      return Machine.now() + aheadMs;
    }
  }
  window.Date = StoryDate as DateConstructor;
  const heard: Heard = { signals: [], changedAt: performance.now() };
  window.storyHeard = heard;
  let flashes = '0';
  new MutationObserver(() => {
    heard.changedAt = performance.now();
    const { flash, signal } = document.querySelector<HTMLElement>('.kiosk')?.dataset ?? {};
    if (flash === undefined || flash === flashes) return;
    flashes = flash;
    heard.signals.push(signal ?? 'none');
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}

/** What was signalled so far belongs to the steps before. */
export async function forget(page: Page): Promise<void> {
  await page.evaluate(() => {
    if (window.storyHeard === undefined) return;
    window.storyHeard.signals = [];
  });
}

/** One look. */
export function look(page: Page): Promise<Glass> {
  return page.evaluate(readGlass);
}

function readGlass(): Glass {
  const at = (id: string, within: ParentNode = document) =>
    within.querySelector<HTMLElement>(`[data-testid="${id}"]`);
  const all = (id: string, within: ParentNode = document) => [
    ...within.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`),
  ];
  const text = (element: Element | null | undefined) =>
    element?.textContent.replaceAll(/\s+/g, ' ').trim() ?? null;
  const kiosk = at('kiosk');
  const { phase, view, step, asks, notices } = kiosk?.dataset ?? {};
  const strip = at('strip');
  const panel = strip?.querySelector<HTMLElement>('[data-message]');
  const trail = at('trail');
  const between = at('between');
  const heard = window.storyHeard;
  return {
    ...{ phase: phase ?? null, view: view ?? null, step: step ?? null, asks: asks ?? null },
    hub: at('hub-state')?.dataset['hub'] ?? null,
    message: panel?.dataset['message'] ?? null,
    said: [...(panel?.querySelectorAll('h2, .why') ?? [])].map((each) => text(each) ?? ''),
    read: panel ? text(at('fault-read', panel)) : null,
    item: text(at('item')?.querySelector('.code, .mono')),
    entry: text(at('entry-value')?.querySelector('span')),
    unit: text(at('entry-value')?.querySelector('small')),
    limit: text(at('entry-limit')),
    known: [...document.querySelectorAll<HTMLElement>('[data-testid="known"] [data-fact]')].map(
      (each) => [each.dataset['fact'] ?? '', text(each) ?? ''] as const,
    ),
    lines:
      at('lines') === null
        ? null
        : all('line').map((line) => ({
            item: line.dataset['item'] ?? '',
            state: line.dataset['state'] ?? '',
            focus: line.dataset['focus'] ?? null,
            numbers: text(at('line-numbers', line)) ?? '',
          })),
    open: [...document.querySelectorAll<HTMLElement>('[data-testid="open-lines"] li')].map(
      (row) => [row.dataset['item'] ?? '', text(row.querySelector('strong')) ?? ''] as const,
    ),
    count: text(at('serial-count'))?.replaceAll(' ', '') ?? null,
    // A tote stands in a shape of its own; where the product leads, its card shows what is suggested.
    suggestion: text(
      at('suggestion') ??
        document.querySelector('[data-testid="tote"]:not(.empty)') ??
        (asks === 'location' ? at('next-place') : asks === 'batch' ? at('next-batch') : null),
    ),
    menu:
      phase === 'dialogue' ? null : [...(at('menu')?.querySelectorAll('button') ?? [])].map(text),
    look: at('look')?.dataset['state'] ?? null,
    lies: [...document.querySelectorAll<HTMLElement>('[data-testid="lies"] li')].map((row) => {
      const { item, quantity, place, number, expiry } = row.dataset;
      const named = number === undefined ? '' : `, ${number}`;
      return `${item} ${quantity} at ${place}${named}${expiry === undefined ? '' : ` until ${expiry}`}`;
    }),
    planned: [...document.querySelectorAll<HTMLElement>('[data-testid="planned"] li')].map(
      ({ dataset: { order = '', item, open } }) => [order, `${item} ${open}`] as const,
    ),
    labels: text(document.querySelector<HTMLElement>('[data-testid="labels"] p')),
    next:
      at('next') === null
        ? null
        : [
            ...([text(at('next-code')) ?? '', text(at('next-quantity')) ?? ''] as const),
            ...([text(at('next-place')) ?? '', text(at('next-batch')) ?? ''] as const),
          ],
    scanned: at('scan-each') !== null,
    actions: [...document.querySelectorAll<HTMLElement>('[data-testid^="action-"]')]
      .map((each) => (each.dataset['testid'] ?? '').slice('action-'.length))
      .filter((word) => word !== 'menu'),
    help: at('help') !== null,
    orders: all('order').map((each) => each.dataset['order'] ?? ''),
    together: all('together').map((row) => ({
      ...{ tote: row.dataset['tote'] ?? '', order: row.dataset['order'] ?? '' },
      ...{ code: text(at('tote-code', row)), complete: row.dataset['complete'] === 'true' },
    })),
    waiting: text(at('waiting-count')),
    badge: at('approval')?.dataset['role'],
    nobody: at('approval-nobody') !== null,
    operator: text(at('operator')?.querySelector('strong')),
    notices: (notices ?? '').split(' ').filter((code) => code !== ''),
    trail:
      trail === null
        ? null
        : all('trail-line', trail).map((line) => {
            const { item = '', stage = '' } = line.dataset;
            return [item, text(line.querySelector('strong')) ?? '', stage] as const;
          }),
    choices: all('choice').map((row) => {
      const about = [...row.querySelectorAll('span')].map(text).join(', ');
      return [text(row.querySelector('strong')), about].filter((each) => each !== '').join(': ');
    }),
    ways: all('way').map((row) => row.dataset['way'] ?? ''),
    remedies: all('remedy').map((button) => button.dataset['remedy'] ?? ''),
    detours: [...document.querySelectorAll('[data-testid^="detour-"]')].map(
      (each) => text(each) ?? '',
    ),
    between: between === null ? null : [between.dataset['from'] ?? '', between.dataset['order']],
    taken:
      at('taken') === null
        ? null
        : all('taken-line').map(
            (line) =>
              [line.dataset['item'] ?? '', text(line.querySelector('strong')) ?? ''] as const,
          ),
    back:
      at('back') === null
        ? null
        : ['.goods small', '.goods strong', '.how b', '.how span', '.used'].map(
            (each) => text(at('back')?.querySelector(each)) ?? '',
          ),
    signals: heard?.signals ?? [],
    stillMs: performance.now() - (heard?.changedAt ?? 0),
  };
}
