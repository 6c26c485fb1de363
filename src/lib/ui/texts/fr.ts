// The whole French catalogue; loaded only where it is spoken.

import { FR_BETWEEN } from './fr-between.ts';
import { FR_CARRYING } from './fr-carrying.ts';
import { FR_EXCEPTIONS } from './fr-exceptions.ts';
import { FR_FAULTS } from './fr-faults.ts';
import { FR_PACKING } from './fr-packing.ts';
import { FR_PEOPLE } from './fr-people.ts';
import { FR_PHOTOS } from './fr-photos.ts';
import { FR_PRINTS } from './fr-prints.ts';
import { FR_SHOP } from './fr-shop.ts';
import { FR_WORDS } from './fr-words.ts';

export const CATALOGUE: Readonly<Record<string, string>> = {
  ...FR_WORDS,
  ...FR_FAULTS,
  ...FR_EXCEPTIONS,
  ...FR_SHOP,
  ...FR_BETWEEN,
  ...FR_CARRYING,
  ...FR_PACKING,
  ...FR_PEOPLE,
  ...FR_PHOTOS,
  ...FR_PRINTS,
};
