import { expect, onTestFinished, test } from "vitest";
import { importFile } from "#db/imports/import-file.ts";
import { temporaryFile } from "#test/app/imports/sources.ts";
import { crashCsv } from "#test/crash/crash-csv.ts";
import {
  type CrashPlace,
  fingerprint,
  killImport,
  newCrashPlace,
  rowsPerTransaction,
} from "#test/support/killed-import.ts";

const csv = crashCsv(9_000);
const workspace = "shop";

async function newPlace(): Promise<CrashPlace> {
  const place = await newCrashPlace(process.env.TEST_DATABASE_URL);
  onTestFinished(() => place.remove());
  return place;
}

async function finishAndLook(place: CrashPlace, file: string) {
  const database = await place.open();
  try {
    const { resumedAfter } = await importFile(database, { path: file, workspace, rowsPerTransaction });
    return { resumedAfter, left: await fingerprint(database) };
  } finally {
    await database.close();
  }
}

let wanted: Awaited<ReturnType<typeof fingerprint>> | undefined;
/** What an import leaves that nobody disturbs. */
async function undisturbed(file: string) {
  wanted ??= (await finishAndLook(await newPlace(), file)).left;
  return wanted;
}

// Some hundred kills, at random times, are made by `npm run test:crash`.
test.each([
  ["before its first row is committed", [[0, 0]]],
  ["in its second transaction", [[1, 25]]],
  ["in a later one", [[2, 15]]],
  [
    "three times",
    [
      [1, 0],
      [0, 30],
      [1, 10],
    ],
  ], // prettier-ignore
  [
    "twice in its last transactions",
    [
      [3, 0],
      [0, 40],
    ],
  ], // prettier-ignore
] as const)(
  "an import killed %s leaves what an undisturbed one does",
  async (_, kills) => {
    const file = await temporaryFile(csv);
    const place = await newPlace();
    for (const [transactions, milliseconds] of kills) {
      const { acknowledged } = await killImport(place, { file, workspace }, { transactions, milliseconds });
      const database = await place.open();
      const { n } = await database.db
        .selectFrom("cases")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow();
      await database.close();
      expect(n).toBeGreaterThanOrEqual(acknowledged);
    }
    const { left, resumedAfter } = await finishAndLook(place, file);
    expect(left).toEqual(await undisturbed(file));
    expect(resumedAfter % rowsPerTransaction).toBe(0);
  },
  240_000,
);
