import { execFileSync } from "node:child_process";
import { statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freeBytes, spaceProblem } from "#db/disk-space.ts";
import { temporaryDirectory } from "#test/support/database.ts";

const gigabyte = 2 ** 30;
const megabyte = 2 ** 20;

function withFree(bytes: number | null) {
  return { free: async () => bytes };
}

test("a load needs three times its bytes and a gigabyte", async () => {
  expect(await spaceProblem("/data", gigabyte, withFree(4 * gigabyte))).toBeNull();
  expect(await spaceProblem("/data", gigabyte, withFree(4 * gigabyte - 1))).toBe(
    "The disk of /data has 4095 MB free; this load needs up to 4096 MB. Make room, then let it go on: what is loaded already stays.",
  );
});

test("towards its end a load needs less, and never less than the reserve", async () => {
  expect(await spaceProblem("/data", 0, withFree(gigabyte))).toBeNull();
  expect(await spaceProblem("/data", 0, withFree(gigabyte - 1))).toContain("1023 MB free");
  expect(await spaceProblem("/data", 0, { ...withFree(megabyte), reserve: megabyte })).toBeNull();
});

test("where nothing can be known nothing is said", async () => {
  expect(await spaceProblem(null, 100 * gigabyte)).toBeNull();
  expect(await spaceProblem("/data", 100 * gigabyte, withFree(null))).toBeNull();
});

describe("of a real directory", () => {
  let folder: Awaited<ReturnType<typeof temporaryDirectory>>;
  let mounted = false;

  beforeAll(async () => {
    folder = await temporaryDirectory();
    mounted = mountSmall(folder.path);
  });
  afterAll(async () => {
    if (mounted) execFileSync("umount", [folder.path]);
    await folder.remove();
  });

  test("the free bytes are those of its file system", async () => {
    const { bavail, bsize } = await statfs(folder.path);
    expect(await freeBytes(folder.path)).toBeCloseTo(bavail * bsize, -8); // others write to the disk, too
  });

  test("a disk that fills up is seen (needs the right to mount a file system)", async ({ skip }) => {
    skip(!mounted, "this user may not mount a file system");
    const options = { reserve: 2 * megabyte };
    expect(await spaceProblem(folder.path, megabyte, options)).toBeNull();
    await writeFile(join(folder.path, "cases"), new Uint8Array(4 * megabyte));
    expect(await spaceProblem(folder.path, megabyte, options)).toMatch(
      / has 4 MB free; this load needs up to 5 MB/,
    );
  });
});

function mountSmall(path: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", path], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
