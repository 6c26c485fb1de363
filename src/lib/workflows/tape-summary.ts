// Who lives here: many tapes against a new file, and what comes of it in one sentence: “312 of 318
// receipts identical; 6 now ask for the expiry date”. Each tape is played into the file as it was
// and as it would be: only what the change itself changes is told.

import { LIMITS } from '../domain/index.ts';
import { asksForNames, compared, played, replay, workflowOf } from './replay.ts';
import type { Difference, Replayed } from './replay.ts';
import type { Tape } from './runtime/index.ts';
import { TOLD } from './told/all.ts';
import { put } from './told/words.ts';
import type { Counted, TapeWords } from './told/words.ts';
import type { Action, CompiledWorkflow, Language } from './types.ts';

/** One tape of the comparison with what came of it. */
export interface Outcome {
  readonly action?: Action;
  readonly cut: boolean;
  readonly replayed: Replayed;
}

/** What a tape does in `after`, measured by what it does in `before`; by itself where that lacks it. */
function outcome(
  tape: Tape,
  before: readonly CompiledWorkflow[],
  after: readonly CompiledWorkflow[],
): Outcome {
  const [old, now] = [workflowOf(tape, before), workflowOf(tape, after)];
  const known = now ?? old;
  const about = {
    cut: tape.cut === true,
    ...(known === undefined ? {} : { action: known.action }),
  };
  if (old === undefined || now === undefined) return { ...about, replayed: replay(tape, after) };
  if (old.revision === now.revision) return { ...about, replayed: { kind: 'identical' } };
  if (asksForNames(old) || asksForNames(now)) {
    return { ...about, replayed: { kind: 'untold', why: 'names' } };
  }
  const was = [...played(tape, old)].map(({ shown }) => shown);
  return { ...about, replayed: compared(tape, was, now) };
}

/** Each tape's outcome, in their order; at most `LIMITS.tapesCompared` of them. */
export function* compareTapes(
  tapes: Iterable<Tape>,
  before: readonly CompiledWorkflow[],
  after: readonly CompiledWorkflow[],
): Generator<Outcome> {
  let count = 0;
  for (const tape of tapes) {
    if (count >= LIMITS.tapesCompared) return;
    count += 1;
    yield outcome(tape, before, after);
  }
}

/** Each tape's outcome against what was recorded. */
export function replayed(tape: Tape, workflows: readonly CompiledWorkflow[]): Outcome {
  const action = workflowOf(tape, workflows)?.action;
  const found = replay(tape, workflows);
  return {
    cut: tape.cut === true,
    replayed: found,
    ...(action === undefined ? {} : { action }),
  };
}

function phrase(difference: Difference, words: TapeWords): Counted {
  switch (difference.kind) {
    case 'asks-more':
      return words.asksMore;
    case 'asks-less':
      return words.asksLess;
    case 'asks-elsewhere':
      return words.asksElsewhere;
    case 'refuses':
      return words.refuses;
    case 'takes':
      return words.takes;
    case 'books-more':
      return words.booksMore;
    case 'books-less':
      return words.booksLess;
    case 'books-other':
      return words.booksOther;
    case 'other-tolerance':
      return words.otherTolerance;
    case 'other-posting':
      return words.otherPosting;
    case 'ends':
      return words.ends;
  }
}

function about(difference: Difference, language: Language): Readonly<Record<string, string>> {
  const { step, tape } = TOLD[language];
  if ('fact' in difference) return { what: step.facts[difference.fact][1] };
  return 'part' in difference ? { what: tape.parts[difference.part] } : {};
}

/** One tape's difference in words: “now asks for the expiry date”; empty for none. */
export function difference({ replayed: found }: Outcome, language: Language): string {
  const { tape: words } = TOLD[language];
  if (found.kind === 'identical') return '';
  if (found.kind === 'untold') return (found.why === 'gone' ? words.gone : words.untold)[0];
  return put(phrase(found.difference, words)[0], about(found.difference, language));
}

interface Group {
  readonly first: Outcome;
  count: number;
}

function grouped(outcomes: readonly Outcome[], language: Language): Group[] {
  const groups = new Map<string, Group>();
  for (const each of outcomes) {
    const key = difference(each, language);
    if (key === '') continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: each, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

function counted(words: Counted, count: number, data: Readonly<Record<string, string>>): string {
  return count === 1 ? `1 ${put(words[0], data)}` : put(words[1], { ...data, count });
}

function groupText({ first, count }: Group, language: Language): string {
  const { tape: words } = TOLD[language];
  const { replayed: found } = first;
  if (found.kind !== 'differs') {
    const gone = found.kind === 'untold' && found.why === 'gone';
    return counted(gone ? words.gone : words.untold, count, {});
  }
  return counted(phrase(found.difference, words), count, about(found.difference, language));
}

/** All of them in one sentence; what most do differently comes first. */
export function summary(outcomes: readonly Outcome[], language: Language): string {
  const { tape: words } = TOLD[language];
  if (outcomes.length === 0) return words.nothing;
  const actions = new Set(outcomes.flatMap(({ action }) => action ?? []));
  const [action] = actions;
  const works = actions.size === 1 && action !== undefined ? words.works[action] : words.mixed;
  const same = outcomes.filter((each) => each.replayed.kind === 'identical').length;
  const cut = outcomes.filter((each) => each.cut).length;
  return [
    put(words.same, { same, all: outcomes.length, works }),
    ...grouped(outcomes, language).map((group) => groupText(group, language)),
    ...(cut === 0 ? [] : [counted(words.cut, cut, {})]),
  ].join('; ');
}
