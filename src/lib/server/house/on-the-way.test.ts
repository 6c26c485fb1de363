// The places in which goods are on their way, as the workflows in force name them.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compile } from '../../workflows/index.ts';
import { OnTheWay, placesOnTheWay } from './on-the-way.ts';

const SHIPPED = readFileSync('workflows.yaml', 'utf8');
const read = (text: string) => compile(text, (canonical) => `r${canonical.length}`).workflows;
const shipped = read(SHIPPED);

it('the shipped workflows send goods by places of their own, and by no others', () => {
  const named = placesOnTheWay(shipped);
  expect(named.length).toBeGreaterThan(0);
  const others = shipped.filter(({ action }) => action !== 'transferOut');
  expect(others.some(({ action }) => action === 'transfer')).toBe(true);
  expect(placesOnTheWay(others)).toEqual([]);
});

it('a file that names other places is noticed once, a file that changes something else never', () => {
  let inForce = shipped;
  let noticed = 0;
  const watched = new OnTheWay(
    () => inForce,
    () => (noticed += 1),
  );
  watched.look();
  inForce = read(SHIPPED.replace('tolerance: 10%', 'tolerance: 11%'));
  watched.look();
  expect(noticed).toBe(0);

  inForce = inForce.filter(({ action }) => action !== 'transferOut');
  watched.look();
  watched.look();
  expect(noticed).toBe(1);
});
