// Who lives here: the page of goods on their way between places: what the office sees of each load.
// It only shows; what is short is booked out where the goods should be, in Exact.

/** One item of a load; stock units. */
export interface LoadLine {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly sent: number;
  readonly arrived: number;
  /** Sent and not taken in: Exact has it in the place that it was sent to. */
  readonly left: number;
  /** Somebody said that no more will come. */
  readonly closed: boolean;
}

/** Something that was reported where the load was taken in. */
export interface LoadNote {
  readonly atMs: number;
  readonly words: string;
}

export type LoadState = 'on-the-way' | 'partly' | 'arrived' | 'short';

export interface LoadReport {
  readonly id: string;
  readonly number: string;
  readonly state: LoadState;
  /** Names of the warehouse it left and of the one that its place is in, and that place's code. */
  readonly from: string;
  readonly to: string;
  readonly place: string;
  readonly sentAtMs: number;
  readonly sentBy: string;
  /** Who took something in; nobody twice. */
  readonly takenInBy: readonly string[];
  readonly lines: readonly LoadLine[];
  readonly notes: readonly LoadNote[];
}

export interface LoadsReport {
  readonly atMs: number;
  /** What is still to be taken in, the oldest first, then what was lately, the newest first. */
  readonly loads: readonly LoadReport[];
  /** Of those that are still to be taken in, also beyond the ones that are listed. */
  readonly open: number;
}

export interface LoadsPort {
  report(): Promise<LoadsReport>;
}

/** How a load stands, by what became of its lines. */
export function loadState(lines: readonly LoadLine[]): LoadState {
  if (lines.some(({ left, closed }) => left > 0 && !closed)) {
    return lines.some(({ arrived }) => arrived > 0) ? 'partly' : 'on-the-way';
  }
  return lines.some(({ left }) => left > 0) ? 'short' : 'arrived';
}
