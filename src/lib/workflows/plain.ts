// Who lives here: what the YAML parser and the CEL checker say, in the words of people who run a
// warehouse. A sentence that is not known here is told as it comes.

/** CEL's type names in the words of people who write no programs. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  double: 'a number',
  bool: 'true or false',
  dyn: 'anything',
};

export function typed(type: string): string {
  return TYPES[type] ?? (type.startsWith('$') ? `all of “${type.slice(1)}”` : type);
}

const TOKENS: Readonly<Record<string, string>> = {
  EOF: 'the end',
  NUMBER: 'a number',
  STRING: 'a text',
  BOOLEAN: 'true or false',
  NULL: 'null',
  PLUS: '“+”',
  MINUS: '“-”',
  MULTIPLY: '“*”',
  DIVIDE: '“/”',
  MODULO: '“%”',
  LT: '“<”',
  LE: '“<=”',
  GT: '“>”',
  GE: '“>=”',
  IN: '“in”',
  IDENTIFIER: 'a name',
  EQ: '“==”',
  NE: '“!=”',
  AND: '“&&”',
  OR: '“||”',
  NOT: '“!”',
  LPAREN: '“(”',
  RPAREN: '“)”',
  LBRACKET: '“[”',
  RBRACKET: '“]”',
  LBRACE: '“{”',
  RBRACE: '“}”',
  DOT: '“.”',
  COMMA: '“,”',
  COLON: '“:”',
  QUESTION: '“?”',
};
const token = (name = ''): string => TOKENS[name] ?? `“${name}”`;

/** What a pattern found; a group that took no part is undefined. */
type Found = (string | undefined)[];

const CEL: readonly (readonly [RegExp, (...found: Found) => string])[] = [
  [
    /^no such overload: (\w+) (\S+) (\S+)$/,
    (left = '', operator = '', right = '') =>
      `“${operator}” does not go between ${typed(left)} and ${typed(right)}`,
  ],
  [
    /^found no matching overload for '(?:(\w+)\.)?(\w+)\((.*)\)'$/,
    (of, name, given) => {
      const args = given === undefined || given === '' ? [] : given.split(', ').map(typed);
      const ending = args.length === 0 ? '' : ` with ${args.join(' and ')}`;
      const owner = of === undefined ? '' : ` of ${typed(of)}`;
      return `there is no function “${name ?? ''}”${owner}${ending}`;
    },
  ],
  [
    /^Logical operator requires bool operands, got '(.+)'$/,
    (type = '') => `“&&”, “||” and “!” go with conditions, not with ${typed(type)}`,
  ],
  [/^Ternary condition must be bool/, () => 'what stands before “?” must be a condition'],
  [
    /^Expected (\w+), got (\w+)$/,
    (wanted, found) => `here should be ${token(wanted)}, not ${token(found)}`,
  ],
  [/^Unexpected token: EOF$/, () => 'the end is missing'],
  [/^Unexpected token: (\w+)$/, (found) => `${token(found)} can't stand here`],
  [/^Unexpected character: '?=/, () => "“=” can't stand here; “equal” is written “==”"],
  [/^Unexpected character: '?(.+?)'?$/, (found) => `“${found ?? ''}” can't stand here`],
  [/^Unterminated (?:triple-quoted )?string$/, () => 'the text has no closing quote'],
  [/^Exceeded max\w+ \(.*\)$/, () => 'it is too long to be understood'],
];

/** What the checker of conditions says, without its jargon where we know it. */
export function plainCondition(summary: string): string {
  for (const [pattern, words] of CEL) {
    const found = pattern.exec(summary);
    if (found !== null) return words(...found.slice(1));
  }
  return summary;
}

const YAML: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY:
    'A second “:” in one line: a text with a colon needs quotes, and a field a line of its own.',
  MULTILINE_IMPLICIT_KEY: 'A field is written “name: value”; here the “:” is missing.',
  TAB_AS_INDENT: "A tab can't indent; use spaces.",
  TAG_RESOLVE_FAILED: 'Tags (!name) are not allowed here.',
  BAD_DQ_ESCAPE: 'In "double quotes" a backslash begins an escape; use \'single quotes\'.',
  BAD_SCALAR_START: "A text can't begin with this character; put quotes around it.",
  BAD_ALIAS: 'Aliases (*name) are not allowed in a workflow file; write the text again.',
  BLOCK_IN_FLOW: 'Inside brackets everything is written with brackets.',
  KEY_OVER_1024_CHARS: 'A name has at most 1024 characters.',
  NON_STRING_KEY: 'A name must be a text.',
  DUPLICATE_KEY: 'This name stands here twice; only one can be meant.',
};

/** What the YAML parser says of a text that is no YAML. */
export function plainYaml(code: string, message: string): string {
  const known = YAML[code];
  if (known !== undefined) return known;
  const first = message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '';
  const quote = /^Missing closing (.)quote/.exec(first)?.[1];
  if (quote !== undefined) return `The text that begins with ${quote} has no closing ${quote}.`;
  if (first.startsWith('Sequence item without')) {
    return 'In a list every entry begins with “- ”; or this line is indented wrongly.';
  }
  const open = /^Flow (?:sequence|map).* end with an? (.)/.exec(first)?.[1];
  if (open !== undefined) return `A “${open}” is missing before this line.`;
  if (first === 'Unexpected scalar at node end') {
    return "Behind the closing quote stands more: put 'single quotes' around all of it.";
  }
  if (first.startsWith('All mapping items must start at the same column')) {
    return 'Fields of one thing stand one below the other; this line is indented wrongly.';
  }
  return first;
}
