// Who lives here: the two small things the page itself remembers or knows: the language that was
// chosen here last, and which day it is where the screen hangs.

const LANGUAGE_KEY = 'scandock.language';

export function recallLanguage(): string | null {
  return localStorage.getItem(LANGUAGE_KEY);
}

export function rememberLanguage(language: string): void {
  localStorage.setItem(LANGUAGE_KEY, language);
}

/** Today as `yyyy-mm-dd`; Swedish dates have that form. */
export function localDay(): string {
  return new Date().toLocaleDateString('sv');
}
