// Who lives here: what a dialogue shows. A screen is made of the workflow, the state's name and
// the dialogue, and of nothing else, so that a reload shows exactly what stood there before.

import { openQuantity, plus } from '../../domain/index.ts';
import type { OrderLineView } from '../../domain/index.ts';
import type {
  ActionModel,
  AskedFact,
  CompiledWorkflow,
  InputModel,
  KnownFact,
  LineModel,
  ScreenModel,
  Step,
  Text,
} from '../types.ts';
import { proposal, suggestion } from './answer.ts';
import { currentLine, hasWork } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { mostOf, serialsWanted } from './fits.ts';
import { CANCELLED, CLOSE, DONE } from './machine.ts';
import { sentence } from './texts.ts';
import type { TextKey } from './texts.ts';

type AskStep = Extract<Step, { kind: 'ask' }>;

function lineState(line: OrderLineView): LineModel['state'] {
  const done = plus(line.done, line.pending);
  if (done > line.ordered) return 'over';
  if (openQuantity(line) === 0) return 'complete';
  return done > 0 ? 'partial' : 'open';
}

function lineModel(line: OrderLineView, d: Dialogue): LineModel {
  const focus =
    line.id === d.work.line ? 'current' : line.id === d.justDone ? 'just-done' : undefined;
  return {
    id: line.id,
    itemCode: line.item.code,
    itemName: line.item.name,
    unit: line.item.unit,
    ordered: line.ordered,
    done: plus(line.done, line.pending),
    state: lineState(line),
    ...(focus === undefined ? {} : { focus }),
  };
}

function knownFacts(d: Dialogue): KnownFact[] {
  const { work } = d;
  const facts: KnownFact[] = [];
  if (work.batch !== undefined) facts.push({ fact: 'batch', text: work.batch });
  if (work.expiry !== undefined) facts.push({ fact: 'expiry', text: work.expiry });
  if (work.serials !== undefined) {
    facts.push(...work.serials.slice(-3).map((text) => ({ fact: 'serial' as const, text })));
  }
  if (work.quantity !== undefined) {
    const unit = work.item?.unit ?? '';
    facts.push({ fact: 'quantity', text: `${work.quantity} ${unit}`.trim() });
  }
  if (work.location !== undefined) facts.push({ fact: 'location', text: work.location.code });
  return facts;
}

function inputOf(step: AskStep, d: Dialogue, steps: readonly Step[]): InputModel | undefined {
  if (step.fact === 'quantity') {
    const line = currentLine(d);
    return {
      fact: 'quantity',
      value: String(proposal(d, steps) ?? ''),
      unit: line?.item.unit ?? '',
      max: line === undefined ? 0 : mostOf(steps, line),
    };
  }
  return { fact: step.fact, value: '' };
}

/** Which buttons a waiting step offers: few, and only those that do something here. */
function actionsOf(fact: AskedFact, d: Dialogue): ActionModel[] {
  const actions: ActionModel[] = [];
  const ok = (key?: TextKey): void => {
    actions.push({ word: 'OK', tone: 'primary', ...(key === undefined ? {} : { key }) });
  };
  if (fact === 'quantity') ok();
  if (fact === 'serial' && (d.work.serials ?? []).length > 0) ok('action.serials-done');
  if (fact === 'location' && suggestion(d) !== undefined) ok('action.put-there');
  if (fact === 'item' && !hasWork(d)) {
    if (d.standing > 0) actions.push({ word: 'FINISH', tone: 'primary' });
    if (d.booked.length > 0) actions.push({ word: 'UNDO', tone: 'plain' });
  }
  return [...actions, ...waysBack(d)];
}

function waysBack(d: Dialogue): ActionModel[] {
  const actions: ActionModel[] = [];
  if (d.document !== undefined || hasWork(d)) actions.push({ word: 'BACK', tone: 'plain' });
  if (d.document !== undefined && hasWork(d))
    actions.push(button('CANCEL', 'danger', 'action.cancel-line'));
  return [...actions, { word: 'HELP', tone: 'plain' }];
}

function base(d: Dialogue, step: string, view: ScreenModel['view'], title: Text, prompt: Text) {
  const { document } = d;
  return {
    view,
    step,
    title,
    prompt,
    known: knownFacts(d),
    ...(document === undefined
      ? {}
      : {
          document: { id: document.id, number: document.number, partner: document.partnerName },
          lines: document.lines.map((line) => lineModel(line, d)),
        }),
    ...(d.message === undefined ? {} : { message: d.message }),
    ...(d.help === true ? { help: true as const } : {}),
  };
}

function askScreen(workflow: CompiledWorkflow, step: AskStep, d: Dialogue): ScreenModel {
  const title: Text = { label: workflow.label };
  const prompt: Text =
    step.prompt === undefined ? sentence(`prompt.${step.fact}`) : { label: step.prompt };
  const view = step.fact === 'document' ? 'choose-order' : 'ask';
  const { item } = d.work;
  const place = step.fact === 'location' ? suggestion(d) : undefined;
  const input = inputOf(step, d, workflow.steps);
  const line = currentLine(d);
  return {
    ...base(d, step.id, view, title, prompt),
    asks: step.fact,
    ...(view === 'choose-order' && d.search !== undefined
      ? { search: { item: d.search.item } }
      : {}),
    ...(view === 'choose-order' && d.only !== undefined ? { only: d.only } : {}),
    ...(item === undefined ? {} : { item: { code: item.code, name: item.name, unit: item.unit } }),
    ...(step.fact === 'serial' && line !== undefined
      ? { count: { done: (d.work.serials ?? []).length, of: serialsWanted(workflow.steps, line) } }
      : {}),
    ...(place === undefined ? {} : { suggestion: place.code }),
    ...(input === undefined ? {} : { input }),
    actions: actionsOf(step.fact, d),
  };
}

const button = (
  word: ActionModel['word'],
  tone: ActionModel['tone'],
  key: TextKey,
): ActionModel => ({
  word,
  tone,
  key,
});

function closeScreen(workflow: CompiledWorkflow, d: Dialogue): ScreenModel {
  const open = d.document?.lines.filter((line) => openQuantity(line) > 0).length ?? 0;
  const undo: ActionModel[] = d.booked.length > 0 ? [{ word: 'UNDO', tone: 'plain' }] : [];
  return {
    ...base(d, CLOSE, 'close', { label: workflow.label }, sentence('close.prompt', { open })),
    actions: [
      button('OK', 'primary', 'action.close-order'),
      button('BACK', 'plain', 'action.go-on'),
      ...undo,
    ],
  };
}

function endScreen(workflow: CompiledWorkflow, at: string, d: Dialogue): ScreenModel {
  const prompt = sentence(at === CANCELLED ? 'ended.cancelled' : 'ended.done', {
    lines: d.standing,
  });
  return {
    ...base(d, at, 'ended', { label: workflow.label }, prompt),
    actions: [button('OK', 'primary', 'action.next-order')],
  };
}

/** All questions are answered, and the goods wait for a word: see `ready` in machine.ts. */
function confirmScreen(workflow: CompiledWorkflow, at: string, d: Dialogue): ScreenModel {
  const { item } = d.work;
  return {
    ...base(d, at, 'ask', { label: workflow.label }, sentence('action.take-it')),
    ...(item === undefined ? {} : { item: { code: item.code, name: item.name, unit: item.unit } }),
    actions: [{ word: 'OK', tone: 'primary' }, ...waysBack(d)],
  };
}

/** The screen of a workflow in the state named `at`. */
export function screenOf(workflow: CompiledWorkflow, at: string, d: Dialogue): ScreenModel {
  if (at === CLOSE) return closeScreen(workflow, d);
  if (at === DONE || at === CANCELLED) return endScreen(workflow, at, d);
  const step = workflow.steps.find((each) => each.id === at);
  return step?.kind === 'ask' ? askScreen(workflow, step, d) : confirmScreen(workflow, at, d);
}
