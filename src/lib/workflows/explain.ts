// Who lives here: a workflow in words that whoever runs the warehouse understands: what it is for,
// where, step by step what is asked and when, what is proposed, what may come over, what Exact gets
// and when, which ways out there are. Made of the compiled steps and the row of the action, so that
// it says what runs. Deterministic.

import { asking, staying } from './runtime/fits.ts';
import { exceptionRow } from '../domain/index.ts';
import type { ExceptionCode } from '../domain/index.ts';
import { ACTIONS } from './runtime/index.ts';
import { TOLD } from './told/all.ts';
import { offSaid, PEOPLE_TOLD, replaced, whoStarts } from './told/people.ts';
import { toldPrint } from './told/prints.ts';
import { number, percent, say } from './told/say.ts';
import { put } from './told/words.ts';
import type { ToldStep, Words } from './told/words.ts';
import type { Call, CompiledWorkflow, Language, Step } from './types.ts';

type AskStep = Extract<Step, { kind: 'ask' }>;
type ActionRow = (typeof ACTIONS)[keyof typeof ACTIONS];

interface Telling {
  readonly language: Language;
  readonly words: Words;
  readonly row: ActionRow;
  readonly workflow: CompiledWorkflow;
}

function item({ words, row }: Telling): string {
  if (row.command === undefined) return words.step.itemLookedUp;
  return row.order === undefined ? words.step.item : words.step.itemOnOrder;
}

function location({ words, row, workflow }: Telling): string {
  if (row.way === 'in') return words.step.locationIn;
  const leaves = row.way === 'out' || workflow.steps.some(isQuestion('to'));
  return leaves ? words.step.locationOut : words.step.locationCount;
}

const isQuestion =
  (fact: AskStep['fact']) =>
  (step: Step): boolean =>
    step.kind === 'ask' && step.fact === fact;

function choicesOf({ of = [] }: AskStep, { language }: Telling): string {
  return of.map(({ label }) => `“${label[language]}”`).join(', ');
}

/** What else the file says of the question: bounds, passing over, time, keypad or scanner. */
function limits(step: AskStep, { words }: Telling): string[] {
  const { step: said } = words;
  const { min, max, skip, within, by, once } = step;
  return [
    ...(min === undefined ? [] : [put(said.atLeast, { value: number(min, words) })]),
    ...(max === undefined ? [] : [put(said.atMost, { value: say(max, words) })]),
    ...(by === undefined ? [] : [by === 'scan' ? said.onlyScanned : said.onlyTyped]),
    ...(skip !== true || step.fact === 'item' || step.fact === 'location' ? [] : [said.skip]),
    ...(once === undefined ? [] : [said.once]),
    ...(within === undefined ? [] : [put(said.within, { seconds: within })]),
  ];
}

/** What a flow that is called is called in the menu. */
function flowName(id: string, { workflow, language }: Telling): string {
  return workflow.calls?.find((each) => each.id === id)?.label[language] ?? id;
}

/** The facts that come back from a flow. */
function brought(bring: Call['bring'], { words: { step } }: Telling): string[] {
  if (bring === undefined) return [];
  const facts = bring.map((fact) => step.facts[fact][1]).join(', ');
  return [put(step.brings, { facts })];
}

/** How the question is answered. */
function how(step: AskStep, telling: Telling): string {
  const { step: words } = telling.words;
  switch (step.fact) {
    case 'item':
      return item(telling);
    case 'location':
      return location(telling);
    case 'serial':
      if (step.each === undefined) return words.serial;
      if (telling.row.blind === true) return words.serialAll;
      return telling.row.order === undefined ? words.serialEachFree : words.serialEach;
    case 'choice':
    case 'reason':
      return put(words[step.fact], { choices: choicesOf(step, telling) });
    case 'approval':
      return put(PEOPLE_TOLD[telling.language].approval, {
        role: step.role?.label[telling.language] ?? '',
      });
    case 'number':
      return `${words.number}${step.unit === undefined ? '' : ` (${step.unit})`}`;
    case 'call':
      return put(words.call, { flow: flowName(step.call ?? '', telling) });
    case 'quantity':
      // How it is counted says the sentence itself: see `counts`.
      return step.count === 'scan' || step.count === 'type' ? '' : words.quantity;
    default:
      return put(words[step.fact], { totes: (step.totes ?? []).join(', ') });
  }
}

/** That a count is held against the books, and who counts again. */
function recounted({ recount }: AskStep, { words, language }: Telling): string[] {
  if (recount === undefined) return [];
  const again = put(PEOPLE_TOLD[language].recount, { off: offSaid(recount, words, language) });
  return [again, ...(recount.other === true ? [PEOPLE_TOLD[language].recountOther] : [])];
}

/** What the quantity step proposes, and how much may come. */
function amounts(step: AskStep, telling: Telling): string[] {
  const { words, row, workflow, language } = telling;
  if (step.over === true) return [PEOPLE_TOLD[language].approvalOver];
  if (step.instead === true) return [PEOPLE_TOLD[language].approvalInstead];
  if (step.substitute === true) return [replaced(workflow, language)];
  if (step.off !== undefined) {
    return [put(PEOPLE_TOLD[language].approvalOff, { off: offSaid(step.off, words, language) })];
  }
  if (step.fact !== 'quantity') return [];
  const proposed =
    step.default === undefined
      ? words.step.proposedScanned
      : put(words.step.proposed, { value: say(step.default, words) });
  const { tolerance: free = 0 } = step;
  const yes = asking(workflow.steps, 'approval', ({ over }) => over === true)?.role;
  const never = words.step[row.limit === 'issued' ? 'neverIssued' : 'never'];
  const most = [
    ...(free === 0 && yes === undefined ? [never] : []),
    ...(free === 0 ? [] : [put(words.step.over, { percent: percent(free, words) })]),
    ...(yes === undefined
      ? []
      : [put(PEOPLE_TOLD[language].overRole, { role: yes.label[language] })]),
  ];
  const told = row.blind === true ? words.step.blind : proposed;
  return [...(step.count === undefined ? [told] : []), ...(row.limit === 'none' ? [] : most)];
}

/** What counts as an answer, and what does not. */
function counts(step: AskStep, { words: { step: words } }: Telling): string[] {
  const { fact, confirm, check, only, skip, again, count, zeroCheck, everything, places } = step;
  const scanned = check === undefined ? words.confirmScan : words.checkDigits;
  const how = { scan: words.countScan, type: words.countType, all: words.countAll };
  return [
    ...(confirm === undefined ? [] : [fact === 'item' ? words.confirmItem : scanned]),
    ...(only === undefined ? [] : [words.onlySuggested]),
    ...(skip === true && (fact === 'item' || fact === 'location') ? [words.skipLine] : []),
    ...(count === undefined ? [] : [how[count]]),
    ...(again === undefined ? [] : [words.againConfirm]),
    ...(zeroCheck === undefined ? [] : [words.zeroCheck]),
    ...(everything === undefined ? [] : [words.everything]),
    ...(places === undefined ? [] : [put(words.places, { places: places.join(', ') })]),
  ];
}

function suggested(step: AskStep, { words, row }: Telling): string[] {
  if (step.suggest === undefined) return [];
  if (step.suggest === 'default-location') return [words.step.suggestDefault];
  if (row.limit === 'issued') {
    return [step.fact === 'batch' ? words.step.suggestIssued : words.step.suggestCameFrom];
  }
  return [step.fact === 'batch' ? words.step.suggestBatch : words.step.suggestPlace];
}

/** What the place says when it is scanned where goods are asked. */
function emptied(step: AskStep, { row, words, workflow }: Telling): string[] {
  const can = row.blind === true && workflow.exceptions?.includes('place-empty') === true;
  return can && step.fact === 'location' ? [words.step.emptyAgain] : [];
}

function toldStep(step: Step, telling: Telling, language: Language): ToldStep {
  const { words, workflow } = telling;
  if (step.kind === 'end') {
    const [name, sentence] = words.step.end;
    const condition = say(step.when, words);
    return { name, only: put(words.condition.onlyIf, { condition }), sentences: [sentence] };
  }
  if (step.kind === 'confirm') {
    const [name, sentence] = words.step.confirm;
    return { name, sentences: [sentence] };
  }
  if (step.kind === 'repeat') {
    const [name, sentence] = words.step.repeat;
    const target = workflow.steps.findIndex((each) => each.id === step.from) + 1;
    const facts = staying(workflow.steps).map((fact) => words.step.facts[fact][1]);
    const stays = facts.length === 0 ? [] : [put(words.step.stays, { facts: facts.join(', ') })];
    return { name, sentences: [put(sentence, { step: target }), ...stays] };
  }
  if (step.kind === 'print') return toldPrint(step, words, language);
  const [name] = words.step.facts[step.fact];
  const prompt =
    step.prompt === undefined ? [] : [put(words.step.prompt, { prompt: step.prompt[language] })];
  const back = brought(step.bring, telling);
  const told = [how(step, telling), ...back, ...amounts(step, telling), ...limits(step, telling)];
  const books = [...recounted(step, telling), ...emptied(step, telling)];
  const sentences = [...prompt, ...told, ...books].filter(Boolean);
  const condition = step.when && say(step.when, words);
  return {
    name,
    ...(condition === undefined ? {} : { only: put(words.condition.onlyIf, { condition }) }),
    sentences: [...sentences, ...suggested(step, telling), ...counts(step, telling)],
  };
}

function opening(telling: Telling, language: Language): [string, ...string[]] {
  const { words, row, workflow } = telling;
  const { label, id, action, only, stations } = workflow;
  const { flow } = words;
  const names = (only ?? stations).join(', ');
  return [
    `${label[language]} (${id})`,
    flow.actions[action],
    row.order === undefined
      ? flow.withoutOrder
      : put(flow.onOrder, { order: flow.orders[row.order.kind] }),
    ...(workflow.next === undefined ? [] : [flow.led]),
    ...(workflow.together === undefined
      ? []
      : [put(flow.together, { count: String(workflow.together) })]),
    ...(workflow.detours ?? []).flatMap(({ call, bring }) => [
      put(flow.detour, { flow: flowName(call, telling) }),
      ...brought(bring, telling),
    ]),
    names === '' ? flow.everywhere : put(flow.stations, { names }),
    ...whoStarts(workflow, language),
  ];
}

/** The exceptions that PROBLEM lists, and those that messages lead to. */
function problems({ words: { flow }, workflow }: Telling): string[] {
  const names = (wanted: readonly ExceptionCode[]) =>
    wanted.map((code) => flow.exceptions[code]).join(', ');
  const all = workflow.exceptions ?? [];
  const listed = all.filter((code) => exceptionRow(code).listed);
  const told = all.filter((code) => exceptionRow(code).faults.length > 0);
  return [
    ...(listed.length === 0 ? [] : [put(flow.problem, { names: names(listed) })]),
    ...(told.length === 0 ? [] : [put(flow.messages, { names: names(told) })]),
  ];
}

function waysOut(telling: Telling): string[] {
  const { words, row } = telling;
  const { flow } = words;
  if (row.command === undefined) return [flow.back, flow.cancel, ...problems(telling)];
  const finish = row.order === undefined ? flow.finishWork : flow.finish;
  const repeat = row.blind === true ? [] : [flow.repeat];
  return [flow.back, flow.cancel, flow.undo, ...repeat, finish, ...problems(telling)];
}

/** A workflow in words, in its parts. */
export interface Told {
  readonly name: string;
  readonly about: readonly string[];
  readonly steps: readonly ToldStep[];
  readonly ways: readonly string[];
  /** When Exact gets what was booked. */
  readonly posting: string;
}

export function tell(workflow: CompiledWorkflow, language: Language): Told {
  const words = TOLD[language];
  const telling: Telling = { language, words, row: ACTIONS[workflow.action], workflow };
  const [name, ...about] = opening(telling, language);
  const booked = telling.row.command !== undefined;
  return {
    name,
    about,
    steps: workflow.steps.map((step) => toldStep(step, telling, language)),
    ways: waysOut(telling),
    posting: booked ? words.flow.posting[workflow.posting] : words.flow.nothingPosted,
  };
}

/** The workflow as text, one sentence a line; without a line end behind the last. */
export function explain(workflow: CompiledWorkflow, language: Language): string {
  const words = TOLD[language];
  const told = tell(workflow, language);
  const width = String(told.steps.length).length;
  const inset = ' '.repeat(width + 4);
  const steps = told.steps.flatMap(({ name, only, sentences }, index) => {
    const heading = only === undefined ? name : `${name}, ${only}`;
    const number = String(index + 1).padStart(width);
    return [`  ${number}. ${heading}`, ...sentences.map((each) => `${inset}${each}`)];
  });
  return [
    told.name,
    ...told.about,
    '',
    words.flow.steps,
    ...steps,
    `  ${words.step.known}`,
    '',
    words.flow.ways,
    ...[...told.ways, told.posting].map((each) => `  ${each}`),
  ].join('\n');
}
