/*
 * `/control/rights`: taking scopes from the app and rights from the person, so that a client can be
 * seen to say what it misses.
 */
import { z } from 'zod';
import type { Simulation } from '../simulation.ts';
import {
  deniedRight,
  deniedRights,
  scopeChange,
  scopeLevels,
  setDeniedRights,
  setScopeLevels,
} from '../store/rights.ts';

export const rightsInput = z.strictObject({
  /** Scopes not named keep their level. */
  scopes: scopeChange.optional(),
  /** All rights the person lacks from now on. */
  denied: z.array(deniedRight).optional(),
});

/** The level of every scope, and the rights the person lacks. */
export function rightsState(sim: Simulation) {
  return { scopes: scopeLevels(sim.store), denied: deniedRights(sim.store) };
}

export function setRights(sim: Simulation, body: z.infer<typeof rightsInput>) {
  if (body.scopes) setScopeLevels(sim.store, body.scopes);
  if (body.denied) setDeniedRights(sim.store, body.denied);
  return rightsState(sim);
}
