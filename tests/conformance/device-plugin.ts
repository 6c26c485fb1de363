// Who lives here: the contract of src/lib/plugins/contract.ts as laws that can be run against any
// plugin. Each law says what it holds and throws where a plugin breaks it; device-plugin.test.ts
// holds the house's plugins to them, and shows that each law catches a plugin that breaks it.

import type { RawScan } from '../../src/lib/domain/index.ts';
import { isFault, LIMITS } from '../../src/lib/domain/index.ts';
import type { DeviceAdapter, DevicePlugin, PluginHost } from '../../src/lib/plugins/index.ts';
import { VirtualKeyboard, VirtualTime } from './machine.ts';

/** What a plugin's own test adds, so that the laws can make its hardware read. */
export interface Bench {
  readonly plugin: DevicePlugin;
  /** Lets the hardware read `text`, in more than 22 ms, to the end of the device's own waiting. */
  read(text: string, machine: BenchMachine): Promise<void>;
  /** Options that the plugin must refuse. */
  readonly wrongOptions: readonly unknown[];
}

export interface BenchMachine {
  readonly time: VirtualTime;
  readonly keyboard: VirtualKeyboard;
}

export interface Law {
  readonly says: string;
  hold(bench: Bench): Promise<void>;
}

function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

interface Rig extends BenchMachine {
  readonly adapter: DeviceAdapter;
  readonly scans: RawScan[];
  readonly states: string[];
  readonly ended: AbortController;
}

/** One device on a bare machine: no host of the house between, so that nothing is put right. */
function rig({ plugin }: Bench, options: unknown = {}): Rig {
  const time = new VirtualTime();
  const keyboard = new VirtualKeyboard(time);
  const scans: RawScan[] = [];
  const states: string[] = [];
  const host: PluginHost = {
    emit: (raw) => scans.push(raw),
    status: (status) => states.push(status.kind),
    granted: plugin.manifest.needs.includes('keyboard') ? { keyboard } : {},
    clock: time,
    scheduler: time,
  };
  const parsed = plugin.manifest.options.safeParse(options);
  must(parsed.success, 'the defaults are valid options');
  const adapter = plugin.create(host, parsed.data);
  return { time, keyboard, scans, states, adapter, ended: new AbortController() };
}

async function started(bench: Bench): Promise<Rig> {
  const made = rig(bench);
  let ready = false;
  void made.adapter.start(made.ended.signal).then(() => (ready = true));
  await made.time.pass(LIMITS.deviceStartMs);
  must(ready, 'start resolves in time');
  return made;
}

function checkScan(raw: RawScan | undefined, id: string, text: string, time: VirtualTime): void {
  if (raw === undefined) throw new Error('a read is emitted');
  must(raw.text === text, `the text is what was read, not ${JSON.stringify(raw.text)}`);
  must(raw.device === id, 'the read carries the name of its device');
  must(raw.bytes.length > 0 && raw.bytes.length <= LIMITS.scanBytes, 'the bytes are there');
  must(raw.startedMs <= raw.endedMs, 'a read begins before it ends');
  must(raw.endedMs <= time.nowMs(), 'a read does not end in the future');
  must(raw.startedMs > time.nowMs() - 60_000, 'times are those of the wall clock');
}

export const LAWS: readonly Law[] = [
  {
    says: 'the manifest is whole',
    hold({ plugin: { manifest } }) {
      must(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(manifest.id), 'an id of lower-case words');
      must(manifest.label.trim().length > 0, 'a label for people');
      must(new Set(manifest.needs).size === manifest.needs.length, 'each need once');
      return Promise.resolve();
    },
  },
  {
    says: 'options are read by the schema: none gives defaults, wrong ones are refused',
    hold({ plugin: { manifest }, wrongOptions }) {
      must(manifest.options.safeParse({}).success, 'no options are valid options');
      for (const wrong of [null, 7, ...wrongOptions]) {
        must(!manifest.options.safeParse(wrong).success, `${JSON.stringify(wrong)} is refused`);
      }
      return Promise.resolve();
    },
  },
  {
    says: 'making an adapter touches nothing',
    async hold(bench) {
      const { keyboard, time, scans, states } = rig(bench);
      await time.pass(1000);
      must(keyboard.listenerCount + time.pendingTimers === 0, 'nothing is held before start');
      must(scans.length + states.length === 0, 'nothing is said before start');
    },
  },
  {
    says: 'start resolves and the device says that it is ready',
    async hold(bench) {
      const { states } = await started(bench);
      must(states.at(-1) === 'ready', 'ready is said');
    },
  },
  {
    says: 'a run that is over before it begins holds nothing',
    async hold(bench) {
      const made = rig(bench);
      made.ended.abort();
      await made.adapter.start(made.ended.signal).catch(() => undefined);
      await bench.read('A-01-1', made);
      must(made.keyboard.listenerCount + made.time.pendingTimers === 0, 'nothing is held');
      must(made.scans.length === 0, 'nothing is emitted');
    },
  },
  {
    says: 'one read is emitted once, as it was read',
    async hold(bench) {
      const made = await started(bench);
      for (const [count, text] of ['A-01-1', '8712345678906', 'LOT-ß-7'].entries()) {
        await bench.read(text, made);
        must(made.scans.length === count + 1, `one read is one scan, not ${made.scans.length}`);
        checkScan(made.scans.at(-1), bench.plugin.manifest.id, text, made.time);
        await made.time.pass(5000);
      }
      must(made.scans.length === 3, 'nothing is emitted without a read');
    },
  },
  {
    says: 'a read beyond the limit is not emitted, and is named',
    async hold(bench) {
      const made = await started(bench);
      await bench.read('9'.repeat(LIMITS.scanBytes + 10), made);
      must(made.scans.length === 0, 'it is not emitted, not even a part of it');
      must(made.states.at(-1) === 'attention', 'it is named');
      await made.time.pass(5000);
      await bench.read('A-01-1', made);
      must(made.scans.length === 1, 'the next read works');
      must(made.states.at(-1) === 'ready', 'and ends the trouble');
    },
  },
  {
    says: 'after its end a device emits nothing and holds nothing',
    async hold(bench) {
      const made = await started(bench);
      await bench.read('A-01-1', made);
      made.ended.abort();
      const { length } = made.scans;
      must(made.keyboard.listenerCount + made.time.pendingTimers === 0, 'nothing is held');
      await bench.read('A-01-2', made);
      await made.time.pass(5000);
      must(made.scans.length === length, 'nothing is emitted');
    },
  },
  {
    says: 'a device that ends in the middle of a read emits nothing of it',
    async hold(bench) {
      const made = await started(bench);
      made.time.after(22, () => {
        made.ended.abort();
        must(made.keyboard.listenerCount + made.time.pendingTimers === 0, 'nothing is held');
      });
      await bench.read('8712345678906'.repeat(3), made);
      await made.time.pass(5000);
      must(made.ended.signal.aborted, 'a read takes longer than 22 ms on this bench');
      must(made.scans.length === 0, 'nothing is emitted');
    },
  },
  {
    says: 'two devices of one plugin share nothing',
    async hold(bench) {
      const [one, other] = [await started(bench), await started(bench)];
      await bench.read('A-01-1', one);
      must(one.scans.length === 1 && other.scans.length === 0, 'only the one reads');
    },
  },
  {
    says: 'feedback of every kind is taken without complaint, before and after the end',
    async hold(bench) {
      const { adapter, ended } = await started(bench);
      for (const kind of ['step', 'green', 'done', 'error'] as const) adapter.signal?.(kind);
      ended.abort();
      adapter.signal?.('done');
    },
  },
];

/** Holds `bench` to every law; answers the laws that it broke. */
export async function broken(bench: Bench): Promise<string[]> {
  const names: string[] = [];
  for (const { says, hold } of LAWS) {
    try {
      await hold(bench);
    } catch (error) {
      if (isFault(error)) throw error;
      names.push(says);
    }
  }
  return names;
}
