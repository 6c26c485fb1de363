// Who lives here: the command `scandock` without the machine: which command was meant, with which
// options, and what it ends with. 0: all is well. 1: the file has mistakes, or the tapes differ.
// 2: it was called wrongly, or a file can't be read or written.

import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { LANGUAGES } from '../../../src/lib/workflows/index.ts';
import { check } from './check.ts';
import type { Console } from './console.ts';
import { ENDS } from './given.ts';
import type { Given } from './given.ts';
import { replayFile } from './replay.ts';
import { drawFile, explainFile } from './tell.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

interface Command {
  readonly usage: string;
  readonly does: string;
  readonly options: Options;
  /** More files than the first. */
  readonly several?: true;
  readonly act: (given: Given, console: Console) => Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  check: {
    usage: 'check FILE [--json]',
    does: 'reads and proves a workflow file; tells every mistake with its place',
    options: { json: { type: 'boolean' } },
    act: check,
  },
  explain: {
    usage: `explain FILE [--workflow ID] [--language ${LANGUAGES.join('|')}]`,
    does: 'says in words what each workflow does, step by step',
    options: { workflow: { type: 'string' }, language: { type: 'string' } },
    act: explainFile,
  },
  draw: {
    usage: `draw FILE [--workflow ID] [--language ${LANGUAGES.join('|')}] [--output OUT.svg]`,
    does: 'draws each workflow on a page of its own (SVG, A4)',
    options: {
      workflow: { type: 'string' },
      language: { type: 'string' },
      output: { type: 'string' },
    },
    act: drawFile,
  },
  replay: {
    usage: `replay FILE [--before OLD] [--language ${LANGUAGES.join('|')}] TAPES…`,
    does: 'plays recorded sessions (one a line) into the file; tells what would be different',
    options: { before: { type: 'string' }, language: { type: 'string' } },
    several: true,
    act: replayFile,
  },
};

function usage(): string {
  const rows = Object.values(COMMANDS).map(
    (each) => `  npx scandock ${each.usage}\n      ${each.does}`,
  );
  return ['Usage:', ...rows, 'FILE: a workflows.yaml; - reads standard input.'].join('\n');
}

function wrongly(console: Console, why: string): number {
  console.error(`scandock: ${why}\n${usage()}`);
  return ENDS.called;
}

type Read =
  { readonly ok: true; readonly given: Given } | { readonly ok: false; readonly why: string };

function readArguments(command: Command, args: readonly string[]): Read {
  try {
    const parsed = parseArgs({
      args: [...args],
      options: command.options,
      allowPositionals: true,
      strict: true,
    });
    const [file, ...more] = parsed.positionals;
    if (file === undefined) return { ok: false, why: 'which file?' };
    if (command.several !== true && more[0] !== undefined) {
      return { ok: false, why: `one file at a time: what is “${more[0]}”?` };
    }
    const options: Record<string, string | boolean> = {};
    for (const [name, value] of Object.entries(parsed.values)) {
      if (typeof value === 'string' || typeof value === 'boolean') options[name] = value;
    }
    return { ok: true, given: { options, files: [file, ...more] } };
  } catch (problem) {
    // What parseArgs throws is its sentence on what is wrong with the arguments.
    if (!(problem instanceof TypeError)) throw problem;
    return { ok: false, why: problem.message };
  }
}

/** Runs `scandock` with `args`, the words behind its name; gives the exit code. */
export async function run(args: readonly string[], console: Console): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    console.out(usage());
    return ENDS.well;
  }
  if (name === undefined) return wrongly(console, 'what shall I do?');
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) return wrongly(console, `there is no command “${name}”.`);
  const read = readArguments(command, rest);
  return read.ok ? command.act(read.given, console) : wrongly(console, read.why);
}
