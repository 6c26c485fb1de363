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
import { currentLine, hasWork, mostOf } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { CANCELLED, CLOSE, DONE } from './machine.ts';

type AskStep = Extract<Step, { kind: 'ask' }>;

function lineState(line: OrderLineView): LineModel['state'] {
  const done = plus(line.received, line.pending);
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
    done: plus(line.received, line.pending),
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
  const ok = (key?: string): void => {
    actions.push({ word: 'OK', tone: 'primary', ...(key === undefined ? {} : { key }) });
  };
  if (fact === 'quantity') ok();
  if (fact === 'serial' && (d.work.serials ?? []).length > 0) ok('action.serials-done');
  if (fact === 'location' && suggestion(d) !== undefined) ok('action.put-there');
  if (fact === 'item' && d.booked.length > 0) {
    actions.push({ word: 'FINISH', tone: 'primary' }, { word: 'UNDO', tone: 'plain' });
  }
  if (d.document !== undefined) actions.push({ word: 'BACK', tone: 'plain' });
  if (hasWork(d)) actions.push({ word: 'CANCEL', tone: 'danger', key: 'action.cancel-line' });
  actions.push({ word: 'HELP', tone: 'plain' });
  return actions;
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
          document: { id: document.id, number: document.number, supplier: document.supplierName },
          lines: document.lines.map((line) => lineModel(line, d)),
        }),
    ...(d.message === undefined ? {} : { message: d.message }),
    ...(d.help === true ? { help: true as const } : {}),
  };
}

function askScreen(workflow: CompiledWorkflow, step: AskStep, d: Dialogue): ScreenModel {
  const title: Text = { label: workflow.label };
  const prompt: Text =
    step.prompt === undefined ? { key: `prompt.${step.fact}` } : { label: step.prompt };
  const view = step.fact === 'document' ? 'choose-order' : 'ask';
  const { item } = d.work;
  const place = step.fact === 'location' ? suggestion(d) : undefined;
  const input = inputOf(step, d, workflow.steps);
  const line = currentLine(d);
  return {
    ...base(d, step.id, view, title, prompt),
    asks: step.fact,
    ...(view === 'choose-order' && d.search !== undefined ? { search: d.search } : {}),
    ...(view === 'choose-order' && d.only !== undefined ? { only: d.only } : {}),
    ...(item === undefined ? {} : { item: { code: item.code, name: item.name, unit: item.unit } }),
    ...(step.fact === 'serial' && line !== undefined
      ? { count: { done: (d.work.serials ?? []).length, of: openQuantity(line) } }
      : {}),
    ...(place === undefined ? {} : { suggestion: place.code }),
    ...(input === undefined ? {} : { input }),
    actions: actionsOf(step.fact, d),
  };
}

function closeScreen(workflow: CompiledWorkflow, d: Dialogue): ScreenModel {
  const open = d.document?.lines.filter((line) => openQuantity(line) > 0).length ?? 0;
  return {
    ...base(d, CLOSE, 'close', { label: workflow.label }, { key: 'close.prompt', data: { open } }),
    actions: [
      { word: 'OK', tone: 'primary', key: 'action.close-order' },
      { word: 'BACK', tone: 'plain', key: 'action.go-on' },
      { word: 'UNDO', tone: 'plain' },
    ],
  };
}

function endScreen(workflow: CompiledWorkflow, at: string, d: Dialogue): ScreenModel {
  const lines = d.booked.length;
  const key = at === CANCELLED ? 'ended.cancelled' : 'ended.done';
  return {
    ...base(d, at, 'ended', { label: workflow.label }, { key, data: { lines } }),
    actions: [{ word: 'OK', tone: 'primary', key: 'action.next-order' }],
  };
}

/** The screen of a workflow in the state named `at`. */
export function screenOf(workflow: CompiledWorkflow, at: string, d: Dialogue): ScreenModel {
  if (at === CLOSE) return closeScreen(workflow, d);
  if (at === DONE || at === CANCELLED) return endScreen(workflow, at, d);
  const step = workflow.steps.find((each) => each.id === at);
  if (step?.kind === 'ask') return askScreen(workflow, step, d);
  // A confirm step only waits when a fact is missing, which `check` proves impossible.
  return { ...base(d, at, 'ask', { label: workflow.label }, { key: 'prompt.item' }), actions: [] };
}
