// The door of the workflow-file room.

export { workflowSchema } from './workflow-schema.ts';
export { revisionOf, WorkflowFile } from './workflow-file.ts';
export type { WorkflowFileParts, WorkflowReport } from './workflow-file.ts';
