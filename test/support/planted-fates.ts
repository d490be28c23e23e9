import { type AssignedCase, assignCases } from "#analytics/causes/assign-cases.ts";
import { parseAssigner } from "#analytics/causes/assigner-bytes.ts";
import { type Clustering, clusterCases } from "#analytics/causes/cluster-cases.ts";
import { assembleFacts } from "#analytics/facts/assemble-facts.ts";
import { CaseColumnsBuilder } from "#analytics/facts/case-columns.ts";
import type { Facts } from "#analytics/facts/facts.ts";
import { type CauseMovement, causeMovements } from "#analytics/metrics/cause-movements.ts";
import { parseQuarter } from "#analytics/period.ts";
import { periodBursts } from "#analytics/repeats/period-bursts.ts";
import { type Simulation, simulateCompany } from "#app/demo/simulate-company.ts";
import { blankRow, sketchNames } from "./facts.ts";
import { daysOfCases, judgedFixes } from "./judged-fixes.ts";
import { answerOf, trainingOf } from "./training-answer.ts";
import { wordVectors } from "./word-vectors.ts";

/** What became of a planted cause, and what the analysis says of it. */
export interface Fate {
  cause: string;
  wanted: string;
  found: string;
}

/**
 * The fates of the thirteen causes of the simulated company that have one, told by the causes that the engine found, from the
 * texts and fields alone: six second fixes, judged by the frozen assigner out of sample; a burst; a season; and five questions of
 * training. A planted cause is looked for in the cluster that has most of its cases. All is by the functions of `analytics`.
 */
export function plantedFates(seed: number): Fate[] {
  const company = simulateCompany({ asOf: "2026-11-22", seed });
  const { run, assigned } = foundCauses(company);
  const clusterOf = (caseId: string) => run.assignments.get(caseId)?.cluster ?? -1;
  const clusterOfCause = mainClusters(company, clusterOf);
  const facts = factsOfCases(company, run);
  return [
    ...fixFates(company, assigned, clusterOfCause),
    {
      cause: "topper-smell-batch",
      wanted: "burst",
      found: burstOf(facts, clusterOfCause.get("topper-smell-batch")),
    },
    {
      cause: "peak-season-late",
      wanted: "rose, fell",
      found: seasonOf(facts, clusterOfCause.get("peak-season-late")),
    },
    ...trainingFates(company, clusterOf, clusterOfCause),
  ];
}

function foundCauses({ cases }: Simulation): { run: Clustering; assigned: AssignedCase[] } {
  const texts = cases.map((record) => ({
    caseId: record.source_case_id,
    text: [record.title, record.narrative].filter((part) => part !== null).join("\n") || null,
    contactReason: record.contact_reason,
    fields: { product: record.product, channel: record.channel },
  }));
  const run = clusterCases(texts, { wordVectors, seed: 1, freezeAssigner: true });
  const assigner = parseAssigner(run.assigner ?? new Uint8Array());
  if (assigner === null) throw new Error("The run handed out an assigner of another version.");
  return { run, assigned: assignCases(assigner, texts, { wordVectors, outOfSample: true }) };
}

/** By planted cause: the cluster with most of its cases. */
function mainClusters({ truth, causeOf }: Simulation, clusterOf: (caseId: string) => number) {
  return new Map(
    truth.causes.map(({ key }) => {
      const counts = new Map<number, number>();
      for (const [caseId, cause] of causeOf) {
        const cluster = clusterOf(caseId);
        if (cause === key && cluster >= 0) counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
      }
      const [first = -1] = [...counts.keys()].toSorted((a, b) => counts.get(b)! - counts.get(a)!);
      return [key, first];
    }),
  );
}

function fixFates(
  company: Simulation,
  assigned: readonly AssignedCase[],
  clusterOfCause: ReadonlyMap<string, number>,
): Fate[] {
  const causes = new Map(
    assigned.map(({ caseId, cluster, nearest, unassignedBecause }) => [
      caseId,
      {
        cause: cluster < 0 ? null : `${cluster}`,
        emergingNear:
          unassignedBecause === "few_alike"
            ? `${nearest.find((voter) => voter.cluster >= 0)?.cluster ?? ""}`
            : null,
      },
    ]),
  );
  const nameOf = (key: string) => `${clusterOfCause.get(key) ?? -1}`;
  const all = new Set(assigned.flatMap(({ cluster }) => (cluster < 0 ? [] : [`${cluster}`])));
  const judged = judgedFixes(company, { causes, nameOf, all: [...all] });
  return company.truth.fixes.map(({ causeKey, wantedVerdict }) => {
    const judgement = judged.get(causeKey)!; // each fix of the company is judged
    return {
      cause: causeKey,
      wanted: wantedVerdict,
      found: [judgement.verdict, ...judgement.reasons].join(" "),
    };
  });
}

/** The columns that screens read: of each case its day, its customer and the cause of the run, whose id is its cluster plus 1. */
function factsOfCases(company: Simulation, run: Clustering): Facts {
  const causes = run.clusters.map(({ label, stability }, cluster) => ({
    causeId: cluster + 1,
    name: label,
    category: null,
    stability,
  }));
  const days = daysOfCases(company);
  const records = company.cases.toSorted(
    (a, b) => days.get(a.source_case_id)! - days.get(b.source_case_id)!, // each case has its day
  );
  const builder = new CaseColumnsBuilder(records.length);
  records.forEach((record, index) => {
    const cluster = run.assignments.get(record.source_case_id)?.cluster ?? -1;
    const incidenceDay = days.get(record.source_case_id)!;
    builder.add({
      ...blankRow,
      caseId: `00000000-0000-5000-8000-${String(index).padStart(12, "0")}`,
      incidenceDay,
      outcomeDay: incidenceDay,
      causeId: cluster < 0 ? null : cluster + 1,
      causeBasis: cluster < 0 ? null : "text",
      customerRef: record.customer_ref,
    });
  });
  return assembleFacts([builder.finish()], sketchNames, causes);
}

/** Of the quarter that follows the first days of the batch. */
function burstOf(facts: Facts, cluster = -1): string {
  return saidOf(facts, "2026-Q3", cluster)?.burst ? "burst" : "no burst";
}

/** What the page says of the last quarter of 2025, and of the one after it. */
function seasonOf(facts: Facts, cluster = -1): string {
  const movementIn = (quarter: string) => saidOf(facts, quarter, cluster)?.movement ?? "no change";
  return `${movementIn("2025-Q4")}, ${movementIn("2026-Q1")}`;
}

/** What the page of a quarter has of a cause, bursts and movements in one family. */
function saidOf(facts: Facts, quarter: string, cluster: number): CauseMovement | undefined {
  const period = parseQuarter(quarter, 1)!;
  const found = periodBursts(facts, period, []) ?? [];
  return causeMovements(facts, period, 3, [], found).find(({ cause }) => cause.causeId === cluster + 1);
}

function trainingFates(
  company: Simulation,
  clusterOf: (caseId: string) => number,
  clusterOfCause: ReadonlyMap<string, number>,
): Fate[] {
  const ask = trainingOf(company);
  const wantedOf = {
    "warranty-misadvice": "individual AG-103",
    "chat-overpromises": "unit Live Chat",
    "crew-skips-assembly": "no recommendation",
    "security-questions-muddled": "cannot_tell, like a process",
    "handover-loses-callback": "cannot_tell, like a process",
  };
  return Object.entries(wantedOf).map(([cause, wanted]) => ({
    cause: `${cause}, whom to train`,
    wanted,
    found: answerOf(ask((caseId) => clusterOf(caseId) === clusterOfCause.get(cause))),
  }));
}
