import { acquireLock, DataDirectoryBusy } from "#db/engine/lock.ts";

/** A process of lock.test.ts: waits for a line, takes the lock of argv[2], tells what came of it, and keeps it. */
const [directory = ""] = process.argv.slice(2);
process.stdout.write("ready\n");
process.stdin.once("data", () => {
  try {
    acquireLock(directory);
    process.stdout.write("won\n");
  } catch (error) {
    if (!(error instanceof DataDirectoryBusy)) throw error;
    process.stdout.write(`busy ${error.holder?.pid}\n`);
  }
});
process.stdin.once("end", () => process.exit());
