// The table of postings against the properties that Exact's reference names: what could not be
// posted, found again or told by a number is seen here, before anything is sent.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { isPostingKind, POSTINGS } from '../../src/lib/server/exact/index.ts';
import type { PostingTable } from '../../src/lib/server/exact/index.ts';

const entities = z
  .array(
    z.object({
      uri: z.string(),
      methods: z.array(z.string()),
      properties: z.array(
        z.object({ name: z.string(), on: z.string(), key: z.boolean().optional() }),
      ),
    }),
  )
  .parse(JSON.parse(readFileSync('exact-simulator/entities.json', 'utf8')));

/** What comes out of a shop order has no text field in Exact. */
const BY_LIKENESS: ReadonlySet<string> = new Set(['shopOrderReceipt', 'byProductReceipt']);

/** What is wrong with a table, by the properties that Exact's reference names. */
function flaws(table: PostingTable): string[] {
  return Object.keys(table)
    .filter(isPostingKind)
    .flatMap((kind) => {
      const { entity, undo } = table[kind];
      const of = entities.find((one) => one.uri === `/api/v1/{division}/${entity.path}`);
      const field = (name: string) => of?.properties.find((one) => one.name === name);
      const writable = entity.marker === null || field(entity.marker)?.on.includes('C');
      return [
        of?.methods.includes('POST') ? [] : `${kind}: nothing can be posted there`,
        field(entity.key)?.key ? [] : `${kind}: ${entity.key} is no key`,
        field(entity.number ?? '') ? [] : `${kind}: no number`,
        field(entity.created) ? [] : `${kind}: recent rows cannot be asked for`,
        writable ? [] : `${kind}: the marker cannot be written`,
        entity.marker === null && !BY_LIKENESS.has(kind) ? `${kind}: no marker` : [],
        undo === 'counter' || undo === 'office' || isPostingKind(undo)
          ? []
          : `${kind}: no way back`,
      ].flat();
    });
}

it('names only what Exact has', () => {
  expect(flaws(POSTINGS)).toEqual([]);
});

it('I-03: a kind that could not be looked up again would be seen', () => {
  const { goodsReceipt, goodsDelivery } = POSTINGS;
  const planted: PostingTable = {
    ...POSTINGS,
    goodsReceipt: { ...goodsReceipt, entity: { ...goodsReceipt.entity, marker: null } },
    goodsDelivery: {
      ...goodsDelivery,
      entity: { ...goodsDelivery.entity, marker: 'EntryNumber' },
    },
  };
  expect(flaws(planted)).toEqual([
    'goodsReceipt: no marker',
    'goodsDelivery: the marker cannot be written',
  ]);
});
