// Who lives here: what goes into a shop order, comes back from it and comes out of it, as postings.
// Exact takes one line of goods, in one place, in each of these documents.

import type { IssueLine, ProduceLine, ReturnLine } from '../domain/index.ts';
import { at, headOf, numbersOf, piles, sum } from './piles.ts';
import type { TakeOf, Unnamed } from './piles.ts';
import type { IssuesOf } from './returns.ts';

/** Exact takes one material, from one place, in a document. */
export function issues(takes: readonly TakeOf<IssueLine>[]): readonly Unnamed[] {
  // Where another takes the place of what was planned, it shares nothing with that.
  const apart = ({ line, item, location, instead }: IssueLine) => {
    return [line, location, ...(instead === undefined ? [] : [item])];
  };
  return piles(takes, apart).map((goods) => (name) => {
    const lines = goods.map((take) => take.line);
    const [{ line: first }] = goods;
    return {
      ...headOf(name, [goods]),
      kind: first.instead === undefined ? 'materialIssue' : 'materialSubstitution',
      ...{ plan: first.line, item: first.item, warehouse: first.warehouse },
      quantity: sum(lines),
      ...at(first.location),
      ...numbersOf(lines),
    };
  });
}

/** What came back of one material to one place; Exact is told of which issues it is. */
export function returns(
  takes: readonly TakeOf<ReturnLine>[],
  issuesOf: IssuesOf,
): readonly Unnamed[] {
  return piles(takes, (line) => [line.line, line.location]).map((goods) => {
    const lines = goods.map((take) => take.line);
    const [{ line: first }] = goods;
    const all = { quantity: sum(lines), ...numbersOf(lines) };
    const of = issuesOf(first.line, all);
    return (name) => ({
      ...headOf(name, [goods]),
      kind: 'materialReturn',
      ...{ plan: first.line, item: first.item, warehouse: first.warehouse },
      ...all,
      ...at(first.location),
      of,
    });
  });
}

/** What was made, and by-products, each from one line to one place. */
export function products(takes: readonly TakeOf<ProduceLine>[]): readonly Unnamed[] {
  return piles(takes, (line) => [line.line, line.location]).map((goods) => (name) => {
    const lines = goods.map((take) => take.line);
    const [{ line: first }] = goods;
    const { item, warehouse, line: plan } = first;
    const made = {
      ...{ ...headOf(name, [goods]), item, warehouse, quantity: sum(lines) },
      ...at(first.location),
      ...numbersOf(lines),
    };
    if (plan === undefined) return { ...made, kind: 'shopOrderReceipt' };
    return { ...made, kind: 'byProductReceipt', plan };
  });
}
