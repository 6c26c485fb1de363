// Who lives here: the form of workflows.yaml as a zod schema, and the JSON Schema for editors made
// of it. Cross-references and proofs are a second pass (steps.ts, check.ts): a schema can't name
// the line of the step that a `repeat` should have meant.

import * as z from 'zod';
import { LIMITS, NAMED_EXCEPTIONS } from '../domain/index.ts';
import { atMost } from './at-most.ts';
import { carrying } from './schema-carrying.ts';
import { call, detour } from './schema-calls.ts';
import { bound, condition, help, label, longLabel, name, stepName } from './schema-parts.ts';
import { text, when, within } from './schema-parts.ts';
import { print } from './schema-prints.ts';
import { overrides, settings } from './schema-settings.ts';
import { A_TOLERANCE, recount, roleNames, roles, substitute, TOLERANCE } from './schema-people.ts';
import { ACTION_NAMES, ASKED_FACTS } from './types.ts';

/** A text that is shown is a step of its own. */
const asked = z.enum(ASKED_FACTS).exclude(['show', 'call']);

const A_VALUE = 'must be letters, digits, dots and dashes in quotes, 30 at most';
const choice = z.strictObject({
  value: z
    .string(A_VALUE)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,29}$/, A_VALUE)
    .describe('What is recorded, and what its barcode says.'),
  label: label.describe('What the button says, in every language.'),
});
const CHOICES = `must be a list of 2 to ${LIMITS.choices} values with their labels`;
const ask = z.strictObject({
  ask: asked.describe('The fact that the step asks for.'),
  id: stepName,
  when,
  each: z
    .literal('quantity')
    .describe('One scan a piece; left out: one serial number a line.')
    .optional(),
  default: z
    .union(
      [condition, z.number().positive('must be above zero')],
      'must be a number above zero or a condition',
    )
    .describe('What is proposed, in stock units; left out: the piece that was scanned.')
    .optional(),
  tolerance: z
    .string(A_TOLERANCE)
    .regex(TOLERANCE, A_TOLERANCE)
    .describe('How much may come over what was ordered; left out: nothing.')
    .optional(),
  suggest: z
    .enum(['item.defaultLocation', 'line.source'])
    .describe('What is proposed: where the item belongs, or where it lies; left out: nothing.')
    .optional(),
  confirm: z
    .literal('scan')
    .describe('What is shown must be scanned; left out: OK and a touch do as well.')
    .optional(),
  only: z
    .literal('suggested')
    .describe('Nothing but what is suggested; left out: another is as good.')
    .optional(),
  again: z
    .enum(['confirm', 'count'])
    .describe('What scanning the goods once more does; left out: it counts.')
    .optional(),
  count: z
    .enum(['any', 'scan', 'type', 'all'])
    .describe('How the quantity is answered; left out: any of these ways.')
    .optional(),
  ...carrying,
  prompt: label
    .describe('Your words for the question; left out: ours, where we have any.')
    .optional(),
  help,
  of: z
    .array(choice, CHOICES)
    .min(2, CHOICES)
    .max(LIMITS.choices, CHOICES)
    .describe('What there is to choose from; a choice and a reason need it.')
    .optional(),
  unit: text(10).describe('What the number is measured in; left out: nothing.').optional(),
  min: bound.describe('The least that may be answered; left out: no bound.').optional(),
  max: z
    .union([condition, bound], 'must be a number or a condition')
    .describe(
      'The most: of a text its characters, of photos how many (1 to 5); left out: no bound, one photo.',
    )
    .optional(),
  decimals: z
    .int('must be a whole number')
    .min(0)
    .max(LIMITS.answerDecimals)
    .describe('Digits behind the point; left out: 0, of a weight 3.')
    .optional(),
  by: z
    .enum(['scan', 'type', 'any'])
    .describe('By scanning alone, or by typing alone; left out: both.')
    .optional(),
  skip: z
    .boolean('must be true or false')
    .describe('One tap passes it over; left out: it must be answered.')
    .optional(),
  within: within.optional(),
  over: z
    .strictObject({
      reason: z
        .literal('required')
        .describe('Whatever goes over the order needs one: ask: reason behind it is put then.')
        .optional(),
      role: name
        .describe('Above the tolerance a badge of this role says yes; left out: nobody can.')
        .optional(),
    })
    .refine(({ reason, role }) => reason !== undefined || role !== undefined, {
      error: 'must have reason: required, or role: with a name of roles',
    })
    .describe('What it takes to go over the order; left out: nothing, as far as tolerance goes.')
    .optional(),
  role: name.describe('Whose badge says yes; an approval needs it.').optional(),
  substitute: substitute
    .describe('Material that is not planned may take the place of some; left out: it may not.')
    .optional(),
  recount: recount
    .describe('What is off the books is counted once more; left out: every count is believed.')
    .optional(),
});
const show = z.strictObject({
  show: longLabel.describe('A text that is read before work goes on; OK answers it.'),
  id: stepName,
  when,
  help,
  within: within.optional(),
  once: z.literal('document').describe('Once an order; left out: once a line.').optional(),
});
const end = z.strictObject({
  end: z.literal('work').describe('Offers the work for closing; stands in an if behind confirm.'),
  id: stepName,
});
const confirm = z.strictObject({
  confirm: z.literal('line').describe('When all facts are there the line is booked.'),
  id: stepName,
});
const repeat = z.strictObject({
  repeat: name.describe('The step at which the next line begins: its id, or what it asks for.'),
});
const uses = z.strictObject({
  uses: name.describe('The fragment whose steps stand here.'),
  when: condition.describe('Its steps are put where this holds; left out: always.').optional(),
});

/** Steps as the file has them: each is read on its own, so that a fault in one hides no other. */
const rawSteps = z
  .array(z.record(z.string(), z.unknown()), 'must be a list of steps')
  .min(1, 'must not be empty')
  .max(LIMITS.stepsPerWorkflow, `has more than ${LIMITS.stepsPerWorkflow} steps`);
const THEN = 'Steps that are put where it holds.';
const ELSE = 'Steps that are put where it does not hold; left out: none.';
const branch = z.strictObject({
  if: condition.describe('What decides; an if may stand in another.'),
  then: rawSteps,
  else: rawSteps.optional(),
});

const workflow = z.strictObject({
  id: name.describe('Its name, another for each workflow of the file.'),
  label: label.describe('What operators read, in every language.'),
  icon: z.enum(['truck', 'box', 'clipboard', 'arrows', 'factory']).describe('Its picture.'),
  action: z.enum(ACTION_NAMES).describe('The kind of work: what a confirmed line becomes.'),
  document: z
    .enum(['purchaseOrder', 'salesOrder', 'shopOrder', 'load', 'refill'])
    .describe('The kind of order it is done on; left out: work without an order.')
    .optional(),
  next: z
    .enum(['sequence', 'operator'])
    .describe('Who says which line is next: the product in walking order; left out: the operator.')
    .optional(),
  together: z
    .int('must be a whole number')
    .min(2, 'must be 2 at least')
    .max(LIMITS.ordersTogether, `is above ${LIMITS.ordersTogether}`)
    .describe('So many orders may be worked on at once; left out: one.')
    .optional(),
  stations: z
    .array(text(60))
    .max(50)
    .describe('Names of stations, * for anything; left out: every station.')
    .optional(),
  roles: roleNames
    .describe('Roles of which whoever starts it has one; left out: anybody starts it.')
    .optional(),
  detours: z
    .array(detour, 'must be a list of calls')
    .min(1, 'must not be empty')
    .max(LIMITS.detours, `has more than ${LIMITS.detours} entries`)
    .describe('Workflows that every question offers to run in between; left out: none.')
    .optional(),
  steps: rawSteps,
  posting: z
    .strictObject({
      when: z
        .enum(['line-complete', 'document-complete', 'budget', 'packed'])
        .describe('Each line at once, all with the order, as calls allow, or when it is packed.'),
    })
    .describe('When Exact gets the lines; left out: only where nothing is booked.')
    .optional(),
  exceptions: z
    .array(z.enum(NAMED_EXCEPTIONS), 'must be a list of exceptions')
    .max(NAMED_EXCEPTIONS.length, 'names exceptions twice')
    .describe('What PROBLEM and messages offer; left out: all that can happen in this work.')
    .optional(),
});

const FRAGMENTS = 'Lists of steps, written once and put in place by “uses: name”.';
export const fileSchema = z.strictObject(
  {
    scandock: z.literal(1).describe('The version of the language.'),
    settings: settings.optional(),
    roles: roles.optional(),
    fragments: atMost(
      LIMITS.fragmentsPerFile,
      z.record(name, rawSteps, { error: 'must be names with their lists of steps' }),
    )
      .describe(FRAGMENTS)
      .optional(),
    overrides: overrides.optional(),
    workflows: z
      .array(workflow, 'must be a list of workflows')
      .min(1, 'must not be empty')
      .max(LIMITS.workflowsPerFile),
  },
  'A workflow file begins with scandock: 1 and has workflows.',
);

/** Which schema a step is read with: by the verb it holds, so that messages name its own fields. */
export const STEP_SCHEMAS = {
  ...{ ask, show, call, print, confirm, end, repeat, uses },
  if: branch,
} as const;
export type StepVerb = keyof typeof STEP_SCHEMAS;
export type RawAsk = z.infer<typeof ask>;
export type RawShow = z.infer<typeof show>;
export type RawWorkflow = z.infer<typeof workflow>;

/** A step as an editor sees it: all the way down, where the reader takes one at a time. */
const step: z.ZodType = z
  .lazy(() =>
    z.union([
      ask,
      show,
      call,
      print,
      confirm,
      end,
      repeat,
      uses,
      branch.extend({ then: steps.describe(THEN), else: steps.describe(ELSE).optional() }),
    ]),
  )
  .meta({ id: 'step' });
const steps = z.array(step).min(1).max(LIMITS.stepsPerWorkflow).meta({ id: 'steps' });

/** JSON Schema (draft 7) of workflows.yaml, for editors that complete and check while typing. */
export function jsonSchema(): unknown {
  const file = fileSchema.extend({
    fragments: atMost(LIMITS.fragmentsPerFile, z.record(name, steps))
      .describe(FRAGMENTS)
      .optional(),
    workflows: z
      .array(workflow.extend({ steps: steps.describe('What is asked, in this order.') }))
      .min(1)
      .max(LIMITS.workflowsPerFile)
      .describe('One for each flow that stations offer.'),
  });
  return z.toJSONSchema(file, { target: 'draft-7', io: 'input' });
}
