import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** What tells one process apart from every other, also from a later one that gets the same pid. */
export interface ProcessIdentity {
  pid: number;
  host: string;
  /** The kernel's id of this boot; null where the system has none (everything but Linux). */
  bootId: string | null;
  /** Clock ticks from boot to the start of the process; null where /proc does not tell. */
  processStartTime: string | null;
}

export function ownIdentity(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    bootId: readBootId(),
    processStartTime: readStartTime(process.pid),
  };
}

/**
 * Whether the process may still run. In doubt (another host, a system without /proc) the answer is yes:
 * to take a live process for a dead one would let two of them write into one directory.
 */
export function mayBeAlive(other: ProcessIdentity): boolean {
  if (other.host !== hostname()) return true;
  const bootId = readBootId();
  if (bootId !== null && other.bootId !== null && bootId !== other.bootId) return false;
  if (!pidExists(other.pid)) return false;
  const startTime = readStartTime(other.pid);
  return startTime === null || other.processStartTime === null || startTime === other.processStartTime;
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function readBootId(): string | null {
  return readOrNull("/proc/sys/kernel/random/boot_id")?.trim() ?? null;
}

/** Field 22 of /proc/PID/stat. Field 2, the name, stands in parentheses and may itself hold spaces and parentheses. */
function readStartTime(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const fieldsFromThe3rd = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fieldsFromThe3rd[22 - 3] ?? null;
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
