/*
 * Chance that repeats itself: the same seed gives the same numbers and guids on every machine, so
 * tests can name what they look for.
 */

const HEX = '0123456789abcdef';

export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = (seed ^ 0x9e3779b9) >>> 0;
  }

  /** A number from 0 up to but not 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** One of a list. Throws on an empty list. */
  pick<T>(list: readonly T[]): T {
    const chosen = list[this.int(0, list.length - 1)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  }

  /** `count` different ones of a list, fewer when it is shorter. */
  sample<T>(list: readonly T[], count: number): T[] {
    const rest = [...list];
    const chosen: T[] = [];
    while (chosen.length < count && rest.length > 0) {
      chosen.push(...rest.splice(this.int(0, rest.length - 1), 1));
    }
    return chosen;
  }

  /** A guid in the shape of a random one (version 4). */
  guid(): string {
    let text = '';
    for (let n = 0; n < 32; n += 1) {
      const digit = HEX[this.int(0, 15)] ?? '0';
      if (n === 8 || n === 12 || n === 16 || n === 20) text += '-';
      text += n === 12 ? '4' : digit;
    }
    // The variant digit is drawn last: seeded companies keep the guids they always had.
    return `${text.slice(0, 19)}${'89ab'[this.int(0, 3)] ?? '8'}${text.slice(20)}`;
  }
}
