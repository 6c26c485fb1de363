// Who lives here: `check: digits`. Whoever types or scans the check digits of the place that is shown
// stands before it; the barcode of the place proves it as well. Its code, typed from the screen,
// proves nothing.

import { fault, placeDigits } from '../../domain/index.ts';
import type { Scan } from '../../domain/index.ts';
import { saying } from './dialogue.ts';
import type { Dialogue, PlaceAt, Work } from './dialogue.ts';
import { askedAt } from './fits.ts';
import type { At, Rules } from './fits.ts';
import { suggestion } from './suggest.ts';

const DIGITS = /^\d{2}$/;

/** The place whose digits are asked at this question; nothing where none is shown. */
export function digitsOf(d: Dialogue, rules: Rules, asks: At['asks']): PlaceAt | undefined {
  const shown = suggestion(d, rules, asks);
  return shown !== undefined && 'place' in shown ? shown.place : undefined;
}

/** What a scan or typed digits say where they are asked: the place, why not, or nothing of them. */
export function checkedPlace(d: Dialogue, scan: Scan, at: At): Work | Dialogue | undefined {
  const step = askedAt(at);
  const place = step?.check === undefined ? undefined : digitsOf(d, at.rules, at.asks);
  if (step === undefined || place === undefined) return undefined;
  const { text, device } = scan.raw;
  const read = text.trim();
  if (read === placeDigits(place.code)) return { ...d.work, [step.fact]: place };
  const typed = device === 'typed';
  // Digits that are the code of something else are that.
  if (DIGITS.test(read) && (typed || scan.candidates.length === 0)) {
    return saying(d, fault('step.wrong-digits', { place: place.code, read }), read);
  }
  return typed ? saying(d, fault('step.digits-wanted', { place: place.code }), read) : undefined;
}
