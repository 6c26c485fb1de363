// Who lives here: the measuring part inside the kiosk's own page. It listens to real key events and
// watches the real DOM; it changes nothing that the product can see. Terms: *painted* is the moment
// after the frame that shows a change was handed over: a message posted from requestAnimationFrame
// arrives when style, layout and paint of that frame are done.
//
// These functions are sent to the page as text, so each may use nothing from outside of itself.

export interface Sample {
  /** When the browser got the key that began it (`event.timeStamp`). */
  readonly keyMs: number;
  /** When the page's first listener got it. */
  readonly handledMs: number;
  /** When the DOM showed it. */
  readonly changedMs: number;
  readonly paintedMs: number;
}

export interface Meter {
  /** Waits until nothing moves on the page, so that every sample begins on a still screen. */
  still(): Promise<void>;
  /** The next Enter begins a sample that ends when the line of this item is painted complete. */
  armScan(itemCode: string): void;
  /** The next F9 begins a probe: one strict row, then a changed text. The product never hears it. */
  armProbe(): void;
  /** The sample that was armed. Rejects when it does not come in time. */
  sample(): Promise<Sample>;
  /** Tasks over 50 ms since the meter was installed. */
  longTasks(): number;
  /** Characters of JSON in the probe's row. */
  readonly rowChars: number;
}

declare global {
  interface Window {
    scandockMeter?: Meter;
    scandockOnKey?: (event: KeyboardEvent, handledMs: number) => void;
  }
}

/** Runs before the page's own scripts: the wedge keeps a scanner's keys from all who come later. */
export function listenFirst(): void {
  window.addEventListener('keydown', (event) => window.scandockOnKey?.(event, performance.now()), {
    capture: true,
  });
}

/** `row` is what the probe writes; the product's own transaction writes as much. */
export async function installMeter(row: unknown): Promise<void> {
  const SAMPLE_MS = 3_000;
  const kiosk = document.querySelector('[data-testid="kiosk"]');
  if (kiosk === null) throw new Error('no kiosk on this page');

  const text = document.createElement('p');
  text.style.cssText = 'position:fixed;right:0;bottom:0;margin:0;font-size:2.5rem;z-index:99';
  text.textContent = '0';
  document.body.append(text);

  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('scandock-bench', 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore('rows', { autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('no database for the probe'));
  });

  let longTasks = 0;
  new PerformanceObserver((list) => (longTasks += list.getEntries().length)).observe({
    type: 'longtask',
  });

  let armed: { kind: 'probe' } | { kind: 'scan'; item: string } | undefined;
  let begun: { keyMs: number; handledMs: number } | undefined;
  let finish: (changedMs: number, paintedMs: number) => void = () => undefined;
  let result: Promise<Sample> = Promise.reject(new Error('nothing was armed'));
  result.catch(() => undefined);

  function arm(what: typeof armed): void {
    armed = what;
    begun = undefined;
    result = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the sample did not come')), SAMPLE_MS);
      finish = (changedMs, paintedMs) => {
        clearTimeout(late);
        if (begun === undefined) reject(new Error('painted before its key'));
        else resolve({ ...begun, changedMs, paintedMs });
      };
    });
    result.catch(() => undefined);
  }

  function whenPainted(act: (paintedMs: number) => void): void {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => act(performance.now());
      port2.postMessage(undefined);
    });
  }

  function probe(): void {
    const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
    transaction.objectStore('rows').add(row);
    transaction.oncomplete = () => {
      text.textContent = String(Number(text.textContent) + 1);
      const changedMs = performance.now();
      whenPainted((paintedMs) => finish(changedMs, paintedMs));
    };
  }

  window.scandockOnKey = (event, handledMs) => {
    if (armed === undefined || event.key !== (armed.kind === 'scan' ? 'Enter' : 'F9')) return;
    begun = { keyMs: event.timeStamp, handledMs };
    if (armed.kind === 'scan') return;
    event.stopImmediatePropagation();
    armed = undefined;
    probe();
  };

  new MutationObserver(() => {
    if (armed?.kind !== 'scan' || begun === undefined) return;
    const line = kiosk.querySelector(`[data-testid="line"][data-item="${armed.item}"]`);
    if (line?.getAttribute('data-state') !== 'complete') return;
    const changedMs = performance.now();
    armed = undefined;
    whenPainted((paintedMs) => finish(changedMs, paintedMs));
  }).observe(kiosk, { subtree: true, childList: true, attributeFilter: ['data-state'] });

  window.scandockMeter = {
    still: async () => {
      while (document.getAnimations().length > 0) {
        await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
      }
    },
    armScan: (item) => arm({ kind: 'scan', item }),
    armProbe: () => arm({ kind: 'probe' }),
    sample: () => result,
    longTasks: () => longTasks,
    rowChars: JSON.stringify(row).length,
  };
}

/**
 * What the product's last transaction of a booked line left on its disk: the queue's row and the
 * dialogue at rest. Sent to the page as text, too.
 */
export async function readBookedRow(): Promise<unknown> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('scandock');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('no database of the product'));
  });
  const stores = database.transaction(['queue', 'session']);
  const ask = (request: IDBRequest): Promise<unknown> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('the product’s row cannot be read'));
    });
  const [rows, rest] = await Promise.all([
    ask(stores.objectStore('queue').getAll()),
    ask(stores.objectStore('session').get('rest')),
  ]);
  database.close();
  return { row: Array.isArray(rows) ? rows.at(-1) : undefined, rest };
}
