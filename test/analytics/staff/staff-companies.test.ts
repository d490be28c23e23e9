import { expect, it } from "vitest";
import { answersInCompanies } from "#test/calibration/staff-companies.ts";

// docs/calibration.md has 500 companies
it("in reseeded companies the agent, the unit and the process in disguise are told for what they are", () => {
  const answers = new Map(answersInCompanies(5, 7).map((row) => [row.cause, row]));
  expect(answers.get("warranty-misadvice")?.wanted).toBeGreaterThanOrEqual(0.8);
  expect(answers.get("chat-overpromises")?.wanted).toBeGreaterThanOrEqual(0.6);
  expect(answers.get("handover-loses-callback")?.warned).toBeGreaterThanOrEqual(0.6);
  expect(answers.get("crew-skips-assembly")?.wanted).toBe(1);
}, 60_000);
