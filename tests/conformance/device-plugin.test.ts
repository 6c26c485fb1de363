// Who lives here: every plugin of the house held to the contract of devices, and every law of that
// contract held to a plugin that breaks it.

import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { LIMITS } from '../../src/lib/domain/index.ts';
import { PLUGINS } from '../../src/lib/plugins/index.ts';
import type { DevicePlugin, PluginHost, PluginManifest } from '../../src/lib/plugins/index.ts';
import { broken, LAWS } from './device-plugin.ts';
import type { Bench, BenchMachine } from './device-plugin.ts';

/** A scanner that types, 5 ms from key to key, with Enter. */
async function type(text: string, { time, keyboard }: BenchMachine): Promise<void> {
  for (const key of [...Array.from(text), 'Enter']) {
    keyboard.press(key);
    await time.pass(5);
  }
}

const BENCHES: Readonly<Record<string, Omit<Bench, 'plugin'>>> = {
  wedge: {
    read: type,
    wrongOptions: [{ suffix: 'F1' }, { minLength: 1 }, { maxGapMs: 5 }, { fnc1: '' }, { typo: 1 }],
  },
};

describe.each(PLUGINS.map((plugin) => [plugin.manifest.id, plugin] as const))(
  '%s',
  (id, plugin) => {
    const rest = BENCHES[id];
    it('has a bench here', () => {
      expect(rest).toBeDefined();
    });
    it.each(LAWS.map((law) => [law.says, law] as const))('%s', async (_, law) => {
      if (rest !== undefined) await law.hold({ plugin, ...rest });
    });
  },
);

const manifest: PluginManifest<object> = {
  id: 'sound',
  api: 1,
  kind: 'scanner',
  label: 'Sound',
  needs: ['keyboard'],
  options: z.strictObject({}),
};

interface Faults {
  readonly manifest?: Partial<PluginManifest<object>>;
  readonly atCreate?: (host: PluginHost) => void;
  readonly neverStarts?: true;
  readonly deafToEnd?: true;
  readonly silentStart?: true;
  readonly startsWhenOver?: true;
  readonly emitsTwice?: true;
  readonly signal?: () => void;
  readonly limit?: number;
  readonly shared?: { text: string };
  readonly wrongTime?: true;
}

/** A plain, sound device that reads keys up to Enter, with faults to order. */
function device(faults: Faults): DevicePlugin<object> {
  return {
    manifest: { ...manifest, ...faults.manifest },
    create(host) {
      faults.atCreate?.(host);
      let text = '';
      let startedMs = 0;
      const emit = (): void => {
        const nowMs = host.clock.nowMs();
        const endedMs = faults.wrongTime ? nowMs + 3_600_000 : nowMs;
        const bytes = new TextEncoder().encode(text);
        host.emit({ bytes, text, device: manifest.id, startedMs, endedMs });
      };
      const onKey = (event: KeyboardEvent): void => {
        if (text === '') startedMs = host.clock.nowMs();
        if (event.key !== 'Enter') {
          text += event.key;
          return;
        }
        if (text.length > (faults.limit ?? LIMITS.scanBytes)) {
          host.status({ kind: 'attention', fault: { code: 'scan.too-long', data: {} } });
        } else {
          emit();
          if (faults.emitsTwice) emit();
          host.status({ kind: 'ready' });
        }
        text = '';
      };
      return {
        start(signal) {
          if (signal.aborted && !faults.startsWhenOver) return Promise.resolve();
          host.granted.keyboard?.addEventListener('keydown', onKey);
          if (!faults.deafToEnd) {
            signal.addEventListener('abort', () => {
              host.granted.keyboard?.removeEventListener('keydown', onKey);
            });
          }
          if (!faults.silentStart) host.status({ kind: 'ready' });
          return faults.neverStarts ? new Promise(() => undefined) : Promise.resolve();
        },
        ...(faults.signal && { signal: faults.signal }),
      };
    },
  };
}

const law = (words: string): string => LAWS.find(({ says }) => says.includes(words))?.says ?? '';

describe('the contract', () => {
  const brokenBy = (faults: Faults, read: Bench['read'] = type): Promise<string[]> =>
    broken({ plugin: device(faults), read, wrongOptions: [{ typo: 1 }] });

  it('is kept by a sound plugin', async () => {
    expect(await brokenBy({})).toEqual([]);
  });

  it.each<[string, Faults, string]>([
    ['has an id with capitals', { manifest: { id: 'Sound' } }, 'manifest is whole'],
    ['has no label', { manifest: { label: ' ' } }, 'manifest is whole'],
    ['takes any options', { manifest: { options: z.looseObject({}) } }, 'options are read'],
    ['speaks too early', { atCreate: (h) => h.status({ kind: 'ready' }) }, 'making an adapter'],
    ['listens too early', { atCreate: listen }, 'making an adapter'],
    ['hangs in start', { neverStarts: true }, 'start resolves'],
    ['never says ready', { silentStart: true }, 'start resolves'],
    ['starts a run that is over', { startsWhenOver: true, deafToEnd: true }, 'over before'],
    ['emits twice', { emitsTwice: true }, 'one read is emitted once'],
    ['lies about time', { wrongTime: true }, 'one read is emitted once'],
    ['emits without end', { limit: Infinity }, 'beyond the limit'],
    ['goes on after its end', { deafToEnd: true }, 'after its end'],
    ['goes on after its end', { deafToEnd: true }, 'in the middle'],
    ['chokes on feedback', { signal: choke }, 'feedback'],
  ])('is seen to be broken by a plugin that %s', async (_, faults, words) => {
    expect(await brokenBy(faults)).toContain(law(words));
  });

  it('is seen to be broken by devices that share what they read', async () => {
    const hosts: PluginHost[] = [];
    const faults: Faults = { atCreate: (host) => hosts.push(host) };
    const read: Bench['read'] = async (text, machine) => {
      await type(text, machine);
      const nowMs = machine.time.nowMs();
      const raw = { bytes: new Uint8Array(1), text, device: 'sound', startedMs: nowMs };
      for (const host of hosts.slice(0, -1)) host.emit({ ...raw, endedMs: nowMs });
    };
    expect(await brokenBy(faults, read)).toContain(law('share nothing'));
  });
});

function listen(host: PluginHost): void {
  host.granted.keyboard?.addEventListener('keydown', () => undefined);
}
function choke(): void {
  throw new Error('choked');
}
