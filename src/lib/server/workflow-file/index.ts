// The door of the workflow-file room.

export { workflowSchema } from './workflow-schema.ts';
export { revisionOf } from './revision.ts';
export { WorkflowFile } from './workflow-file.ts';
export type { WorkflowFileParts, WorkflowReport } from './workflow-file.ts';
