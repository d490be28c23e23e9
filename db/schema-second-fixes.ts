import type { Generated } from "kysely";
import type { Call, SecondFixKind } from "#analytics/case.ts";
import type { Regression } from "#analytics/second-fix/find-regression.ts";
import type { RecordedJudgement } from "#analytics/second-fix/recorded-judgement.ts";
import type { VerdictOfChange } from "#analytics/second-fix/verdict-of-change.ts";
import type { CauseRecommendation } from "#analytics/staff/cause-recommendation.ts";
import type { Json } from "./schema.ts";

// The tables of what is decided of a cause, and of what became of it. Days are local, `YYYY-MM-DD`.

/** The latest call of a cause holds. */
export interface CauseCalls {
  workspace_id: number;
  call_id: number;
  cause_id: number;
  call: Call;
  called_on: string;
  /** Until when the risk is accepted; `null` of the other calls. */
  review_on: string | null;
  reason: string;
  actor: string;
  made_at: Generated<string>;
}

/** Whom the training for a cause is for. The latest decision of a cause holds. */
export interface TrainingDecisions {
  workspace_id: number;
  decision_id: number;
  cause_id: number;
  answer: "individual" | "unit" | "neither";
  /** What was recommended then; `null`: nothing, since no case named whose work it was about. */
  recommended: CauseRecommendation["answer"];
  /** The recommendation with the counts it follows from. Names of agents are in it: it never leaves the server. */
  evidence: Json<TrainingEvidence>;
  reason: string;
  actor: string;
  decided_on: string;
  made_at: Generated<string>;
}

/** Half-open days, and what was counted in them. */
export interface TrainingEvidence {
  from: string;
  to: string;
  found: CauseRecommendation;
}

export interface SecondFixes {
  workspace_id: number;
  fix_id: number;
  cause_id: number;
  kind: SecondFixKind;
  title: string;
  /** What changes. */
  description: string;
  owner: string | null;
  /** What people have said of it; how far it is follows from its dates and verdicts (`fixStage`). */
  state: "draft" | "planned" | "implemented" | "dropped";
  /** The day of the call to fix the cause. */
  opened_on: string;
  due_on: string | null;
  /** First and last day on which it was put in place; often the same. `null` until it is. */
  implemented_on: string | null;
  implemented_to: string | null;
  cost_minor: number | null;
  cost_currency: string | null;
  ticket_url: string | null;
  dropped_because: string | null;
}

/** How a second fix will be judged. Immutable once it is implemented. */
export interface EffectivenessChecks {
  workspace_id: number;
  fix_id: number;
  metric: "cases_per_week" | "cases_per_exposure";
  /** The weeks that the statistics proposed to compare with, as of the day it was implemented; half-open. */
  baseline_from: string | null;
  baseline_to: string | null;
  wash_in_days: Generated<number>;
  /** The share of cases that it is meant to take away, 0..1. */
  target_cut: Generated<number>;
  check_on: string;
  /** Half-open. */
  window_end: string;
  /** The exposure series of `cases_per_exposure`. */
  exposure_id: number | null;
  /** The product or team whose exposure it is; empty of a series that is of all. */
  exposure_scope: string | null;
  /** Up to which day of the data the statistics last looked at the fix, whatever they saw; `null`: not yet, or its cause is another since. */
  looked_to: string | null;
}

/** Every verdict there was; one that no longer stands is revoked. */
export interface FixVerdicts {
  workspace_id: number;
  verdict_id: number;
  fix_id: number;
  verdict: VerdictOfChange | "regressed";
  /** `watch`: a verified fix whose cause came back. `person`: what somebody says instead, with a reason. */
  look: "check" | "window_end" | "watch" | "person";
  /** The day of the look, or of the person's word. */
  judged_on: string;
  /** What it rests on: of a look a `RecordedJudgement`, of the watch a `Regression`, of a person nothing. */
  judgement: Json<RecordedJudgement | Regression | Record<string, never>>;
  method_id: string | null;
  /** The run whose frozen assigner counted both windows. */
  run_id: number | null;
  actor: string | null;
  reason: string | null;
  made_at: Generated<string>;
  revoked_at: string | null;
  revoked_because: string | null;
}

/** What was done about a customer who was hurt by the cause of a fix. */
export interface ToldCustomers {
  workspace_id: number;
  fix_id: number;
  customer_ref: string;
  state: "told" | "left_out";
  reason: string | null;
  actor: string;
  made_at: Generated<string>;
}
