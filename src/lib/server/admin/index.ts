// The door of the admin room: what the admin and sheet pages show and may ask for.

export { actOnException } from './actions.ts';
export { tryEndpointNow } from './call-actions.ts';
export type { CallMessage } from './call-actions.ts';
export { callsReport } from './calls.ts';
export type { CallLane, CallsFacts, CallsReport } from './calls.ts';
export { decideOnChange, languageFor, tapesDownload } from './changes.ts';
export type { ChangeMessage, ChangeReport, TapesPort, TapesReport } from './changes.ts';
export {
  chooseDivision,
  CONSENT_COOKIE,
  CONSENT_COOKIE_OPTIONS,
  pasteAddress,
  pressed,
  typeApp,
} from './connect.ts';
export type {
  ConnectMessage,
  ConnectOutcome,
  ConnectPort,
  ConnectReport,
  DivisionReport,
  FormName,
  LoginStart,
  ProblemReport,
  RightsReport,
  SiteChoice,
} from './connect.ts';
export { loadState } from './loads.ts';
export type { LoadLine, LoadNote, LoadReport, LoadsPort, LoadsReport, LoadState } from './loads.ts';
export { mirrorLine, readListNow, readMirrorNow } from './mirror.ts';
export type { MirrorListReport, MirrorListState, MirrorPort, MirrorReport } from './mirror.ts';
export { actOnPeople, peopleLine } from './people.ts';
export type { PeopleMessage, PeoplePort, PeopleReport, PersonForm } from './people.ts';
export { photoShown, photosOf } from './photos.ts';
export type { PhotoLine, PhotosPort } from './photos.ts';
export { actOnPosting } from './posting-actions.ts';
export type { PostingMessage } from './posting-actions.ts';
export { postingsDownload } from './postings-export.ts';
export { answersSaid, kindName, POSTING_KINDS, POSTING_STATES, postingsQuery } from './postings.ts';
export type {
  DoubtLine,
  PostingLine,
  PostingsPort,
  PostingsQuery,
  PostingsReport,
  RejectedLine,
} from './postings.ts';
export { actOnPrint, labelsOf, printPage, printSaid, printsLine } from './prints.ts';
export type {
  Label,
  PackedLine,
  PackingList,
  PrintFound,
  PrintLine,
  PrintMessage,
  PrintPage,
  PrintsPort,
  PrintsReport,
} from './prints.ts';
export { printedAnswers } from './printed-answers.ts';
export { drawSheet } from './sheet.ts';
export type {
  ActionOutcome,
  AdminPort,
  AdminReport,
  ConnectionState,
  ExactReport,
  ExceptionAction,
  ExceptionReport,
  FaultReport,
  HealthReport,
  HubReport,
  PostingReport,
  StationReport,
  SummaryReport,
  WorkflowsReport,
} from './report.ts';
export type { Barcode, Sheet, SheetData, SheetGroup } from './sheet.ts';
