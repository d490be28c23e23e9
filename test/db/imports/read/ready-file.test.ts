import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { EncodingUnsure } from "#db/imports/read/encodings.ts";
import { refuseLarge } from "#db/imports/read/original-file.ts";
import { readyFile } from "#db/imports/read/ready-file.ts";
import { encoded } from "./random-csv.ts";
import { fileOf, ready, temporaryDirectory } from "./source-files.ts";

const table = "id,subject\n1,Card charged twice\n2,Café – “no” answer\n";

describe("plain text in UTF-8", () => {
  test("is read where it lies", async () => {
    const path = await fileOf(table);
    const stageIn = await temporaryDirectory();
    const file = await readyFile(path, { stageIn });
    const sizeBytes = Buffer.byteLength(table);
    expect(file).toMatchObject({
      path,
      name: "cases.csv",
      sizeBytes,
      textBytes: sizeBytes,
      encoding: "utf-8",
    });
    expect(file).toMatchObject({ compressed: false, markBytes: 0, head: Buffer.from(table) });
    expect(file.sha256).toBe(createHash("sha256").update(table).digest("hex"));
  });

  test("may begin with a byte order mark, which is not part of the text", async () => {
    const file = await ready(`\ufeff${table}`);
    expect(file).toMatchObject({ encoding: "utf-8", markBytes: 3, head: Buffer.from(table) });
    expect(await file.staged()).toEqual([]);
  });
});

describe("a copy in UTF-8 is made of", () => {
  test.each([
    ["UTF-16, little end first", encoded(table, "utf-16le"), "utf-16le"],
    ["UTF-16, big end first", encoded(table, "utf-16be"), "utf-16be"],
    ["UTF-16 without a mark", Buffer.from(table, "utf16le"), "utf-16le"],
    [
      "Windows-1252 with western letters",
      Buffer.from("id,name\n1,Soci\xe9t\xe9\n2,it\x92s\n", "latin1"),
      "windows-1252",
    ],
  ])("%s", async (_, bytes, encoding) => {
    const file = await ready(bytes);
    expect(file).toMatchObject({ encoding, sizeBytes: bytes.length, markBytes: 0 });
    const text = await readFile(file.path, "utf8");
    expect(text).toBe(encoding === "windows-1252" ? "id,name\n1,Société\n2,it’s\n" : table);
    expect(file).toMatchObject({ textBytes: Buffer.byteLength(text), head: Buffer.from(text) });
    expect(await file.staged()).toHaveLength(1);
  });

  test("what gzip packed, whatever it is named; its hash is that of the packed file", async () => {
    const packed = gzipSync(table);
    const file = await ready(packed);
    expect(file).toMatchObject({
      compressed: true,
      sizeBytes: packed.length,
      textBytes: Buffer.byteLength(table),
    });
    expect(file.sha256).toBe(createHash("sha256").update(packed).digest("hex"));
    expect(await readFile(file.path, "utf8")).toBe(table);
  });

  test("packed UTF-16, in one copy", async () => {
    const file = await ready(gzipSync(encoded(table, "utf-16le")));
    expect(await readFile(file.path, "utf8")).toBe(table);
    expect(await file.staged()).toHaveLength(1);
  });

  test("a text in the encoding that a person names", async () => {
    const file = await ready(Buffer.from("id;name\n1;\xcf\xf0\xe8\xe2\xe5\xf2\n", "latin1"), {
      encoding: "cp1251",
    });
    expect(file.encoding).toBe("windows-1251");
    expect(await readFile(file.path, "utf8")).toBe("id;name\n1;Привет\n");
  });

  test("UTF-16 keeps what its mark says where a person says only UTF-16", async () => {
    expect(await ready(encoded(table, "utf-16be"), { encoding: "utf-16" })).toMatchObject({
      encoding: "utf-16be",
    });
  });
});

describe("an encoding is asked for", () => {
  test.each([
    ["Cyrillic", "\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xf0\xf2\xe0", "windows-1251", "Привет, карта"],
    ["Polish", "\xbf\xf3\xb3ta karta zosta\xb3a", "windows-1250", "żółta karta została"],
    ["Japanese", "\x83J\x81[\x83h", "shift_jis", "カード"],
  ])("where %s may be several, with what each would say", async (_, latin1, encoding, says) => {
    const asked = await ready(Buffer.from(`id,subject\n1,${latin1}\n`, "latin1")).catch(
      (error: unknown) => error,
    );
    expect(asked).toBeInstanceOf(EncodingUnsure);
    if (!(asked instanceof EncodingUnsure)) return;
    const candidate = asked.candidates.find((one) => one.encoding === encoding);
    expect(candidate?.sample).toContain(says);
    expect(asked.message).toMatch(
      /is not UTF-8.*Say which one reads right: on the page, or with --encoding NAME\.$/,
    );
    expect(asked.candidates.every(({ sample }) => !sample.includes("\ufffd"))).toBe(true);
  });
});

describe("is refused with a sentence:", () => {
  const western = Buffer.from("id,name\n1,a\n2,Soci\xe9t\xe9\n", "latin1");
  const html = "<!DOCTYPE html>\n<html><body>Log in</body></html>";
  test.each<[string, string | Uint8Array, RegExp]>([
    ["an empty file", "", /cases\.csv is empty; expected a header line/],
    ["blank lines", "\n \n", /is empty/],
    ["an empty file that was packed", gzipSync(""), /is empty/],
    ["UTF-16 of nothing", Buffer.from([0xff, 0xfe]), /is empty/],
    ["a web page", html, /is a web page \(HTML\); expected a CSV, JSON or NDJSON file of cases/],
    ["a packed web page", gzipSync(html), /is a web page/],
    [
      "a Git LFS pointer",
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n",
      /Git LFS pointer/,
    ],
    ["a spreadsheet", "PK\u0003\u0004rest", /\.xlsx/],
    ["a PDF", "%PDF-1.7\n", /is a PDF/],
    ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 65, 0, 0, 0]), /UTF-32/],
    ["a program", Buffer.alloc(3_000, Uint8Array.of(127, 69, 0, 1, 0, 0)), /holds binary data/],
    [
      "a damaged packed file",
      gzipSync(table.repeat(50)).subarray(0, 60),
      /compressed \(gzip\), and damaged: unexpected end of file\./,
    ],
    ["a text that is cut inside a character", Buffer.from(`${table}é`).subarray(0, -1), /not UTF-8.*line 4/],
    [
      "half a character of UTF-16",
      Buffer.from("\ufeffid,b\n1,x\n2,\ud800y\n", "utf16le"),
      /is not utf-16le: line 3 holds bytes/,
    ],
  ])("%s", async (_, content, sentence) => {
    await expect(ready(content)).rejects.toThrow(sentence);
  });

  test("what is not in the encoding that a person names, by its line", async () => {
    await expect(ready(western, { encoding: "utf-8" })).rejects.toThrow(/stands in line 3\./);
    await expect(ready(western, { encoding: "shift_jis" })).rejects.toThrow(/is not shift_jis: line 3 holds/);
    await expect(ready(western, { encoding: "klingon" })).rejects.toThrow(
      /“klingon” is no encoding that is known/,
    );
  });

  test("a line far down, behind the first piece that is read", async () => {
    const long = Buffer.concat([Buffer.from("ab,c\r".repeat(400_000)), Buffer.from([0xff, 0xff])]);
    await expect(ready(long, { encoding: "shift_jis" })).rejects.toThrow(/line 400001 holds/);
  });

  test("a file that is not there, and a directory", async () => {
    const stageIn = await temporaryDirectory();
    await expect(readyFile(join(stageIn, "none.csv"), { stageIn })).rejects.toMatchObject({
      name: "NoInputFile",
    });
    await mkdir(join(stageIn, "folder"));
    await expect(readyFile(join(stageIn, "folder"), { stageIn })).rejects.toThrow(
      /is a directory; expected one file/,
    );
  });

  test("more than 2 GB, before anything is read", async () => {
    const path = await fileOf("");
    await truncate(path, 2 * 2 ** 30 + 1); // takes no room on the disk
    await expect(readyFile(path, { stageIn: await temporaryDirectory() })).rejects.toThrow(
      /cases\.csv has 2\.1 GB; expected at most 2 GB/,
    );
    expect(() => refuseLarge("cases.csv", 2 * 2 ** 30)).not.toThrow();
  });

  test("what unpacks to more than 200 times its size, while it unpacks, without leaving a copy", async () => {
    const stageIn = await temporaryDirectory();
    const bomb = await fileOf(gzipSync(Buffer.alloc(300 * 2 ** 20, "id,name\n"), { level: 9 }));
    await expect(readyFile(bomb, { stageIn })).rejects.toThrow(/unpacks to more than 200 times its size/);
    expect(await readdir(stageIn)).toEqual([]);
  });
});
