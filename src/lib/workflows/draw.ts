// Who lives here: a workflow as a drawing that a person prints and hangs at the dock: its steps from
// top to bottom, what each asks, the condition on the way in and the way past it, the loop to the
// next line, the way home and the end. A flow is a line of steps with ways past some of them, so
// the layout is reckoned here, row by row, and needs no graph library.

import { tell } from './explain.ts';
import type { Told } from './explain.ts';
import { DRAWN } from './told/drawn.ts';
import { box, escaped, FONTS, line, lineHeight, wrapped, writing } from './told/paper.ts';
import type { Font } from './told/paper.ts';
import type { DrawWords, ToldStep } from './told/words.ts';
import type { CompiledWorkflow, Language, Step } from './types.ts';

/** A4 upright, in millimetres; a flow that is longer is drawn smaller. */
const PAGE = { width: 210, height: 297 } as const;
const MARGIN = 36;

/** Where things stand from left to right. */
const LOOP_X = 30;
const BOX = { x: 110, width: 290 } as const;
const SPINE_X = 150;
const PAST_X = 420;
const HOME_X = 540;
const WIDTH = 600;
const HOME_BOX = { width: 100, height: 30 } as const;

const TITLE: Font = { size: 20, bold: true };
const NAME: Font = { size: 13, bold: true };
const SMALL: Font = { size: 10 };
const PAD = 10;
/** Between two steps; where a way past a step joins and where one leaves need room apart. */
const GAP = 26;
const JOIN = 8;
const LEAVE = 20;

const INK = { plain: '#ffffff', edge: '#5b6875', green: '#e3f4e6', greenEdge: '#2e7d43' } as const;
const HOME_INK = '#a05a00';

/** One step with its place: `top` and `bottom` of its box, `from` where the one above ended. */
interface Row {
  readonly step: Step;
  readonly told: ToldStep;
  readonly only: readonly string[];
  readonly name: readonly string[];
  readonly sentences: readonly string[];
  readonly from: number;
  readonly top: number;
  readonly bottom: number;
}

const inBox = BOX.width - 2 * PAD;

function rowOf(step: Step, told: ToldStep, index: number, from: number): Row {
  const room = PAST_X - SPINE_X - 2 * PAD;
  const only = told.only === undefined ? [] : wrapped(told.only, room, SMALL);
  const name = wrapped(`${index + 1}. ${told.name}`, inBox, NAME);
  const sentences = told.sentences.flatMap((each) => wrapped(each, inBox, SMALL));
  const gap = only.length === 0 ? GAP : LEAVE + PAD + only.length * lineHeight(SMALL) + PAD;
  const top = from + gap;
  const text = name.length * lineHeight(NAME) + sentences.length * lineHeight(SMALL);
  const bottom = top + PAD + text + PAD;
  return { step, told, only, name, sentences, from, top, bottom };
}

function rowsOf(steps: readonly Step[], told: Told, start: number): Row[] {
  const rows: Row[] = [];
  let from = start;
  told.steps.forEach((each, index) => {
    const step = steps[index];
    if (step === undefined) return;
    const row = rowOf(step, each, index, from);
    rows.push(row);
    from = row.bottom;
  });
  return rows;
}

function stepBox({ step, top, bottom, name, sentences }: Row): string[] {
  const green = step.kind === 'confirm';
  const at = { ...BOX, y: top, height: bottom - top };
  const under = top + PAD + name.length * lineHeight(NAME);
  return [
    box(at, green ? INK.green : INK.plain, green ? INK.greenEdge : INK.edge),
    writing(BOX.x + PAD, top + PAD, name, NAME),
    writing(BOX.x + PAD, under, sentences, SMALL),
  ];
}

/** The way into a step, and where it has a condition, the way past it. */
function ways({ only, from, top, bottom }: Row, words: DrawWords): string[] {
  const into = line(
    [
      [SPINE_X, from],
      [SPINE_X, top],
    ],
    { arrow: true },
  );
  if (only.length === 0) return [into];
  const past = line(
    [
      [SPINE_X, from + LEAVE],
      [PAST_X, from + LEAVE],
      [PAST_X, bottom + JOIN],
      [SPINE_X, bottom + JOIN],
    ],
    { arrow: true },
  );
  return [
    into,
    past,
    writing(SPINE_X + PAD, from + LEAVE + PAD, only, SMALL),
    writing(PAST_X + PAD / 2, from + LEAVE + PAD, [words.otherwise], SMALL),
  ];
}

/** From every question CANCEL leads home: a dashed line that runs up at the right. */
function homeward(rows: readonly Row[], home: number, words: DrawWords): string[] {
  const asking = rows.filter(({ step }) => step.kind === 'ask');
  const levels = asking.map(({ top }) => top + PAD);
  const lowest = levels.at(-1) ?? home;
  const look = { dashed: true, colour: HOME_INK } as const;
  const bottom = home + HOME_BOX.height;
  return [
    ...levels.map((y) =>
      line(
        [
          [BOX.x + BOX.width, y],
          [HOME_X, y],
        ],
        look,
      ),
    ),
    line(
      [
        [HOME_X, lowest],
        [HOME_X, bottom],
      ],
      { arrow: true, ...look },
    ),
    writing(HOME_X - PAD / 2, bottom + PAD / 2, [words.cancel], {
      ...SMALL,
      colour: HOME_INK,
      anchor: 'end',
    }),
  ];
}

function homeBox(y: number, words: DrawWords): string[] {
  const x = HOME_X - HOME_BOX.width / 2;
  return [
    box({ x, y, ...HOME_BOX }, INK.plain, HOME_INK, HOME_BOX.height / 2),
    writing(HOME_X, y + 7, [words.home], { ...NAME, anchor: 'middle' }),
    line([
      [x, y + HOME_BOX.height / 2],
      [SPINE_X, y + HOME_BOX.height / 2],
      [SPINE_X, y + HOME_BOX.height],
    ]),
  ];
}

/** From `repeat` back to the step that it names, at the left. */
function loops(rows: readonly Row[], words: DrawWords): string[] {
  return rows.flatMap(({ step, top }) => {
    const target = step.kind === 'repeat' && rows.find((row) => row.step.id === step.from);
    if (target === false || target === undefined) return [];
    const y = target.from + JOIN + 6;
    const back = line(
      [
        [BOX.x, top + PAD],
        [LOOP_X, top + PAD],
        [LOOP_X, y],
        [SPINE_X, y],
      ],
      { arrow: true },
    );
    return [back, writing(LOOP_X + PAD / 2, top + PAD + 4, [words.nextLine], SMALL)];
  });
}

/** The end, with when Exact gets it. Gives also where the drawing ends. */
function ending(from: number, told: Told, words: DrawWords, booked: boolean): [string[], number] {
  const sentences = wrapped(told.posting, inBox, SMALL);
  const top = from + GAP + 10;
  const height = 2 * PAD + lineHeight(NAME) + sentences.length * lineHeight(SMALL);
  const label = booked ? words.finish : words.cancel;
  const drawn = [
    line(
      [
        [SPINE_X, from],
        [SPINE_X, top],
      ],
      { arrow: true },
    ),
    writing(SPINE_X + PAD, from + JOIN + 4, [label], SMALL),
    box({ ...BOX, y: top, height }, INK.plain, INK.greenEdge, 20),
    writing(BOX.x + 2 * PAD, top + PAD, [words.done], NAME),
    writing(BOX.x + 2 * PAD, top + PAD + lineHeight(NAME), sentences, SMALL),
  ];
  return [drawn, top + height];
}

/** One page: a drawing with its own measure, so that it fits whatever its length. */
function page(workflow: CompiledWorkflow, language: Language, index: number): string {
  const words = DRAWN[language];
  const told = tell(workflow, language);
  const title = wrapped(told.name, WIDTH, TITLE);
  const about = told.about.flatMap((each) => wrapped(each, WIDTH, SMALL));
  const under = title.length * lineHeight(TITLE) + 4;
  const home = under + about.length * lineHeight(SMALL) + PAD;
  const rows = rowsOf(workflow.steps, told, home + HOME_BOX.height);
  const booked = workflow.steps.some((step) => step.kind === 'confirm');
  const [end, height] = ending(rows.at(-1)?.bottom ?? home, told, words, booked);
  const parts = [
    writing(0, 0, title, TITLE),
    writing(0, under, about, SMALL),
    ...homeBox(home, words),
    ...homeward(rows, home, words),
    ...rows.flatMap((row) => ways(row, words)),
    ...loops(rows, words),
    ...rows.flatMap(stepBox),
    ...end,
  ];
  const least = ((WIDTH + 2 * MARGIN) * PAGE.height) / PAGE.width;
  const view = [-MARGIN, -MARGIN, WIDTH + 2 * MARGIN, Math.max(least, height + 2 * MARGIN)];
  const measure = `width="${PAGE.width}" height="${PAGE.height}" y="${index * PAGE.height}"`;
  const box4 = `viewBox="${view.map((each) => Math.ceil(each)).join(' ')}"`;
  return [
    `<svg ${measure} ${box4} preserveAspectRatio="xMidYMin meet">`,
    `<title>${escaped(told.name)}</title>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

/** Workflows as one SVG, a page of A4 each, one below the other. */
export function draw(workflows: readonly CompiledWorkflow[], language: Language): string {
  const height = PAGE.height * workflows.length;
  const measure = `width="${PAGE.width}mm" height="${height}mm"`;
  const view = `viewBox="0 0 ${PAGE.width} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${measure} ${view} font-family="${FONTS}">`,
    `<rect width="${PAGE.width}" height="${height}" fill="#ffffff"/>`,
    ...workflows.map((workflow, index) => page(workflow, language, index)),
    '</svg>',
    '',
  ].join('\n');
}
