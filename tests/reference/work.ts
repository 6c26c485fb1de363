// Who lives here: the kinds of work, the exceptions with their ways out, and the words of buttons
// and command barcodes, out of the tables that the reader and the stations work with.

import {
  EXCEPTION_CODES,
  exceptionRow,
  LIMITS,
  NAMED_EXCEPTIONS,
} from '../../src/lib/domain/index.ts';
import { CATALOGUE } from '../../src/lib/ui/texts/en.ts';
import { canLead } from '../../src/lib/workflows/options.ts';
import { ACTIONS, exceptionsOf } from '../../src/lib/workflows/runtime/index.ts';
import { ACTION_NAMES } from '../../src/lib/workflows/types.ts';
import type { Action } from '../../src/lib/workflows/types.ts';
import { optionsAt, QUESTIONS } from './options.ts';
import { code, codes, listed, table } from './words.ts';

const LIMIT = {
  tolerance: 'what is open, and `tolerance` over it',
  open: 'what is open',
  issued: 'what was issued by us',
  none: 'anything',
} as const;
const SUGGESTED = { source: 'line.source', 'default-location': 'item.defaultLocation' } as const;
const PART = {
  material: 'its materials',
  product: 'what it makes, and its by-products',
  issued: 'what was issued to it',
  picked: 'what was picked and waits to be packed',
} as const;

function orderOf(action: Action): string {
  const { order } = ACTIONS[action];
  if (order === undefined) return 'none';
  return order.part === undefined ? code(order.kind) : `${code(order.kind)}: ${PART[order.part]}`;
}

function suggestsOf(action: Action): string {
  const suggests = ACTIONS[action].suggests.map(
    ([fact, what]) => `${code(SUGGESTED[what])} at ${code(fact)}`,
  );
  return suggests.length === 0 ? 'nothing' : suggests.join(', ');
}

/** Fields of a workflow that mean something for this work only. */
function fieldsOf(action: Action): string {
  const { order, onePartner, command } = ACTIONS[action];
  const partner = onePartner === true ? '`together` (of one partner)' : '`together`';
  const fields = [
    ...(order === undefined ? [] : ['`document`', partner]),
    ...(canLead(action) ? ['`next: sequence`'] : []),
    ...(command === undefined ? [] : ['`posting`']),
  ];
  return fields.length === 0 ? 'none of these' : fields.join(', ');
}

export const WORK = table(
  ['`action`', '`document`', 'facts of a line', 'takes at most', '`suggest`', 'has a use for'],
  ACTION_NAMES.map((action) => [
    code(action),
    orderOf(action),
    codes(ACTIONS[action].facts) || 'none',
    LIMIT[ACTIONS[action].limit],
    suggestsOf(action),
    fieldsOf(action),
  ]),
);

/** Work that a fact is one of; the document and the item every line has. */
function neededBy(fact: string): string {
  const actions = ACTION_NAMES.filter((action) =>
    ACTIONS[action].facts.some((each) => each === fact),
  );
  if (actions.length > 0) return codes(actions);
  if (fact === 'document') {
    return codes(ACTION_NAMES.filter((action) => ACTIONS[action].order !== undefined));
  }
  return fact === 'item' ? 'all' : 'none: a question of your own';
}

export const FACTS = table(
  ['fact', 'needed by', 'options beside those of every question'],
  QUESTIONS.map((fact) => [code(fact), neededBy(fact), codes(optionsAt(fact))]),
);

function wordsOf(key: string): string {
  const text = CATALOGUE[key];
  if (text === undefined) throw new Error(`${key} has no words`);
  return text;
}

const NEEDS = { item: 'which item', quantity: 'how many', reason: 'why' } as const;

function opensBy(exception: (typeof EXCEPTION_CODES)[number]): string {
  const { listed: byHand, faults, asked } = exceptionRow(exception);
  if (asked === true) return 'the product asks';
  return [
    ...(byHand ? ['`PROBLEM`'] : []),
    ...(faults.length === 0 ? [] : [`the message of ${codes(faults, 'or')}`]),
  ].join('; ');
}

function remediesOf(exception: (typeof EXCEPTION_CODES)[number]): string {
  return exceptionRow(exception)
    .remedies.map(({ remedy, needs }) => {
      const asks = needs.length === 0 ? '' : ` (asks ${listed(needs.map((need) => NEEDS[need]))})`;
      return `${code(remedy)} ${wordsOf(`remedy.${remedy}`)}${asks}`;
    })
    .join('; ');
}

function happensIn(exception: (typeof EXCEPTION_CODES)[number]): string {
  if (!NAMED_EXCEPTIONS.includes(exception)) return 'where `zeroCheck: true` is';
  const actions = ACTION_NAMES.filter((action) => exceptionsOf(action).includes(exception));
  return actions.length === ACTION_NAMES.length ? 'all' : codes(actions);
}

const reasonsOf = (exception: (typeof EXCEPTION_CODES)[number]): string =>
  exceptionRow(exception)
    .reasons.map((reason) => wordsOf(`reason.${reason}`))
    .join(', ') || 'none';

export const EXCEPTIONS = table(
  ['exception', 'on the screen', 'opened by', 'work', 'remedies', 'reasons'],
  EXCEPTION_CODES.map((exception) => [
    code(exception),
    wordsOf(`exception.${exception}`),
    opensBy(exception),
    happensIn(exception),
    remediesOf(exception),
    reasonsOf(exception),
  ]),
);

/** Every word that has its line on the page that HELP shows. */
export const COMMANDS = Object.keys(CATALOGUE).flatMap(
  (key) => /^help\.([A-Z]+)$/.exec(key)?.[1] ?? [],
);

export const WORDS = table(
  ['word', 'barcode', 'button', 'does'],
  COMMANDS.map((word) => [
    code(word),
    code(`SD:${word}`),
    wordsOf(`action.${word}`),
    wordsOf(`help.${word}`),
  ]),
);

/** What binds a file, whoever reads it: the size of a thing, with its words. */
export const BINDING = {
  workflowFileBytes: 'bytes of the file',
  workflowDepth: 'levels of YAML in each other',
  workflowNodes: 'values in the file',
  workflowsPerFile: 'workflows',
  settingsPerFile: 'named settings of a file, and of an override',
  fragmentsPerFile: 'fragments of a file',
  approvalsPerLine: 'badges that one line may need',
  printCopies: 'copies of one label',
  answersPerLine: 'questions of a workflow whose answers go with a line',
  stepsPerWorkflow: 'steps of a workflow, those of its fragments and ifs among them',
  overridesPerFile: 'overrides',
  overrideWays: 'ways in which overrides of stations and of roles meet',
  rolesPerFile: 'roles',
  countPieces: 'units that a count may be off',
  branchDepth: 'ifs in each other',
  callDepth: 'levels of workflows that call others',
  detours: 'detours of a workflow',
  conditionChars: 'characters of a condition',
  shownTextChars: 'characters of `show` and `help`, in each language',
  choices: 'values of a choice',
  choiceChars: 'characters of such a value',
  answerChars: 'characters of an answer',
  photosPerAnswer: 'photos of one answer',
  answerMax: 'an answer that is a number, either side of zero',
  answerDecimals: 'digits behind its point',
  ordersTogether: 'orders at once',
  codeChars: 'characters of a pattern of `places`',
  placesNamed: 'patterns of `places`',
  workflowDiagnostics: 'mistakes that are told at once; then how many more there are',
} as const satisfies Partial<Record<keyof typeof LIMITS, string>>;

export const SIZES = table(
  ['at most', 'of what'],
  Object.entries(BINDING).map(([limit, words]) => {
    const [, most = 0] = Object.entries(LIMITS).find(([name]) => name === limit) ?? [];
    return [most.toLocaleString('en'), words];
  }),
);
