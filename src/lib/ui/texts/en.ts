// The whole English catalogue; loaded only where it is spoken.

import { EN_BETWEEN } from './en-between.ts';
import { EN_CARRYING } from './en-carrying.ts';
import { EN_EXCEPTIONS } from './en-exceptions.ts';
import { EN_FAULTS } from './en-faults.ts';
import { EN_PACKING } from './en-packing.ts';
import { EN_PEOPLE } from './en-people.ts';
import { EN_PHOTOS } from './en-photos.ts';
import { EN_PRINTS } from './en-prints.ts';
import { EN_SHOP } from './en-shop.ts';
import { EN_WORDS } from './en-words.ts';

export const CATALOGUE: Readonly<Record<string, string>> = {
  ...EN_WORDS,
  ...EN_FAULTS,
  ...EN_EXCEPTIONS,
  ...EN_SHOP,
  ...EN_BETWEEN,
  ...EN_CARRYING,
  ...EN_PACKING,
  ...EN_PEOPLE,
  ...EN_PHOTOS,
  ...EN_PRINTS,
};
