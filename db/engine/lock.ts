import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { mayBeAlive, ownIdentity, type ProcessIdentity } from "./process-identity.ts";

/**
 * One process at a time may open an embedded data directory: the engine has no lock of its own, and two writers
 * silently corrupt it. The lock is a file *beside* the directory, `<directory>.lock`.
 *
 * It is stale only when its process is dead (process-identity.ts), never by age: a live holder may be busy for long.
 * Everything rests on two operations that the file system makes atomic: `link` fails when the name exists (so a lock
 * appears whole or not at all), and `rename` replaces a file in one step.
 */
export interface LockHolder extends ProcessIdentity {
  /** When the lock was taken, UTC ISO. */
  startedAt: string;
  /** Where the running server answers, and the secret that its own command line shows it; set by `announce`. */
  url?: string;
  token?: string;
}

export interface DirectoryLock {
  file: string;
  holder: LockHolder;
  /** Writes into the lock file how the command line reaches this process. */
  announce: (server: { url: string; token: string }) => void;
  /** Gives the directory free. Harmless when called twice; also called when the process exits. */
  release: () => void;
}

/** Another process, or an earlier opening of this one, holds the data directory. */
export class DataDirectoryBusy extends Error {
  override readonly name = "DataDirectoryBusy";
  /** Null when the lock file cannot be read. */
  readonly holder: LockHolder | null;

  constructor(directory: string, holder: LockHolder | null) {
    super(holder === null ? unreadableSentence(directory) : busySentence(directory, holder));
    this.holder = holder;
  }
}

/** Takes the lock of a data directory, or throws `DataDirectoryBusy` at once. */
export function acquireLock(directory: string): DirectoryLock {
  const whole = resolve(directory);
  mkdirSync(dirname(whole), { recursive: true });
  return claim(lockFile(whole), whole);
}

/** Who holds a data directory, or undefined when nobody alive does. */
export function readLock(directory: string): LockHolder | undefined {
  const found = readRecord(lockFile(resolve(directory)), directory);
  return found !== undefined && mayBeAlive(found) ? withoutNonce(found) : undefined;
}

/** The nonce names this very lock, so that a file can be told from its successor with the same pid. */
interface LockRecord extends LockHolder {
  nonce: string;
}

function claim(file: string, directory: string): DirectoryLock {
  const record: LockRecord = { ...ownIdentity(), startedAt: new Date().toISOString(), nonce: randomUUID() };
  const draft = `${file}-${record.nonce}`;
  writeRecord(draft, record);
  try {
    for (;;) {
      if (linked(draft, file)) break;
      const found = readRecord(file, directory);
      if (found === undefined) continue; // its holder released it between the two looks
      if (mayBeAlive(found)) throw new DataDirectoryBusy(directory, withoutNonce(found));
      if (replaced(file, found, draft, directory)) break;
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return heldLock(file, record);
}

/**
 * Puts `draft` in the place of a stale lock. Two starters that saw the same stale lock must not both do it, so whoever
 * replaces the lock with nonce N first holds a second lock, `<file>.N`, and looks again. If a starter dies between the
 * two steps, that second lock is stale itself and is taken over by the same rule.
 */
function replaced(file: string, stale: LockRecord, draft: string, directory: string): boolean {
  const turn = claim(`${file}.${stale.nonce}`, directory);
  try {
    if (readRecord(file, directory)?.nonce !== stale.nonce) return false;
    renameSync(draft, file);
    return true;
  } finally {
    turn.release();
  }
}

function heldLock(file: string, record: LockRecord): DirectoryLock {
  const release = () => {
    process.off("exit", release);
    // Somebody may have deleted the file by hand and started another process: leave that one's lock alone.
    if (isOwn(file, record.nonce)) rmSync(file, { force: true });
  };
  const announce = (server: { url: string; token: string }) => {
    const draft = `${file}-${randomUUID()}`;
    writeRecord(draft, { ...record, ...server });
    renameSync(draft, file);
  };
  process.on("exit", release);
  return { file, holder: withoutNonce(record), announce, release };
}

function isOwn(file: string, nonce: string): boolean {
  try {
    return readRecord(file, file)?.nonce === nonce;
  } catch {
    return false;
  }
}

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function writeRecord(file: string, record: LockRecord): void {
  writeFileSync(file, `${JSON.stringify(record)}\n`, { flag: "wx", mode: 0o600, flush: true });
}

function readRecord(file: string, directory: string): LockRecord | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
  const record = parsed(text);
  if (record === undefined) throw new DataDirectoryBusy(directory, null);
  return record;
}

function parsed(text: string): LockRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Only what the decisions rest on is checked; the rest is shown, not trusted. */
function isRecord(value: unknown): value is LockRecord {
  if (typeof value !== "object" || value === null) return false;
  const texts = "host" in value && "startedAt" in value && "nonce" in value;
  return (
    texts &&
    typeof value.host === "string" &&
    typeof value.startedAt === "string" &&
    typeof value.nonce === "string" &&
    "pid" in value &&
    Number.isSafeInteger(value.pid) &&
    "bootId" in value &&
    "processStartTime" in value
  );
}

function withoutNonce({ nonce: _nonce, ...holder }: LockRecord): LockHolder {
  return holder;
}

function lockFile(directory: string): string {
  return `${directory}.lock`;
}

function busySentence(directory: string, holder: LockHolder): string {
  const elsewhere = holder.host === ownIdentity().host ? "" : ` on host ${holder.host}`;
  const advice = elsewhere
    ? `Stop it there. If it no longer runs, delete ${lockFile(directory)}.`
    : "Use that one or stop it, or name another data directory with FIXTWICE_DATA.";
  return (
    `The data directory ${directory} is in use by process ${holder.pid}${elsewhere} since ${holder.startedAt}; ` +
    `only one process at a time can open it. ${advice}`
  );
}

function unreadableSentence(directory: string): string {
  return (
    `The lock file ${lockFile(directory)} cannot be read, so nobody can tell whether ${directory} is in use. ` +
    "If no Fix It Twice runs on this directory, delete the lock file and start again."
  );
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
