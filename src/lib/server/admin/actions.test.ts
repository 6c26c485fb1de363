// What happens to an exception when a person acts on it, and when the form is wrong.

import { expect, it } from 'vitest';
import { actOnException } from './index.ts';
import type { ActionOutcome } from './index.ts';

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

function portThatAnswers(outcome: ActionOutcome) {
  const calls: string[] = [];
  const record = (action: string) => (id: string, reason: string) => {
    calls.push(`${action} ${id}: ${reason}`);
    return outcome;
  };
  return {
    ...{ calls, resend: record('resend'), drop: record('drop') },
    approve: record('approve'),
  };
}

it.each([
  [{ action: 'drop', exception: 'e1', reason: '  ' }, 'Say in a few words why.'],
  [{ action: 'drop', exception: 'e1' }, 'Invalid input'],
  [{ action: 'drop', exception: 'e1', reason: 'x'.repeat(201) }, 'at most 200 characters'],
  [{ action: 'delete', exception: 'e1', reason: 'because' }, 'This form is not complete.'],
  [{ action: 'drop', exception: '', reason: 'because' }, 'This form is not complete.'],
])('does nothing with the form %o', async (fields, message) => {
  const port = portThatAnswers({ kind: 'done' });
  const answer = await actOnException(port, form(fields));
  expect(answer.ok).toBe(false);
  expect(answer.message).toContain(message);
  expect(port.calls).toEqual([]);
});

it('sends a rejected posting once more, with the reason', async () => {
  const port = portThatAnswers({ kind: 'done' });
  const fields = { action: 'resend', exception: 'p7', reason: ' period is open again ' };
  const answer = await actOnException(port, form(fields));
  expect(answer).toEqual({ ok: true, exception: 'p7', message: 'It is sent once more.' });
  expect(port.calls).toEqual(['resend p7: period is open again']);
});

it('approves the link of a barcode, with the reason', async () => {
  const port = portThatAnswers({ kind: 'done' });
  const fields = { action: 'approve', exception: 'entry:3', reason: 'seen on the carton' };
  const answer = await actOnException(port, form(fields));
  expect(answer).toMatchObject({ ok: true, message: 'The barcode finds the item from now on.' });
  expect(port.calls).toEqual(['approve entry:3: seen on the carton']);
});

it('says when somebody was faster, and why the hub refuses', async () => {
  const fields = form({ action: 'drop', exception: 'p7', reason: 'booked by hand' });
  const gone = await actOnException(portThatAnswers({ kind: 'gone' }), fields);
  expect(gone).toMatchObject({ ok: false, message: 'Somebody has already dealt with it.' });
  const reason = 'It is being sent at this moment.';
  const refused = await actOnException(portThatAnswers({ kind: 'refused', reason }), fields);
  expect(refused).toMatchObject({ ok: false, message: reason });
});
