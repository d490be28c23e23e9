import { describe, expect, it } from "vitest";
import { emptyCase, type TimeField } from "#analytics/case.ts";
import { caseTimeline } from "#app/retrospectives/case-timeline.ts";
import { caseTimelineLines, causeTimelineLines } from "#app/retrospectives/timeline-lines.ts";

const berlin = "Europe/Berlin";

function linesOf(times: Partial<Record<TimeField, string>>, timeZone = berlin) {
  const record = { ...emptyCase("test", "1"), ...times };
  return caseTimelineLines(caseTimeline(record, timeZone), timeZone).map(
    ({ when, what }) => `${when}: ${what}`,
  );
}

describe("the timeline of a case", () => {
  it("has its known times in the order in which they came, in the workspace's time zone", () => {
    expect(
      linesOf({
        resolved_at: "2026-07-02T08:00:00Z",
        received_at: "2026-07-01T08:00:00Z",
        first_response_at: "2026-07-01T10:15:00Z",
      }),
    ).toEqual([
      "1 Jul 2026, 10:00 UTC+2: The customer wrote",
      "1 Jul 2026, 12:15 UTC+2: First answer (2 h 15 min later)",
      "2 Jul 2026, 10:00 UTC+2: It was resolved (21 h 45 min later)",
    ]);
  });

  it("counts the hour that comes twice in autumn", () => {
    expect(linesOf({ received_at: "2026-10-25T00:30:00Z", acknowledged_at: "2026-10-25T01:30:00Z" })).toEqual(
      [
        "25 Oct 2026, 02:30 UTC+2: The customer wrote",
        "25 Oct 2026, 02:30 UTC+1: It was acknowledged (1 h later)",
      ],
    );
  });

  it("does not count the hour that is skipped in spring", () => {
    expect(linesOf({ received_at: "2026-03-29T00:30:00Z", acknowledged_at: "2026-03-29T01:30:00Z" })).toEqual(
      [
        "29 Mar 2026, 01:30 UTC+1: The customer wrote",
        "29 Mar 2026, 03:30 UTC+2: It was acknowledged (1 h later)",
      ],
    );
  });

  it("puts a day without a time before the instants of that local day, and measures nothing from it", () => {
    expect(
      linesOf({
        occurred_at: "2026-03-29",
        received_at: "2026-03-28T23:30:00Z", // half past midnight of the 29th there
        promised_at: "2026-03-28T22:30:00Z", // and this is the evening before
      }),
    ).toEqual([
      "28 Mar 2026, 23:30 UTC+1: It was promised for this time",
      "29 Mar 2026, time unknown: It happened",
      "29 Mar 2026, 00:30 UTC+1: The customer wrote",
    ]);
  });

  it("puts the day first also where an instant is its very beginning", () => {
    expect(linesOf({ occurred_at: "2026-07-01T22:00:00Z", received_at: "2026-07-02" })).toEqual([
      "2 Jul 2026, time unknown: The customer wrote",
      "2 Jul 2026, 00:00 UTC+2: It happened",
    ]);
  });

  it("leaves unknown times out, and is empty where none is known", () => {
    expect(linesOf({})).toEqual([]);
  });

  it("keeps the record's order of times that are the same", () => {
    expect(linesOf({ closed_at: "2026-07-01T08:00:00Z", resolved_at: "2026-07-01T08:00:00Z" })).toEqual([
      "1 Jul 2026, 10:00 UTC+2: It was resolved",
      "1 Jul 2026, 10:00 UTC+2: It was closed (at once)",
    ]);
  });
});

describe("the timeline of a cause", () => {
  it("has its first and latest case, its fixes and its runs by day", () => {
    const lines = causeTimelineLines({
      first: { day: "2025-01-02", href: "/1" },
      latest: { day: "2026-03-01", href: "/2" },
      fixes: [{ title: "Ask", openedOn: "2025-06-01", implementedOn: "2025-07-01" }],
      events: [{ day: "2025-06-01", what: "A run found it", href: "/runs/1" }],
    });
    expect(lines.map(({ when, what }) => `${when}: ${what}`)).toEqual([
      "2 Jan 2025: First case",
      "1 Jun 2025: Second fix decided: Ask",
      "1 Jun 2025: A run found it",
      "1 Jul 2025: Second fix in place: Ask",
      "1 Mar 2026: Latest case so far",
    ]);
  });

  it("names a single case once", () => {
    const one = { day: "2025-01-02", href: "/1" };
    expect(causeTimelineLines({ first: one, latest: one, fixes: [], events: [] })).toHaveLength(1);
  });
});
