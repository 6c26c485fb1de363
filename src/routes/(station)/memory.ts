// Who lives here: the small things the page itself remembers or knows: the language that was chosen
// here last, how this kiosk's scanner types, and which day it is where the screen hangs.

const LANGUAGE_KEY = 'scandock.language';

export function recallLanguage(): string | null {
  return localStorage.getItem(LANGUAGE_KEY);
}

export function rememberLanguage(language: string): void {
  localStorage.setItem(LANGUAGE_KEY, language);
}

const SCANNER_KEY = 'scandock.scanner';
/** Options of the keyboard wedge that the address may set, once and for good. */
const SCANNER_OPTIONS = ['suffix', 'fnc1'] as const;

/**
 * How the scanner at this kiosk types: `?suffix=Enter`, `?fnc1=~`, as remembered from the last time
 * the address said so; an empty value forgets. What a value may be, the wedge itself checks.
 */
export function scannerOptions(address: URL): Readonly<Record<string, string>> {
  const known = new URLSearchParams(localStorage.getItem(SCANNER_KEY) ?? '');
  for (const name of SCANNER_OPTIONS) {
    const value = address.searchParams.get(name);
    if (value === '') known.delete(name);
    else if (value !== null) known.set(name, value);
  }
  localStorage.setItem(SCANNER_KEY, known.toString());
  return Object.fromEntries(known);
}

/** Today as `yyyy-mm-dd`; Swedish dates have that form. */
export function localDay(): string {
  return new Date().toLocaleDateString('sv');
}
