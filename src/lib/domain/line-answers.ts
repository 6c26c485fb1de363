// Who lives here: what a line of any kind tells beside its goods: what was answered to the workflow's
// own questions, and who said yes to what.

/** What a workflow's question was answered with; `step` is the id of the question. */
export interface LineAnswer {
  readonly step: string;
  readonly value: string | number | boolean;
  /**
   * The value is the number of the logistic unit (SSCC) that the goods stand on, or the code of the
   * tote that they were put into; or how many photos were taken.
   */
  readonly kind?: 'logisticUnit' | 'tote' | 'photo';
  /** Ids of the photos. The bytes come by themselves, and maybe later. */
  readonly photos?: readonly string[];
}

/** A yes of somebody with a role: whose badge was scanned at which question. */
export interface LineApproval {
  readonly step: string;
  /** As workflows.yaml calls it. The hub asks whether the person has it. */
  readonly role: string;
  /** Id of the person. */
  readonly by: string;
  /** So many stock units over what was ordered were on the screen; absent: the yes is to no quantity. */
  readonly over?: number;
}

/** Lines of every kind may tell what was answered; those of older stations have none. */
export interface Answered {
  /** At most `LIMITS.approvalsPerLine`, in the order of the workflow's steps. */
  readonly approvals?: readonly LineApproval[];
  /** At most `LIMITS.answersPerLine`, in the order of the workflow's steps. */
  readonly answers?: readonly LineAnswer[];
}
