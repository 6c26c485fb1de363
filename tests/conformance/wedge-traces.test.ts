// Who lives here: the wedge played the traces of tests/samples/wedge, key by key in virtual time,
// through the host of the house. A trace: gap in ms, colon, key; see machine.ts for the keys.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { RawScan } from '../../src/lib/domain/index.ts';
import { createDeviceHost, PLUGINS } from '../../src/lib/plugins/index.ts';
import { VirtualKeyboard, VirtualTime } from './machine.ts';

const FOLDER = new URL('../samples/wedge/', import.meta.url);

const trace = z.strictObject({
  says: z.string(),
  /** Where the keys and gaps come from. */
  source: z.string(),
  options: z.record(z.string(), z.unknown()),
  /** The scanner was seen before: it ends its codes by silence, or by Enter. */
  known: z.optional(z.enum(['silence', 'Enter'])),
  keys: z.array(z.string()),
  /** `waitMs`: from the last key of the code to the read. */
  reads: z.array(
    z.strictObject({ text: z.string(), aim: z.optional(z.string()), waitMs: z.number() }),
  ),
  /** What is left in the field that had the focus. */
  left: z.string(),
});
type Trace = z.output<typeof trace>;

const TRACES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => trace.parse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))));

interface Heard {
  readonly raw: RawScan;
  readonly waitMs: number;
}

/** A wedge at work, with what is heard of it. */
async function startWedge(options: unknown) {
  const time = new VirtualTime();
  const keyboard = new VirtualKeyboard(time);
  const heard: Heard[] = [];
  const host = createDeviceHost(PLUGINS, {
    clock: time,
    scheduler: time,
    machine: { keyboard },
    onScan: (raw) => heard.push({ raw, waitMs: time.nowMs() - raw.endedMs }),
    onState: () => undefined,
  });
  expect(await host.start('wedge', options)).toMatchObject({ state: 'running' });
  return { time, keyboard, heard };
}

/** A code from before the trace, by which the wedge learns how this scanner ends its codes. */
async function scanBefore({ time, keyboard, heard }: Wedge, known: Trace['known']): Promise<void> {
  if (known === undefined) return;
  for (const key of ['4', '0', '0', '6', ...(known === 'Enter' ? ['Enter'] : [])]) {
    await time.pass(5);
    keyboard.press(key);
  }
  await time.pass(2000);
  expect(heard.splice(0)).toHaveLength(1);
  keyboard.field.value = '';
}

type Wedge = Awaited<ReturnType<typeof startWedge>>;
type Played = Pick<Trace, 'options' | 'keys' | 'known'>;

async function play({ options, keys, known }: Played, before = '') {
  const wedge = await startWedge(options);
  const { time, keyboard, heard } = wedge;
  await scanBefore(wedge, known);
  keyboard.field.value = before;
  for (const word of keys.flatMap((line) => line.split(' '))) {
    const colon = word.indexOf(':');
    await time.pass(Number(word.slice(0, colon)));
    keyboard.press(word.slice(colon + 1));
    await Promise.resolve();
  }
  await time.pass(2000);
  return { heard, left: keyboard.field.value };
}

describe('the wedge', () => {
  it('has traces to play', () => {
    expect(TRACES.length).toBeGreaterThan(20);
  });

  it.each(TRACES.map((one) => [one.says, one] as const))('%s', async (_, one) => {
    const { heard, left } = await play(one);
    expect(
      heard.map(({ raw: { text, aim }, waitMs }) => ({
        text,
        ...(aim !== undefined && { aim }),
        waitMs,
      })),
    ).toEqual(one.reads);
    expect(left).toBe(one.left);
    for (const { raw } of heard) expect(new TextDecoder().decode(raw.bytes)).toContain(raw.text[0]);
  });

  it.each(
    TRACES.filter(({ left, reads }) => left === '' && reads.length > 0).map(
      (one) => [one.says, one] as const,
    ),
  )('leaves a field as it was: %s', async (_, one) => {
    const { left } = await play(one, 'was here');
    expect(left).toBe('was here');
  });

  it.each([1, 5, 10, 15, 19])('waits three gaps of %i ms at most (P-04)', async (gapMs) => {
    const keys = Array.from('8712345678906', (key) => `${gapMs}:${key}`);
    const { heard } = await play({ options: {}, keys, known: 'silence' });
    const idealMs = Math.min(60, Math.max(20, 3 * gapMs));
    expect(heard).toHaveLength(1);
    expect((heard[0]?.waitMs ?? Infinity) / idealMs).toBeLessThanOrEqual(1.1);
  });

  it('reads a code whole although the page hung, and its timer came before the keys (I-14)', async () => {
    const { time, keyboard, heard } = await startWedge({});
    for (const key of '8712345') {
      keyboard.press(key);
      await time.pass(5);
    }
    time.hang(100);
    for (const [place, key] of [...'678906', 'Enter'].entries()) {
      keyboard.press(key, 100 - 5 * place);
    }
    await time.pass(1000);
    expect(heard.map(({ raw }) => raw.text)).toEqual(['8712345678906']);
  });
});
