// Who lives here: what single key presses mean, layout by layout.

import { describe, expect, it } from 'vitest';
import { keyDown, keyUp } from './keys.ts';
import type { Press } from './keys.ts';

function press(key: string, more: Partial<Press> & { altGraph?: boolean } = {}): Press {
  const { altGraph = false, ...rest } = more;
  return {
    key,
    code: '',
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    repeat: false,
    isComposing: false,
    getModifierState: (name) => name === 'AltGraph' && altGraph,
    ...rest,
  };
}

const down = (given: Press, fnc1?: string) => keyDown('', given, fnc1).key;

describe('a key that goes down', () => {
  it.each<[string, Press]>([
    ['a held key that repeats', press('a', { repeat: true })],
    ['a key of an input method', press('a', { isComposing: true })],
    ['a shortcut of the system', press('c', { metaKey: true })],
    ['a shortcut with Alt', press('f', { altKey: true })],
    ['Ctrl with a digit', press('1', { ctrlKey: true })],
    ['Escape', press('Escape')],
    ['an arrow', press('ArrowLeft')],
    ['a function key that stands for nothing', press('F8')],
    ['no key at all', press('')],
  ])('is no part of a code: %s', (_, given) => {
    expect(down(given)).toEqual({ kind: 'other' });
  });

  it.each(['Shift', 'Control', 'Alt', 'AltGraph', 'CapsLock', 'NumLock', 'Dead'])(
    'is only rhythm: %s',
    (key) => {
      expect(down(press(key))).toEqual({ kind: 'rhythm' });
    },
  );

  it.each<[string, Press, string]>([
    ['a letter', press('a'), 'a'],
    ['a character outside the basic plane', press('😀'), '😀'],
    ['GS as a character', press('\u001d'), '\u001d'],
    ['GS as Ctrl+]', press(']', { ctrlKey: true }), '\u001d'],
    ['RS as Ctrl+^', press('^', { ctrlKey: true }), '\u001e'],
    ['EOT as Ctrl+D', press('d', { ctrlKey: true }), '\u0004'],
    ['] as AltGr on Windows', press(']', { ctrlKey: true, altKey: true }), ']'],
    ['] as AltGr elsewhere', press(']', { altGraph: true }), ']'],
  ])('gives text: %s', (_, given, text) => {
    expect(down(given)).toEqual({ kind: 'text', text });
  });

  it('gives GS for the function key that was set to stand for it', () => {
    expect(down(press('F8'), 'F8')).toEqual({ kind: 'text', text: '\u001d' });
  });

  it.each<[string, Press, 'Enter' | 'Tab']>([
    ['Enter', press('Enter'), 'Enter'],
    ['Tab', press('Tab'), 'Tab'],
    ['CR as Ctrl+M', press('m', { ctrlKey: true }), 'Enter'],
    ['LF as Ctrl+J', press('j', { ctrlKey: true }), 'Enter'],
    ['HT as Ctrl+I', press('i', { ctrlKey: true }), 'Tab'],
  ])('ends: %s', (_, given, name) => {
    expect(down(given)).toEqual({ kind: 'end', name });
  });
});

describe('an Alt sequence', () => {
  function sequence(digits: string) {
    let alt = keyDown('', press('Alt', { altKey: true }), undefined).alt;
    for (const digit of digits) {
      const given = press(digit, { altKey: true, code: `Numpad${digit}` });
      ({ alt } = keyDown(alt, given, undefined));
    }
    return keyUp(alt, press('Alt'))?.key;
  }

  it.each([
    ['029', '\u001d'],
    ['0029', '\u001d'],
    ['65', 'A'],
    ['0233', 'é'],
  ])('of %s is %j', (digits, text) => {
    expect(sequence(digits)).toEqual({ kind: 'text', text });
  });

  it.each(['130', '0128', '999'])('of %s depends on the code page: unreadable', (digits) => {
    expect(sequence(digits)).toEqual({ kind: 'text', text: '\ufffd' });
  });

  it('of 13 ends', () => {
    expect(sequence('013')).toEqual({ kind: 'end', name: 'Enter' });
  });

  it('that was never begun or was broken off gives nothing', () => {
    expect(sequence('')).toBeUndefined();
    expect(keyUp('65', press('a'))).toBeUndefined();
    expect(keyDown('65', press('a'), undefined).alt).toBe('');
  });
});
