// Who lives here: how a story played in the browser ended: the hub's journal, the documents that Exact
// has of it, and how far its orders are there, against what the story expects.

import { emptyWorld, fold, progress, withOrder } from '../../../src/lib/ledger/index.ts';
import type { JournalEntry } from '../../../src/lib/ledger/index.ts';
import type { Outcome } from '../../stories/format.ts';
import { sentences } from '../../stories/journal.ts';
import { Documents } from './documents.ts';
import type { StoryWorld } from './world.ts';

interface Ended {
  readonly world: StoryWorld;
  /** The hub's entries since the story began, in the story's ids. */
  readonly entries: readonly JournalEntry[];
  readonly dataDir: string;
}

/** Exact books by itself here; when it did, no story can say, and that it did, its books say. */
const BOOKED = / booked$/;

/** All differences between a story's end, the journal and the books. */
export function outcomeDifferences(expected: Outcome, ended: Ended): string[] {
  const { world, entries, dataDir } = ended;
  const [wanted, found] = [expected.journal, sentences(entries, world.mirror)].map((lines) =>
    lines.filter((line) => !BOOKED.test(line)),
  );
  const documents = new Documents(dataDir);
  try {
    const booked = documents.of(world, expected.postings);
    return [
      ...differ('journal', wanted, found),
      ...differ('postings', inOneOrder(expected.postings), inOneOrder(booked)),
      ...orderDifferences(expected, ended, documents),
    ];
  } finally {
    documents.close();
  }
}

/**
 * A story says what Exact has of an order line and what is on its way there. Here it has arrived,
 * but for what the hub keeps until the order is finished: the sum is the same.
 */
function orderDifferences({ orders }: Outcome, { world, entries }: Ended, documents: Documents) {
  const { mirror } = world;
  const told = entries.reduce(fold, mirror.ledgerOrders(0).reduce(withOrder, emptyWorld()));
  return Object.entries(orders).flatMap(([number, lines]) => {
    const stands = progress(told, `order ${number}`);
    return Object.entries(lines).flatMap(([name, wanted]) => {
      const line = mirror.lineId(number, name);
      const { received = 0, pending = 0 } = stands.get(line) ?? {};
      return [
        ...differ(`order ${number} ${name}`, wanted.received + wanted.pending, received + pending),
        ...differ(`order ${number} ${name} in Exact`, received, documents.done(world.id(line))),
      ];
    });
  });
}

function inOneOrder(postings: Outcome['postings']): string[] {
  return postings
    .map(({ lines, ...posting }) => {
      // A list of no pieces is a list that no document has.
      const named = lines.map(({ serials = [], ...line }) =>
        written(serials.length === 0 ? line : { ...line, serials }),
      );
      return written({ ...posting, lines: named.sort() });
    })
    .sort();
}

/** Equal plain data is written equally here: members by name, absent ones left out. */
function written(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function differ(name: string, wanted: unknown, found: unknown): string[] {
  if (written(wanted) === written(found)) return [];
  return [`${name}: expected ${written(wanted)}, found ${written(found)}`];
}
