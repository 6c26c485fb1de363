// Who lives here: texts of the warehouse with facts in them: `{item.code}`, `{answers.damaged}`.

import type { Label, Text } from '../types.ts';
import type { Dialogue } from './dialogue.ts';
import { variables } from './evaluate.ts';

/** A fact that a text names, by group and field. */
export const HOLE = /\{([A-Za-z]+)\.([A-Za-z][A-Za-z0-9]*)\}/g;

/** The text with the facts that it names; what is not known stands as a dash. */
export function filled(label: Label, d: Dialogue): Text {
  const vars = variables(d);
  const data: Record<string, string | number> = {};
  for (const text of Object.values(label)) {
    for (const [, group = '', field = ''] of text.matchAll(HOLE)) {
      const value = vars[group]?.[field];
      data[`${group}.${field}`] = typeof value === 'number' ? value : String(value ?? '–');
    }
  }
  return Object.keys(data).length === 0 ? { label } : { label, data };
}
