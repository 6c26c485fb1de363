// Who lives here: the JSON Schema of workflows.yaml as an editor gets it, from the hub or from
// docs/workflows.schema.json: one text for both.

import { jsonSchema } from '../../workflows/index.ts';

/** Registered for JSON Schema by its draft 2020-12, §14. */
const CONTENT_TYPE = 'application/schema+json';

/** The schema with its content type; the text is that of the file in docs/, byte by byte. */
export function workflowSchema(): { readonly contentType: string; readonly text: string } {
  return { contentType: CONTENT_TYPE, text: `${JSON.stringify(jsonSchema(), null, 2)}\n` };
}
