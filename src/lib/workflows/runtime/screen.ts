// Who lives here: what a dialogue shows. A screen is made of the workflow, the state's name and
// the dialogue, and of nothing else, so that a reload shows exactly what stood there before.

import { openQuantity } from '../../domain/index.ts';
import { ANSWER_KINDS } from '../types.ts';
import type { ActionModel, CompiledWorkflow, InputModel, ScreenModel, Text } from '../types.ts';
import { ACTIONS } from './actions.ts';
import type { Among } from './among.ts';
import { overOrder } from './approvals.ts';
import { ANSWERS } from './answers.ts';
import { actionsOf, button, waysBack } from './buttons.ts';
import { currentLine, hasWork } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { detoursOf, detourScreen } from './detour-screen.ts';
import { calledBy } from './detour.ts';
import { emptyParts } from './empty.ts';
import { everythingParts, shownGoods } from './everything.ts';
import { asking, mostNow, serialsWanted } from './fits.ts';
import type { AskStep, Rules } from './fits.ts';
import { filled } from './holes.ts';
import { knownFacts, lineModel, nextModel } from './lines.ts';
import { lookModel } from './look.ts';
import { CANCELLED, CLOSE, DONE, PROBLEM, REVERSE, UNDO } from './machine.ts';
import { choicesOf, offersOf } from './offers.ts';
import { digitsOf } from './place-digits.ts';
import { labelsOf } from './prints.ts';
import { problemParts, restRemedy, withRemedies } from './problem-screen.ts';
import { booksAsked } from './recount.ts';
import { proposal, suggestion } from './suggest.ts';
import { sentence } from './texts.ts';
import type { TextKey } from './texts.ts';
import { orderAt, orderModels } from './together.ts';
import type { Joined } from './together.ts';
import { toteFor } from './tote-codes.ts';
import { withTotes } from './totes.ts';
import { backModel, takenModels } from './undo.ts';

/** Facts that are written in letters and digits. */
const WRITTEN = ['batch', 'serial', 'location', 'to', 'item', 'document'] as const;

function inputOf(step: AskStep, d: Dialogue, rules: Rules): InputModel | undefined {
  const { fact } = step;
  const answer = ANSWER_KINDS.find((kind) => kind === fact);
  if (answer !== undefined) return ANSWERS[answer].input({ ...step, fact: answer }, d);
  if (fact === 'expiry') return { fact, value: '' };
  const written = WRITTEN.find((each) => each === fact);
  if (written !== undefined) return { fact: written, value: '' };
  if (fact !== 'quantity') return undefined;
  return {
    fact,
    value: String(proposal(d, rules) ?? ''),
    unit: d.work.item?.unit ?? '',
    max: mostNow(d, rules),
  };
}

function base(
  d: Dialogue,
  step: string,
  view: ScreenModel['view'],
  workflow: CompiledWorkflow,
  prompt: Text,
  next?: string,
) {
  const { document } = d;
  const at = orderAt(d);
  const orders = withTotes(d, orderModels(d));
  return {
    view,
    step,
    title: { label: workflow.label },
    prompt,
    known: knownFacts(d, workflow),
    ...(document === undefined || at === undefined
      ? {}
      : {
          document: { id: at.id, number: at.number, partner: at.partnerName },
          ...(orders.length === 0 ? {} : { orders }),
          lines: document.lines.map((line) => lineModel(line, d, next)),
        }),
    ...(d.message === undefined ? {} : { message: d.message }),
    ...(d.help === true ? { help: true as const } : {}),
    ...labelsOf(d),
  };
}

function promptOf(step: AskStep, rules: CompiledWorkflow, d: Dialogue): Text {
  const { among } = d.work;
  if (step.fact === 'item' && among?.instead === true) {
    return sentence('prompt.instead', { item: among.items[0]?.code ?? '' });
  }
  if (step.fact === 'item' && among?.open === true) return sentence(whichOf(among));
  if (step.fact === 'show' && step.prompt !== undefined) return filled(step.prompt, d);
  if (step.prompt !== undefined) return { label: step.prompt };
  const tote = step.fact === 'tote' ? orderAt(d) : undefined;
  if (tote !== undefined) return totePrompt(d, tote);
  const called = step.call === undefined ? undefined : calledBy(rules, step.call);
  if (called !== undefined) return { label: called.label };
  if (step.off !== undefined) return sentence('prompt.approval-count');
  if (step.fact === 'quantity' && d.work.counts !== undefined) return sentence('prompt.recount');
  if (step.instead === true) {
    const { item: { code: item } = { code: '' }, planned } = currentLine(d) ?? {};
    return sentence('prompt.approval-instead', { item, planned: planned?.code ?? '' });
  }
  if (step.over === true) {
    const data = { over: overOrder(d), unit: d.work.item?.unit ?? '' };
    return sentence('prompt.approval-over', data);
  }
  const place = step.check === undefined ? undefined : digitsOf(d, rules, step.fact);
  if (place !== undefined) return sentence('prompt.check-digits', { place: place.code });
  return sentence(ACTIONS[rules.action].words.prompts[step.fact] ?? `prompt.${step.fact}`);
}

/** Into which tote, or that the order has none yet. */
function totePrompt(d: Dialogue, order: Joined): Text {
  const tote = toteFor(d, order);
  return tote === undefined
    ? sentence('prompt.tote', { order: order.number })
    : sentence('prompt.put-into', { tote });
}

/** Which of them it is: told by the first thing in which they differ. */
function whichOf({ items, of }: Among): TextKey {
  if (items.length > 1) return 'prompt.which';
  const [first, ...others] = of;
  return others.some(({ line }) => line !== first?.line)
    ? 'prompt.which-line'
    : 'prompt.which-pack';
}

/** What the file says of the question itself. */
function optionsOf({
  by,
  within,
  help,
  role,
}: AskStep): Pick<ScreenModel, 'by' | 'within' | 'helpText' | 'badge'> {
  return {
    ...(by === undefined ? {} : { by }),
    ...(within === undefined ? {} : { within }),
    ...(help === undefined ? {} : { helpText: { label: help } }),
    ...(role === undefined ? {} : { badge: role }),
  };
}

/** By scanning alone, or by typing alone. */
function byOf({ steps }: Rules): ScreenModel['by'] {
  const count = asking(steps, 'quantity')?.count;
  return count === 'scan' || count === 'type' ? count : undefined;
}

function askScreen(workflow: CompiledWorkflow, step: AskStep, d: Dialogue): ScreenModel {
  const view = step.fact === 'document' ? 'choose-order' : 'ask';
  const item = shownGoods(d.work);
  const suggested = suggestion(d, workflow, step.fact);
  // What must be scanned, or may be nothing else, is shown and not offered for choice.
  const strict = step.fact !== 'item' && (step.confirm ?? step.only) !== undefined;
  const offers = strict ? [] : offersOf(d, workflow, step.fact);
  const input = inputOf(step, d, workflow);
  const line = currentLine(d);
  // What only looks asks nothing: the goods have the whole screen.
  const asks = ACTIONS[workflow.action].command !== undefined;
  const look = lookModel(d);
  const empty = emptyParts(d, workflow) ?? everythingParts(d, workflow);
  if (empty !== undefined) {
    const { prompt, ...parts } = empty;
    return { ...base(d, step.id, view, workflow, prompt), ...parts };
  }
  const next = nextModel(d, workflow);
  const detours = detoursOf(workflow);
  const books = booksAsked(d, workflow);
  const by = step.fact === 'quantity' ? byOf(workflow) : undefined;
  return {
    ...base(d, step.id, view, workflow, promptOf(step, workflow, d), next?.line),
    ...(d.message === undefined
      ? {}
      : { message: withRemedies(d.message, d, workflow, step.fact) }),
    ...(asks ? { asks: step.fact } : {}),
    ...(asks || look === undefined ? {} : { look }),
    ...(view === 'choose-order' && d.search !== undefined
      ? { search: { items: [d.search.item, ...(d.search.or ?? [])] } }
      : {}),
    ...(view === 'choose-order' && d.only !== undefined ? { only: d.only } : {}),
    ...(item === undefined ? {} : { item }),
    ...(step.fact === 'serial' && line !== undefined
      ? { count: { done: (d.work.serials ?? []).length, of: serialsWanted(workflow, line) } }
      : {}),
    ...(offers.length === 0 ? {} : { choices: choicesOf(offers) }),
    ...(suggested === undefined || suggested.fact === 'item' ? {} : { suggestion: suggested.text }),
    ...(suggested === undefined || step.confirm === undefined ? {} : { confirm: step.confirm }),
    ...(next === undefined ? {} : { next }),
    ...(books === undefined ? {} : { books }),
    ...(asks && input !== undefined ? { input } : {}),
    ...optionsOf(step),
    ...(detours.length === 0 ? {} : { detours }),
    ...(by === undefined ? {} : { by }),
    actions: actionsOf(step, d, workflow, suggested),
  };
}

function closeScreen(workflow: CompiledWorkflow, d: Dialogue): ScreenModel {
  const open = d.document?.lines.filter((line) => openQuantity(line) > 0).length ?? 0;
  const { words, order, limit } = ACTIONS[workflow.action];
  // What was issued need not come back: then nothing is left open either.
  const onOrder = order !== undefined && limit !== 'issued';
  const prompt = onOrder ? sentence('close.prompt', { open }) : sentence('close.prompt-work');
  const undo: ActionModel[] = d.booked.length > 0 ? [{ word: 'UNDO', tone: 'plain' }] : [];
  const remedy = d.message === undefined ? restRemedy(workflow, d) : undefined;
  const rest: ActionModel[] =
    remedy === undefined ? [] : [button('PROBLEM', 'plain', `remedy.${remedy}`)];
  const shown = base(d, CLOSE, 'close', workflow, prompt);
  const { lines: _l, ...work } = shown;
  return {
    ...(onOrder ? shown : work),
    actions: [
      button('OK', 'primary', onOrder ? 'action.close-order' : 'action.close-work'),
      button('BACK', 'plain', words.goOn),
      ...rest,
      ...undo,
    ],
  };
}

/** The lines of this session, to touch the one that is taken back. */
function undoScreen(workflow: CompiledWorkflow, d: Dialogue): ScreenModel {
  return {
    ...base(d, UNDO, 'undo', workflow, sentence('prompt.undo')),
    taken: takenModels(d),
    actions: [
      button('OK', 'primary', 'action.undo-last'),
      { word: 'BACK', tone: 'plain' },
      { word: 'HELP', tone: 'plain' },
    ],
  };
}

/** What taking a line back in Exact means, before it is done. */
function reverseScreen(workflow: CompiledWorkflow, d: Dialogue): ScreenModel {
  const back = backModel(d);
  return {
    ...base(d, REVERSE, 'reverse', workflow, sentence('prompt.reverse')),
    ...(back === undefined ? {} : { back }),
    actions: [
      button('OK', 'primary', 'action.reverse'),
      button('BACK', 'plain', 'action.keep'),
      { word: 'HELP', tone: 'plain' },
    ],
  };
}

function endScreen(workflow: CompiledWorkflow, at: string, d: Dialogue): ScreenModel {
  const { words } = ACTIONS[workflow.action];
  const prompt = sentence(at === CANCELLED ? 'ended.cancelled' : words.ended, {
    lines: d.standing,
  });
  return {
    ...base(d, at, 'ended', workflow, prompt),
    actions: [button('OK', 'primary', words.again)],
  };
}

function problemScreen(workflow: CompiledWorkflow, d: Dialogue): ScreenModel {
  const problem = problemParts(workflow, d);
  if (problem === undefined) return confirmScreen(workflow, PROBLEM, d);
  const { title, prompt, parts, actions } = problem;
  const drop: ActionModel[] = hasWork(d) ? [button('CANCEL', 'danger', 'action.cancel-line')] : [];
  const help: ActionModel = { word: 'HELP', tone: 'plain' };
  return {
    ...base(d, PROBLEM, 'problem', workflow, prompt),
    title,
    ...parts,
    actions: [...actions, ...drop, help],
  };
}

/** All questions are answered, and the goods wait for a word: see `ready` in machine.ts. */
function confirmScreen(workflow: CompiledWorkflow, at: string, d: Dialogue): ScreenModel {
  const item = shownGoods(d.work);
  return {
    ...base(d, at, 'ask', workflow, sentence('action.take-it')),
    ...(item === undefined ? {} : { item }),
    actions: [{ word: 'OK', tone: 'primary' }, ...waysBack(d, workflow)],
  };
}

/** The screen of a workflow in the state named `at`. */
export function screenOf(workflow: CompiledWorkflow, at: string, d: Dialogue): ScreenModel {
  const between = detourScreen(workflow, { value: at, context: d }, screenOf);
  return between ?? flatScreen(workflow, at, d);
}

function flatScreen(workflow: CompiledWorkflow, at: string, d: Dialogue): ScreenModel {
  if (at === CLOSE) return closeScreen(workflow, d);
  if (at === UNDO) return undoScreen(workflow, d);
  if (at === REVERSE) return reverseScreen(workflow, d);
  if (at === DONE || at === CANCELLED) return endScreen(workflow, at, d);
  if (at === PROBLEM) return problemScreen(workflow, d);
  const step = workflow.steps.find((each) => each.id === at);
  return step?.kind === 'ask' ? askScreen(workflow, step, d) : confirmScreen(workflow, at, d);
}
