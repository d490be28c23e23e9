import { describe, expect, it } from "vitest";
import { type FixState, fixAlert, fixStage, isVerified } from "#analytics/second-fix/fix-stage.ts";

const inPlace: FixState = {
  state: "implemented",
  dueOn: 90,
  implementedTo: 100,
  washInDays: 14,
  checkOn: 150,
  windowEnd: 200,
  verdict: null,
};
const planned: FixState = { ...inPlace, state: "planned", implementedTo: null };

describe("how far a second fix is", () => {
  it("is what people say of it until it is in place", () => {
    expect(fixStage(planned, 999)).toBe("planned");
    expect(fixStage({ ...planned, state: "draft" }, 0)).toBe("draft");
    expect(fixStage({ ...planned, state: "dropped" }, 0)).toBe("dropped");
  });

  it("follows from the day while it is washed in and observed", () => {
    expect([100, 113, 114, 500].map((today) => fixStage(inPlace, today))).toEqual([
      "implemented",
      "implemented",
      "under_observation",
      "under_observation",
    ]);
  });

  it("is closed by any verdict, and reopened when the cause comes back", () => {
    for (const verdict of [
      "effective",
      "partially_effective",
      "not_effective",
      "harmful",
      "inconclusive",
    ] as const)
      expect(fixStage({ ...inPlace, verdict }, 300)).toBe("closed");
    expect(fixStage({ ...inPlace, verdict: "regressed" }, 300)).toBe("reopened");
  });
});

describe("what of a second fix wants attention", () => {
  it("is that it is late, from the day after it was due", () => {
    expect([90, 91].map((today) => fixAlert(planned, today))).toEqual([null, "overdue"]);
    expect(fixAlert({ ...planned, dueOn: null }, 999)).toBeNull();
    expect(fixAlert({ ...planned, state: "dropped" }, 999)).toBeNull();
  });

  it("is that a look is due", () => {
    expect([149, 150, 199, 200].map((today) => fixAlert(inPlace, today))).toEqual([
      null,
      "check_due",
      "check_due",
      "verdict_overdue",
    ]);
  });

  it("is a failure or a return, and no success", () => {
    const alertOf = (verdict: FixState["verdict"]) => fixAlert({ ...inPlace, verdict }, 300);
    expect((["harmful", "not_effective"] as const).map(alertOf)).toEqual(["not_working", "not_working"]);
    expect(alertOf("regressed")).toBe("returned");
    expect((["effective", "partially_effective", "inconclusive"] as const).map(alertOf)).toEqual([
      null,
      null,
      null,
    ]);
  });
});

it("a fix counts as fixed twice where it worked and holds", () => {
  const verdicts = [
    "effective",
    "partially_effective",
    "not_effective",
    "harmful",
    "inconclusive",
    "regressed",
    null,
  ] as const;
  expect(verdicts.map((verdict) => isVerified({ verdict }))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
