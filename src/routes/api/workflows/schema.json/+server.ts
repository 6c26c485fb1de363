// The JSON Schema of workflows.yaml, for editors that complete and check while a person types.

import { workflowSchema } from '$lib/server/workflow-file/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () => {
  const { contentType, text } = workflowSchema();
  // Editors ask again by themselves; a new version of the product may know more.
  return new Response(text, {
    headers: { 'content-type': contentType, 'cache-control': 'no-cache' },
  });
};
