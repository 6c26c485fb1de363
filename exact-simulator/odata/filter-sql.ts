/*
 * Turns a `$filter` tree into a SQL condition over an entity's view, checking fields and types on
 * the way (Exact KB, query options): unknown fields, navigation paths and comparing two fields are
 * refused. Texts compare without case, as the SQL Server behind Exact does.
 */
import { ApiError } from '../http/answer.ts';
import type { SqlValue } from '../store/database.ts';
import type { Entity, Property } from './catalogue.ts';
import {
  syntaxError,
  type Filter,
  type Literal,
  type Operand,
  type Operator,
} from './filter-parser.ts';
import { isGuid, parseMoment } from './values.ts';

export interface Condition {
  sql: string;
  values: SqlValue[];
  /** Names of the fields the filter looks at. */
  fields: Set<string>;
}

type SqlType = 'text' | 'guid' | 'moment' | 'number' | 'flag';
interface Piece {
  sql: string;
  type: SqlType;
}

const SQL_OPERATORS: Record<Operator, string> = {
  ...{ eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' },
};
const MIRRORED: Record<Operator, Operator> = {
  ...{ eq: 'eq', ne: 'ne', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' },
};

function sqlType(property: Property): SqlType {
  switch (property.type) {
    case 'Guid':
      return 'guid';
    case 'String':
      return 'text';
    case 'DateTime':
      return 'moment';
    case 'Boolean':
      return 'flag';
    case 'Collection':
    case 'Binary':
      throw syntaxError();
    default:
      return 'number';
  }
}

/** The value a literal binds to next to something of `type`; a type that does not fit is a 400. */
function bind(literal: Literal, type: SqlType): SqlValue {
  if (literal.type === 'null') return null;
  if (literal.type === 'boolean' && (type === 'flag' || type === 'number')) {
    return literal.value ? 1 : 0;
  }
  if (literal.type === 'number' && (type === 'flag' || type === 'number')) return literal.value;
  if (literal.type === 'string' && type === 'text') return literal.value;
  if (literal.type === 'guid' && type === 'guid' && isGuid(literal.value)) {
    return literal.value.toLowerCase();
  }
  if (literal.type === 'datetime' && type === 'moment') {
    const ms = parseMoment(literal.value);
    if (ms !== undefined) return ms;
  }
  throw syntaxError();
}

class Builder {
  readonly values: SqlValue[] = [];
  readonly fields = new Set<string>();

  constructor(private readonly of: Entity) {}

  filter(filter: Filter): string {
    switch (filter.kind) {
      case 'and':
      case 'or':
        return `(${this.filter(filter.left)} ${filter.kind} ${this.filter(filter.right)})`;
      case 'not':
        return `(not ${this.filter(filter.of)})`;
      case 'test': {
        const piece = this.piece(filter.of);
        if (piece.type !== 'flag') throw syntaxError();
        return `(${piece.sql} = 1)`;
      }
      case 'compare':
        return this.compare(filter.operator, filter.left, filter.right);
    }
  }

  private compare(operator: Operator, left: Operand, right: Operand): string {
    if (left.kind === 'literal') {
      if (right.kind === 'literal') throw syntaxError();
      return this.compare(MIRRORED[operator], right, left);
    }
    if (right.kind !== 'literal') throw syntaxError();
    const piece = this.piece(left);
    const value = bind(right, piece.type);
    if (value === null) {
      if (operator !== 'eq' && operator !== 'ne') throw syntaxError();
      return `(${piece.sql} IS ${operator === 'ne' ? 'NOT ' : ''}NULL)`;
    }
    this.values.push(value);
    const collate = piece.type === 'text' ? ' COLLATE NOCASE' : '';
    return `(${piece.sql} ${SQL_OPERATORS[operator]} ?${collate})`;
  }

  private piece(operand: Operand): Piece {
    if (operand.kind === 'field') return this.field(operand.name);
    if (operand.kind === 'call') return this.call(operand.name, operand.args);
    throw syntaxError();
  }

  private field(name: string): Piece {
    const property = this.of.properties.get(name);
    if (!property) throw syntaxError();
    this.fields.add(name);
    // A flag that is shown as 0 or false because null cannot be is found as such.
    const isFlag = property.type === 'Byte' || property.type === 'Boolean';
    const sql = property.alwaysThere && isFlag ? `COALESCE("${name}", 0)` : `"${name}"`;
    return { sql, type: sqlType(property) };
  }

  private text(operand: Operand | undefined): string {
    if (operand?.kind === 'literal' && operand.type === 'string') {
      this.values.push(operand.value);
      return '?';
    }
    if (operand === undefined || operand.kind === 'literal') throw syntaxError();
    const piece = this.piece(operand);
    if (piece.type !== 'text') throw syntaxError();
    return piece.sql;
  }

  private call(name: string, args: Operand[]): Piece {
    const [first, second] = args;
    if (args.length !== (['substringof', 'startswith', 'endswith'].includes(name) ? 2 : 1)) {
      throw syntaxError();
    }
    switch (name) {
      case 'tolower':
        return { sql: `lower(${this.text(first)})`, type: 'text' };
      case 'toupper':
        return { sql: `upper(${this.text(first)})`, type: 'text' };
      case 'trim':
        return { sql: `trim(${this.text(first)})`, type: 'text' };
      case 'length':
        return { sql: `length(${this.text(first)})`, type: 'number' };
      case 'substringof': {
        const part = this.text(first);
        return { sql: `sim_contains(${part}, ${this.text(second)})`, type: 'flag' };
      }
      case 'startswith':
      case 'endswith': {
        const whole = this.text(first);
        return { sql: `sim_${name}(${whole}, ${this.text(second)})`, type: 'flag' };
      }
      default:
        throw syntaxError();
    }
  }
}

/** The SQL condition of a filter. Throws 400 for unknown fields and types that do not fit. */
export function filterToSql(of: Entity, filter: Filter): Condition {
  const builder = new Builder(of);
  const sql = builder.filter(filter);
  return { sql, values: builder.values, fields: builder.fields };
}

/** Refuses a filter on other fields than the allowed ones; used for sync endpoints. */
export function allowOnly(condition: Condition, allowed: readonly string[]): void {
  const other = [...condition.fields].find((name) => !allowed.includes(name));
  if (other !== undefined) {
    throw new ApiError(400, `Bad Request - Filter on property '${other}' is not supported.`);
  }
}
