// The door of the workflow-file room.

export { WorkflowFile } from './workflow-file.ts';
export type { WorkflowFileParts, WorkflowReport } from './workflow-file.ts';
