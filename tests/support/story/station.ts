// Who lives here: one station of a story: a kiosk in a browser context of its own, its calendar on the
// story's day, and a person in front of it with a scanner and ten fingers in gloves.

import { expect } from '@playwright/test';
import type { Browser, BrowserContext, Locator, Page, WebSocketRoute } from '@playwright/test';
import { LIMITS } from '../../../src/lib/domain/index.ts';
import { Scanner } from '../scanner.ts';
import { forget, look, watchGlass } from './glass.ts';
import type { Glass } from './glass.ts';
import { until } from './hub-side.ts';

const WIRE = /\/socket\.io\//;
/** So long a person waits for the glass to be still. */
const STILL_MS = 60;
/** An act that is answered by no signal is believed after so long. */
const SILENT_MS = 400;
const SETTLE_MS = 10_000;
const BACK_MS = 20_000;
/** Master data that came and then nothing for so long: all of it is here. */
const REST_MS = 300;
/** Keys of the pad that are called by a name. */
const SPOKEN: Readonly<Record<string, string>> = { '.': 'point', ',': 'point', '-': 'sign' };
const DOUBLE_MS = LIMITS.doubleReadMs + 100;

export class Station {
  readonly name: string;
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #wires = new Set<WebSocketRoute>();
  #scanner: Scanner | undefined;
  #away = false;
  #readCode = '';
  #readAtMs = 0;

  private constructor(name: string, context: BrowserContext, page: Page) {
    this.name = name;
    this.#context = context;
    this.page = page;
  }

  /** Switched on, on the morning of `today`. */
  static async open(browser: Browser, url: string, name: string, today: string): Promise<Station> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const station = new Station(name, context, page);
    await station.#watchWire();
    await page.addInitScript(watchGlass, Date.parse(`${today}T12:00:00`) - Date.now());
    const query = new URLSearchParams({ station: name, lang: 'en' });
    await page.goto(`${url}/?${query.toString()}`);
    station.#scanner = await Scanner.at(page);
    await station.#working();
    return station;
  }

  /**
   * Chooses its work from the menu; a station with one workflow has begun by itself, and nobody
   * chooses what whoever is signed in may not begin.
   */
  async begin(workflow: string): Promise<void> {
    if ((await this.look()).phase !== 'menu') return;
    if ((await this.page.getByTestId(`menu-${workflow}`).count()) === 0) return;
    await this.#touch(`menu-${workflow}`);
    await this.#working();
  }

  /** Looks through the camera, and touches the button that takes the photo. */
  async takePhoto(): Promise<void> {
    const { page } = this;
    await expect(page.getByTestId('camera')).toHaveAttribute('data-camera', 'on');
    const photos = page.getByTestId('photos');
    const taken = Number(await photos.getAttribute('data-taken'));
    await this.#touch('action-OK');
    await expect(photos).toHaveAttribute('data-taken', String(taken + 1));
  }

  /** Touches the name in the bar. */
  signOut(): Promise<void> {
    return this.#touch('operator');
  }

  /**
   * Waits until these records have come to this station: before, it knows their codes no better. Nor
   * may an order of an earlier story still be called by one of these numbers.
   */
  async knows(
    records: readonly (readonly [kind: string, id: string])[],
    numbers: readonly string[] = [],
  ): Promise<void> {
    let version: unknown;
    let sinceMs = performance.now();
    await until(`${this.name} to have the records`, BACK_MS, async () => {
      const found = await this.page.evaluate(readCopy, { records, numbers });
      if (found.version !== version) sinceMs = performance.now();
      version = found.version;
      return found.complete && performance.now() - sinceMs > REST_MS;
    });
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  look(): Promise<Glass> {
    return look(this.page);
  }

  /** What comes now belongs to the next step. */
  async listen(): Promise<void> {
    await forget(this.page);
  }

  /** Waits until the frame has answered and the glass is still, or long enough for silence. */
  async still(): Promise<void> {
    const fromMs = performance.now();
    await until(`${this.name} to be still`, SETTLE_MS, async () => {
      const { signals, stillMs } = await this.look();
      const waitedMs = performance.now() - fromMs;
      return stillMs > STILL_MS && (signals.length > 0 || waitedMs > SILENT_MS);
    });
  }

  /** Waits until the hub has decided all that was done here; a hub that is away decides nothing. */
  async heard(): Promise<void> {
    if (this.#away) return;
    await until(`the hub to hear ${this.name}`, BACK_MS, async () => {
      return (await this.look()).waiting === null;
    });
  }

  /** A code read twice at once is one read: whoever means two waits as long as a hand takes. */
  async scan(code: string): Promise<void> {
    const restMs = this.#readAtMs + DOUBLE_MS - performance.now();
    if (code === this.#readCode && restMs > 0) await this.page.waitForTimeout(restMs);
    await this.#scanner?.scan(code);
    this.#readCode = code;
    this.#readAtMs = performance.now();
  }

  /** Touches the button of a command; where there is none its barcode is scanned. */
  async press(word: string): Promise<void> {
    const { actions } = await this.look();
    if (actions.includes(word)) await this.#touch(`action-${word}`);
    else await this.scan(`SD:${word}`);
  }

  async openOrder(number: string): Promise<void> {
    await this.#tap(this.page.locator(`[data-testid="order"][data-order="${number}"]`));
  }

  /** Touches a line of an order or of what can be taken back; `nth` from 1 among one item's. */
  async chooseLine(item: string, nth: number): Promise<void> {
    const id = (await this.look()).taken === null ? 'line' : 'taken-line';
    const lines = this.page.locator(`[data-testid="${id}"][data-item="${item}"]`);
    await this.#tap(lines.nth(nth - 1).locator('button'));
  }

  /**
   * Touches the row of a problem, the remedy or the flow in between of this name, else the row whose
   * words begin so.
   */
  async touchChoice(words: string): Promise<void> {
    const { choices, ways, remedies, detours } = await this.look();
    const [way, remedy] = [ways.indexOf(words), remedies.indexOf(words)];
    if (detours.includes(words)) {
      return this.#tap(this.page.locator('[data-testid^="detour-"]', { hasText: words }));
    }
    if (way !== -1) return this.#tap(this.page.getByTestId('way').nth(way));
    if (remedy !== -1) return this.#tap(this.page.getByTestId('remedy').nth(remedy));
    const at = choices.findIndex((each) => each.startsWith(words));
    if (at === -1) throw new Error(`no row says “${words}”: ${choices.join(' | ')}`);
    await this.#tap(this.page.getByTestId('choice').nth(at));
  }

  /** Types on the pad of the glass and takes it with OK. */
  async typeDigits(text: string): Promise<void> {
    for (const key of text) await this.#touch(`key-${SPOKEN[key] ?? key}`);
    await this.#touch('action-OK');
  }

  /** Touches one of the answers that a question lists. */
  answer(value: string, list: 'choice' | 'answer' = 'choice'): Promise<void> {
    return this.#touch(`${list}-${value}`);
  }

  /** Types letters on the glass and takes them. */
  async typeLetters(text: string): Promise<void> {
    await this.#touch('type-it');
    for (const key of text) await this.#touch(`letter-${key === ' ' ? 'space' : key}`);
    await this.#touch('type-take');
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#working();
  }

  /** The line to the hub is cut, and every new one too, until `hubBack`. */
  async hubAway(): Promise<void> {
    this.#away = true;
    await Promise.all([...this.#wires].map((wire) => wire.close()));
    this.#wires.clear();
    await expect(this.page.getByTestId('hub-state')).toHaveAttribute('data-hub', 'away');
  }

  async hubBack(): Promise<void> {
    this.#away = false;
    const state = this.page.getByTestId('hub-state');
    await expect(state).toHaveAttribute('data-hub', 'connected', { timeout: BACK_MS });
  }

  async #watchWire(): Promise<void> {
    await this.page.routeWebSocket(WIRE, async (wire) => {
      if (this.#away) return wire.close();
      this.#wires.add(wire);
      wire.connectToServer();
    });
    await this.page.route(WIRE, (route) => (this.#away ? route.abort() : route.continue()));
  }

  async #working(): Promise<void> {
    const kiosk = this.page.getByTestId('kiosk');
    await expect(kiosk).toHaveAttribute('data-phase', /^(dialogue|menu)$/, { timeout: BACK_MS });
  }

  #touch(id: string): Promise<void> {
    return this.#tap(this.page.getByTestId(id));
  }

  /** What lies over the screen must be read and closed before anything below it can be touched. */
  async #tap(target: Locator): Promise<void> {
    for (const panel of ['notice', 'help']) {
      const close = this.page.getByTestId(`${panel}-close`);
      while ((await close.count()) > 0) await close.first().click();
    }
    await target.click();
  }
}

interface Awaited {
  readonly records: readonly (readonly [kind: string, id: string])[];
  /** Orders of these numbers are among the records, or they are of somebody else. */
  readonly numbers: readonly string[];
}

/** Runs in the page: whether its copy of master data has all of these, and how far the copy is. */
async function readCopy({ records, numbers }: Awaited) {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(request.error ?? new Error('the database does not answer'));
      };
    });
  const db = await done(indexedDB.open('scandock'));
  const tx = db.transaction(['meta', 'replica']);
  const rows = tx.objectStore('replica');
  const found = await Promise.all(records.map(([kind, id]) => done<unknown>(rows.get([kind, id]))));
  const orders = (await done<unknown[]>(
    rows.getAll(IDBKeyRange.bound(['order', ''], ['order', '\uffff'])),
  )) as { id: string; body: { number: string } | null }[];
  const strange = orders.some(({ id, body }) => {
    return numbers.includes(body?.number ?? '') && !records.some((each) => each[1] === id);
  });
  const version = await done<unknown>(tx.objectStore('meta').get('replicaVersion'));
  db.close();
  return { version, complete: !strange && found.every((row) => row !== undefined) };
}
