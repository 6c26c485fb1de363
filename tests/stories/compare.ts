// Who lives here: what a story expects against what is. Each difference is one sentence that holds
// both values, so that whoever reads a failure need not look anything up.

import { CATALOGUE } from '../../src/lib/ui/texts/en.ts';
import { makeSpeaker } from '../../src/lib/ui/texts/index.ts';
import { documentOf, progress } from '../../src/lib/ledger/index.ts';
import { wayOf } from './named.ts';
import { floorException } from '../../src/lib/server/house/floor-words.ts';
import type { StationView } from '../../src/lib/station/words.ts';
import type { OrderModel, Signal } from '../../src/lib/workflows/index.ts';
import type { Outcome, ScreenExpectation } from './format.ts';
import { postingOf, sentences } from './journal.ts';
import type { StoryHub } from './hub.ts';

type Screen = NonNullable<StationView['screen']>;
type Lie = NonNullable<Screen['look']>['lies'][number];

/** Equal plain data is written equally here: members by name, absent ones left out. */
function written(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function differences(pairs: readonly (readonly [string, unknown, unknown])[]): string[] {
  return pairs.flatMap(([name, expected, found]) => {
    if (expected === undefined || written(expected) === written(found)) return [];
    return [`${name}: expected ${written(expected)}, found ${written(found ?? 'nothing')}`];
  });
}

const LOUDNESS: readonly Signal[] = ['none', 'step', 'green', 'done', 'error'];

function loudest(signals: readonly Signal[]): Signal {
  const ranks = signals.map((signal) => LOUDNESS.indexOf(signal));
  return LOUDNESS[Math.max(0, ...ranks)] ?? 'none';
}

function messageOf(screen: Screen): { key: string; data: Record<string, unknown> } {
  const { fault, text } = screen.message ?? {};
  if (fault !== undefined) return { key: fault.code, data: { ...fault.data } };
  if (text === undefined) return { key: 'none', data: {} };
  return 'key' in text ? { key: text.key, data: { ...text.data } } : { key: 'label', data: {} };
}

/** `{ serial: ['S1', 'S2'], batch: 'L1' }`: a fact with several values has a list. */
function knownOf(screen: Screen): Record<string, string | string[]> {
  const facts = new Map<string, string[]>();
  for (const { fact, text } of screen.known) facts.set(fact, [...(facts.get(fact) ?? []), text]);
  const entries = [...facts].map(([fact, texts]) => {
    const [only, second] = texts;
    return [fact, only !== undefined && second === undefined ? only : texts] as const;
  });
  return Object.fromEntries(entries);
}

function knownExpected({ known }: ScreenExpectation): ScreenExpectation['known'] {
  if (known === undefined) return undefined;
  const single = Object.entries(known).map(([fact, value]) => {
    const [only, second] = [value].flat();
    return [fact, only !== undefined && second === undefined ? only : value] as const;
  });
  return Object.fromEntries(single);
}

/** `10/12 partial`, and the focus where the story names it. */
function lineText(screen: Screen, name: string, expected: string): string | undefined {
  const [code, nth = '1'] = name.split('#');
  const known = screen.lines ?? screen.look?.order?.lines;
  const lines = known?.filter(({ itemCode }) => itemCode === code);
  const line = lines?.[Number(nth) - 1];
  if (line === undefined) return undefined;
  const text = `${line.done}/${line.ordered} ${line.state}`;
  const withFocus = expected.split(' ').length > 2;
  return withFocus ? `${text} ${line.focus ?? 'no focus'}` : text;
}

const english = makeSpeaker('en', CATALOGUE);

/** The rows of a screen, as somebody reads them. */
function choiceWords({ choices = [] }: Pick<Screen, 'choices'>): string[] {
  return choices.map(({ name, about }) => {
    const head = typeof name === 'string' ? name : english.say(name);
    return about.length === 0 ? head : `${head}: ${about.map(english.say).join(', ')}`;
  });
}

/** The id of the row whose words begin with these; of a row that is not there, the words. */
export function rowSaying({ screen }: StationView, words: string): string {
  if (screen === undefined) return words;
  const way = wayOf(screen, words);
  if (way !== undefined) return way;
  const detour = screen.detours?.find(({ label }) => label.en === words);
  if (detour !== undefined) return detour.id;
  const index = choiceWords(screen).findIndex((each) => each.startsWith(words));
  return screen.choices?.[index]?.id ?? words;
}

/** `MILK 30 at A-01, L77 until 2027-03-31`. */
function lieText({ goods, quantity, location, warehouse, ...row }: Lie): string {
  const number = row.number === undefined ? '' : `, ${row.number}`;
  const expiry = row.expiry === undefined ? '' : ` until ${row.expiry}`;
  return `${goods.code} ${quantity} at ${location?.code ?? warehouse}${number}${expiry}`;
}

/** `MILK 3 at A-02 of L1`; what is not known is left out. */
function nextText({ next }: Screen): string {
  if (next === undefined) return 'none';
  const { itemCode, quantity, place, batch } = next;
  const at = place === undefined ? '' : ` at ${place}`;
  return `${itemCode} ${quantity}${at}${batch === undefined ? '' : ` of ${batch}`}`;
}

/** What a station shows beside its dialogue, and where none runs. */
function shellDifferences(expected: ScreenExpectation, view: StationView): string[] {
  const menu = view.phase === 'menu' ? view.menu.map(({ label }) => label.en) : ['a dialogue'];
  return differences([
    ['menu', expected.menu, menu],
    ['operator', expected.operator, view.operator ?? 'nobody'],
    ['fault', expected.fault, view.fault?.code ?? 'none'],
  ]);
}

/** All differences between a story's expectation and the station as it stands. */
export function screenDifferences(
  expected: ScreenExpectation,
  view: StationView,
  signals: readonly Signal[],
): string[] {
  const { screen } = view;
  const shell = shellDifferences(expected, view);
  if (screen === undefined) {
    return expected.menu === undefined ? ['the station shows no dialogue'] : shell;
  }
  const message = messageOf(screen);
  const { input } = screen;
  const says = Object.entries(expected.says ?? {});
  const lines = Object.entries(expected.lines ?? {});
  const dialogue = differences([
    ['view', expected.view, screen.view],
    ['look', expected.look, screen.look?.state],
    ['lies', expected.lies, screen.look?.lies.map(lieText)],
    [
      'planned',
      expected.planned,
      screen.look?.planned.map((line) => `${line.number} ${line.itemCode} ${line.open}`),
    ],
    ['step', expected.step, screen.step],
    ['asks', expected.asks, screen.asks],
    ['message', expected.message, message.key],
    ...says.map(([name, value]) => [`says ${name}`, value, message.data[name]] as const),
    ['badge', expected.badge, screen.badge?.name],
    ['nobody', expected.nobody, view.nobody === true],
    ['read', expected.read, screen.message?.read],
    ['ways', expected.ways, screen.ways?.map(wayName)],
    ['remedies', expected.remedies, screen.message?.remedies?.map(({ id }) => id) ?? []],
    ['item', expected.item, screen.item?.code],
    ['input', expected.input, input?.value],
    ['max', expected.max, input !== undefined && 'max' in input ? input.max : undefined],
    ['known', knownExpected(expected), knownOf(screen)],
    ...lines.map(([name, text]) => [`line ${name}`, text, lineText(screen, name, text)] as const),
    ['count', expected.count, screen.count && `${screen.count.done}/${screen.count.of}`],
    ['suggestion', expected.suggestion, screen.suggestion],
    ['choices', expected.choices, choiceWords(screen)],
    ['next', expected.next, nextText(screen)],
    ['labels', expected.labels, (screen.labels ?? []).map(english.say)],
    ['by', expected.by, screen.by],
    ['signal', expected.signal, loudest(signals)],
    ['actions', expected.actions, screen.actions.map(({ word }) => word)],
    ['help', expected.help, screen.help ?? false],
    ['within', expected.within, screen.within],
    ['together', expected.together, (screen.orders ?? []).map(togetherText)],
    ['orders', expected.orders, view.orders.map(({ number }) => number)],
    ['waiting', expected.waiting, view.waiting],
    ['notices', expected.notices, view.notices.map(({ fault }) => fault.code)],
    ['taken', expected.taken, screen.taken?.map((line) => `${line.itemCode} ${line.quantity}`)],
    ['back', expected.back, screen.back && backText(screen.back)],
    ['between', expected.between, betweenText(screen)],
    ['trail', expected.trail, view.trail.map(trailText)],
  ]);
  return [...shell, ...dialogue];
}

function betweenText({ detour }: Screen): string {
  if (detour === undefined) return 'none';
  return detour.order === undefined ? detour.from.en : `${detour.from.en} ${detour.order}`;
}

function togetherText({ tote, number, code, complete }: OrderModel): string {
  const into = code === undefined ? '' : ` in ${code}`;
  return `${tote} ${number}${into}${complete ? ' complete' : ''}`;
}

function backText({ line, number, by, used }: NonNullable<Screen['back']>): string {
  const text = `${line.itemCode} ${line.quantity}: ${number}, ${by}`;
  return used === undefined ? text : `${text}; ${used.operator} ${used.did} ${used.used}`;
}

/** A row by its name; goods by their item code. */
function wayName({ id, text }: NonNullable<Screen['ways']>[number]): unknown {
  return 'key' in text && text.key === 'problem.goods' ? text.data?.['code'] : id;
}

/** What waits for the office, as its page says it. */
function office({ entries, mirror }: StoryHub): string[] {
  const closed = entries.flatMap(({ body }) =>
    body.type === 'barcode-linked' || body.type === 'exception-closed' ? [body.entry] : [],
  );
  return entries.flatMap((entry) => {
    if (closed.includes(entry.seq)) return [];
    const told = floorException('', entry, mirror.orderNumber(documentOf(entry)));
    return told === undefined ? [] : [`${told.order}: ${told.what}. ${told.why}`];
  });
}

function trailText({ itemCode, quantity, stage }: StationView['trail'][number]): string {
  return `${itemCode} ${quantity} ${stage}`;
}

/** All differences between a story's end and the hub's books. */
export function outcomeDifferences(expected: Outcome, hub: StoryHub): string[] {
  const { mirror } = hub;
  const orders = Object.entries(expected.orders).flatMap(([number, lines]) =>
    Object.entries(lines).map(([name, wanted]) => {
      const at = progress(hub.world, `order ${number}`).get(mirror.lineId(number, name));
      const found = at && { received: at.received, pending: at.pending };
      return [`order ${number} ${name}`, wanted, found] as const;
    }),
  );
  const postings = hub.postings().map((posting) => postingOf(posting, mirror));
  return differences([
    ['journal', expected.journal, sentences(hub.entries, mirror)],
    ['postings', expected.postings, postings],
    ['office', expected.office, office(hub)],
    ...orders,
  ]);
}
