// Who lives here: from the text of a story file to a Story, or to every mistake in it with file,
// line and column. Positions come from the YAML reader, meaning from the schema.

import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { z } from 'zod';
import { catalogueSchema, storySchema } from './format.ts';
import type { Given, Story } from './format.ts';

/** A story with the place of each of its steps. */
export interface ReadStory {
  readonly file: string;
  readonly story: Story;
  /** `file:line` of step `index`; of the end for any other index. */
  place(index: number): string;
}

/** The file is no story; the message names every mistake, one a line. */
export class BadStory extends Error {
  override readonly name = 'BadStory';
}

type Path = readonly PropertyKey[];

class Source {
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;

  constructor(
    readonly name: string,
    text: string,
  ) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    if (this.#document.errors.length === 0) return;
    const says = this.#document.errors.map(({ pos, message }) => `${this.#at(pos[0])}: ${message}`);
    throw new BadStory(says.join('\n'));
  }

  value(): unknown {
    return this.#document.toJS();
  }

  /** `file:line:column` of the node at `path`, or of the nearest one around it. */
  at(path: Path, key?: string): string {
    for (let length = path.length; length >= 0; length -= 1) {
      const node: unknown = this.#document.getIn(path.slice(0, length), true);
      const found = length === path.length ? keyNode(node, key) : undefined;
      const offset = (found ?? (isNode(node) ? node : undefined))?.range?.[0];
      if (offset !== undefined) return this.#at(offset);
    }
    return this.#at(0);
  }

  #at(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.name}:${line}:${col}`;
  }
}

function keyNode(node: unknown, key: string | undefined): Node | undefined {
  if (key === undefined || !isMap(node)) return undefined;
  const pair = node.items.find((each) => isScalar(each.key) && each.key.value === key);
  return isScalar(pair?.key) ? pair.key : undefined;
}

function mistakes(issue: z.core.$ZodIssue, source: Source): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${source.at(issue.path, key)}: unknown key “${key}”`);
  }
  const where = issue.path.map(String).join(' › ');
  return [`${source.at(issue.path)}: ${where === '' ? '' : `${where}: `}${issue.message}`];
}

function parsed<T>(schema: z.ZodType<T>, source: Source): T {
  const result = schema.safeParse(source.value());
  if (result.success) return result.data;
  throw new BadStory(result.error.issues.flatMap((issue) => mistakes(issue, source)).join('\n'));
}

/** A story from its text; `name` stands in every message. @throws BadStory */
export function storyOf(
  name: string,
  text: string,
  readBeside: (file: string) => string,
): ReadStory {
  const source = new Source(name, text);
  const story = parsed(storySchema, source);
  const { catalogue } = story.given;
  const place = (index: number) =>
    source.at(index < story.steps.length ? ['steps', index] : ['expect']);
  if (catalogue === undefined) return { file: name, story, place };
  const shared = parsed(catalogueSchema, new Source(catalogue, readBeside(catalogue)));
  const given = {
    ...story.given,
    warehouses: [...shared.warehouses, ...story.given.warehouses],
    items: [...shared.items, ...story.given.items],
  };
  return { file: name, story: { ...story, given }, place };
}

/** The story in the file at `path`. @throws BadStory */
export function readStory(path: string): ReadStory {
  const name = relative(import.meta.dirname, path);
  const beside = (file: string) => readFileSync(join(dirname(path), file), 'utf8');
  return storyOf(name, readFileSync(path, 'utf8'), beside);
}

/** What is chosen from the menu of this station; undefined: there is nothing to choose. */
export function workflowAt(
  { workflow }: Pick<Given, 'workflow'>,
  station: string,
): string | undefined {
  return typeof workflow === 'object' ? workflow[station] : workflow;
}
