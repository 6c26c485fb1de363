// The JSON Schema for editors: made of the zod schema that reads the file, so it can't drift from
// it; here it is shown to describe the shipped file, by a reader of the few keywords it uses.

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ASKING } from '../../../tests/samples/workflows/asking.ts';
import { SHIPPED } from '../../../tests/samples/workflows/warehouse.ts';
import { jsonSchema } from './index.ts';

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
  readonly propertyNames?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly exclusiveMinimum?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly $schema?: string;
}
const KNOWN = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', 'items', 'anyOf', 'enum', 'const'],
  ...['pattern', 'minLength', 'maxLength', 'minItems', 'maxItems', 'exclusiveMinimum'],
  ...['minimum', 'maximum', 'maxProperties'],
  ...['description', '$schema', 'allOf', '$ref', 'definitions', 'propertyNames', 'id', '$id'],
]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typeFits(type: string, value: unknown): boolean {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

function textFits(schema: Schema, value: string): boolean {
  return (
    value.length >= (schema.minLength ?? 0) &&
    value.length <= (schema.maxLength ?? Infinity) &&
    (schema.pattern === undefined || new RegExp(schema.pattern).test(value))
  );
}

function numberFits(schema: Schema, value: number): boolean {
  const { exclusiveMinimum = -Infinity, minimum = -Infinity, maximum = Infinity } = schema;
  return value > exclusiveMinimum && value >= minimum && value <= maximum;
}

function objectFits(schema: Schema, value: Record<string, unknown>): boolean {
  if (!(schema.required ?? []).every((key) => key in value)) return false;
  if (Object.keys(value).length > (schema.maxProperties ?? Infinity)) return false;
  const names = schema.propertyNames;
  if (names !== undefined && !Object.keys(value).every((key) => fits(names, key))) return false;
  return Object.entries(value).every(([key, each]) => {
    const its = schema.properties?.[key] ?? schema.additionalProperties ?? true;
    return typeof its === 'boolean' ? its : fits(its, each);
  });
}

/** The schema behind `#/definitions/name`. */
function defined(ref: string): Schema {
  const found = SCHEMA.definitions?.[ref.replace('#/definitions/', '')];
  if (found === undefined) throw new Error(`${ref} is not there`);
  return found;
}

function fits(schema: Schema, value: unknown): boolean {
  for (const keyword of Object.keys(schema)) {
    if (!KNOWN.has(keyword)) throw new Error(`keyword ${keyword} is not understood here`);
  }
  if (schema.$ref !== undefined) return fits(defined(schema.$ref), value);
  if (schema.allOf !== undefined && !schema.allOf.every((each) => fits(each, value))) return false;
  if (schema.anyOf !== undefined && !schema.anyOf.some((each) => fits(each, value))) return false;
  if (schema.type !== undefined && !typeFits(schema.type, value)) return false;
  if (schema.const !== undefined && schema.const !== value) return false;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  if (typeof value === 'string') return textFits(schema, value);
  if (typeof value === 'number') return numberFits(schema, value);
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) return false;
    if (value.length > (schema.maxItems ?? Infinity)) return false;
    return value.every((each) => schema.items === undefined || fits(schema.items, each));
  }
  return isObject(value) ? objectFits(schema, value) : true;
}

const SCHEMA = jsonSchema() as Schema;
const accepts = (text: string): boolean => fits(SCHEMA, parse(text));

describe('the JSON Schema of workflows.yaml', () => {
  it('is draft 7, closed, and names every step', () => {
    expect(SCHEMA.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(SCHEMA.additionalProperties).toBe(false);
    const steps = SCHEMA.definitions?.['step']?.anyOf;
    const verbs = steps?.map((step) => Object.keys(step.properties ?? {})[0]);
    expect(verbs).toEqual([
      'ask',
      'show',
      'call',
      'print',
      'confirm',
      'end',
      'repeat',
      'uses',
      'if',
    ]);
  });

  it('describes the file that the product ships with, and all questions there are', () => {
    expect(accepts(SHIPPED)).toBe(true);
    expect(accepts(ASKING)).toBe(true);
    expect(accepts(ASKING.replace('decimals: 1', 'decimals: 1.5'))).toBe(false);
    expect(accepts(ASKING.replace('within: 90s', 'within: 90'))).toBe(false);
  });

  it.each([
    ['an unknown field', 'icon: truck', 'icon: truck\n    colour: red'],
    ['an unknown icon', 'icon: truck', 'icon: lorry'],
    ['a missing language', 'fr: Réception', ''],
    ['an unknown fact', 'ask: batch', 'ask: lot'],
    ['an unknown verb', 'confirm: line', 'confirms: line'],
    ['a tolerance that is no percentage', '10%', '10 percent'],
    ['an empty condition', 'item.tracking == "serial"', '""'],
    ['another version', 'scandock: 1', 'scandock: 2'],
  ])('refuses %s', (_what, right, wrong) => {
    const text = SHIPPED.replace(right, wrong);
    expect(text).not.toBe(SHIPPED);
    expect(accepts(text)).toBe(false);
  });
});
