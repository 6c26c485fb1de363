// Who lives here: what an element string says by itself, without any master data.

import { LIMITS, quantity } from '../domain/index.ts';
import type { Element, Facts } from '../domain/index.ts';
import { gs1Date } from './dates.ts';
import type { Gs1Problem } from './gs1.ts';

/** Facts that a code holds itself. */
export type OwnFacts = Pick<
  Facts,
  'batch' | 'expiry' | 'serial' | 'quantity' | 'weightKg' | 'logisticUnit' | 'command' | 'answer'
>;

const NET_WEIGHT_KG = /^310[0-5]$/;

/**
 * Pairs that GS1 forbids because together they answer one question twice: which trade item (01 or
 * 02), and how many (37 counts what (02) names, never what (01) names).
 */
const EXCLUSIVE: readonly (readonly [string, string])[] = [
  ['01', '02'],
  ['01', '37'],
];

function exclusiveProblem(elements: readonly Element[]): Gs1Problem | undefined {
  const values = new Map(elements.map(({ ai, value }) => [ai, value]));
  for (const [one, other] of EXCLUSIVE) {
    const value = values.get(other);
    if (values.has(one) && value !== undefined) {
      return { code: 'scan.gs1-exclusive', ai: other, value };
    }
  }
  const weights = elements.filter(({ ai }) => NET_WEIGHT_KG.test(ai));
  const second = weights[1];
  return second && { code: 'scan.gs1-exclusive', ai: second.ai, value: second.value };
}

function countOf(elements: readonly Element[]): { count?: number; problem?: Gs1Problem } {
  // Of what (37) counts, (02) says; without it nobody can tell a box from a piece.
  const contained = elements.some(({ ai }) => ai === '02');
  const counts = elements.filter(({ ai }) => ai === '30' || (ai === '37' && contained));
  for (const { ai, value } of counts) {
    const count = Number(value);
    if (count < 1 || count > LIMITS.quantityMax) {
      return { problem: { code: 'scan.gs1-bad-value', ai, value } };
    }
  }
  const [first, second] = counts;
  if (first === undefined) return {};
  if (second !== undefined && Number(first.value) !== Number(second.value)) {
    return { problem: { code: 'scan.gs1-twice', ai: second.ai, value: second.value } };
  }
  return { count: Number(first.value) };
}

function weightOf(elements: readonly Element[]): number | undefined {
  const element = elements.find(({ ai }) => NET_WEIGHT_KG.test(ai));
  if (element === undefined) return undefined;
  const kilograms = quantity(Number(element.value) / 10 ** Number(element.ai[3]));
  // Scales print 000000 when they weighed nothing: that is no weight.
  return kilograms > 0 ? kilograms : undefined;
}

/** The facts of checked elements, or what makes them contradict each other. */
export function ownFacts(
  elements: readonly Element[],
  thisYear: number,
): { readonly facts: OwnFacts } | { readonly problem: Gs1Problem } {
  const valueOf = (ai: string) => elements.find((element) => element.ai === ai)?.value;
  const exclusive = exclusiveProblem(elements);
  if (exclusive !== undefined) return { problem: exclusive };
  const { count, problem } = countOf(elements);
  if (problem !== undefined) return { problem };
  const batch = valueOf('10');
  const serial = valueOf('21');
  const logisticUnit = valueOf('00');
  const lastDay = valueOf('17') ?? valueOf('15');
  const expiry = lastDay === undefined ? undefined : gs1Date(lastDay, thisYear);
  const weightKg = weightOf(elements);
  const facts: OwnFacts = {
    ...(batch !== undefined && { batch }),
    ...(expiry !== undefined && { expiry }),
    ...(serial !== undefined && { serial }),
    ...(count !== undefined && { quantity: count }),
    ...(weightKg !== undefined && { weightKg }),
    ...(logisticUnit !== undefined && { logisticUnit }),
  };
  return { facts };
}
