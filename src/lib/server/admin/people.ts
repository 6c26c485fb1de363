// Who lives here: the page of the people with a badge: what it shows, and its two forms. A badge's
// code goes through here once, on its way to being hashed; nothing gives it back.

import * as z from 'zod';
import { LIMITS } from '../../domain/index.ts';
import type { PersonView } from '../../domain/index.ts';
import type { ActionOutcome } from './report.ts';

export interface PeopleReport {
  /** By name. */
  readonly people: readonly PersonView[];
  /** Roles that the workflows in force ask for, with how many people have each. */
  readonly roles: readonly {
    readonly name: string;
    readonly label: string;
    readonly holders: number;
  }[];
}

export interface PersonForm {
  /** Absent: somebody new. */
  readonly id?: string;
  readonly name: string;
  /** As a scanner reads it; absent: the one that is known stays. */
  readonly badge?: string;
  readonly roles: readonly string[];
}

export interface PeoplePort {
  report(): PeopleReport;
  save(person: PersonForm): Promise<ActionOutcome>;
  remove(id: string): Promise<ActionOutcome>;
}

/** One line about them. */
export function peopleLine({ people, roles }: PeopleReport): { ok: boolean; words: string } {
  const nobodys = roles.filter(({ holders }) => holders === 0).map(({ label }) => label);
  const many = people.length === 1 ? '1 badge' : `${people.length} badges`;
  const lacking = nobodys.length === 0 ? '' : ` Nobody is: ${nobodys.join(', ')}.`;
  return { ok: nobodys.length === 0, words: `${many}.${lacking}` };
}

/** What the page says afterwards. */
export interface PeopleMessage {
  readonly ok: boolean;
  readonly message: string;
}

const A_ROLE = 'A role is lower-case letters, digits and dashes.';
const roles = z
  .array(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, A_ROLE))
  .max(LIMITS.rolesPerPerson, `At most ${LIMITS.rolesPerPerson} roles.`);
const schema = z.object({
  id: z.uuid().optional(),
  name: z
    .string()
    .trim()
    .min(1, 'Say whose badge it is.')
    .max(LIMITS.personNameChars, `A name has at most ${LIMITS.personNameChars} characters.`),
  badge: z
    .string()
    .max(LIMITS.codeChars, `A code has at most ${LIMITS.codeChars} characters.`)
    .optional(),
  roles,
});

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** Carries out a form with the fields `act`, `id`, `name`, `badge`, and `role` any number of times. */
export async function actOnPeople(port: PeoplePort, form: FormData): Promise<PeopleMessage> {
  const [id, badge] = [textOf(form, 'id'), textOf(form, 'badge')];
  if (form.get('act') === 'remove') return said(await port.remove(id), 'The badge is forgotten.');
  if (id === '' && badge === '') return { ok: false, message: 'Scan the badge into its field.' };
  // Boxes to tick, and a field for what no workflow asks for yet.
  const named = [...form.getAll('role'), ...textOf(form, 'roles').split(/[\s,]+/)];
  const parsed = schema.safeParse({
    ...(id === '' ? {} : { id }),
    ...(badge === '' ? {} : { badge }),
    name: textOf(form, 'name'),
    roles: [...new Set(named.filter((role) => role !== ''))],
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, message: issue?.message ?? 'This form is not complete.' };
  }
  const { id: known, badge: code, ...rest } = parsed.data;
  const person = {
    ...rest,
    ...(known === undefined ? {} : { id: known }),
    ...(code === undefined ? {} : { badge: code }),
  };
  return said(await port.save(person), 'It is written down; the stations hear of it now.');
}

function said(outcome: ActionOutcome, done: string): PeopleMessage {
  if (outcome.kind === 'done') return { ok: true, message: done };
  if (outcome.kind === 'refused') return { ok: false, message: outcome.reason };
  return { ok: false, message: 'Somebody has already removed this person.' };
}
