// Who lives here: every way in which the conditions of a workflow can come out in one kind of item
// and warehouse. What two conditions have in common comes out the same in both, so that of `then`
// and `else` exactly one is asked.

import { assert } from '../domain/index.ts';
import { answerKind } from './answer-kind.ts';
import { asksWith } from './options.ts';
import type { Condition, Step } from './types.ts';

/** What is known of a condition; undefined where it is left open. */
type Decide = (condition: Condition) => string | number | boolean | undefined;

/** Conditions that may be open at once: 2^7 ways are walked. */
export const MAX_OPEN = 7;

/** A condition as far as it is open: of atoms that are each true or false. */
type Open =
  | { readonly op: 'value'; readonly value: boolean }
  | { readonly op: 'atom'; readonly key: string }
  | { readonly op: 'not'; readonly of: Open }
  | { readonly op: 'and' | 'or'; readonly left: Open; readonly right: Open };

function opened(condition: Condition, decide: Decide): Open {
  const value = decide(condition);
  if (value !== undefined) return { op: 'value', value: value === true };
  switch (condition.op) {
    case 'not':
      return { op: 'not', of: opened(condition.of, decide) };
    case 'and':
    case 'or': {
      const { op, left, right } = condition;
      return { op, left: opened(left, decide), right: opened(right, decide) };
    }
    default:
      return { op: 'atom', key: JSON.stringify(condition) };
  }
}

function atomsOf(open: Open): string[] {
  switch (open.op) {
    case 'value':
      return [];
    case 'atom':
      return [open.key];
    case 'not':
      return atomsOf(open.of);
    default:
      return [...new Set([...atomsOf(open.left), ...atomsOf(open.right)])];
  }
}

/** Parts that no other condition has are one question: both its answers, not those of its parts. */
function joined(open: Open, shared: ReadonlySet<string>, whole: string): Open {
  const atoms = atomsOf(open);
  if (atoms.length > 0 && !atoms.some((atom) => shared.has(atom)))
    return { op: 'atom', key: whole };
  switch (open.op) {
    case 'not':
      return { op: 'not', of: joined(open.of, shared, `!${whole}`) };
    case 'and':
    case 'or': {
      const left = joined(open.left, shared, `<${whole}`);
      return { op: open.op, left, right: joined(open.right, shared, `>${whole}`) };
    }
    default:
      return open;
  }
}

function holds(open: Open, given: ReadonlySet<string>): boolean {
  switch (open.op) {
    case 'value':
      return open.value;
    case 'atom':
      return given.has(open.key);
    case 'not':
      return !holds(open.of, given);
    case 'and':
      return holds(open.left, given) && holds(open.right, given);
    default:
      return holds(open.left, given) || holds(open.right, given);
  }
}

/**
 * A question of the warehouse's own, a text, an end: whether it stands on the way changes nothing of
 * what else is asked and known, so that two ways prove them all: with every one, and with none.
 */
const isAside = (step: Step): boolean =>
  step.kind === 'end' ||
  step.kind === 'print' ||
  (step.kind === 'ask' &&
    (['show', 'call', 'approval'].includes(step.fact) || answerKind(step.fact) !== undefined));

function conditionsOf(steps: readonly Step[], decide: Decide): Map<string, Open> {
  const all = new Map<string, Open>();
  const seen = new Map<string, number>();
  for (const step of steps) {
    if (isAside(step) || !('when' in step)) continue;
    const open = opened(step.when, decide);
    all.set(step.id, open);
    for (const atom of atomsOf(open)) seen.set(atom, (seen.get(atom) ?? 0) + 1);
  }
  const shared = new Set([...seen].flatMap(([atom, count]) => (count > 1 ? [atom] : [])));
  return new Map([...all].map(([id, open]) => [id, joined(open, shared, id)]));
}

/** How many questions the conditions of these steps leave open; at most MAX_OPEN can be proven. */
export function openOf(steps: readonly Step[], decide: Decide): number {
  return new Set([...conditionsOf(steps, decide).values()].flatMap(atomsOf)).size;
}

/** The steps aside with the conditions that are left open made true, or false. */
function withAside(steps: readonly Step[], value: boolean, decide: Decide): readonly Step[] {
  return steps.map((step): Step => {
    if (!isAside(step) || !('when' in step)) return step;
    const decided = decide(step.when);
    return {
      ...step,
      when: { op: 'literal', value: decided === undefined ? value : decided === true },
    };
  });
}

/** The steps with every condition made true or false, in every way there is. */
export function casesOf(all: readonly Step[], decide: Decide): readonly (readonly Step[])[] {
  const conditions = conditionsOf(all, decide);
  const atoms = [...new Set([...conditions.values()].flatMap(atomsOf))];
  assert(atoms.length <= MAX_OPEN, 'so many conditions are refused before they are walked');
  const ways = [withAside(all, true, decide), withAside(all, false, decide)];
  const alike = JSON.stringify(ways[0]) === JSON.stringify(ways[1]);
  return ways.slice(0, alike ? 1 : 2).flatMap((steps) => waysOf(steps, conditions, atoms));
}

function waysOf(
  steps: readonly Step[],
  conditions: ReadonlyMap<string, Open>,
  atoms: readonly string[],
): readonly (readonly Step[])[] {
  return Array.from({ length: 2 ** atoms.length }, (_, mask) => {
    const given = new Set(atoms.filter((_atom, bit) => (mask >> bit) % 2 === 1));
    return steps.map((step): Step => {
      const open = conditions.get(step.id);
      if (!('when' in step) || open === undefined) return step;
      return { ...step, when: { op: 'literal', value: holds(open, given) } };
    });
  });
}

/**
 * The numbers of the sample order are nobody's: a maximum made of such is none here, and neither is
 * one that could keep what somebody must say yes to from ever being typed.
 */
export function unbounded(step: Step, _at: number, steps: readonly Step[]): Step {
  if (step.kind !== 'ask' || step.max === undefined) return step;
  const kept = step.fact !== 'quantity' || !asksWith(steps, 'over');
  if (step.max.op === 'literal' && kept) return step;
  const { max: _max, ...rest } = step;
  return rest;
}
