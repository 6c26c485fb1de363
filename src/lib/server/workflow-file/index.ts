// The door of the workflow-file room.

export { takeProofs } from './proofs.ts';
export { workflowSchema } from './workflow-schema.ts';
export { revisionOf } from './revision.ts';
export { Revisions } from './revisions.ts';
export { WorkflowFile } from './workflow-file.ts';
export type { Judgement, TapeShelf } from './judge.ts';
export type { WaitingFile, WorkflowFileParts, WorkflowReport } from './workflow-file.ts';
