// Who lives here: steps → the XState configuration. Plain data, only names of the vocabulary. Every
// waiting state answers every event: any scan, OK, typed values, touched rows, BACK, CANCEL,
// UNDO, FINISH, HELP, and what the hub says; nothing an operator does is ever dropped in silence.

import { CANCELLED, CLOSE, DONE, PROBLEM, REVERSE, UNDO } from './runtime/index.ts';
import type { AskedFact, Step } from './types.ts';

type Transition = {
  readonly target?: string;
  readonly guard?: string | { readonly type: string; readonly params: object };
  readonly actions?: string | { readonly type: string; readonly params: object };
};
export type StateConfig = {
  readonly type?: 'final';
  readonly always?: readonly Transition[];
  readonly on?: Readonly<Record<string, readonly Transition[]>>;
};
export interface MachineConfig {
  readonly id: string;
  readonly initial: string;
  readonly states: Readonly<Record<string, StateConfig>>;
}

type Asks = AskedFact | 'close';

const act = (type: string, asks: Asks) => ({ type, params: { asks } });

/** What may come at any moment, in any state: of the hub, and of somebody who shows a badge. */
const fromHub = (asks: Asks) => ({
  ORDER: [{ actions: act('orderChanged', asks) }],
  REFUSED: [{ actions: act('refused', asks) }],
  LOOKED: [{ actions: act('takeLooked', asks) }],
  // No question of its own: where the dialogue stands when a flow that was called is left.
  RETURNED: [{ actions: act('returned', asks) }],
  BADGE: [{ actions: act('takeBadge', asks) }],
  PRINT: [{ actions: act('printAgain', asks) }],
});

/** What a whole place was said to be is done with: the next question is asked, from the first on. */
const accepting = (asks: Asks, first: string, word: string): readonly Transition[] => [
  { guard: 'isEmptying', target: first, actions: act(word, asks) },
  { actions: act(word, asks) },
];

/** Out of the order, else out of the work. */
const leaving = (asks: Asks, first: string): readonly Transition[] => [
  { guard: 'hasDocument', target: first, actions: act('leaveDocument', asks) },
  { target: CANCELLED, actions: act('goOn', asks) },
];

function waiting(asks: AskedFact, first: string): NonNullable<StateConfig['on']> {
  const leave = leaving(asks, first);
  const asked = { guard: 'isEmptying', actions: act('goOn', asks) };
  const back = { guard: 'hasWork', target: first, actions: act('stepBack', asks) };
  return {
    SCAN: [{ actions: act('takeScan', asks) }],
    FOUND: [{ actions: act('takeFound', asks) }],
    MISREAD: [{ actions: act('misread', asks) }],
    ENTER: [{ actions: act('enter', asks) }],
    CHOOSE: [
      { guard: 'isRemedy', target: PROBLEM, actions: act('takeRemedy', asks) },
      { actions: act('choose', asks) },
    ],
    PROBLEM: toProblem(asks),
    OPEN: [{ actions: act('open', asks) }],
    OK: accepting(asks, first, 'accept'),
    ALL: accepting(asks, first, 'all'),
    HELP: [{ actions: act('help', asks) }],
    // The next proposal may begin with another question, its place.
    SKIP: [
      { guard: { type: 'canSkip', params: { asks } }, target: first, actions: act('skip', asks) },
      { actions: act('skip', asks) },
    ],
    REPEAT: [{ actions: act('repeat', asks) }],
    MORE: [{ target: first, actions: act('more', asks) }],
    BACK: [
      asked,
      back,
      { guard: 'hasKept', target: first, actions: act('forgetPlace', asks) },
      { guard: 'hasBooked', target: CLOSE, actions: act('goOn', asks) },
      { guard: 'hasDocument', target: first, actions: act('leaveLast', asks) },
      ...leave,
    ],
    CANCEL: [
      { guard: 'hasWork', target: first, actions: act('dropLine', asks) },
      { guard: 'hasBooked', target: DONE, actions: act('finish', asks) },
      ...leave,
    ],
    UNDO: [asked, back, ...toUndo(asks)],
    FINISH: [
      { guard: 'hasWork', actions: act('finishLineFirst', asks) },
      { guard: 'allComplete', target: DONE, actions: act('finish', asks) },
      { guard: 'hasBooked', target: CLOSE, actions: act('goOn', asks) },
      ...leave,
    ],
    ...answers(asks, first),
  };
}

/** What may be wrong here, if anything may. */
const toProblem = (asks: Asks): readonly Transition[] => [
  {
    guard: { type: 'hasProblems', params: { asks } },
    target: PROBLEM,
    actions: act('openProblem', asks),
  },
  { actions: act('notHere', asks) },
];

/** An answer to UNDO that asks something back; where nothing is touched just now. */
const answers = (asks: Asks, first?: string) => ({
  ...fromHub(asks),
  REFUSED: [
    ...(first ? [{ guard: 'isCarried', target: first, actions: act('refused', asks) }] : []),
    { guard: 'offersBack', target: REVERSE, actions: act('offer', asks) },
    { actions: act('refused', asks) },
  ],
});

/** The list of lines to take back; without any, why there is none. */
const toUndo = (asks: Asks): readonly Transition[] => [
  { guard: 'canUndo', target: UNDO, actions: act('goOn', asks) },
  { actions: act('undo', asks) },
];

/** The lines of this session, to be touched. OK, or UNDO once more, takes back the last. */
function undoing(first: string): StateConfig {
  const asks: Asks = 'close';
  const last = [{ target: first, actions: act('undo', asks) }];
  const away = [{ target: first, actions: act('goOn', asks) }];
  return {
    on: {
      OK: last,
      UNDO: last,
      CHOOSE: [
        { guard: 'isBooked', target: first, actions: act('undoThis', asks) },
        { actions: act('notHere', asks) },
      ],
      BACK: away,
      CANCEL: away,
      FINISH: [{ target: CLOSE, actions: act('goOn', asks) }],
      PROBLEM: [{ actions: act('notHere', asks) }],
      // Goods in the hand say more than a button: go on with them.
      SCAN: [{ target: first, actions: act('takeScan', 'item') }],
      MISREAD: [{ actions: act('misread', asks) }],
      REPEAT: [{ actions: act('notHere', asks) }],
      ENTER: [{ actions: act('notHere', asks) }],
      OPEN: [{ actions: act('notHere', asks) }],
      FOUND: [{ actions: act('takeFound', asks) }],
      SKIP: [{ actions: act('notHere', asks) }],
      MORE: [{ actions: act('notHere', asks) }],
      ALL: [{ actions: act('notHere', asks) }],
      HELP: [{ actions: act('help', asks) }],
      ...fromHub(asks),
    },
  };
}

/** What taking a line back in Exact means, before anybody says so: OK does it, BACK leaves it. */
function reversing(first: string): StateConfig {
  const asks: Asks = 'close';
  const away = [{ target: first, actions: act('keep', asks) }];
  const notHere = [{ actions: act('notHere', asks) }];
  return {
    on: {
      OK: [{ target: first, actions: act('reverse', asks) }],
      BACK: away,
      CANCEL: away,
      UNDO: [{ guard: 'canUndo', target: UNDO, actions: act('keep', asks) }, ...away],
      FINISH: [{ target: CLOSE, actions: act('keep', asks) }],
      SCAN: notHere,
      CHOOSE: notHere,
      ENTER: notHere,
      OPEN: notHere,
      SKIP: notHere,
      REPEAT: notHere,
      MORE: notHere,
      ALL: notHere,
      PROBLEM: notHere,
      FOUND: [{ actions: act('takeFound', asks) }],
      MISREAD: [{ actions: act('misread', asks) }],
      HELP: [{ actions: act('help', asks) }],
      ...fromHub(asks),
    },
  };
}

function closing(first: string): StateConfig {
  const asks: Asks = 'close';
  const end = [{ target: DONE, actions: act('finish', asks) }];
  return {
    on: {
      OK: end,
      FINISH: end,
      CANCEL: end,
      BACK: [{ target: first, actions: act('goOn', asks) }],
      // Goods in the hand say more than a button: go on with them.
      SCAN: [{ target: first, actions: act('takeScan', 'item') }],
      CHOOSE: [{ target: first, actions: act('choose', 'item') }],
      UNDO: toUndo(asks),
      MISREAD: [{ actions: act('misread', asks) }],
      ENTER: [{ actions: act('notHere', asks) }],
      REPEAT: [{ actions: act('notHere', asks) }],
      OPEN: [{ actions: act('notHere', asks) }],
      FOUND: [{ actions: act('takeFound', asks) }],
      HELP: [{ actions: act('help', asks) }],
      SKIP: [{ actions: act('notHere', asks) }],
      MORE: [{ actions: act('notHere', asks) }],
      ALL: [{ actions: act('notHere', asks) }],
      // What is left open may come no more.
      PROBLEM: toProblem(asks),
      ...answers(asks),
    },
  };
}

/**
 * What PROBLEM and the remedies of messages lead to. It is left as soon as a remedy has acted, to
 * the first question that is open then; the question that stood is told by the dialogue itself.
 */
function problem(first: string): StateConfig {
  const asks: Asks = 'item';
  const back = [{ actions: act('backInProblem', asks) }];
  return {
    always: [
      { guard: 'finishing', target: DONE },
      { guard: 'toClose', target: CLOSE },
      { guard: 'solved', target: first },
    ],
    on: {
      CHOOSE: [{ actions: act('chooseInProblem', asks) }],
      ENTER: [{ actions: act('enterInProblem', asks) }],
      OK: [{ actions: act('acceptInProblem', asks) }],
      SCAN: [{ actions: act('scanInProblem', asks) }],
      MISREAD: [{ actions: act('misread', asks) }],
      FOUND: [{ actions: act('takeFound', asks) }],
      OPEN: [{ actions: act('notHere', asks) }],
      FINISH: [{ actions: act('notHere', asks) }],
      BACK: back,
      UNDO: back,
      PROBLEM: back,
      CANCEL: [{ target: first, actions: act('dropProblem', asks) }],
      HELP: [{ actions: act('help', asks) }],
      SKIP: [{ actions: act('notHere', asks) }],
      REPEAT: [{ actions: act('notHere', asks) }],
      MORE: [{ actions: act('notHere', asks) }],
      ALL: [{ actions: act('notHere', asks) }],
      ...fromHub(asks),
    },
  };
}

/** The XState configuration of checked steps. The first step asks for the document. */
export function machineConfig(id: string, steps: readonly Step[]): MachineConfig {
  const states: Record<string, StateConfig> = {};
  const first = steps[0]?.id ?? DONE;
  // The goods are others than was thought: what was passed over for those may be asked for these.
  const anew = { guard: 'anew', target: first, actions: act('putAnew', 'item') };
  // Before the next line: what the product asks by itself about the one that was booked.
  const check = { guard: 'checks', target: PROBLEM };
  steps.forEach((step, index) => {
    const next = steps[index + 1];
    const after = next === undefined ? DONE : next.id;
    if (step.kind === 'ask') {
      const over = { guard: { type: 'passed', params: { step: step.id } }, target: after };
      states[step.id] = { always: [check, anew, over], on: waiting(step.fact, first) };
    } else if (step.kind === 'confirm') {
      states[step.id] = {
        always: [
          anew,
          { guard: 'lineFits', actions: act('book', 'item'), target: after },
          { guard: 'factsComplete', actions: act('askAgain', 'quantity'), target: first },
        ],
        // Here only waits what news from the hub stopped: OK puts all questions once more.
        on: { ...waiting('item', first), OK: [{ target: first, actions: act('goOn', 'item') }] },
      };
    } else if (step.kind === 'end') {
      const ends = {
        guard: { type: 'ends', params: { step: step.id } },
        target: CLOSE,
        actions: act('dropCheck', 'close'),
      };
      states[step.id] = { always: [ends, { target: after }] };
    } else if (step.kind === 'print') {
      const params = { asks: 'item', step: step.id };
      states[step.id] = { always: [{ target: after, actions: { type: 'print', params } }] };
    } else {
      states[step.id] = { always: [{ target: step.from }] };
    }
  });
  states[CLOSE] = closing(first);
  states[UNDO] = undoing(first);
  states[REVERSE] = reversing(first);
  states[PROBLEM] = problem(first);
  states[DONE] = { type: 'final' };
  states[CANCELLED] = { type: 'final' };
  return { id, initial: first, states };
}
