// Who lives here: the kiosk's languages. A catalogue is one flat record of sentences with {holes};
// only the one in use is loaded. A speaker turns keys, warehouse labels and faults into sentences.
// `{open}` is a hole; `{open:line|lines}` is the word that goes with the number in that hole: the
// first of one, the second of others, by the rule of the language (French nought is no plural).

import { BrokenLaw, FAULTS } from '../../domain/index.ts';
import type { Fault, WayOut } from '../../domain/index.ts';
import type { Label, Language, Text } from '../../workflows/index.ts';

export type Catalogue = Readonly<Record<string, string>>;
type Data = Readonly<Record<string, string | number>>;

/** Every language with its own name, for the switch. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  nl: 'Nederlands',
  de: 'Deutsch',
  fr: 'Français',
};

const LOADERS: Readonly<Record<Language, () => Promise<{ CATALOGUE: Catalogue }>>> = {
  en: () => import('./en.ts'),
  nl: () => import('./nl.ts'),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
};

function isLanguage(value: string | null | undefined): value is Language {
  return typeof value === 'string' && Object.hasOwn(LOADERS, value);
}

/** The first of the wishes that is one of ours (`nl-BE` counts as `nl`); English if none is. */
export function chooseLanguage(...wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const short = wish?.slice(0, 2).toLowerCase();
    if (isLanguage(short)) return short;
  }
  return 'en';
}

/** What a screen speaks with. */
export interface Speaker {
  readonly language: Language;
  /** The sentence under `key` with its holes filled. An unknown key is a programmer's error. */
  text(key: string, data?: Data): string;
  /** A sentence of the product or of the warehouse. */
  say(text: Text): string;
  label(label: Label): string;
  /** What happened, why, and what to do now. */
  fault(fault: Fault): {
    title: string;
    why: string;
    ways: readonly { way: WayOut; text: string }[];
  };
  number(value: number): string;
  /** `yyyy-mm-dd` in the short form of the language. */
  date(isoDate: string): string;
}

/** Data that names a fact (`asks: 'batch'`) is spoken as the fact's name. */
const FACT_HOLES = ['asks', 'fact'];
/** Data that names what somebody did (`did: 'move.line'`) is spoken as a verb. */
const DID_HOLE = 'did';
/** A hole by its name, or the two words that go with the number in it. */
const HOLE = /\{(\w+)(?::([^|{}]+)\|([^|{}]+))?\}/g;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** `missing` answers for a key that the catalogue lacks; it throws unless the caller knows better. */
export function makeSpeaker(
  language: Language,
  catalogue: Catalogue,
  missing: (key: string) => string = (key) => unknownKey(language, key),
): Speaker {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
  const plurals = new Intl.PluralRules(language);
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const sentence = (key: string): string => catalogue[key] ?? missing(key);
  const number = (value: number) => numbers.format(value);
  const date = (iso: string) => (ISO_DATE.test(iso) ? dates.format(new Date(iso)) : iso);
  const spoken = (name: string, value: string | number): string => {
    if (typeof value === 'number') return number(value);
    const factKey = `fact.${value}`;
    if (FACT_HOLES.includes(name) && catalogue[factKey] !== undefined) return sentence(factKey);
    if (name === DID_HOLE) return sentence(`did.${value}`);
    return date(value);
  };
  const text = (key: string, data: Data = {}): string =>
    sentence(key).replace(HOLE, (_hole, name: string, one?: string, others?: string) => {
      const value = data[name];
      if (one !== undefined && others !== undefined) {
        return typeof value === 'number' && plurals.select(value) === 'one' ? one : others;
      }
      return value === undefined ? '…' : spoken(name, value);
    });
  /** A text of the warehouse; only the facts that came with it are filled in. */
  const holed = (words: string, data: Data = {}): string =>
    words.replace(/\{([\w.]+)\}/g, (hole, name: string) => {
      const value = data[name];
      return value === undefined ? hole : spoken(name, value);
    });
  return {
    language,
    text,
    number,
    date,
    label: (label) => label[language],
    say: (said) =>
      'label' in said ? holed(said.label[language], said.data) : text(said.key, said.data),
    fault: ({ code, data }) => ({
      title: text(`fault.${code}`, data),
      why: text(`fault.${code}.why`, data),
      ways: FAULTS[code].ways.map((way) => ({ way, text: text(`way.${way}`) })),
    }),
  };
}

function unknownKey(language: Language, key: string): never {
  throw new BrokenLaw(`the ${language} catalogue has no text for "${key}"`);
}

/**
 * Loads one language; the others stay on the server. In front of an operator an unknown key is
 * shown as it is: a screen with one odd word is better than no screen (I-11).
 */
export async function loadSpeaker(language: Language): Promise<Speaker> {
  const { CATALOGUE } = await LOADERS[language]();
  return makeSpeaker(language, CATALOGUE, (key) => key);
}
