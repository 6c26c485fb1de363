/*
 * Reads the text of `$filter` into a tree. Only the grammar lives here (Exact KB, query options):
 * eq ne gt ge lt le, and or not, parentheses, the six string functions and the typed literals.
 * Whether fields exist and types fit is the business of filter-sql.ts.
 */
import { ApiError } from '../http/answer.ts';

export type Literal =
  | { kind: 'literal'; type: 'null'; value: null }
  | { kind: 'literal'; type: 'string' | 'guid' | 'datetime'; value: string }
  | { kind: 'literal'; type: 'number'; value: number }
  | { kind: 'literal'; type: 'boolean'; value: boolean };
export type Operand =
  Literal | { kind: 'field'; name: string } | { kind: 'call'; name: string; args: Operand[] };
export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; of: Filter }
  | { kind: 'compare'; operator: Operator; left: Operand; right: Operand }
  | { kind: 'test'; of: Operand };

type Token = { type: 'symbol' | 'word'; text: string } | { type: 'literal'; literal: Literal };

/** The one text Exact has for anything wrong in a query. */
export function syntaxError(): ApiError {
  return new ApiError(400, 'Bad Request - Error in query syntax.');
}

const SYMBOL = String.raw`([(),])`;
const QUOTED = String.raw`(guid|datetime)?'((?:[^']|'')*)'`;
const NUMBER = String.raw`(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)[LlMmDdFf]?(?![\w.])`;
const WORD = String.raw`([A-Za-z_][\w/]*)`;

function wordToken(word: string): Token {
  if (word === 'null') {
    return { type: 'literal', literal: { kind: 'literal', type: 'null', value: null } };
  }
  if (word === 'true' || word === 'false') {
    const value = word === 'true';
    return { type: 'literal', literal: { kind: 'literal', type: 'boolean', value } };
  }
  return { type: 'word', text: word };
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(String.raw`\s*(?:${SYMBOL}|${QUOTED}|${NUMBER}|${WORD})`, 'y');
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const match = pattern.exec(text);
    if (!match) throw syntaxError();
    const [, symbol, prefix, quoted, number, word] = match;
    if (symbol !== undefined) tokens.push({ type: 'symbol', text: symbol });
    else if (quoted !== undefined) {
      const type = prefix === 'guid' || prefix === 'datetime' ? prefix : 'string';
      const value = quoted.replaceAll("''", "'");
      tokens.push({ type: 'literal', literal: { kind: 'literal', type, value } });
    } else if (number !== undefined) {
      const value = Number(number);
      tokens.push({ type: 'literal', literal: { kind: 'literal', type: 'number', value } });
    } else tokens.push(wordToken(word ?? ''));
  }
  return tokens;
}

const OPERATORS: ReadonlySet<string> = new Set<Operator>(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);

function isOperator(text: string): text is Operator {
  return OPERATORS.has(text);
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: Token[]) {}

  whole(): Filter {
    const filter = this.or();
    if (this.at < this.tokens.length) throw syntaxError();
    return filter;
  }

  private or(): Filter {
    let left = this.and();
    while (this.word('or')) left = { kind: 'or', left, right: this.and() };
    return left;
  }

  private and(): Filter {
    let left = this.unary();
    while (this.word('and')) left = { kind: 'and', left, right: this.unary() };
    return left;
  }

  private unary(): Filter {
    if (this.word('not')) return { kind: 'not', of: this.unary() };
    const start = this.at;
    if (this.symbol('(')) {
      const inner = this.or();
      if (!this.symbol(')')) throw syntaxError();
      // `(Field) eq 1`: the parentheses held an operand, not a condition.
      if (this.peekOperator() !== undefined) this.at = start;
      else return inner;
    }
    return this.comparison();
  }

  private comparison(): Filter {
    const left = this.operand();
    const operator = this.peekOperator();
    if (operator === undefined) return { kind: 'test', of: left };
    this.at += 1;
    return { kind: 'compare', operator, left, right: this.operand() };
  }

  private operand(): Operand {
    if (this.symbol('(')) {
      const inner = this.operand();
      if (!this.symbol(')')) throw syntaxError();
      return inner;
    }
    const token = this.tokens[this.at];
    this.at += 1;
    if (token?.type === 'literal') return token.literal;
    if (token?.type !== 'word' || isOperator(token.text)) throw syntaxError();
    if (!this.symbol('(')) return { kind: 'field', name: token.text };
    const args = [this.operand()];
    while (this.symbol(',')) args.push(this.operand());
    if (!this.symbol(')')) throw syntaxError();
    return { kind: 'call', name: token.text.toLowerCase(), args };
  }

  private peekOperator(): Operator | undefined {
    const token = this.tokens[this.at];
    return token?.type === 'word' && isOperator(token.text) ? token.text : undefined;
  }

  private word(text: string): boolean {
    return this.take('word', text);
  }

  private symbol(text: string): boolean {
    return this.take('symbol', text);
  }

  private take(type: 'word' | 'symbol', text: string): boolean {
    const token = this.tokens[this.at];
    if (token?.type !== type || token.text !== text) return false;
    this.at += 1;
    return true;
  }
}

/** Parses `$filter`; throws the 400 of Exact for anything outside the grammar. */
export function parseFilter(text: string): Filter {
  return new Parser(tokenize(text)).whole();
}
