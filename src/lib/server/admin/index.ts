// The door of the admin room: what the admin and sheet pages show and may ask for.

export { actOnException } from './actions.ts';
export { drawSheet } from './sheet.ts';
export type {
  ActionOutcome,
  AdminPort,
  AdminReport,
  ConnectionState,
  EntityReport,
  ExactReport,
  ExceptionAction,
  ExceptionReport,
  FaultReport,
  HealthReport,
  HubReport,
  PostingReport,
  StationReport,
  WorkflowsReport,
} from './report.ts';
export type { Barcode, Sheet, SheetData, SheetGroup } from './sheet.ts';
