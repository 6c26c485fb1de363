// The whole German catalogue; loaded only where it is spoken.

import { DE_BETWEEN } from './de-between.ts';
import { DE_CARRYING } from './de-carrying.ts';
import { DE_EXCEPTIONS } from './de-exceptions.ts';
import { DE_FAULTS } from './de-faults.ts';
import { DE_PACKING } from './de-packing.ts';
import { DE_PEOPLE } from './de-people.ts';
import { DE_PHOTOS } from './de-photos.ts';
import { DE_PRINTS } from './de-prints.ts';
import { DE_SHOP } from './de-shop.ts';
import { DE_WORDS } from './de-words.ts';

export const CATALOGUE: Readonly<Record<string, string>> = {
  ...DE_WORDS,
  ...DE_FAULTS,
  ...DE_EXCEPTIONS,
  ...DE_SHOP,
  ...DE_BETWEEN,
  ...DE_CARRYING,
  ...DE_PACKING,
  ...DE_PEOPLE,
  ...DE_PHOTOS,
  ...DE_PRINTS,
};
