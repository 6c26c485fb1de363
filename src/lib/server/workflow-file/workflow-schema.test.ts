// The schema that editors get: the file in docs/ is what the hub serves, and no older.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { workflowSchema } from './index.ts';

const WRITTEN = join(import.meta.dirname, '../../../../docs/workflows.schema.json');
const AGAIN =
  'write it again: npx vitest run --project unit src/lib/server/workflow-file/workflow-schema -u';

it('docs/workflows.schema.json is the schema of this reader', async () => {
  await expect(workflowSchema().text, AGAIN).toMatchFileSnapshot(WRITTEN);
});

it('is served as JSON Schema', () => {
  const { contentType, text } = workflowSchema();
  expect(contentType).toBe('application/schema+json');
  expect(JSON.parse(text)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
});
