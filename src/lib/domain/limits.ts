// Every queue, list, message, retry and wait of the house has its maximum here, by name.
// Beyond a limit stands a named fault, never a silent cut.

export const LIMITS = {
  /** One completed read. A GS1 DataMatrix holds 2335 characters; 4 KiB leaves room and ends. */
  scanBytes: 4096,
  /** Exact's BatchNumber holds 30 characters; GS1 (10) and (21) hold 20. */
  batchChars: 30,
  serialChars: 30,
  /** Largest quantity of one command, in stock units. */
  quantityMax: 1_000_000,
  /** Serial numbers of one line: what an operator scans without losing count. */
  serialsPerLine: 500,
  /** Lines of one purchase order that a kiosk shows and a receipt carries. */
  linesPerDocument: 500,
  /** A message on the wire, either way. */
  messageBytes: 65_536,
  /** Replica rows in one answer. */
  replicaPageRows: 200,
  /** Commands that a station holds unsent before it refuses new work. */
  queueCommands: 20_000,
  /** Confirmed commands are kept at the station this long, for a hub restored from a backup. */
  confirmedKeepMs: 7 * 24 * 3_600_000,
  /** Messages waiting at the hub's writer; beyond it the answer is `later`. */
  writerQueue: 5_000,
  /** Commands in one commit. */
  commitBatch: 200,
  /** Undo reaches back over this many lines of a session. */
  undoDepth: 50,
  /** workflows.yaml. */
  workflowFileBytes: 262_144,
  workflowDepth: 16,
  workflowNodes: 20_000,
  workflowsPerFile: 50,
  stepsPerWorkflow: 100,
  conditionChars: 500,
  /** Two reads of the same code on one device within this time are one scan. */
  doubleReadMs: 700,
  /** An accepted line that no session posted is cut into a posting after this time. */
  unpostedMaxMs: 30 * 60_000,
  /** A posting whose answer was lost is looked up twice, this far apart, before it may be sent. */
  settleMs: 5 * 60_000,
  /** Exact: one page of sync rows, one page elsewhere, the body of an answer we still read. */
  exactSyncPageRows: 1000,
  exactAnswerBytes: 20 * 1024 * 1024,
  exactGetTimeoutMs: 30_000,
  exactPostTimeoutMs: 110_000,
} as const;
