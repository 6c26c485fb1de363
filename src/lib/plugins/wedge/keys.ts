// Who lives here: what one keyboard event means as a key of a code. `event.key` tells what the
// layout makes of the key; `event.code` is asked only for the number pad of an Alt sequence.

import type { Key } from './burst.ts';

export const GS = '\u001d';

/** The part of a KeyboardEvent that is looked at. */
export type Press = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat' | 'isComposing' | 'getModifierState'
>;

/** The digits of an Alt sequence so far, and the key. */
export interface Decoded {
  readonly alt: string;
  readonly key: Key;
}

const RHYTHM: Key = { kind: 'rhythm' };
const OTHER: Key = { kind: 'other' };

/** Keys that change others, and dead keys, which no scanner means as characters. */
const SILENT = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'CapsLock', 'NumLock', 'Dead']);

const ALT_DIGITS = 4;

function keyOf(text: string): Key {
  if (text === '\r' || text === '\n') return { kind: 'end', name: 'Enter' };
  if (text === '\t') return { kind: 'end', name: 'Tab' };
  return { kind: 'text', text };
}

/** Ctrl with `@ A … Z [ \ ] ^ _` is a control character; Ctrl+] is GS. */
function controlOf(character: string): Key {
  const code = character.toUpperCase().charCodeAt(0);
  return code >= 0x40 && code <= 0x5f ? keyOf(String.fromCharCode(code & 0x1f)) : OTHER;
}

/** Alt+0233 and the like. Below 128 all code pages agree; above, only the ANSI one is known. */
function altCharacter(digits: string): string {
  const code = Number(digits);
  const isLatin1 = code >= 160 && code <= 255 && digits.startsWith('0');
  return code < 128 || isLatin1 ? String.fromCharCode(code) : '\ufffd';
}

/** A key went down. `fnc1Key` is the name of a key that stands for FNC1, e.g. `F8`. */
export function keyDown(alt: string, press: Press, fnc1Key: string | undefined): Decoded {
  const { key, ctrlKey, altKey } = press;
  const none = (meaning: Key): Decoded => ({ alt: '', key: meaning });
  // A held key repeats at scanner speed, and is a person's.
  if (press.isComposing || press.repeat || press.metaKey) return none(OTHER);
  if (key === fnc1Key) return none({ kind: 'text', text: GS });
  const padDigit = altKey && !ctrlKey ? /^Numpad(\d)$/.exec(press.code)?.[1] : undefined;
  if (padDigit !== undefined) return { alt: (alt + padDigit).slice(0, ALT_DIGITS), key: RHYTHM };
  if (SILENT.has(key)) return none(RHYTHM);
  if (key === 'Enter' || key === 'Tab') return none({ kind: 'end', name: key });
  if (Array.from(key).length !== 1) return none(OTHER);
  // AltGr arrives as Ctrl+Alt on Windows: `]` of an AIM prefix on a German layout.
  if (press.getModifierState('AltGraph') || (ctrlKey && altKey)) return none(keyOf(key));
  if (ctrlKey) return none(controlOf(key));
  return none(altKey ? OTHER : keyOf(key));
}

/** A key went up: only Alt matters, which ends its sequence. */
export function keyUp(alt: string, press: Press): Decoded | undefined {
  if (press.key !== 'Alt' || alt === '') return undefined;
  return { alt: '', key: keyOf(altCharacter(alt)) };
}
