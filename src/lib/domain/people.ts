// Who lives here: people, as stations and the ledger know them: a key that commands carry, a name
// that is shown, and roles, which are names that workflows.yaml uses.

export interface PersonView {
  /** Says nothing of anybody: the name stands in one table of the hub's, and leaves with it. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}
