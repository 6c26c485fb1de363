// Who lives here: the form of workflows.yaml as a zod schema, and the JSON Schema for editors made
// of it. Cross-references and proofs are a second pass (steps.ts, check.ts): a schema can't name
// the line of the step that a `repeat` should have meant.

import * as z from 'zod';
import { LIMITS } from '../domain/index.ts';
import { LANGUAGES } from './types.ts';

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

const asked = z.enum(['document', 'item', 'batch', 'expiry', 'serial', 'quantity', 'location']);

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
  tolerance: z
    .string('must be a percentage such as 10%')
    .regex(/^\d{1,3}(\.\d{1,2})?%$/, 'must be a percentage such as 10%')
    .optional(),
  suggest: z.literal('item.defaultLocation').optional(),
  prompt: label.optional(),
});
const confirm = z.strictObject({ confirm: z.literal('line'), id: name.optional() });
const repeat = z.strictObject({ repeat: name });

export const step = z.union([ask, confirm, repeat]);

const workflow = z.strictObject({
  id: name,
  label,
  icon: z.enum(['truck', 'box', 'clipboard', 'arrows', 'factory']),
  action: z.literal('goodsReceipt'),
  document: z.literal('purchaseOrder'),
  stations: z.array(text(60)).max(50).optional(),
  steps: z
    .array(z.record(z.string(), z.unknown()))
    .min(1, 'must not be empty')
    .max(LIMITS.stepsPerWorkflow),
  posting: z.strictObject({ when: z.enum(['line-complete', 'document-complete', 'budget']) }),
});

export const fileSchema = z.strictObject(
  {
    scandock: z.literal(1),
    workflows: z
      .array(workflow, 'must be a list of workflows')
      .min(1, 'must not be empty')
      .max(LIMITS.workflowsPerFile),
  },
  'A workflow file begins with scandock: 1 and has workflows.',
);

/** Which schema a step is read with: by the verb it holds, so that messages name its own fields. */
export const STEP_SCHEMAS = { ask, confirm, repeat } as const;
export type StepVerb = keyof typeof STEP_SCHEMAS;
export type RawAsk = z.infer<typeof ask>;
export type RawWorkflow = z.infer<typeof workflow>;

/** JSON Schema (draft 7) of workflows.yaml, for editors that complete and check while typing. */
export function jsonSchema(): unknown {
  const steps = z.array(step).min(1).max(LIMITS.stepsPerWorkflow);
  return z.toJSONSchema(fileSchema.extend({ workflows: z.array(workflow.extend({ steps })) }), {
    target: 'draft-7',
    io: 'input',
  });
}
