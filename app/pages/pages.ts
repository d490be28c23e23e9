import { caseRows, cases } from "./cases.ts";
import { casesOfCause, cause, daysOfCause } from "./cause.ts";
import { causes } from "./causes.ts";
import { decisions } from "./decisions.ts";
import { emergingCases, emergingGroup } from "./emerging.ts";
import { fixAround } from "./fix.ts";
import { ledger } from "./ledger.ts";
import { outcomes } from "./outcomes.ts";
import { overview } from "./overview.ts";
import { adherence, brokenCases, casesOfPlaybook, playbookEvidence } from "./playbook.ts";
import { review, summary } from "./quarter.ts";
import { reviews } from "./reviews.ts";
import { categoryQueue, sampleOrder } from "./sample.ts";
import { table } from "./table.ts";
import { trainingCauses } from "./training.ts";

/**
 * All that reads every case, by name: what pages and downloads show of the columns. Each is a function of a snapshot and
 * of what the request asks for, and is computed on a thread of its own: plain data go in and out, and it asks nobody else.
 */
export const pages = {
  adherence,
  brokenCases,
  caseRows,
  cases,
  casesOfCause,
  casesOfPlaybook,
  categoryQueue,
  cause,
  causes,
  daysOfCause,
  decisions,
  emergingCases,
  emergingGroup,
  fixAround,
  ledger,
  outcomes,
  overview,
  playbookEvidence,
  review,
  reviews,
  sampleOrder,
  summary,
  table,
  tableOfBursts: table,
  trainingCauses,
};

export type Pages = typeof pages;

/** They search for bursts, which takes seconds where there are millions of cases. */
export const longPages: ReadonlySet<keyof Pages> = new Set(["review", "summary", "tableOfBursts"]);

/** Many open them alike: through no filter, or through the one of a link that was sent around. */
export const repeatedPages: ReadonlySet<keyof Pages> = new Set(["overview", "outcomes"]);
