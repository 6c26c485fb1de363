// Who lives here: the sheet of real barcodes, so that anyone with a scanner, or a second screen to
// scan from, can play at once. What a code says is built in codes.ts; bwip-js draws it.

import { toSVG } from 'bwip-js/node';
import type { ItemView, LocationView, OrderView, WarehouseView } from '../../domain/index.ts';
import { codesFor } from './codes.ts';
import type { Code } from './codes.ts';

/** What the House gives: what is open and known in its mirror. */
export interface SheetData {
  /** `yyyy-mm-dd`; printed expiry dates lie after it. */
  readonly today: string;
  readonly orders: readonly OrderView[];
  readonly items: readonly ItemView[];
  readonly locations: readonly LocationView[];
  readonly warehouses: readonly WarehouseView[];
  /** What the workflows in force let somebody choose from; yes and no among it. */
  readonly answers?: readonly PrintedAnswer[];
}

/** One answer of one question, as people call them. */
export interface PrintedAnswer {
  readonly question: string;
  readonly value: string;
  readonly label: string;
}

export interface Sheet {
  readonly groups: readonly SheetGroup[];
}

export interface SheetGroup {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly codes: readonly Barcode[];
}

export interface Barcode {
  readonly title: string;
  readonly detail: string;
  /** What it says, for people: `(01)08712345000016(10)L2611`. */
  readonly text: string;
  /** `EAN-13`, `GS1 DataMatrix` … */
  readonly symbology: string;
  /** Whether it is about as high as wide. */
  readonly square: boolean;
  /** `data:image/svg+xml,…`, on white, with its quiet zone. */
  readonly image: string;
}

/** Drawn codes are kept, since the sheet is drawn anew on every visit; beyond this, all go. */
const KEPT_DRAWINGS = 2000;
const drawings = new Map<string, string>();

/** Draws everything. Takes some milliseconds a code the first time. */
export function drawSheet(data: SheetData): Sheet {
  const groups = codesFor(data).map((group) => ({ ...group, codes: group.codes.map(barcode) }));
  return { groups: groups.filter((group) => group.codes.length > 0) };
}

export function barcode(code: Code): Barcode {
  const { title, detail, text, drawing } = code;
  return {
    title,
    detail,
    text,
    symbology: NAMES[drawing],
    square: SQUARE.includes(drawing),
    image: draw(drawing, text),
  };
}

const NAMES: Readonly<Record<Code['drawing'], string>> = {
  code128: 'Code 128',
  ean13: 'EAN-13',
  ean8: 'EAN-8',
  upca: 'UPC-A',
  'gs1-128': 'GS1-128',
  gs1datamatrix: 'GS1 DataMatrix',
  qrcode: 'QR code',
};
const SQUARE: readonly Code['drawing'][] = ['gs1datamatrix', 'qrcode'];

function draw(drawing: Code['drawing'], text: string): string {
  const key = `${drawing} ${text}`;
  const kept = drawings.get(key);
  if (kept !== undefined) return kept;
  const square = SQUARE.includes(drawing);
  const svg = toSVG({
    bcid: drawing,
    text,
    // Transparent images without a quiet zone read as nothing on a dark page.
    backgroundcolor: 'FFFFFF',
    padding: square ? 4 : 8,
    scale: 2,
    ...(square ? {} : { height: 14, includetext: false }),
  });
  if (drawings.size >= KEPT_DRAWINGS) drawings.clear();
  const image = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  drawings.set(key, image);
  return image;
}
