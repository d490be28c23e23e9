import { z } from "zod";
import { categories, outcomes, remedyTypes, secondFixKinds, severities } from "#analytics/case.ts";
import { playbook, retrospective } from "./planted-learning.ts";
import json from "./planted-truth.json" with { type: "json" };

const weights = z.record(z.string(), z.number().positive());

/** Whose work the complaints of a cause are about; a cause without it names nobody. */
const concerned = z.discriminatedUnion("kind", [
  /** One agent stands out: `factor` times the share that falls to her by the work she does. */
  z.strictObject({ kind: z.literal("agent"), agent: z.string(), factor: z.number() }),
  /** A whole team, all its agents alike; `share` of the cases lie in it, the rest in the other teams. */
  z.strictObject({ kind: z.literal("unit"), team: z.string(), share: z.number() }),
  /** Everybody, in proportion to the cases handled: what a process does to all. */
  z.strictObject({ kind: z.literal("spread") }),
]);

/** What every planted cause has. Weights are relative; `hardness` lowers the outcome score. */
const profile = z.strictObject({
  key: z.string(),
  name: z.string(),
  category: z.enum(categories),
  products: weights,
  contactReasons: weights,
  teams: weights.default({ Phone: 3, Email: 4, "Live Chat": 3, "Returns Desk": 2 }),
  channels: weights.default({ email: 4, phone: 4, chat: 3, "social media": 1, "review site": 1 }),
  steps: weights.default({ Packing: 1, Dispatch: 1, Advice: 1, Checkout: 1, "Self-service": 1 }),
  severities: z
    .partialRecord(z.enum(severities), z.number().positive())
    .default({ low: 3, medium: 5, high: 2, critical: 0.2 }),
  hardness: z.number().default(0),
  /** The category whose usual remedies are used, where that isn't its own: nobody can replace an app. */
  remediesOf: z.enum(categories).optional(),
  /** Mean number of transfers of a case. */
  transfers: z.number().default(0.3),
  /** A day or hour had been promised to the customer. */
  promises: z.boolean().default(false),
  occursBetweenHours: z.tuple([z.number(), z.number()]).optional(),
  concerned: concerned.optional(),
});

/** A cause with a steady weekly rate, before the effects of volume step, season, burst and fix. */
const recurringCause = profile.extend({
  weeklyRate: z.number().positive(),
  /** Factor of the rate by calendar month (1-12); a month that isn't named has 1. */
  season: z.record(z.string(), z.number().positive()).optional(),
  burst: z
    .strictObject({ startsWeeksBeforeEnd: z.number(), weeks: z.number(), factor: z.number() })
    .optional(),
  wantedTrainingAnswer: z.enum(["individual", "unit", "process", "cannot_tell"]).optional(),
});

/** A cause with a handful of cases in the whole of the data. */
const rareCause = profile.extend({ cases: z.int().min(2).max(6) });

/** What the company decided to do about a cause. */
const decidedFix = z.strictObject({
  causeKey: z.string(),
  kind: z.enum(secondFixKinds),
  title: z.string(),
  description: z.string(),
  owner: z.string(),
  openedWeeksBeforeEnd: z.number(),
  hopedCut: z.number(),
  /** Minor units of the company's currency. */
  cost: z.int(),
});

const fix = decidedFix.extend({
  implementedWeeksBeforeEnd: z.number(),
  /** What the fix really does: the rate after it, as a share of the rate before it. */
  trueRateRatio: z.number().positive(),
  wantedVerdict: z.enum(["effective", "not_effective", "harmful"]),
});

/** What is not in place yet. */
const plannedFix = decidedFix.extend({ dueWeeksBeforeEnd: z.number() });

/** What was decided of a cause instead of fixing it. */
const call = z.strictObject({
  causeKey: z.string(),
  call: z.enum(["watch", "accept"]),
  calledWeeksBeforeEnd: z.number(),
  /** Until when the risk is accepted. */
  reviewWeeksBeforeEnd: z.number().optional(),
  reason: z.string(),
  by: z.string(),
});

const truthSchema = z.strictObject({
  about: z.string(),
  company: z.strictObject({
    name: z.string(),
    timeZone: z.string(),
    fiscalYearStartMonth: z.int().min(1).max(12),
    currency: z.string().length(3),
  }),
  months: z.int(),
  volumeStep: z.strictObject({
    monthsBeforeEnd: z.int(),
    factor: z.number(),
    region: z.string(),
    reason: z.string(),
  }),
  oneOffWeeklyRate: z.number(),
  causes: z.array(recurringCause),
  rareCauses: z.array(rareCause),
  fixes: z.array(fix),
  plannedFixes: z.array(plannedFix),
  calls: z.array(call),
  playbooks: z.array(playbook),
  retrospectives: z.array(retrospective),
  outcomeModel: z.strictObject({
    about: z.string(),
    intercept: z.number(),
    cutSettled: z.number(),
    cutDisputed: z.number(),
    severity: z.record(z.enum(severities), z.number()),
    perHardness: z.number(),
    perDoublingOfDays: z.number(),
    perTransfer: z.number(),
    perPublicMessageBeyondThree: z.number(),
    resolutionNotCommunicated: z.number(),
    remedy: z.record(z.enum(remedyTypes), z.number()),
    apologyForStaffMistake: z.number(),
    perDoublingOfCompensationFromTen: z.number(),
  }),
  repeatContact: z.strictObject({
    about: z.string(),
    share: z.number(),
    withinDays: z.number(),
    weightByOutcome: z.record(z.enum(outcomes), z.number()),
    weightIfCorrectedOrReplaced: z.number(),
  }),
});

export type PlantedTruth = z.infer<typeof truthSchema>;
export type RecurringCause = z.infer<typeof recurringCause>;
/** What a case needs to know of its cause, be it recurring, rare or a one-off. */
export type CauseProfile = z.infer<typeof profile>;

/**
 * The truth behind the simulated company, read from `planted-truth.json`: the one source of the generator,
 * of its tests, and of whoever wants to know what the analysis ought to find.
 */
export const plantedTruth: PlantedTruth = truthSchema.parse(json);

/**
 * A one-off has no cause that could recur: everything about it is drawn from wide defaults, and its category says
 * only which remedies are usual.
 */
export const oneOff: CauseProfile = profile.parse({
  key: "one-off",
  name: "One-off",
  category: "process",
  products: {
    "Alder wardrobe": 1,
    "Birk desk": 1,
    "Alder shelf": 1,
    "Nova kettle": 1,
    "Tern frying pan": 1,
    "Tern saucepan": 1,
    "Cloud mattress topper": 1,
    "Sola desk lamp": 1,
    "Glass carafe set": 1,
    "Stoneware plates": 1,
    "Moss rug": 1,
    "Refill Box": 1,
    "Gift voucher": 1,
  },
  contactReasons: {
    "Something else": 5,
    "Service I received": 1,
    "Website or app": 1,
    "Order not received": 1,
    "Item damaged or faulty": 1,
    "Delivery appointment": 1,
    "Account and address": 1,
  },
});
