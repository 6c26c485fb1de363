// Who lives here: the two ways a store says no. StorageFailure: the disk or file let us down while
// we worked; nothing of the transaction happened as far as we know, and it may work again later.
// StoreRefused: the file must not be worked on at all; its message is a sentence for the console.

export type StorageFailureKind = 'full' | 'readonly' | 'io' | 'corrupt' | 'busy';

/** Thrown by every statement of the store when the machine, not the program, is at fault (I-16). */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
  readonly kind: StorageFailureKind;

  constructor(kind: StorageFailureKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

export type StoreRefusal = 'in-use' | 'newer' | 'changed' | 'cannot-open';

/** Thrown when a file is opened that this program must leave alone. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
  readonly kind: StoreRefusal;

  constructor(kind: StoreRefusal, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html) that mean the machine. */
const KINDS: Readonly<Record<string, StorageFailureKind>> = {
  FULL: 'full',
  READONLY: 'readonly',
  PERM: 'readonly',
  IOERR: 'io',
  CANTOPEN: 'io',
  NOMEM: 'io',
  PROTOCOL: 'io',
  CORRUPT: 'corrupt',
  NOTADB: 'corrupt',
  BUSY: 'busy',
  LOCKED: 'busy',
};

/**
 * The StorageFailure that stands behind an error of the driver, or the error itself when the
 * program is at fault (a broken constraint, a wrong statement): that must not look like weather.
 */
export function asStorageFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StorageFailure) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const primary = /^SQLITE_([A-Z]+)/.exec(code)?.[1] ?? '';
  const kind = KINDS[primary];
  return kind === undefined ? error : new StorageFailure(kind, error.message, error);
}
