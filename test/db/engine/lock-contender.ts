import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { acquireLock, DataDirectoryBusy } from "#db/engine/lock.ts";

/**
 * A process of lock.test.ts: for a second and a half takes the lock of argv[2] whenever it can, and leaves it as a killed
 * process would: stale. Prints how often it had the lock, and how often somebody else had it at the same time.
 */
const [directory = ""] = process.argv.slice(2);
let taken = 0;
let together = 0;
const end = performance.now() + 1500;
while (performance.now() < end) {
  const lock = acquired();
  if (lock === undefined) continue;
  taken += 1;
  if (!enterAlone()) together += 1;
  rmSync(`${directory}.inside`, { force: true });
  process.off("exit", lock.release);
  const stale = { ...JSON.parse(readFileSync(lock.file, "utf8")), processStartTime: "1" };
  writeFileSync(`${directory}.${process.pid}`, JSON.stringify(stale));
  renameSync(`${directory}.${process.pid}`, lock.file);
}
process.stdout.write(`${taken} ${together}\n`);

function acquired() {
  try {
    return acquireLock(directory);
  } catch (error) {
    if (error instanceof DataDirectoryBusy) return undefined;
    throw error;
  }
}

function enterAlone(): boolean {
  try {
    closeSync(openSync(`${directory}.inside`, "wx"));
    return true;
  } catch {
    return false;
  }
}
