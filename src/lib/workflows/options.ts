// Who lives here: options of a question that only mean something beside others: what must be scanned
// must be shown, what is passed over must be proposed, what is counted by scans alone is not typed.

import { ACTIONS } from './runtime/index.ts';
import type { Action, AskedFact, CompiledWorkflow, Step } from './types.ts';

type AskStep = Extract<Step, { kind: 'ask' }>;

/** What an option of a question goes with. */
export interface Beside {
  readonly action: Action;
  readonly steps: readonly Step[];
  readonly next: CompiledWorkflow['next'];
}

export interface Useless {
  readonly option: keyof AskStep & string;
  readonly message: string;
  readonly hint: string;
}

type Option =
  'check' | 'everything' | 'only' | 'over' | 'recount' | 'skip' | 'substitute' | 'zeroCheck';
/** Whether some question has this option. */
export function asksWith(steps: readonly Step[], option: Option): boolean {
  return steps.some((step) => step.kind === 'ask' && step[option] !== undefined);
}

/** A code of a place that goods may go to, where the file names some. */
export function placeNamed(steps: readonly Step[]): string | undefined {
  const found = steps.find((step) => step.kind === 'ask' && step.places !== undefined);
  return found?.kind === 'ask' ? found.places?.[0]?.replaceAll('*', '1') : undefined;
}

/** Whether the product can lead through the lines: goods of an order that leave their places. */
export function canLead(action: Action): boolean {
  const { order, suggests, way } = ACTIONS[action];
  // Where goods come back from is no place to walk to.
  return order !== undefined && way === 'out' && suggests.some(([, what]) => what === 'source');
}

/** What the workflow can suggest at its question for this fact, as the file writes it. */
function couldSuggest(fact: AskedFact, action: Action): string | undefined {
  const found = ACTIONS[action].suggests.find(([at]) => at === fact);
  if (found === undefined) return undefined;
  return found[1] === 'source' ? 'line.source' : 'item.defaultLocation';
}

function unshown(step: AskStep, option: 'confirm' | 'only' | 'check', beside: Beside): Useless[] {
  if (step[option] === undefined || step.suggest !== undefined || step.fact === 'tote') return [];
  // Goods can be scanned instead of touched, also where nobody leads.
  if (step.fact === 'item' && (option === 'confirm' || beside.next !== undefined)) return [];
  const message = `Nothing is suggested at ask: ${step.fact} that “${option}” could be about.`;
  const could = couldSuggest(step.fact, beside.action);
  if (step.fact === 'item') {
    const hint = canLead(beside.action)
      ? 'Add next: sequence to the workflow, or remove only.'
      : 'Remove only.';
    return [{ option, message, hint }];
  }
  const hint =
    could === undefined ? `Remove ${option}.` : `Add suggest: ${could}, or remove ${option}.`;
  return [{ option, message, hint }];
}

function unproposed(step: AskStep, { steps, next }: Beside): Useless[] {
  if (step.skip !== true || (step.fact !== 'item' && step.fact !== 'location')) return [];
  if (next === undefined) {
    const message = 'No line is proposed here that could be passed over.';
    const hint = 'Add next: sequence to the workflow, or remove skip.';
    return [{ option: 'skip', message, hint }];
  }
  const item = steps.findIndex((each) => each.kind === 'ask' && each.fact === 'item');
  if (steps.indexOf(step) <= item) return [];
  const message = 'Behind ask: item the line is chosen already: there is none to pass over.';
  return [{ option: 'skip', message, hint: 'Write skip: true at ask: item.' }];
}

/** Why two options of the quantity contradict each other, or the work. */
function counting(
  { again, count, default: proposed, recount }: AskStep,
  action: Action,
): Useless[] {
  const { limit, blind } = ACTIONS[action];
  const found: Useless[] = [];
  const against = (option: Useless['option'], message: string): void => {
    found.push({ option, message, hint: `Remove ${option}.` });
  };
  if (recount !== undefined && blind !== true) {
    against('recount', `Nothing is counted in ${action} that the books could be asked about.`);
  }
  if (count !== undefined && proposed !== undefined) {
    against('default', `With count: ${count} no other number is proposed.`);
  }
  if (count === 'all' && (limit === 'none' || blind === true)) {
    against('count', `There is no open quantity in ${action} that could be taken whole.`);
  }
  if (again === 'confirm' && blind === true) {
    against('again', `A count is blind: ${action} proposes nothing that could be confirmed.`);
  } else if (again === 'confirm' && (count === 'scan' || count === 'type')) {
    against('again', `With count: ${count} a scan of the goods can't confirm a proposed number.`);
  }
  return found;
}

/** Only of goods that leave their places on an order anybody knows what should be left there. */
function unknownLeft({ zeroCheck }: AskStep, action: Action): Useless[] {
  if (zeroCheck === undefined || canLead(action)) return [];
  const message = `In ${action} nobody knows what should be left in a place.`;
  return [{ option: 'zeroCheck', message, hint: 'Remove zeroCheck.' }];
}

/** Only of material it is known what it takes the place of; who is led to a line takes that one. */
function replacing(step: AskStep, { action }: Beside): Useless[] {
  if (step.substitute === undefined) return [];
  const useless = (message: string): Useless[] => [
    { option: 'substitute', message, hint: 'Remove substitute.' },
  ];
  if (ACTIONS[action].replaces !== true) {
    return useless(`In ${action} nothing can take the place of what was ordered.`);
  }
  return step.only === undefined
    ? []
    : useless('With only: suggested nothing takes the place of what is proposed.');
}

/** Everything of which place, and carried where. */
function nowhere({ everything }: AskStep, { action, steps }: Beside): Useless[] {
  if (everything === undefined) return [];
  const useless = (message: string, hint: string): Useless[] => [
    { option: 'everything', message, hint },
  ];
  if (!ACTIONS[action].facts.includes('to')) {
    return useless(`In ${action} no goods are carried from place to place.`, 'Remove everything.');
  }
  const at = (fact: AskedFact) => steps.findIndex((one) => one.kind === 'ask' && one.fact === fact);
  const above = at('location') !== -1 && at('location') < at('item');
  const hint = 'Put - ask: location above - ask: item.';
  return above ? [] : useless('Everything of which place? None is asked above the goods.', hint);
}

/** Options of this question that have nothing to be about, or contradict each other. */
export function uselessOptions(step: AskStep, beside: Beside): readonly Useless[] {
  return [
    ...unshown(step, step.check === undefined ? 'confirm' : 'check', beside),
    ...unshown(step, 'only', beside),
    ...unproposed(step, beside),
    ...counting(step, beside.action),
    ...unknownLeft(step, beside.action),
    ...nowhere(step, beside),
    ...replacing(step, beside),
  ];
}
