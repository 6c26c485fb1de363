// Who lives here: every GS1 application identifier with the form of its value, so that a label may
// carry what we have no use for and still be cut in the right places. Made from the facts of the
// GS1 Barcode Syntax Dictionary (Apache-2.0, GS1 AISBL); a test compares the two where it is at hand.
//
// A line: identifiers, `=` when their length is predefined (no FNC1 after them), then the parts of
// the value. N digits, X the 82 characters of GS1, Y the 39, Z base64url; `N3` three, `X..20` one
// to twenty; in brackets: may be missing together with all that follows. `n` stands for 0 to 5.

const TABLE = `
00 = N18
01-03 = N14
10 21 22 X..20
11-13 15-17 = N6
20 = N2
235 X..28
240 241 250 251 400 401 403 X..30
242 N..6
243 254 X..20
253 N13 [X..17]
255 N13 [N..12]
30 37 N..8
310n-316n 320n-337n 340n-357n 360n-369n = N6
3900-3909 3920-3929 N..15
3910-3919 3930-3939 N3 N..15
3940-3943 N4
3950-3955 N6
402 N17
410-417 = N13
420 X..20
421 N3 X..9
422 424 426 N3
423 425 N3 [N3] [N3] [N3] [N3]
427 X..3
4300 4301 4310 4311 4320 X..35
4302-4306 4312-4316 X..70
4307 4317 X2
4308 4319 X..30
4309 N20
4318 X..20
4321-4323 N1
4324 4325 N10
4326 N6
4330-4333 N6 [X1]
7001 N13
7002 7023 X..30
7003 N10
7004 N..4
7005 X..12
7006 N6
7007 N6 [N6]
7008 X..3
7009 X..10
7010 X..2
7011 N6 [N4]
7020-7022 X..20
7030-7039 N3 X..27
7040 N1 X3
7041 X..4
710-717 X..20
7230-7239 X2 X..28
7240 X..20
7241 N2
7242 X..25
7250 N8
7251 N12
7252 N1
7253 7254 7259 X..40
7255 X..10
7256 X..90
7257 X..70
7258 X3
8001 N14
8002 8012 X..20
8003 N14 [X..16]
8004 X..30
8005 N6
8006 8026 N18
8007 X..34
8008 N8 [N2] [N2]
8009 X..50
8010 Y..30
8011 N..12
8013 8014 8020 X..25
8017 8018 N18
8019 N..10
8030 Z..90
8040 8041 N15
8042 N32
8043 N18 [N..2]
8110 8112 8200 X..70
8111 N4
90 X..30
91-99 X..90
`;

export interface Identifier {
  readonly ai: string;
  readonly minLength: number;
  readonly maxLength: number;
  /** Its length is known beforehand, so that no FNC1 follows it. */
  readonly predefined: boolean;
  readonly form: RegExp;
}

const CHARACTERS: Readonly<Record<string, string>> = {
  N: '\\d',
  X: '[!"%-?A-Z_a-z]',
  Y: '[#\\-/0-9A-Z]',
  Z: '[A-Za-z0-9_=\\-]',
};

type Form = Pick<Identifier, 'minLength' | 'maxLength' | 'form'>;

/** `N3 [X..17]` as a pattern with its lengths. */
function formOf(parts: readonly string[]): Form {
  let pattern = '';
  let closing = '';
  let minLength = 0;
  let maxLength = 0;
  for (const part of parts) {
    const match = /^(\[?)([NXYZ])(\.\.)?(\d+)\]?$/.exec(part);
    const set = CHARACTERS[match?.[2] ?? ''] ?? '';
    const length = Number(match?.[4]);
    const least = match?.[3] === undefined ? length : 1;
    if (match?.[1] === '[') {
      pattern += '(?:';
      closing += ')?';
    } else minLength += least;
    pattern += `${set}{${least},${length}}`;
    maxLength += length;
  }
  return { minLength, maxLength, form: new RegExp(`^${pattern}${closing}$`) };
}

/** `310n-316n` as 3100 … 3105, 3110 … 3165. */
function expand(range: string): readonly string[] {
  const [from = '', to = from] = range.replaceAll('n', '').split('-');
  const heads = Array.from({ length: Number(to) - Number(from) + 1 }, (_, step) =>
    String(Number(from) + step).padStart(from.length, '0'),
  );
  if (!range.includes('n')) return heads;
  return heads.flatMap((head) => [0, 1, 2, 3, 4, 5].map((decimals) => `${head}${decimals}`));
}

function build(): ReadonlyMap<string, Identifier> {
  const identifiers = new Map<string, Identifier>();
  for (const line of TABLE.trim().split('\n')) {
    const words = line.split(' ');
    const form = formOf(words.filter((word) => /^\[?[NXYZ]/.test(word)));
    const predefined = words.includes('=');
    for (const range of words.filter((word) => /^\d/.test(word))) {
      for (const ai of expand(range)) identifiers.set(ai, { ai, predefined, ...form });
    }
  }
  return identifiers;
}

/** By application identifier; no identifier is the beginning of another one. */
export const IDENTIFIERS = build();

/** The identifier that stands in `text` at `at`, if one does. */
export function identifierAt(text: string, at: number): Identifier | undefined {
  for (const length of [2, 3, 4]) {
    const found = IDENTIFIERS.get(text.slice(at, at + length));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether `text` breaks off in the middle of an identifier that exists. */
export function isCutIdentifier(text: string): boolean {
  if (text.length === 0 || text.length > 3) return false;
  for (const ai of IDENTIFIERS.keys()) if (ai.startsWith(text)) return true;
  return false;
}
