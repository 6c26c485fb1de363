// What is on a tape, as text: within its bounds, each thing once, and read back as it happened.

import { describe, expect, it } from 'vitest';
import { Recorder } from '../../../tests/samples/tapes/recorder.ts';
import { SMALL } from '../../../tests/samples/workflows/small.ts';
import { anOrder, aScan, onlyWorkflow, PLAIN } from '../../../tests/samples/workflows/warehouse.ts';
import { LIMITS } from '../domain/index.ts';
import { readTape } from './index.ts';
import type { DialogueEvent } from './index.ts';
import { replay } from './replay.ts';

const NOW = onlyWorkflow(SMALL);
const open = (): DialogueEvent => ({ type: 'open', order: anOrder() });

describe('a tape', () => {
  it('holds no name of a partner and no bytes of a scan, and is read back as it was written', () => {
    const recorder = new Recorder(NOW, [anOrder([])]).give(
      aScan('PO', { document: anOrder() }),
      { type: 'order', order: anOrder() },
      aScan('P', { item: PLAIN }),
    );
    const line = recorder.text;
    expect(line).not.toMatch(/Supplier|bytes|startedMs/);
    expect(line).toContain('"partnerCode":"S1"');
    expect(readTape(line)).toEqual({ ok: true, tape: recorder.tape });
  });

  it('is cut when it is full of events, and within its bytes always', () => {
    const help: DialogueEvent = { type: 'press', word: 'HELP' };
    const many = new Recorder(NOW).give(
      ...Array.from({ length: LIMITS.tapeEvents + 5 }, () => help),
    );
    expect(many.tape.frames.length).toBeLessThanOrEqual(LIMITS.tapeEvents);
    expect(many.tape.cut).toBe(true);
    // Each with goods that are new to the tape: nothing of it can be told by a difference.
    const orders = Array.from({ length: 900 }, (_, at): DialogueEvent => {
      return { type: 'open', order: { ...anOrder(), id: `order ${at}` } };
    });
    const large = new Recorder(NOW).give(...orders);
    expect(large.tape.cut).toBe(true);
    expect(large.tape.frames.length).toBeGreaterThan(10);
    for (const { tape, text } of [many, large]) {
      expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(LIMITS.tapeBytes);
      expect(replay(tape, [NOW])).toEqual({ kind: 'identical' });
    }
  });

  it('tells an order that comes again by what has changed: news cost a fraction of it', () => {
    const order = anOrder();
    const news = (done: number): DialogueEvent => {
      const lines = order.lines.map((line, at) => (at === 1 ? { ...line, done } : line));
      return { type: 'order', order: { ...order, lines, expectedDate: '2026-07-01', seq: done } };
    };
    const recorder = new Recorder(NOW).give(open(), news(1));
    const one = recorder.text.length;
    recorder.give(news(2), news(3), news(4));
    expect((recorder.text.length - one) / 3).toBeLessThan(JSON.stringify(order).length / 3);
    const seen = recorder.tape.frames.map(({ event }) =>
      event.type === 'order' ? event.order.lines[1]?.done : undefined,
    );
    expect(seen).toEqual([undefined, 1, 2, 3, 4]);
  });

  it('a line, a date or a place that is gone again is gone when it is read back', () => {
    const order = anOrder();
    const { expectedDate: _gone, ...bare } = order;
    const versions = [
      { ...order, expectedDate: '2026-07-01' },
      bare,
      { ...bare, lines: order.lines.slice(1) },
      { ...bare, lines: [] },
      order,
    ];
    const recorder = new Recorder(NOW).give(
      ...versions.map((each): DialogueEvent => ({ type: 'open', order: each })),
    );
    const seen = recorder.tape.frames.map(({ event }) => event.type === 'open' && event.order);
    expect(seen).toEqual(versions.map((each) => ({ ...each, partnerName: '' })));
  });

  it('with a difference that leads nowhere, or to what no tape has, is no tape', () => {
    const [head, tail] = ['{"tape":1,"workflow":"w","revision":"r","begun":', ',"frames":['];
    const acting = '{"today":"2026-06-15","commandId":"00000000-0000-7000-8000-000000000001"}';
    const shown = '{"step":"s","signal":"none","commands":[]}';
    const line = (...orders: string[]) => {
      const frames = orders.map((order) => {
        const event = `{"type":"open","order":${order}}`;
        return `{"acting":${acting},"event":${event},"shown":${shown}}`;
      });
      return `${head}${shown}${tail}${frames.join()}]}`;
    };
    const whole = JSON.stringify({ ...anOrder(), partnerName: '' });
    const { id } = anOrder();
    expect(readTape(line(whole, `{"same":"${id}"}`)).ok).toBe(true);
    for (const but of [
      '[[["__proto__","polluted"],1]]',
      '[[["nothing","here"],1]]',
      '[[["lines","length"],0]]',
      '[[["lines","7"],0]]',
      '[[["seq"],"text"]]',
      '[[["partnerName"],"Jansen"]]',
      '[[[],null]]',
      '[7]',
      '7',
    ]) {
      const bad = line(whole, `{"same":"${id}","but":${but}}`);
      expect(readTape(bad)).toMatchObject({ ok: false, why: 'not-a-tape' });
    }
    expect(readTape(line(`{"same":"${id}"}`))).toMatchObject({ ok: false, why: 'not-a-tape' });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(readTape(line(deep)).ok).toBe(false);
    // Small on the wire, and more than any session when it is written out.
    const lines = JSON.stringify(Array.from({ length: 490 }, () => anOrder().lines[0]));
    const large = whole.replace(/"lines":\[.*\],"seq"/, `"lines":${lines},"seq"`);
    const bomb = line(large, ...Array.from({ length: 100 }, () => `{"same":"${id}"}`));
    expect(readTape(bomb)).toMatchObject({ ok: false });
  });
});
