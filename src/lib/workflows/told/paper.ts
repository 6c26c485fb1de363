// Who lives here: what a drawing is made of: lines of text that stay within a width, boxes, arrows.
// No font is at hand to measure with, so widths are reckoned for the widest of the fonts that are
// named (DejaVu Sans); every other one takes less. Lengths are units of the drawing.

export const FONTS = 'DejaVu Sans, Verdana, Segoe UI, Helvetica, Arial, sans-serif';

/** Height of a line of text, as a share of its size. */
const LEADING = 1.3;
/** Widths as a share of the size; bold takes a tenth more. */
const WIDE = 1.05;
const CAPITAL = 0.82;
const SMALL = 0.62;
const THIN = 0.4;

function widthOf(char: string): number {
  if ((char.codePointAt(0) ?? 0) > 0x10ff) return WIDE;
  if (/[\p{Lu}mwMW@%&—–]/u.test(char)) return char === 'W' || char === '@' ? WIDE : CAPITAL;
  return /[iljtfrI1 .,:;'’|!()[\]]/.test(char) ? THIN : SMALL;
}

export interface Font {
  readonly size: number;
  readonly bold?: true;
}

export function textWidth(text: string, { size, bold }: Font): number {
  const sum = [...text].reduce((total, char) => total + widthOf(char), 0);
  return sum * size * (bold === true ? 1.1 : 1);
}

export const lineHeight = ({ size }: Font): number => size * LEADING;

/** A word in pieces, none of which is wider than `width`. */
function pieces(word: string, width: number, font: Font): string[] {
  const made: string[] = [];
  let piece = '';
  for (const char of word) {
    if (piece !== '' && textWidth(piece + char, font) > width) {
      made.push(piece);
      piece = '';
    }
    piece += char;
  }
  return [...made, piece];
}

/** The text in lines no wider than `width`. */
export function wrapped(text: string, width: number, font: Font): string[] {
  const words = text.split(/\s+/).flatMap((word) => pieces(word, width, font));
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, font) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

/** What XML allows nowhere: halves of characters, controls, two that are no characters. */
// eslint-disable-next-line no-control-regex
const NOT_XML = /[\p{Cs}\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/gu;
const MARKS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

export function escaped(text: string): string {
  return text.replace(NOT_XML, '\u{fffd}').replace(/[&<>"]/g, (char) => MARKS[char] ?? char);
}

const round = (length: number): number => Math.round(length * 10) / 10;

export interface Look extends Font {
  readonly colour?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** Lines of text below each other; `y` is the top of the first. */
export function writing(x: number, y: number, lines: readonly string[], look: Look): string {
  const { size, bold, colour = '#1c2530', anchor = 'start' } = look;
  const weight = bold === true ? ' font-weight="bold"' : '';
  return lines
    .map((line, index) => {
      const baseline = round(y + index * lineHeight(look) + size);
      const at = `x="${round(x)}" y="${baseline}" font-size="${size}" text-anchor="${anchor}"`;
      return `<text ${at} fill="${colour}"${weight}>${escaped(line)}</text>`;
    })
    .join('\n');
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function box(at: Rectangle, fill: string, stroke: string, corner = 8): string {
  const size = `width="${round(at.width)}" height="${round(at.height)}" rx="${corner}"`;
  const place = `x="${round(at.x)}" y="${round(at.y)}"`;
  return `<rect ${place} ${size} fill="${fill}" stroke="${stroke}" stroke-width="1.5"/>`;
}

type Point = readonly [number, number];

/** A line from point to point; `arrow` at its end. */
export function line(
  points: readonly Point[],
  how: { readonly arrow?: true; readonly dashed?: true; readonly colour?: string } = {},
): string {
  const path = points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ');
  const dashes = how.dashed === true ? ' stroke-dasharray="4 4"' : '';
  const colour = how.colour ?? '#5b6875';
  const drawn = `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.5"${dashes}/>`;
  return how.arrow === true ? `${drawn}\n${head(points, colour)}` : drawn;
}

const HEAD = 6;

/** The point of an arrow that comes along the last piece of the line. */
function head(points: readonly Point[], colour: string): string {
  const to: Point = points.at(-1) ?? [0, 0];
  const from: Point = points.at(-2) ?? to;
  const [dx, dy] = [Math.sign(to[0] - from[0]), Math.sign(to[1] - from[1])];
  const corners: Point[] = [
    to,
    [to[0] - dx * HEAD - (dy * HEAD) / 2, to[1] - dy * HEAD - (dx * HEAD) / 2],
    [to[0] - dx * HEAD + (dy * HEAD) / 2, to[1] - dy * HEAD + (dx * HEAD) / 2],
  ];
  const path = corners.map(([x, y]) => `${round(x)},${round(y)}`).join(' ');
  return `<polygon points="${path}" fill="${colour}"/>`;
}
