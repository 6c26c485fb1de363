// Who lives here: what a problem shows: large rows to touch, or the question of its remedy; and the
// remedies that stand on a message.

import { exceptionRow, openQuantity } from '../../domain/index.ts';
import type { Remedy } from '../../domain/index.ts';
import type {
  ActionModel,
  WayModel,
  CompiledWorkflow,
  InputModel,
  MessageModel,
  ScreenModel,
  Text,
} from '../types.ts';
import { button } from './buttons.ts';
import type { Dialogue, Problem } from './dialogue.ts';
import { mostNow } from './fits.ts';
import type { At, Rules } from './fits.ts';
import {
  acceptedBy,
  messageWays,
  needOf,
  problemsAt,
  proposedOf,
  reasonsOf,
  waysOf,
} from './problem.ts';
import { sentence } from './texts.ts';
import type { TextKey } from './texts.ts';

/** Neither the date nor the step is of use to what is shown. */
const at = (rules: Rules, asks: At['asks']): At => ({ asks, rules, step: '', today: '' });

function ways(d: Dialogue, rules: Rules, problem: Problem): WayModel[] {
  const { code } = problem;
  if (code === undefined) return [];
  const all = waysOf(d, at(rules, problem.asks), { ...problem, code });
  // What OK says stands on its button.
  const rows = all.filter(({ remedy }) => remedy !== acceptedBy(problem));
  return rows.map(({ remedy }) => ({
    id: remedy,
    text: remedyText(d, rules, remedy),
    kind: 'remedy',
  }));
}

function remedyText(d: Dialogue, rules: Rules, remedy: string): Text {
  const key = `remedy.${remedy}` as TextKey;
  if (remedy !== 'take-only') return sentence(key);
  const quantity = mostNow(d, rules);
  return sentence(key, { quantity, unit: d.work.item?.unit ?? '' });
}

/** The goods of the order, each once: what is open first. */
function goods({ document }: Dialogue): WayModel[] {
  const seen = new Set<string>();
  const lines = [...(document?.lines ?? [])].sort(
    (a, b) => Number(openQuantity(b) > 0) - Number(openQuantity(a) > 0),
  );
  return lines.flatMap(({ id, item }): WayModel[] => {
    if (seen.has(item.id)) return [];
    seen.add(item.id);
    const { code, name } = item;
    return [{ id, text: sentence('problem.goods', { code, name }), kind: 'goods' }];
  });
}

/** Everything that may be touched while this problem stands. */
export function rowsOf(d: Dialogue, rules: Rules): readonly WayModel[] {
  const { problem } = d;
  if (problem === undefined) return [];
  if (problem.code === undefined) {
    return problemsAt(d, at(rules, problem.asks)).map((code) => ({
      id: code,
      text: sentence(`exception.${code}`),
      kind: 'exception',
    }));
  }
  if (problem.remedy === undefined) return ways(d, rules, problem);
  const need = needOf(problem);
  if (need === 'item') return problem.code === 'unexpected-item' ? [] : goods(d);
  if (need !== 'reason') return [];
  return reasonsOf(problem).map((reason) => ({
    id: reason,
    text: sentence(`reason.${reason}`),
    kind: 'reason',
  }));
}

/** Ids of what may be touched in this state beside lines: see `Offers` of the proofs. */
export function touchesOf(workflow: CompiledWorkflow, state: string, d: Dialogue): string[] {
  if (d.problem !== undefined) return rowsOf(d, workflow).map(({ id }) => id);
  const step = workflow.steps.find(({ id }) => id === state);
  const asks = step?.kind === 'ask' ? step.fact : 'item';
  return messageWays(d, at(workflow, asks)).map(({ remedy }) => remedy);
}

/** How many is asked in other words. */
const HOW_MANY: Partial<Readonly<Record<Remedy, TextKey>>> = {
  'take-found': 'problem.found',
  'take-over': 'problem.all',
  'left-there': 'problem.left',
};

function promptOf(problem: Problem): Text {
  const { code, remedy, item, place } = problem;
  if (code === undefined) return sentence('problem.prompt');
  if (remedy === undefined) {
    if (exceptionRow(code).asked !== true) return sentence('problem.way');
    return sentence('problem.empty', { item: item?.code ?? '', place: place?.code ?? '' });
  }
  const need = needOf(problem);
  if (need !== 'quantity') return sentence(need === 'item' ? 'problem.item' : 'problem.reason');
  return sentence(HOW_MANY[remedy] ?? 'problem.quantity');
}

function okOf(problem: Problem, input: InputModel | undefined): ActionModel[] {
  const accepted = acceptedBy(problem);
  if (accepted !== undefined) return [button('OK', 'primary', `remedy.${accepted}`)];
  return input?.fact === 'quantity' ? [{ word: 'OK', tone: 'primary' }] : [];
}

function inputOf(d: Dialogue, rules: Rules, problem: Problem): InputModel | undefined {
  const need = needOf(problem);
  if (need === 'item') return { fact: 'item', value: '' };
  if (need !== 'quantity') return undefined;
  const { item = d.work.item } = problem;
  const bounded = problem.remedy === 'take-found' || problem.remedy === 'take-over';
  return {
    fact: 'quantity',
    value: String(proposedOf(problem) ?? ''),
    unit: item?.unit ?? '',
    ...(bounded ? { max: mostNow(d, rules) } : {}),
  };
}

/** The screen of a problem, beside what every screen shows. */
export function problemParts(workflow: CompiledWorkflow, d: Dialogue) {
  const { problem } = d;
  if (problem === undefined) return undefined;
  const input = inputOf(d, workflow, problem);
  const choices = rowsOf(d, workflow);
  const { item = d.work.item } = problem;
  const ok = okOf(problem, input);
  const parts: Partial<ScreenModel> = {
    ...(input === undefined ? {} : { asks: input.fact, input }),
    ...(choices.length === 0 ? {} : { ways: choices }),
    ...(item === undefined ? {} : { item: { code: item.code, name: item.name, unit: item.unit } }),
  };
  const about: Text =
    problem.code === undefined ? { label: workflow.label } : sentence(`exception.${problem.code}`);
  const actions: ActionModel[] = [...ok, { word: 'BACK', tone: 'plain' }];
  return { title: about, prompt: promptOf(problem), parts, actions };
}

/** What somebody may say of what is left where the order is finished: that no more of it comes. */
export function restRemedy(workflow: CompiledWorkflow, d: Dialogue): Remedy | undefined {
  const here = at(workflow, 'close');
  const [code] = problemsAt(d, here);
  return code && waysOf(d, here, { asks: 'close', step: '', code })[0]?.remedy;
}

/** The message with the remedies that its exception has where `asks` is asked. */
export function withRemedies(
  message: MessageModel,
  d: Dialogue,
  rules: Rules,
  asks: At['asks'],
): MessageModel {
  const remedies = messageWays(d, at(rules, asks)).map(({ remedy }): WayModel => ({
    id: remedy,
    text: remedyText(d, rules, remedy),
    kind: 'remedy',
  }));
  return remedies.length === 0 ? message : { ...message, remedies };
}
