import { hash } from "node:crypto";
import { expect, test } from "vitest";
import { SeenCases } from "#db/imports/seen-cases.ts";
import { caseIdOf } from "#db/imports/store/case-id.ts";

test("remembers each case and its latest content, as a map of all of them would", () => {
  const seen = new SeenCases();
  const map = new Map<string, string>();
  for (let i = 0; i < 60_000; i++) {
    const id = caseIdOf(1, "desk", `C-${i % 5 === 4 ? i - 3 : i}`);
    const content = hash("sha256", String(i % 10 === 9 ? i : 7), "base64url");
    const before = map.get(id);
    expect(seen.put(id, content)).toEqual(before === undefined ? null : { sameContent: before === content });
    map.set(id, content);
  }
});
