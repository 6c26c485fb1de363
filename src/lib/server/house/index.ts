// The door of the house. There is one House a process: adapter-node bundles this module with the
// app, and the dev server loads it anew after a change, so the instance lives on globalThis under a
// symbol, together with the http server that the entry made (docs/adr/0009).

import { Server } from 'node:http';
import { assert } from '../../domain/index.ts';
import { readEnvironment } from '../env/index.ts';
import { StartupFailure } from './failure.ts';
import { takeProofs } from '../workflow-file/index.ts';
import { House } from './house.ts';

export { rotateKey } from './rotate-key.ts';
export { StartupFailure };
export type { House };

const HOUSE = Symbol.for('scandock.house');
const HTTP = Symbol.for('scandock.http');
/** Where the build keeps what it has proven. */
const PROOFS = Symbol.for('scandock.proofs');

/** The House that runs. */
export function getHouse(): House {
  const house: unknown = Reflect.get(globalThis, HOUSE);
  assert(isHouse(house), 'the house is open before the first request');
  return house;
}

/** Known by its members, since another bundle of this module may have made it. */
function isHouse(value: unknown): value is House {
  return typeof value === 'object' && value !== null && 'admin' in value && 'connect' in value;
}

/** Opens the House on the server that the entry put down; once, however often it is asked. */
export async function startHouse(): Promise<void> {
  const http: unknown = Reflect.get(globalThis, HTTP);
  if (!(http instanceof Server) || Reflect.has(globalThis, HOUSE)) return;
  const read = readEnvironment(process.env);
  if (!read.ok) throw new StartupFailure(read.lines);
  const proofs: unknown = Reflect.get(globalThis, PROOFS);
  if (typeof proofs === 'string') takeProofs(proofs);
  Reflect.set(globalThis, HOUSE, await House.open(read.environment, http));
}
