// Who lives here: names in place of keys. Commands, faults and stored dialogues carry the key of
// whoever acted; only at the last moment, before the glass, does it become a name.

import type { Fault, PersonView } from '../domain/index.ts';
import type { ScreenModel } from '../workflows/index.ts';

type People = readonly PersonView[];

function nameOf<T>(operator: T, people: People): T | string {
  return people.find(({ id }) => id === operator)?.name ?? operator;
}

/** The fault with the name of whom it speaks of. */
export function namedFault(fault: Fault, people: People): Fault {
  const { operator } = fault.data;
  if (operator === undefined) return fault;
  return { ...fault, data: { ...fault.data, operator: nameOf(operator, people) } };
}

/** The screen with the names of those that its message, or a line that goes back, speaks of. */
export function namedScreen(screen: ScreenModel, people: People): ScreenModel {
  const { message, back } = screen;
  if (people.length === 0) return screen;
  const { fault } = message ?? {};
  const used = back?.used && { ...back.used, operator: nameOf(back.used.operator, people) };
  return {
    ...screen,
    ...(message === undefined || fault === undefined
      ? {}
      : { message: { ...message, fault: namedFault(fault, people) } }),
    ...(back === undefined || used === undefined ? {} : { back: { ...back, used } }),
  };
}
