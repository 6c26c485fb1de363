// Who lives here: the form of a workflow file as the reader has it, out of the JSON Schema that is
// made of the reader's own: each field with what it may be and what it means, in words.

import { LIMITS } from '../../src/lib/domain/index.ts';
import { jsonSchema } from '../../src/lib/workflows/index.ts';
import { code, codes, counted, listed } from './words.ts';

/** As much of JSON Schema as the reader's own has; schema.test.ts refuses any other keyword. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly exclusiveMinimum?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly propertyNames?: Schema;
  readonly description?: string;
}

/** One field; `path` has a dot where it stands in another, as `posting.when`. */
export interface Field {
  readonly path: string;
  readonly name: string;
  readonly needed: boolean;
  readonly form: string;
  readonly means: string;
}

/** Whoever writes a new pattern says it in words here, or nothing is written at all. */
const PATTERNS: Readonly<Record<string, string>> = {
  '^[a-z][a-z0-9-]{0,39}$': 'lower-case letters, digits and dashes, 40 at most',
  '^(?!(?:true|false|null|in)$)[A-Za-z][A-Za-z0-9]{0,39}$': 'letters and digits, 40 at most',
  '^[A-Za-z0-9][A-Za-z0-9._-]{0,29}$': 'letters, digits, dots and dashes, 30 at most',
  '^(\\d{1,3}(\\.\\d{1,2})?%|settings\\.[A-Za-z][A-Za-z0-9]{0,39})$':
    'a percentage such as `10%`, or a setting such as `settings.over`',
  '^(([1-9]\\d{0,2}|[12]\\d{3}|3[0-5]\\d{2}|3600)s|([1-9]|[1-5]\\d|60)m)$':
    'seconds or minutes, such as `90s` or `2m`',
};

const FILE = jsonSchema() as Schema;

/** What stands behind a `$ref`, with what is said beside it. */
function there(schema: Schema): Schema {
  const [only] = schema.allOf ?? [];
  const ref = schema.$ref ?? only?.$ref;
  if (ref === undefined) return schema;
  const found = FILE.definitions?.[ref.replace('#/definitions/', '')];
  if (found === undefined) throw new Error(`the schema has no ${ref}`);
  return found;
}

function range(from: number | undefined, to: number | undefined): string {
  if (from !== undefined && to !== undefined) return `${counted(from)} to ${counted(to)}`;
  if (to !== undefined) return `${counted(to)} at most`;
  return from === undefined ? '' : `${counted(from)} at least`;
}

function textForm({ pattern, maxLength }: Schema): string {
  if (pattern === undefined) {
    if (maxLength === LIMITS.conditionChars) return 'a [condition](#conditions)';
    return maxLength === undefined ? 'a text' : `a text, ${counted(maxLength)} characters at most`;
  }
  const words = PATTERNS[pattern];
  if (words === undefined) throw new Error(`say in words what ${pattern} is (${import.meta.url})`);
  return words;
}

function numberForm({ type, exclusiveMinimum, minimum, maximum }: Schema): string {
  const what = type === 'integer' ? 'a whole number' : 'a number';
  if (exclusiveMinimum !== undefined) return `${what} above ${counted(exclusiveMinimum)}`;
  const bounds = range(minimum, maximum);
  return bounds === '' ? what : `${what}, ${bounds}`;
}

/** So many have a table of their own, which need not be told twice. */
const MANY_FIELDS = 6;

const isLabel = ({ properties = {} }: Schema): boolean => 'en' in properties && 'fr' in properties;

function objectForm(schema: Schema): string {
  const { properties = {}, propertyNames, additionalProperties } = schema;
  if (isLabel(schema)) {
    const chars = properties['en']?.maxLength ?? 0;
    return `a text in ${codes(Object.keys(properties))}, ${counted(chars)} characters each`;
  }
  if (propertyNames !== undefined && typeof additionalProperties === 'object') {
    return `names (${formOf(propertyNames)}), each with ${formOf(additionalProperties)}`;
  }
  const names = Object.keys(properties);
  if (names.length > MANY_FIELDS) return 'the fields of the next table';
  return `the field${names.length === 1 ? '' : 's'} ${codes(names)}`;
}

function arrayForm({ items = {}, minItems, maxItems }: Schema): string {
  const many = range(minItems, maxItems);
  const of = items.$ref === undefined ? formOf(items) : '[steps](#steps)';
  const [what, each] = items.enum === undefined ? [of, ''] : ['', ` of ${of}`];
  if (what.startsWith('the field')) return `a list, ${many}, each with ${what}`;
  if (items.$ref !== undefined) return `a list of ${of}, ${many}`;
  return each === '' ? `a list, ${many}, each ${of}` : `a list, ${many},${each}`;
}

/** What may be written there. */
function formOf(raw: Schema): string {
  const schema = there(raw);
  if (schema.anyOf !== undefined) return listed(schema.anyOf.map(formOf), 'or');
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.enum !== undefined) return codes(schema.enum, 'or');
  if (schema.type === 'array') return arrayForm(schema);
  if (schema.type === 'object') return objectForm(schema);
  if (schema.type === 'boolean') return '`true` or `false`';
  return schema.type === 'string' ? textForm(schema) : numberForm(schema);
}

/** Fields of an object, those of what stands in it behind it; lists of steps are their own table. */
function fieldsOf(schema: Schema, above = ''): readonly Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, raw]) => {
    const path = `${above}${name}`;
    const field = {
      path,
      name,
      needed: schema.required?.includes(name) === true,
      form: formOf(raw),
      means: raw.description ?? there(raw).description ?? '',
    };
    const inner = raw.type === 'array' ? raw.items : raw;
    const deeper = inner?.properties !== undefined && !isLabel(inner) && name !== 'workflows';
    return deeper ? [field, ...fieldsOf(inner, `${path}.`)] : [field];
  });
}

export const FILE_FIELDS = fieldsOf(FILE);
export const WORKFLOW_FIELDS = fieldsOf(FILE.properties?.['workflows']?.items ?? {});

/** The fields of each verb, by its name. */
export const VERBS: ReadonlyMap<string, readonly Field[]> = new Map(
  (FILE.definitions?.['step']?.anyOf ?? []).map((step) => {
    const fields = fieldsOf(step);
    return [fields[0]?.name ?? '', fields];
  }),
);

/** The values that a field of a closed list may have. */
export function valuesOf(fields: readonly Field[], path: string): readonly string[] {
  const { form = '' } = fields.find((field) => field.path === path) ?? {};
  return [...form.matchAll(/`([^`]+)`/g)].map(([, value]) => value ?? '');
}
