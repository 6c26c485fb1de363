// Named values of the file: put in where they are asked for, typed, switched off, and never seen by
// a running dialogue.

import { describe, expect, it } from 'vitest';
import { CONSTRUCTS } from '../../../tests/samples/workflows/constructs.ts';
import { compile } from './index.ts';
import type { CompiledWorkflow, Step } from './index.ts';

const hash = (text: string) => text;
type Ask = Extract<Step, { kind: 'ask' }>;

/** A small file: `settings` above it, `quantity` and `location` as options of these questions. */
function file(settings: string, quantity: string, location = 'when: warehouse.usesLocations') {
  return `scandock: 1
settings: { ${settings} }
workflows:
  - id: receive
    label: { en: a, nl: a, de: a, fr: a }
    icon: box
    action: goodsReceipt
    document: purchaseOrder
    posting: { when: line-complete }
    steps:
      - ask: document
      - ask: item
      - { ask: batch, when: item.tracking == "batch" }
      - { ask: expiry, when: item.tracking == "batch" && item.hasExpiry }
      - { ask: serial, when: item.tracking == "serial" }
      - { ask: quantity, ${quantity} }
      - { ask: location, ${location} }
      - confirm: line
      - repeat: item
`;
}

function only(text: string): CompiledWorkflow {
  const { workflows, diagnostics } = compile(text, hash);
  expect(diagnostics).toEqual([]);
  const [first] = workflows;
  if (first === undefined) throw new Error('nothing was compiled');
  return first;
}
const step = (workflow: CompiledWorkflow, id: string): Ask | undefined =>
  workflow.steps.find((each): each is Ask => each.kind === 'ask' && each.id === id);
const codes = (text: string) =>
  compile(text, hash).diagnostics.map(({ code, severity }) => `${severity} ${code}`);

describe('a setting', () => {
  it('that is not there, or of another kind, is told where it is asked for', () => {
    expect(codes(file('a: 1', 'default: settings.b'))).toEqual(['error unknown-name']);
    expect(codes(file('a: x', 'default: settings.a'))).toEqual(['error condition']);
    expect(codes(file('a: 1', 'tolerance: settings.a'))).toEqual(['error invalid-value']);
    expect(codes(file('a: true', 'default: 1', 'when: settings.a > 1'))).toContain(
      'error condition',
    );
  });

  it('is a literal once the file is read, so that a running dialogue asks for none', () => {
    const text = file('over: 12.5%, many: 3', 'default: settings.many, tolerance: settings.over');
    const workflow = only(text);
    expect(step(workflow, 'quantity')).toMatchObject({
      default: { op: 'literal', value: 3 },
      tolerance: 0.125,
    });
    for (const each of compile(CONSTRUCTS, hash).workflows) {
      expect(JSON.stringify(each)).not.toContain('settings');
    }
  });

  it('is reckoned with: what needs no scan is put as its result', () => {
    const text = file('half: 50%, big: 8', 'default: 1 + settings.big * settings.half');
    expect(step(only(text), 'quantity')?.default).toEqual({ op: 'literal', value: 5 });
  });

  it('switches a question on and off, and an open condition stays as it is', () => {
    const when = 'when: settings.on && warehouse.usesLocations';
    const on = only(file('on: true', 'default: 1', when));
    expect(step(on, 'location')?.when).toEqual({ op: 'get', path: ['warehouse', 'usesLocations'] });
    expect(codes(file('on: false', 'default: 1', when)), 'a place is needed').toContain(
      'error trap',
    );
    const optional = only(
      file('ask: false', 'default: 1', 'when: warehouse.usesLocations || settings.ask'),
    );
    expect(step(optional, 'location')?.when).toMatchObject({ op: 'get' });
  });

  it('is never what makes a condition suspicious: that is what switches are for', () => {
    const text = file('on: true', 'when: settings.on');
    expect(codes(text)).toEqual([]);
    expect(codes(text.replace('settings.on', '1 < 2'))).toEqual([
      'warning unused',
      'warning always-true',
    ]);
  });

  it('changes the revision of the workflows that ask for it, and of no other', () => {
    const revisions = (text: string) => compile(text, hash).workflows.map((each) => each.revision);
    const [cold, some, all, vip] = revisions(CONSTRUCTS);
    const [cold2, some2, all2, vip2] = revisions(CONSTRUCTS.replace('over: 10%', 'over: 20%'));
    expect(cold2).toBe(cold);
    expect(vip2).toBe(vip);
    expect(some2).not.toBe(some);
    expect(all2).not.toBe(all);
  });
});
