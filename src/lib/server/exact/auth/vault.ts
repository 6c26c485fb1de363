// Who lives here: the safe for tokens and the client secret. AES-256-GCM, a fresh nonce for each
// record, the key's id in the record so that keys can be rotated, and the record's place bound in,
// so that a refresh token cannot be put where an access token belongs. The key lies outside the
// database: in SCANDOCK_KEY, or in a file that only the hub's user can read.

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const OWNER_ONLY = 0o600;

/** The key is missing, malformed, or readable by others. The message never holds the key. */
export class KeyFault extends Error {
  override readonly name = 'KeyFault';
}

interface Key {
  readonly id: string;
  readonly bytes: Uint8Array;
}

function toKey(bytes: Uint8Array, from: string): Key {
  if (bytes.byteLength !== KEY_BYTES) throw new KeyFault(`${from} must be ${KEY_BYTES} bytes`);
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
}

/** Seals with one key, opens with that one and with older ones. */
export class Vault {
  readonly #sealing: Key;
  readonly #keys: ReadonlyMap<string, Key>;

  constructor(sealing: Uint8Array, older: readonly Uint8Array[], from: string) {
    this.#sealing = toKey(sealing, from);
    const all = [this.#sealing, ...older.map((bytes) => toKey(bytes, from))];
    this.#keys = new Map(all.map((key) => [key.id, key]));
  }

  /** `place` says what the record is, e.g. `refresh-token`; it must be the same when opening. */
  seal(plain: string, place: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#sealing.bytes, nonce);
    cipher.setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    const body = Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    return `v1.${this.#sealing.id}.${body}`;
  }

  /** Whether a record is sealed with the key in force. */
  isCurrent(record: string): boolean {
    return record.split('.')[1] === this.#sealing.id;
  }

  /** Throws KeyFault when the key is another one or the record was touched. */
  open(record: string, place: string): string {
    const [version, id, body] = record.split('.');
    const key = this.#keys.get(id ?? '');
    if (version !== 'v1' || key === undefined || body === undefined) {
      throw new KeyFault(`the ${place} was sealed with a key that is not here (${id ?? 'none'})`);
    }
    const bytes = Buffer.from(body, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      const rest = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(rest), decipher.final()]).toString('utf8');
    } catch {
      throw new KeyFault(`the ${place} was changed in the database, or belongs elsewhere`);
    }
  }
}

export interface VaultSource {
  /** From SCANDOCK_KEY: 32 bytes. */
  readonly key?: Uint8Array;
  /** Used when there is no `key`; made at the first start, with mode 600. */
  readonly file: string;
  /** Keys that records may still be sealed with from before a change of key. */
  readonly older?: readonly Uint8Array[];
}

/**
 * Opens with every key that a record may be sealed with, seals with the one in force.
 * @throws KeyFault with one clear sentence when the key cannot be had.
 */
export function openVault(source: VaultSource): Vault {
  const older = source.older ?? [];
  if (source.key !== undefined) return new Vault(source.key, older, 'SCANDOCK_KEY');
  if (!existsSync(source.file)) makeKeyFile(source.file);
  // A change of key that was broken off may have sealed records with the next key already.
  const next = nextFile(source.file);
  const begun = existsSync(next) ? [readKeyFile(next)] : [];
  return new Vault(readKeyFile(source.file), [...begun, ...older], `the key file ${source.file}`);
}

/** A change of the key in a file, in three steps; broken off anywhere, it is begun again. */
export interface KeyChange {
  /** Seals with the new key, opens with the old one too. */
  readonly vault: Vault;
  /** When every record is sealed with the new key: the old one is forgotten. */
  finish(): void;
}

/** Makes the new key durable beside the old one. Throws KeyFault as `openVault` does. */
export function changeKey(file: string, older: readonly Uint8Array[]): KeyChange {
  const next = nextFile(file);
  if (!existsSync(next)) makeKeyFile(next);
  const from = `the key file ${next}`;
  const vault = new Vault(readKeyFile(next), [readKeyFile(file), ...older], from);
  return { vault, finish: () => moveDurably(next, file) };
}

function nextFile(file: string): string {
  return `${file}.next`;
}

function readKeyFile(file: string): Uint8Array {
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new KeyFault(`the key file ${file} may be read by others: set its mode to 600`);
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
}

/** Under its name only when it is whole: a key that broke off would open nothing. */
function makeKeyFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.draft`;
  rmSync(draft, { force: true });
  const handle = openSync(draft, 'wx', OWNER_ONLY);
  try {
    writeSync(handle, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  moveDurably(draft, file);
}

function moveDurably(from: string, to: string): void {
  renameSync(from, to);
  const folder = openSync(dirname(to), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
