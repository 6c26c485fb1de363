// Who acts, without saying who it is.

import { expect, it } from 'vitest';
import { actor } from './actor.ts';
import type { SessionId } from '../domain/index.ts';

const [ONE, TWO] = ['session-1' as SessionId, 'session-2' as SessionId];

it('is the same letters within a session, others for others, and others in another session', () => {
  expect(actor(ONE, 'key-1')).toEqual(actor(ONE, 'key-1'));
  expect(actor(ONE, 'key-1')).not.toEqual(actor(ONE, 'key-2'));
  expect(actor(ONE, 'key-1')).not.toEqual(actor(TWO, 'key-1'));
  expect(actor(ONE, 'key-1').operator).not.toContain('key-1');
});

it('is nobody where nobody is signed in', () => {
  expect(actor(ONE, undefined)).toEqual({});
});
