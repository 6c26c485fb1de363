// Who lives here: what a story expects of a screen against what the glass shows: one row for each word
// of a story's `expect`, and the compiler asks for the row of a new one. A word whose answer the
// glass does not show is a difference, never passed over.

import type { FaultCode } from '../../../src/lib/domain/index.ts';
import { FAULTS, minus } from '../../../src/lib/domain/index.ts';
import type { Speaker } from '../../../src/lib/ui/index.ts';
import type { ScreenExpectation } from '../../stories/format.ts';
import type { Glass } from './glass.ts';
import type { StoryWorld } from './world.ts';

/** What the rows look at, and what they need to understand it. */
interface Seen {
  readonly glass: Glass;
  readonly speaker: Speaker;
  readonly world: StoryWorld;
  readonly expected: ScreenExpectation;
}

type Row<K extends keyof ScreenExpectation> = (
  wanted: NonNullable<ScreenExpectation[K]>,
  seen: Seen,
) => readonly string[];

const NOT_SHOWN = 'nothing that the glass shows';

function differ(name: string, wanted: unknown, found: unknown): string[] {
  const [one, other] = [wanted, found ?? NOT_SHOWN].map((value) => JSON.stringify(value));
  return one === other ? [] : [`${name}: expected ${one}, found ${other}`];
}

const LOUDNESS: readonly string[] = ['none', 'step', 'green', 'done', 'error'];

function loudest(signals: readonly string[]): string {
  return LOUDNESS[Math.max(0, ...signals.map((signal) => LOUDNESS.indexOf(signal)))] ?? 'none';
}

const isFaultCode = (key: string): key is FaultCode => Object.hasOwn(FAULTS, key);

/** The sentences of a message in the catalogue, with what is known of it filled in. */
function sentencesOf(key: string, data: Record<string, string | number>, speaker: Speaker) {
  if (!isFaultCode(key)) return [speaker.text(key, data)];
  return [speaker.text(`fault.${key}`, data), speaker.text(`fault.${key}.why`, data)];
}

/** A sentence with holes (`…`) as a pattern; what fills a hole may be nothing at all. */
function patternOf(sentence: string): RegExp {
  const parts = sentence.replaceAll(/\s+/g, ' ').trim().split('…');
  const plain = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${plain.join('.*').replaceAll(/\.\*(?: \.\*)+/g, '.*')}$`);
}

/** Sorted by name, so that the order in which facts are named does not count. */
function sorted(facts: Readonly<Record<string, readonly string[]>>) {
  return Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `24 / 24 pc` in the form of a story, `24/24`. */
const numbersOf = (shown: string): string => shown.replace(/^(\S+) \/ (\S+).*$/, '$1/$2');

/** Before an order is closed only what is missing is shown: `6 pc open`, of no line that is complete. */
function missingRow(name: string, wanted: string, { glass, speaker }: Seen): string[] {
  const [done = 0, ordered = 0] = (wanted.split(' ')[0] ?? '').split('/').map(Number);
  const [, shown] = glass.open.find(([item]) => item === name) ?? [];
  const missing = ordered > done ? speaker.number(minus(ordered, done)) : undefined;
  return differ(`missing of ${name}`, missing ?? NOT_SHOWN, shown?.split(' ')[0]);
}

function lineRow(name: string, wanted: string, seen: Seen): string[] {
  const { glass, speaker } = seen;
  if (glass.view === 'close') return missingRow(name, wanted, seen);
  const [code, nth = '1'] = name.split('#');
  const line = glass.lines?.filter(({ item }) => item === code)[Number(nth) - 1];
  if (line === undefined) return differ(`line ${name}`, wanted, undefined);
  const [numbers = '', ...rest] = wanted.split(' ');
  const spoken = numbers.split('/').map((each) => speaker.number(Number(each)));
  const focus = rest.length > 1 ? ` ${line.focus ?? 'no focus'}` : '';
  const found = `${numbersOf(line.numbers)} ${line.state}${focus}`;
  return differ(`line ${name}`, [spoken.join('/'), ...rest].join(' '), found);
}

/** Exact answers by itself here: what a story calls confirmed may be booked already. */
function trailRow(wanted: readonly string[], { glass, speaker }: Seen): string[] {
  // The lines of an order stand where else the trail would.
  if (glass.trail === null && (glass.lines !== null || wanted.length === 0)) return [];
  const found = glass.trail?.map(([item, goods, stage], at) => {
    const [number = ''] = goods.split(' ');
    const asked = wanted[at]?.endsWith(' confirmed') === true;
    return `${item} ${number} ${stage === 'booked' && asked ? 'confirmed' : stage}`;
  });
  const spoken = wanted.map((line) => {
    const [item = '', number = '', stage = ''] = line.split(' ');
    return `${item} ${speaker.number(Number(number))} ${stage}`;
  });
  return differ('trail', spoken, found);
}

function messageRow(wanted: string, { glass, speaker, expected, world }: Seen): string[] {
  const wrong = differ('message', wanted, glass.message ?? 'none');
  if (wrong.length > 0 || wanted === 'none' || wanted === 'label') return wrong;
  // Exact numbers its documents by itself: that one is named must be seen, not which.
  const told = Object.entries(expected.says ?? {}).filter(([name]) => name !== 'number');
  const data = Object.fromEntries(told.map(([name, value]) => [name, inExact(value, world)]));
  return sentencesOf(wanted, data, speaker).flatMap((sentence, at) => {
    const said = glass.said[at] ?? '';
    return patternOf(sentence).test(said) ? [] : differ('the message says', sentence, said);
  });
}

function inExact(value: string | number, world: StoryWorld): string | number {
  return typeof value === 'number' ? value : world.inExact(value);
}

/** `messageRow` looks for each word that a sentence of the message has a place for. */
function saysRow(wanted: Readonly<Record<string, string | number>>, seen: Seen): string[] {
  const key = seen.glass.message;
  return key === null ? differ('says', wanted, undefined) : [...messageRow(key, seen)];
}

/** Dates and answers are shown in the language of the glass. */
function asShown(fact: string, value: string, speaker: Speaker): string {
  if (fact === 'yes-no') return speaker.text(value === 'true' ? 'answer.yes' : 'answer.no');
  return speaker.date(value);
}

type Known = NonNullable<ScreenExpectation['known']>;

function knownRow(wanted: Known, { glass, speaker }: Seen): string[] {
  const found: Record<string, string[]> = {};
  for (const [fact, text] of glass.known) {
    // A role is shown by its label, and a story calls it by its name.
    const name = fact === 'approval' ? text.toLowerCase() : text;
    found[fact] = [...(found[fact] ?? []), name];
  }
  const asked = Object.entries(wanted).map(
    ([fact, value]) => [fact, [value].flat().map((each) => asShown(fact, each, speaker))] as const,
  );
  return differ('known', sorted(Object.fromEntries(asked)), sorted(found));
}

/** An entry field that nothing stands in yet shows a dash, or the form of a date. */
function inputRow(wanted: string, { glass }: Seen): string[] {
  const found = glass.entry?.replace(/^[–_-]+$/, '');
  return differ('input', wanted, found ?? (glass.asks === null ? undefined : ''));
}

/** `MILK 3 at A-02 of L1`; what is not shown is left out. */
function nextRow(wanted: string, { glass, speaker }: Seen): string[] {
  const [item, number = '', ...rest] = wanted.split(' ');
  const spoken = item === 'none' ? item : [item, speaker.number(Number(number)), ...rest].join(' ');
  if (glass.next === null) return differ('next', spoken, 'none');
  const [code, goods, place, batch] = glass.next;
  const at = place === '' ? '' : ` at ${place}`;
  const of = batch === '' ? '' : ` of ${batch}`;
  return differ('next', spoken, `${code} ${goods.split(' ')[0] ?? ''}${at}${of}`);
}

/** Exact here numbers its documents by itself: that there is a number must be seen, not which one. */
function backRow(wanted: string, { glass, speaker }: Seen): string[] {
  const [, item = '', number = '', by = ''] = /^(\S+) (\S+): \d+, (\w+)$/.exec(wanted) ?? [];
  const unused = speaker.text('undo.unused');
  const how = speaker.text(`undo.by.${by}`);
  const document = speaker.text('undo.document', { number: '#' });
  const spoken = [item, speaker.number(Number(number)), document, how, unused];
  const [code, goods = '', shown = '', ...rest] = glass.back ?? [];
  const found = [code, goods.split(' ')[0], shown.replace(/\d+/, '#'), ...rest];
  return differ('back', spoken, glass.back === null ? undefined : found);
}

/** One row a word. */
const ROWS: { readonly [K in keyof Required<ScreenExpectation>]: Row<K> } = {
  view: (wanted, { glass }) => differ('view', wanted, glass.view),
  step: (wanted, { glass }) => differ('step', wanted, glass.step),
  asks: (wanted, { glass }) => differ('asks', wanted, glass.asks),
  message: messageRow,
  says: saysRow,
  badge: (wanted, { glass }) => differ('badge', wanted, glass.badge),
  nobody: (wanted, { glass }) => differ('nobody', wanted, glass.nobody),
  operator: (wanted, { glass }) => differ('operator', wanted, glass.operator ?? 'nobody'),
  read: (wanted, { glass, world }) => differ('read', world.inExact(wanted), glass.read),
  item: (wanted, { glass }) => differ('item', wanted, glass.item),
  input: inputRow,
  max: (wanted, { glass, speaker }) => {
    const most = { most: wanted, unit: glass.unit ?? '' };
    return differ('max', speaker.text('ask.at-most', most), glass.limit);
  },
  known: knownRow,
  lines: (wanted, seen) =>
    Object.entries(wanted).flatMap(([name, text]) => lineRow(name, text, seen)),
  count: (wanted, { glass }) => differ('count', wanted, glass.count),
  suggestion: (wanted, { glass }) => differ('suggestion', wanted, glass.suggestion),
  look: (wanted, { glass }) => differ('look', wanted, glass.look),
  lies: (wanted, { glass }) => differ('lies', wanted, glass.lies),
  planned: (wanted, { glass, world }) => {
    const mine = glass.planned.flatMap(([order, goods]) => {
      const name = world.orderName(order);
      return name === undefined ? [] : [`${name} ${goods}`];
    });
    return differ('planned', wanted, mine);
  },
  next: nextRow,
  // That only typing counts is said when something is scanned, and not before.
  by: (wanted, { glass }) => differ('by', wanted, glass.scanned ? 'scan' : 'type'),
  signal: (wanted, { glass }) => differ('signal', wanted, loudest(glass.signals)),
  // Where each stands on the bar is the bar's matter.
  actions: (wanted, { glass }) => differ('actions', [...wanted].sort(), [...glass.actions].sort()),
  // The glass counts down and says no number to compare.
  menu: (wanted, { glass }) => differ('menu', wanted, glass.menu),
  // Why the station did nothing stands where messages stand.
  fault: (wanted, { glass: { message } }) =>
    differ('fault', wanted, message?.startsWith('station.') === true ? message : 'none'),
  labels: (wanted, { glass, world }) => {
    const words = wanted.join(' · ').split(' ');
    const spoken = words.map((word) => world.inExact(word)).join(' ');
    return differ('labels', spoken, glass.labels ?? '');
  },
  within: (wanted) => differ('within', wanted, undefined),
  help: (wanted, { glass }) => differ('help', wanted, glass.help),
  together: (wanted, { glass, world }) => {
    const mine = glass.together.map(({ tote, order, code, complete }) => {
      const into = code === null ? '' : ` in ${code}`;
      return `${tote} ${world.orderName(order) ?? order}${into}${complete ? ' complete' : ''}`;
    });
    return differ('together', wanted, mine);
  },
  orders: (wanted, { glass, world }) => {
    const mine = glass.orders.flatMap((number) => world.orderName(number) ?? []);
    return differ('orders', wanted, mine);
  },
  waiting: (wanted, { glass, speaker }) =>
    differ(
      'waiting',
      wanted === 0 ? 'none' : speaker.text('hub.waiting', { count: wanted }),
      glass.waiting ?? 'none',
    ),
  ways: (wanted, { glass }) => differ('ways', wanted, glass.ways),
  remedies: (wanted, { glass }) => differ('remedies', wanted, glass.remedies),
  choices: (wanted, { glass, world }) =>
    differ(
      'choices',
      wanted.map((words) => world.inExactWords(words)),
      glass.choices,
    ),
  taken: (wanted, { glass, speaker }) => {
    const found = glass.taken?.map(([item, goods]) => `${item} ${goods.split(' ')[0] ?? ''}`);
    const spoken = wanted.map((line) => {
      const [item = '', number = ''] = line.split(' ');
      return `${item} ${speaker.number(Number(number))}`;
    });
    return differ('taken', spoken, found);
  },
  back: backRow,
  between: (wanted, { glass: { between }, world }) => {
    if (between === null) return differ('between', wanted, 'none');
    const [from, number] = between;
    const order = number === undefined ? '' : ` ${world.orderName(number) ?? number}`;
    return differ('between', wanted, `${from}${order}`);
  },
  notices: (wanted, { glass }) => differ('notices', wanted, glass.notices),
  trail: trailRow,
};

function rowOf<K extends keyof ScreenExpectation>(name: K, seen: Seen): readonly string[] {
  const wanted = seen.expected[name];
  if (wanted === undefined) return [];
  const row: Row<K> = ROWS[name];
  return row(wanted, seen);
}

const NAMES = Object.keys(ROWS) as (keyof ScreenExpectation)[];

/** All differences between what a story expects and what the glass shows. */
export function glassDifferences(seen: Seen): string[] {
  return [...new Set(NAMES.flatMap((name) => rowOf(name, seen)))];
}
