// The postings as a person reads and moves them: filter, file and form.

import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../domain/index.ts';
import type { CommandId } from '../../domain/index.ts';
import { actOnPosting, postingsQuery } from './index.ts';
import type { ActionOutcome, PostingLine } from './index.ts';
import { answersSaid } from './postings.ts';
import { postingsCsv, postingsDownload } from './postings-export.ts';

const LINE: PostingLine = {
  ...{ id: 'p1', marker: 'SD1', kind: 'goodsReceipt', kindName: 'Goods receipt' },
  ...{ order: '10000001', state: 'rejected', lines: 2, attempts: 1, step: 1 },
  ...{ documentNumber: null, exactId: null, firstSentMs: 0, changedMs: 1000 },
  ...{ words: 'Batch "B,7"\nis blocked', takesBack: null, takenBackBy: null, reversible: false },
  answers: ['damaged yes, condition torn', 'damaged no'],
  photos: [{ path: '/admin/photos/aa', step: 'picture', here: true }],
};

describe('the filter', () => {
  it.each([
    ['state=nonsense&kind=nothing&before=', {}],
    [`before=${'x'.repeat(101)}`, {}],
    [
      'state=in-doubt&kind=stockCount&before=p7&more=1',
      { state: 'in-doubt', kind: 'stockCount', before: 'p7' },
    ],
  ])('reads %s', (address, query) => {
    expect(postingsQuery(new URLSearchParams(address))).toEqual(query);
  });
});

function portOf(rows: number, total: number) {
  const asked: unknown[] = [];
  return {
    asked,
    async *portions(query: unknown) {
      asked.push(await Promise.resolve(query));
      for (let left = rows; left > 0; left -= 500) {
        yield Array.from({ length: Math.min(500, left) }, () => LINE);
      }
    },
    count: () => Promise.resolve(total),
  };
}

async function textOf(port: ReturnType<typeof portOf>, address = ''): Promise<string> {
  let text = '';
  for await (const piece of postingsCsv(port, new URLSearchParams(address))) text += piece;
  return text;
}

describe('the answers of a posting', () => {
  const command = (n: number) => `c${n}` as CommandId;

  it('are told a line of goods each, in the order in which they were given', () => {
    const answers = [
      { command: command(1), step: 'damaged', value: true },
      { command: command(2), step: 'damaged', value: false },
      { command: command(1), step: 'temperature', value: -18.5 },
    ];
    expect(answersSaid(answers)).toEqual(['damaged yes, temperature -18.5', 'damaged no']);
    expect(answersSaid([])).toEqual([]);
  });

  it('of very many lines are counted, not dropped in silence', () => {
    const many = Array.from({ length: LIMITS.answersShown + 3 }, (_, n) => ({
      ...{ command: command(n), step: 'seal', value: `S${n}` },
    }));
    const said = answersSaid(many);
    expect(said).toHaveLength(LIMITS.answersShown + 1);
    expect(said.at(-1)).toBe('and 3 more lines');
  });

  it('stand in the file', async () => {
    const text = await textOf(portOf(1, 1));
    expect(text).toContain(',Answers,');
    expect(text).toContain(',"damaged yes, condition torn; damaged no",');
  });
});

describe('the file', () => {
  it('begins so that Excel knows it, and holds each posting in one record', async () => {
    const port = portOf(1, 1);
    const text = await textOf(port, 'state=rejected');
    expect(text.startsWith('\u{FEFF}Kind,About,State,Lines,')).toBe(true);
    expect(text).toContain('\r\nGoods receipt,10000001,rejected,2,1,1,,,SD1,1970-01-01 00:00:00,');
    expect(text).toContain('"Batch ""B,7""\nis blocked",p1\r\n');
    expect(port.asked).toEqual([{ state: 'rejected' }]);
  });

  it('that is cut says so in a record of the same width', async () => {
    const most = LIMITS.postingsExported;
    const text = await textOf(portOf(most, most + 1));
    const records = text.split('\r\n');
    const last = records.at(-2) ?? '';
    expect(last).toMatch(/^Cut: the newest 10000 of 10001 postings\./);
    expect(last.match(/,/g)).toHaveLength((records[0] ?? '').split(',').length - 1);
    expect(await textOf(portOf(most, most))).not.toContain('Cut:');
  });

  it('reaches a browser as a file to keep', async () => {
    const answer = postingsDownload(portOf(1, 1), new URLSearchParams());
    expect(answer.headers.get('content-disposition')).toContain('scandock-postings.csv');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });
});

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

function portThatAnswers(outcome: ActionOutcome) {
  const calls: string[] = [];
  const record =
    (action: string) =>
    (...told: (string | number | undefined)[]) => {
      calls.push([action, ...told.filter((each) => each !== undefined)].join('|'));
      return Promise.resolve(outcome);
    };
  const [resend, drop] = [record('resend'), record('drop')];
  const [look, confirm] = [record('look'), record('confirm')];
  const ways = { resend, drop, look, confirm };
  return { calls, ...ways, assign: record('assign'), reverse: record('reverse') };
}

describe('the form', () => {
  it.each([
    [{ action: 'reverse', posting: 'p1', reason: ' ' }, 'Say in a few words why.'],
    [{ action: 'assign', posting: 'p1', reason: 'look at it', person: ' ' }, 'Name the person.'],
    [{ action: 'assign', posting: 'p1', reason: 'look at it' }, 'Name the person.'],
    [
      { action: 'confirm', posting: 'p1', reason: 'I saw it', number: 'SD-1' },
      'Type the number that it has in Exact.',
    ],
    [
      { action: 'confirm', posting: 'p1', reason: 'I saw it' },
      'Type the number that it has in Exact.',
    ],
    [{ action: 'destroy', posting: 'p1', reason: 'because' }, 'This form is not complete.'],
    [{ action: 'drop', posting: '', reason: 'because' }, 'This form is not complete.'],
  ])('does nothing with %o', async (fields, message) => {
    const port = portThatAnswers({ kind: 'done' });
    const answer = await actOnPosting(port, formOf(fields));
    expect(answer).toMatchObject({ ok: false, message });
    expect(port.calls).toEqual([]);
  });

  it.each([
    [{ action: 'resend', reason: ' order approved ' }, 'resend|p1|order approved'],
    [{ action: 'resend', reason: 'I looked', doubt: '1795' }, 'resend|p1|I looked|1795'],
    [{ action: 'drop', reason: 'by hand' }, 'drop|p1|by hand'],
    [{ action: 'reverse', reason: 'wrong dock' }, 'reverse|p1|wrong dock'],
    [{ action: 'look', reason: 'the right is there' }, 'look|p1|the right is there'],
    [{ action: 'confirm', number: ' 4711 ', reason: 'Tom saw' }, 'confirm|p1|4711|Tom saw'],
    [{ action: 'assign', person: ' Nadia ', reason: 'ask Exact' }, 'assign|p1|Nadia|ask Exact'],
  ])('carries out %o', async (fields, call) => {
    const port = portThatAnswers({ kind: 'done' });
    const answer = await actOnPosting(port, formOf({ posting: 'p1', ...fields }));
    expect(answer).toMatchObject({ ok: true, posting: 'p1' });
    expect(port.calls).toEqual([call]);
  });

  it('says why the hub refuses', async () => {
    const port = portThatAnswers({ kind: 'refused', reason: 'It was taken back before.' });
    const form = formOf({ action: 'reverse', posting: 'p1', reason: 'wrong dock' });
    const answer = await actOnPosting(port, form);
    expect(answer).toMatchObject({ ok: false, message: 'It was taken back before.' });
  });
});
