import { z } from "zod";
import { remedyTypes } from "#analytics/case.ts";

/** One version of how the cases of a cause are to be handled; the versions of a cause stand in the order of their days. */
export const playbook = z.strictObject({
  causeKey: z.string(),
  by: z.string(),
  writtenWeeksBeforeEnd: z.number(),
  inForceWeeksBeforeEnd: z.number(),
  helpers: z.array(z.string()),
  highestLevel: z.int(),
  offers: z.array(z.enum(remedyTypes)),
  /** Minor units of the company's currency. */
  ceilingMinor: z.int(),
  notes: z.string(),
  reason: z.string().nullable(),
});

const done = z.strictObject({ weeksBeforeEnd: z.number(), by: z.string() });

/** What people of the company learned, with the second fixes of its cause that had been decided by then. */
export const retrospective = z.strictObject({
  /** Of the cause, or of one case of it. */
  of: z.enum(["cause", "case"]),
  causeKey: z.string(),
  written: done,
  reviewed: done.optional(),
  published: done.optional(),
  title: z.string(),
  texts: z.strictObject({
    trigger: z.string(),
    cause: z.string(),
    escape_cause: z.string(),
    went_well: z.string(),
    surprises: z.string(),
    lessons: z.string(),
  }),
  factors: z.array(z.string()),
  whys: z.array(z.string()),
  actions: z.array(z.string()),
});
