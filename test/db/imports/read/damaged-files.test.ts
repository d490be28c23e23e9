import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { cfpbHeader, hasSharedData, nastyFile } from "#test/app/imports/sources.ts";
import { read } from "./source-files.ts";

const bytesOf = (name: string) => readFile(nastyFile(name));
const problemsOf = (rows: Awaited<ReturnType<typeof read>>["rows"]) =>
  rows.filter(({ problem }) => problem !== undefined);

describe.skipIf(!hasSharedData)(
  "real damaged files, without a word about their columns (needs ../shared/data)",
  () => {
    test("01: a banner of two lines stands above 6,623 rows, packed or in UTF-16 too", async () => {
      const bytes = await bytesOf("01-cfpb-unzip-banner-before-header.csv");
      const utf16 = Buffer.from(`\ufeff${bytes.toString()}`, "utf16le");
      for (const variant of [bytes, gzipSync(bytes), utf16]) {
        const { layout, skippedLines, rows } = await read(variant);
        expect(layout).toMatchObject({ delimiter: ",", columns: cfpbHeader, line: 3 + 1 });
        expect(skippedLines).toHaveLength(2);
        expect(rows).toHaveLength(6_623);
        expect(rows.every(({ cells }) => cells.length === cfpbHeader.length)).toBe(true);
      }
    });

    test("02: CRLF between rows and LF inside cells", async () => {
      const { layout, rows } = await read(await bytesOf("02-cfpb-excel-resaved-mixed-eol-yyyy-m-d.csv"));
      expect(layout.columns).toEqual(cfpbHeader);
      expect(rows).toHaveLength(6_623);
      expect(problemsOf(rows)).toEqual([]);
    });

    test("03: a file cut inside a quoted cell keeps its whole rows and has one problem, its last line", async () => {
      const bytes = await bytesOf("03-cfpb-truncated-at-1MiB-unclosed-quote.csv");
      const lines = bytes.toString().split("\n");
      const { rows } = await read(bytes);
      expect(rows).toHaveLength(1_756);
      expect(problemsOf(rows)).toMatchObject([{ line: lines.length, cells: [lines.at(-1)] }]);
    });

    test("04: padded names are trimmed and the blank one gets a name", async () => {
      const { layout, rows } = await read(
        await bytesOf("04-nhs-header-with-leading-trailing-spaces-and-blank-first-col.csv"),
      );
      expect(layout.columns).toContain("FFT categorical answer");
      expect(layout.columns).toContain("Person identifiable info?");
      expect(layout.columns.every((name) => name === name.trim() && name !== "")).toBe(true);
      expect(problemsOf(rows)).toEqual([]);
    });

    test("05: bare CR ends the lines", async () => {
      const { layout, rows } = await read(await bytesOf("05-nyc311-cr-only-line-endings.csv"));
      expect(layout.columns.slice(0, 2)).toEqual(["Unique Key", "Agency"]);
      expect(rows.at(-1)?.line).toBe(2_387);
      expect(rows.every(({ cells }) => cells.length === layout.columns.length)).toBe(true);
    });

    test("08: a mark, CRLF, columns of one name, a row wider than the header", async () => {
      const { layout, rows } = await read(await bytesOf("08-jira-bom-crlf-dup-headers-wide-row.csv"));
      expect(layout.columns[0]).toBe("Summary");
      expect(layout.columns).toContain("Labels 2");
      expect(rows.filter(({ cells }) => cells.length > layout.columns.length)).toHaveLength(1);
      expect(problemsOf(rows)).toEqual([]);
    });
  },
);
