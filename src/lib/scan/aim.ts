// Who lives here: the symbology identifiers of ISO/IEC 15424 (AIM): `]`, a letter for the family,
// a modifier. A scanner that is set to send them tells us what kind of symbol it saw.

const PREFIX = /^\][A-Za-z][0-9A-Za-z]/;

/** FNC1 in first position: GS1-128, GS1 DataMatrix, GS1 QR Code, GS1 DataBar, GS1 DotCode. */
const GS1 = new Set([']C1', ']d2', ']Q3', ']e0', ']J1']);

/** What the identifier says about the data. */
export type Carrier = 'gs1' | 'ean-13' | 'ean-8' | 'ean-add-on' | 'other' | 'unsaid';

export function carrierOf(aim: string | undefined): Carrier {
  if (aim === undefined) return 'unsaid';
  if (GS1.has(aim)) return 'gs1';
  if (aim === ']E0') return 'ean-13';
  if (aim === ']E4') return 'ean-8';
  return aim === ']E3' ? 'ean-add-on' : 'other';
}

/**
 * Cuts the identifier off the front of what a device typed. Nothing is cut when nothing would be
 * left: `]C1` alone is then the text.
 */
export function cutAim(typed: string): { readonly aim?: string; readonly text: string } {
  const found = PREFIX.exec(typed)?.[0];
  if (found === undefined || found.length === typed.length) return { text: typed };
  return { aim: found, text: typed.slice(found.length) };
}
