// Who lives here: the words of each language in which a workflow can be told.

import type { Language } from '../types.ts';
import { DE } from './de.ts';
import { EN } from './en.ts';
import { FR } from './fr.ts';
import { NL } from './nl.ts';
import type { Words } from './words.ts';

export const TOLD: Readonly<Record<Language, Words>> = { en: EN, nl: NL, de: DE, fr: FR };
