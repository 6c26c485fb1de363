// Who lives here: whom OK is for while the camera is on. What the camera sees is no part of the
// dialogue, which hears of a photo only once it is on the disk.

import type { CommandWord } from '$lib/domain/index.ts';

export class Shutter {
  #taken: (() => boolean) | undefined;

  /** `taken` is asked at each OK, touched or scanned. The answer ends that. */
  listen(taken: () => boolean): () => void {
    this.#taken = taken;
    return () => {
      if (this.#taken === taken) this.#taken = undefined;
    };
  }

  /** Whether this word took a photo, and is no word for the dialogue. */
  took(word: CommandWord | undefined): boolean {
    return word === 'OK' && this.#taken?.() === true;
  }
}
