// Quantities are numbers of stock units with at most six decimals, as Exact's Double fields hold
// them. Binary fractions are rounded away after every step, so that 0.1 + 0.2 is 0.3 here.

const MILLIONTHS = 1_000_000;

/** Rounds to six decimals; the one place where a quantity is cleaned. */
export function quantity(value: number): number {
  return Math.round(value * MILLIONTHS) / MILLIONTHS;
}

export function plus(a: number, b: number): number {
  return quantity(a + b);
}

export function minus(a: number, b: number): number {
  return quantity(a - b);
}

export function times(a: number, b: number): number {
  return quantity(a * b);
}

/** Whether `value` can stand in a command: finite, above zero, at most `LIMITS.quantityMax`. */
export function isQuantity(value: number, max: number): boolean {
  return Number.isFinite(value) && value > 0 && value <= max && quantity(value) === value;
}
