import { describe, expect, it } from "vitest";
import { parseDay } from "#analytics/period.ts";
import { durationText } from "#app/format-duration.ts";
import { importedText } from "#app/retrospectives/imported-text.ts";
import { agentsNamed } from "#app/retrospectives/named-agents.ts";
import { isYearAgo } from "#app/retrospectives/year-ago.ts";
import { auditActionText, auditFieldText, auditValueText } from "#app/sentences/audit-sentences.ts";

describe("a year ago", () => {
  const today = parseDay("2026-11-22") ?? 0;
  it.each([
    ["2025-10-21T21:59:59Z", false],
    ["2025-10-21T22:00:00Z", true], // midnight of the 22nd in Berlin
    ["2025-11-22T12:00:00Z", true],
    ["2025-12-22T22:59:59Z", true],
    ["2025-12-22T23:00:00Z", false],
    ["2026-11-01T12:00:00Z", false],
  ])("is eleven to thirteen months by local days: %s", (instant, is) => {
    expect(isYearAgo(instant, today, "Europe/Berlin")).toBe(is);
  });
});

describe("agents that a text names", () => {
  it("are whole references, whatever their capitals", () => {
    const agents = ["agent-7", "ann", "7", "a.b+c"];
    expect(agentsNamed("Asked AGENT-7 and A.B+C.", agents)).toEqual(["agent-7", "a.b+c"]);
    expect(agentsNamed("The agent-71, Joann, Anna and annä: 7 of them", agents)).toEqual([]);
  });
});

describe("the words of an audit event", () => {
  it("say what was done, also of an action that has none of its own", () => {
    expect(auditActionText("retrospective.publish")).toBe("Published it");
    expect(auditActionText("playbook.add_version")).toBe("Added a version to the playbook");
    expect(auditActionText("second_fix.mark_implemented")).toBe("Second fix: mark implemented");
  });

  it("name fields and values as people do", () => {
    expect(auditFieldText("escape_cause")).toBe("Why it was not caught");
    expect(auditFieldText("due_on")).toBe("Due");
    expect([null, "", [], true, 1234, ["a", "b"]].map((value) => auditValueText(value, "UTC"))).toEqual([
      "nothing",
      "nothing",
      "nothing",
      "yes",
      "1234",
      "a and b",
    ]);
    expect(auditValueText("2026-03-01T09:00:00.000Z, Ada", "UTC")).toBe("1 Mar 2026, 09:00 UTC, Ada");
  });
});

describe("a length of time", () => {
  it("is said in its two largest units", () => {
    expect([0, 5, 60, 135, 1440, 4500].map(durationText)).toEqual([
      "0 min",
      "5 min",
      "1 h",
      "2 h 15 min",
      "1 day",
      "3 days 3 h",
    ]);
  });
});

describe("what an imported file says of itself", () => {
  it("is told as the file's word, also where it is no time", () => {
    expect(
      importedText({ state: "published", published: "2026-03-01T09:00:00Z", published_by: "Ada" }, "UTC"),
    ).toBe(
      "Imported from a file, which says of where it came from: its state was “published”; published 1 Mar 2026, 09:00 UTC by Ada.",
    );
    expect(importedText({ written: "in spring" }, "UTC")).toContain("written in spring");
    expect(importedText({}, "UTC")).toBe("Imported from a file.");
  });
});
