// Every queue, list, message, retry and wait of the house has its maximum here, by name.
// Beyond a limit stands a named fault, never a silent cut.

export const LIMITS = {
  /** One completed read. A GS1 DataMatrix holds 2335 characters; 4 KiB leaves room and ends. */
  scanBytes: 4096,
  /** Exact's BatchNumber holds 30 characters; GS1 (10) and (21) hold 20. */
  ...{ batchChars: 30, serialChars: 30 },
  /** Questions of a workflow's own on one line, and the characters of an answer to one. */
  ...{ answersPerLine: 20, answerChars: 200 },
  /** Counts of one line that are remembered while they differ, and the most pieces they may by. */
  ...{ countsPerLine: 10, countPieces: 100_000 },
  /** Copies of one label; requests that a line remembers. Listed: what waits, and is done; goods. */
  ...{ printCopies: 500, printsRemembered: 20, printsWaiting: 200, printsDone: 50 },
  ...{ packingLines: 500, printKeepMs: 30 * 24 * 3_600_000 },
  /** Photos of one answer; bytes and longest side of one; at a station; uploads under way at the hub. */
  ...{ photosPerAnswer: 5, photoBytes: 524_288, photoSide: 1_600 },
  ...{ stationPhotos: 300, photosAtOnce: 4, photoUnnamedMs: 7 * 24 * 3_600_000 },
  /** Badges that one line may need. */
  approvalsPerLine: 5,
  /** Values that a choice offers at most: more do not fit on a screen that is read from afar. */
  ...{ choices: 12, choiceChars: 30 },
  /** Largest number that is an answer, either side of zero, and its decimals. */
  ...{ answerMax: 9_999_999, answerDecimals: 6 },
  /** A text that is shown, in one language, and the help of a step. */
  shownTextChars: 240,
  /** Largest quantity of one command, in stock units. */
  quantityMax: 1_000_000,
  /** Serial numbers of one line: what an operator scans without losing count. */
  serialsPerLine: 500,
  /** Lines of one purchase order that a kiosk shows and a receipt carries. */
  linesPerDocument: 500,
  /** A message on the wire, either way. */
  messageBytes: 65_536,
  /** Replica rows in one answer, which ends sooner when it would not fit in a message. */
  replicaPageRows: 200,
  /** Places that an order line that goes out tells of, and the lines of one order together. */
  sourcesPerLine: 8,
  sourcesPerOrder: 160,
  /**
   * Stock moves all day: orders that go out say anew where their goods lie at most this often, and
   * all of them once this many items have moved meanwhile.
   */
  ...{ sourcesEveryMs: 10_000, sourcesItems: 2_000 },
  /** Places and numbers that one look-up shows, and open order lines beside them. */
  lookRows: 40,
  /** Items and batches that the books may have in a place that one word says is empty. */
  emptyRows: 10,
  /** Goods that one word carries out of a place: what the screen of a look-up shows. */
  everythingRows: 40,
  /** Patterns of the places that goods may go to, and of the totes that they are put into. */
  placesNamed: 20,
  /** Totes that hold goods of one order, as its row tells. */
  totesPerOrder: 40,
  /** Whoever said to bring what a pick place needs has so long; then somebody else may. */
  claimMs: 20 * 60_000,
  /** Stock is read anew right after a posting of ours: so long it may be seen without it. */
  needLagMs: 5 * 60_000,
  /** Lines of a list of what pick places need: those that are wanted first. */
  needsShown: 60,
  /** Loads on the office's page, and reports on each. */
  ...{ loadsShown: 100, loadNotes: 10 },
  /** Goods on their way that nobody spoke of for so long are no work any more: the office looks. */
  loadKeepMs: 60 * 24 * 3_600_000,
  lookPlanned: 20,
  /** Of what the sheet of barcodes chooses from: orders; items, locations, warehouses each. */
  ...{ sheetOrders: 2_000, sheetRows: 200 },
  /** Commands that a station holds unsent before it refuses new work. */
  queueCommands: 20_000,
  /** Confirmed commands are kept at the station this long, for a hub restored from a backup. */
  confirmedKeepMs: 7 * 24 * 3_600_000,
  /** A command without the hub's answer is asked again after this time. */
  hubAnswerMs: 5_000,
  /** Longest pause of a station between two tries at the hub, whatever the hub proposes. */
  hubPauseMs: 30_000,
  /** Events that wait at a station's dialogue; beyond it a read is refused with a sound. */
  dialogueEvents: 50,
  /** Replica look-ups that a station keeps in memory. */
  replicaCacheKeys: 500,
  /** People who have a badge; their names, and the roles of one of them and of a workflow file. */
  people: 500,
  personNameChars: 60,
  rolesPerPerson: 20,
  rolesPerFile: 20,
  /** Signed in without an act for so long, or at all for so long: then it is nobody's work. */
  signedInIdleMs: 30 * 60_000,
  signedInMostMs: 10 * 3_600_000,
  /** How often a station looks whether that is over. */
  signedInLookMs: 30_000,
  /** Own lines that a screen shows on their way to Exact. */
  trailLines: 50,
  /** Ids in one question for the states of commands. */
  stateIdsPerAsk: 1000,
  /** Messages waiting at the hub's writer; beyond it the answer is `later`. */
  writerQueue: 5_000,
  /** Commands in one commit. */
  commitBatch: 200,
  /** What the hub proposes as a pause: the writer is full; the disk fails; numbers are missing. */
  ...{ hubBusyMs: 500, hubStorageMs: 2_000, hubGapMs: 100 },
  /** Entries that are read at once when the journal is walked. */
  journalPageEntries: 1_000,
  /** A receipt posted by us counts as seen by the mirror when it was read this much later. */
  mirrorLagMs: 60 * 60_000,
  /**
   * A document on which everything is settled leaves the hub's memory this long after its last
   * entry: later than any station keeps a confirmed command (confirmedKeepMs).
   */
  documentKeepMs: 8 * 24 * 3_600_000,
  /** One that somebody asked for afterwards stays this long. */
  documentRecalledMs: 3_600_000,
  /** Documents, and orders without one, that leave in one go: it holds the hub's one writer. */
  retiredAtOnce: 2_000,
  /** Booked postings, the newest, that a start looks at to see which lists they changed. */
  bookedRemembered: 1_000,
  /** What the hub proposes as a pause while the orders are being read for the first time. */
  orderUnreadMs: 5_000,
  /** Proofs of workflows that a process remembers, each of one way to walk one flow. */
  proofsKept: 1_000,
  /** Statements that the database keeps prepared. */
  preparedStatements: 300,
  /** The database waits this long for a lock that someone else holds, a backup for instance. */
  databaseBusyMs: 5_000,
  /** Sockets at the hub, handshakes included. */
  sockets: 200,
  /** A socket must open, and then say hello, within this time. */
  socketHelloMs: 5_000,
  socketPingMs: 10_000,
  socketPingTimeoutMs: 5_000,
  /** Messages of one station: how many a second for long, and how many at once. */
  ...{ stationMessagesPerSecond: 20, stationMessagesBurst: 200 },
  /** Pushes to stations are gathered for this long. */
  pushMs: 50,
  /** Undo reaches back over this many lines of a session. */
  undoDepth: 50,
  /** Why a booked line was taken back, in one sentence. */
  reasonChars: 200,
  /** workflows.yaml. */
  workflowFileBytes: 262_144,
  workflowDepth: 16,
  workflowNodes: 20_000,
  workflowsPerFile: 50,
  stepsPerWorkflow: 100,
  /** Orders that one session works on at once. */
  ordersTogether: 12,
  conditionChars: 500,
  /** One recorded session: its events, and its bytes as a line of text; what comes after is cut off. */
  tapeEvents: 2_000,
  tapeBytes: 262_144,
  /** Order lines that a tape unfolds to, when each of its orders is written out. */
  tapeOrderLines: 20_000,
  /** The same tape packed, as it goes to the hub: it must fit in a message. */
  tapePackedBytes: 60_000,
  /** Tapes that a station keeps until the hub has them; the oldest go first. */
  stationTapes: 200,
  stationTapesBytes: 8 * 1024 * 1024,
  /** Lost tapes that one message tells of. */
  lostTapesTold: 1_000_000,
  /** Events that go onto a tape within this time are written at once. */
  tapeGatherMs: 100,
  /** Tapes of one station: how many a second for long, and how many at once. */
  stationTapesPerSecond: 0.5,
  stationTapesBurst: 20,
  /** Tapes that the hub keeps, and their bytes packed; the oldest go first. */
  tapesKept: 20_000,
  tapesKeptBytes: 256 * 1024 * 1024,
  /** Tapes that one comparison takes. */
  tapesCompared: 5_000,
  settingsPerFile: 100,
  fragmentsPerFile: 50,
  /** Overrides, and the ways in which those of stations and of roles meet; each is proven. */
  ...{ overridesPerFile: 20, overrideWays: 36 },
  /** An `if` inside an `if` inside an `if`. */
  branchDepth: 3,
  /** Flows that call flows: levels below the one that is chosen, and detours that a question offers. */
  callDepth: 2,
  detours: 4,
  /** Faults of one file that are told; the last one then says how many there are besides. */
  workflowDiagnostics: 200,
  /** Two reads of the same code on one device within this time are one scan. */
  doubleReadMs: 700,
  /** A look-up key of an item code, order number or location code. */
  codeChars: 100,
  /** What a fault shows of the code that was read. */
  shownChars: 60,
  /** A device plugin that has not finished its start within this time is stopped. */
  deviceStartMs: 5_000,
  /** Reads and status words of one device in any second; a hand reaches five. */
  deviceCallsPerSecond: 20,
  /** Listeners and timers that one device may hold at a time. */
  deviceListeners: 8,
  deviceTimers: 8,
  /** An accepted line that no session posted is cut into a posting after this time. */
  unpostedMaxMs: 30 * 60_000,
  /** While calls are scarce, lines wait this long for others to share one, at most so many. */
  bundleIdleMs: 90_000,
  bundleLines: 100,
  /** A posting whose answer was lost is looked up twice, this far apart, before it may be sent. */
  settleMs: 5 * 60_000,
  /**
   * A doubt that Exact answers, but not so that it can be decided (a right is missing, a row has
   * another form): the first and the longest pause between two looks at one kind, and after how
   * many of its own looks and how long in doubt a person is asked.
   */
  blindLookMs: 10 * 60_000,
  blindLookMaxMs: 3_600_000,
  blindLooks: 3,
  blindDoubtMs: 3_600_000,
  /** A doubt whose list gives no answer at all: after so long in doubt a person is asked. */
  silentDoubtMs: 8 * 3_600_000,
  /** A posting that must not overtake another looks again after this, at least and at most. */
  orderWaitMs: 1_000,
  orderWaitMaxMs: 60_000,
  /** Exact: the body of an answer we still read. */
  exactAnswerBytes: 20 * 1024 * 1024,
  exactGetTimeoutMs: 30_000,
  exactPostTimeoutMs: 110_000,
  /** Exact's own words of a refusal, and the raw excerpt of a page that surprised us. */
  exactWordsChars: 2000,
  /** Exact: calls of a clock minute and of a UTC day, until its headers tell other limits. */
  exactMinuteCalls: 60,
  exactDayCalls: 5000,
  /** What the mirror leaves of a minute to the other lanes while nothing is posted. */
  exactMinuteReserve: 22,
  /** Exact blocks a key after 10 errors per endpoint and hour; we stop ourselves before. */
  exactErrorsPerHour: 5,
  /** The same with what persons tried at a stopped endpoint on purpose. */
  exactErrorsTried: 8,
  /** Endpoints whose errors are remembered; words of an error that the admin page shows. */
  exactEndpoints: 200,
  exactShownChars: 300,
  /** Things that happened to the budget: the newest are kept. */
  exactBudgetEvents: 50,
  /** Days that calls per quarter of an hour are kept. */
  exactCallDays: 31,
  /** Postings waiting for their turn at Exact, above which calls are scarce. */
  exactPostQueue: 10,
  /** Calls of one lane waiting for their turn at one division. */
  exactWaitingCalls: 100,
  /** Longest that a call of the mirror, and one of a person, waits for a permit. */
  exactSyncWaitMs: 2 * 60_000,
  exactHumanWaitMs: 10_000,
  /** Pages of one list before the mirror looks whether another list is due. */
  exactSlicePages: 5,
  /** Rows of a list that comes 60 a page; a longer one ends as a surprise that a person is told. */
  exactPolledRows: 30_000,
  /** Items of open orders that a first load fetches ahead, 50 a call. */
  exactItemsAhead: 1_000,
  /** A notification of Exact's. */
  webhookBytes: 65_536,
  /** Token calls in any 24 h; Exact allows 200. */
  exactTokenCallsPerDay: 190,
  /** Consents begun and not finished. */
  exactOpenConsents: 20,
  exactConsentMs: 10 * 60_000,
  /** Sends of one posting that never reached an answer, before a person is asked. */
  postingAttempts: 50,
  /** Pages of one of Exact's lists that are read to find a marker, and in the nightly sweep. */
  markerSearchPages: 50,
  markerSweepPages: 100,
  /** The sweep leaves a fresh hub alone for this long, and puts itself off so often for a doubt. */
  markerSweepDelayMs: 10 * 60_000,
  markerSweepPutOff: 6,
  /** What the admin page lists at most, each the newest; beyond it stands how many there are. */
  postingsShown: 100,
  rejectedShown: 200,
  /** Lines of one posting whose answers the page and the CSV file tell; the rest is counted. */
  answersShown: 50,
  exceptionsShown: 200,
  /** Barcodes that persons linked to items: in all, and of one item. */
  links: 20_000,
  linksPerItem: 50,
  /** Postings on one page of the list, and in one CSV file, which says so when it is cut. */
  ...{ postingsPage: 50, postingsExported: 10_000 },
  /** Stations whose last sign of life the admin page remembers. */
  stationsRemembered: 400,
  /** Longest wait between two tries of anything that goes out to Exact. */
  exactBackoffMaxMs: 10 * 60_000,
  /** Longest wait between two tries while a call surely cannot leave: the line to Exact is down. */
  exactLineTryMs: 15_000,
  /** Changes of rows that stations hear of in one go, and the pause before a failed go. */
  projectionCoalesceMs: 25,
  projectionRetryMs: 1_000,
  projectionBatchRows: 100,
  /** Records of Exact that the hub remembers, of each kind: items, orders, places. */
  masterRemembered: 5_000,
  /** How often the hub looks for accepted goods that nobody posted. */
  sweepEveryMs: 60_000,
  /** hub.log; beyond it the file becomes hub.log.1, in the place of the older one. */
  logBytes: 20 * 1024 * 1024,
  /** How often the hub looks whether workflows.yaml changed. */
  workflowPollMs: 500,
  /** The thread that proves and compiles a changed file, for one file. */
  workflowCompileMs: 60_000,
  workflowThreadMb: 512,
  /** How long recorded sessions are replayed before a file comes into force, and how many at once. */
  ...{ workflowReplayMs: 15_000, tapesAtOnce: 20 },
  /** Files that were in force, with what the replay said; what revisions demand of people. */
  ...{ workflowRevisionsKept: 20, demandsKept: 2_000 },
} as const;
