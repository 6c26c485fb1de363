// What workflow files demand, as the hub remembers it over a restart and a change of the file.

import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folder, openAt } from '../../../../tests/torture/support/disk.ts';
import { onlyWorkflow, SHIPPED } from '../../../../tests/samples/workflows/warehouse.ts';
import { LIMITS } from '../../domain/index.ts';
import type { Revision } from '../../domain/index.ts';
import type { CompiledWorkflow } from '../../workflows/index.ts';
import type { Store } from '../store/index.ts';
import { demandOf, KnownDemands } from './demands.ts';

const FLOW = onlyWorkflow(
  SHIPPED.replace(
    'workflows:\n',
    'roles:\n  supervisor: { en: a, nl: a, de: a, fr: a }\nworkflows:\n',
  )
    .replace('    steps:\n', '    roles: [supervisor]\n    steps:\n')
    .replace(
      '      - confirm: line',
      '      - ask: approval\n        id: check\n        role: supervisor\n      - confirm: line',
    )
    .replace('tolerance: 10%', 'tolerance: 10%\n        over: { role: supervisor }'),
);

let place: ReturnType<typeof folder>;
let store: Store;
let nowMs = 1_000;
const clock = { nowMs: () => nowMs };

beforeEach(async () => {
  place = folder();
  store = await openAt(join(place.path, 'hub.sqlite'));
});
afterEach(async () => {
  await store.close();
  place.clean();
});

it('demands its roles, the yes of each question, and of every line only what has no condition', () => {
  expect(demandOf(FLOW)).toEqual({
    roles: [['supervisor']],
    approvals: [
      { step: 'quantity-approval', role: 'supervisor' },
      { step: 'check', role: 'supervisor' },
    ],
    always: ['check'],
    tolerance: 0.1,
  });
  const called: CompiledWorkflow = { ...onlyWorkflow(SHIPPED), calls: [FLOW] };
  expect(demandOf(called)).toMatchObject({ roles: [], always: [] });
  expect(demandOf(called).approvals).toHaveLength(2);
});

it('I-12 is known of a revision that is in force no more, after a restart too', async () => {
  const known = await KnownDemands.open({ store, clock });
  await known.take([FLOW]);
  nowMs += 1;
  await known.take([{ ...FLOW, revision: 'newer' as Revision }]);
  const again = await KnownDemands.open({ store, clock });
  expect([...again.all.keys()].sort()).toEqual([FLOW.revision, 'newer'].sort());
  expect(again.all.get(FLOW.revision)).toEqual(demandOf(FLOW));
});

it('is forgotten of the oldest, beyond as many as are kept', async () => {
  const known = await KnownDemands.open({ store, clock });
  const many = Array.from({ length: LIMITS.demandsKept }, (_, index) => ({
    ...FLOW,
    revision: `r${index}` as Revision,
  }));
  await known.take([FLOW]);
  nowMs += 1;
  await known.take(many);
  const { all } = await KnownDemands.open({ store, clock });
  expect([all.size, all.has(FLOW.revision)]).toEqual([LIMITS.demandsKept, false]);
});
