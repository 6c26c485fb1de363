// Who lives here: the form of workflows.yaml as a zod schema, and the JSON Schema for editors made
// of it. Cross-references and proofs are a second pass (steps.ts, check.ts): a schema can't name
// the line of the step that a `repeat` should have meant.

import * as z from 'zod';
import { LIMITS } from '../domain/index.ts';
import { ACTION_NAMES, ASKED_FACTS, LANGUAGES } from './types.ts';

/** Sentences begin behind the name of the place: "is …" or "must …" reads on. */
const text = (chars: number) =>
  z.string('must be a text').min(1, 'must not be empty').max(chars, `is longer than ${chars}`);

const label = z
  .strictObject(Object.fromEntries(LANGUAGES.map((language) => [language, text(80)])))
  .describe('The same text in every language of the product.');

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes, 40 at most');
const condition = text(LIMITS.conditionChars).describe('A condition in CEL.');

const A_TOLERANCE = 'must be a percentage such as 10%, or a setting such as settings.over';
const TOLERANCE = /^(\d{1,3}(\.\d{1,2})?%|settings\.[A-Za-z][A-Za-z0-9]{0,39})$/;

const asked = z.enum(ASKED_FACTS);

const ask = z.strictObject({
  ask: asked,
  id: name.optional(),
  when: condition.optional(),
  each: z.literal('quantity').optional(),
  default: z
    .union(
      [condition, z.number().positive('must be above zero')],
      'must be a number above zero or a condition',
    )
    .optional(),
  tolerance: z.string(A_TOLERANCE).regex(TOLERANCE, A_TOLERANCE).optional(),
  suggest: z.enum(['item.defaultLocation', 'line.source']).optional(),
  prompt: label.optional(),
});
const confirm = z.strictObject({ confirm: z.literal('line'), id: name.optional() });
const repeat = z.strictObject({ repeat: name });
const uses = z.strictObject({ uses: name });

/** Steps as the file has them: each is read on its own, so that a fault in one hides no other. */
const rawSteps = z
  .array(z.record(z.string(), z.unknown()), 'must be a list of steps')
  .min(1, 'must not be empty')
  .max(LIMITS.stepsPerWorkflow, `has more than ${LIMITS.stepsPerWorkflow} steps`);
const branch = z.strictObject({ if: condition, then: rawSteps, else: rawSteps.optional() });

const workflow = z.strictObject({
  id: name,
  label,
  icon: z.enum(['truck', 'box', 'clipboard', 'arrows', 'factory']),
  action: z.enum(ACTION_NAMES),
  document: z.enum(['purchaseOrder', 'salesOrder', 'shopOrder']).optional(),
  stations: z.array(text(60)).max(50).optional(),
  steps: rawSteps,
  posting: z
    .strictObject({ when: z.enum(['line-complete', 'document-complete', 'budget']) })
    .optional(),
});

/** In a condition it stands behind `settings.`: CEL reads no dash there, and not these words. */
const settingName = z
  .string()
  .regex(
    /^(?!(?:true|false|null|in)$)[A-Za-z][A-Za-z0-9]{0,39}$/,
    'must be letters and digits, 40 at most, and not true, false, null or in',
  );
const A_SETTING = 'must be a number, true or false, a text, or a percentage such as 10%';
const settings = z
  .record(settingName, z.union([z.boolean(), z.number(), text(200)], A_SETTING), {
    error: 'must be names with their values',
  })
  .describe('Named values, for conditions (settings.name), tolerance and default.');

const FRAGMENTS = 'Lists of steps, written once and put in place by “uses: name”.';
const override = z.strictObject({
  stations: z
    .array(text(60), 'must be a list of station names')
    .min(1, 'must not be empty')
    .max(50),
  settings,
});

export const fileSchema = z.strictObject(
  {
    scandock: z.literal(1),
    settings: settings.optional(),
    fragments: z
      .record(name, rawSteps, { error: 'must be names with their lists of steps' })
      .describe(FRAGMENTS)
      .optional(),
    overrides: z
      .array(override, 'must be a list')
      .max(LIMITS.overridesPerFile, `has more than ${LIMITS.overridesPerFile} entries`)
      .describe('Other values of settings for some stations; the first that fits counts.')
      .optional(),
    workflows: z
      .array(workflow, 'must be a list of workflows')
      .min(1, 'must not be empty')
      .max(LIMITS.workflowsPerFile),
  },
  'A workflow file begins with scandock: 1 and has workflows.',
);

/** Which schema a step is read with: by the verb it holds, so that messages name its own fields. */
export const STEP_SCHEMAS = { ask, confirm, repeat, uses, if: branch } as const;
export type StepVerb = keyof typeof STEP_SCHEMAS;
export type RawAsk = z.infer<typeof ask>;
export type RawWorkflow = z.infer<typeof workflow>;

/** A step as an editor sees it: all the way down, where the reader takes one at a time. */
const step: z.ZodType = z
  .lazy(() =>
    z.union([ask, confirm, repeat, uses, branch.extend({ then: steps, else: steps.optional() })]),
  )
  .meta({ id: 'step' });
const steps = z.array(step).min(1).max(LIMITS.stepsPerWorkflow).meta({ id: 'steps' });

/** JSON Schema (draft 7) of workflows.yaml, for editors that complete and check while typing. */
export function jsonSchema(): unknown {
  const file = fileSchema.extend({
    fragments: z.record(name, steps).describe(FRAGMENTS).optional(),
    workflows: z.array(workflow.extend({ steps })),
  });
  return z.toJSONSchema(file, { target: 'draft-7', io: 'input' });
}
