// Who lives here: how a code is shown to a person. Faults carry what was read; what was read may
// hold control characters, half characters, or marks that turn a line of text around.

import { LIMITS } from '../domain/index.ts';

const CONTROL_PICTURES = 0x2400;
const DELETE_PICTURE = '\u2421';

function picture(control: string): string {
  const code = control.codePointAt(0) ?? 0;
  return code === 0x7f ? DELETE_PICTURE : String.fromCodePoint(CONTROL_PICTURES + code);
}

/**
 * `text` as it may stand on a screen: GS as ␝ and the other control characters likewise; C1
 * controls, invisible and direction marks and lone surrogates as U+FFFD; cut to
 * `LIMITS.shownChars` characters, the last of which is then an ellipsis.
 */
export function printable(text: string): string {
  // Twice the length is enough before the cut: no replacement makes two characters one.
  const shown = text
    .slice(0, LIMITS.shownChars * 2 + 2)
    // eslint-disable-next-line no-control-regex -- control characters are what this is about
    .replace(/[\u0000-\u001f\u007f]/g, picture)
    .replace(/[\p{Cs}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
  const characters = Array.from(shown);
  if (characters.length <= LIMITS.shownChars) return shown;
  return characters.slice(0, LIMITS.shownChars - 1).join('') + '…';
}

/** Whether `text` holds something that no plain code holds: a control or a broken character. */
export function hasUnreadable(text: string): boolean {
  return /[\p{Cc}\p{Cs}\ufffd]/u.test(text);
}
