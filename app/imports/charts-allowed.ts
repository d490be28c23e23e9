/**
 * Which charts the cases of a load can carry, by how many of its accepted rows tell what each needs.
 */

export interface ChartAllowed {
  chart: string;
  /** The fields that it rests on, in words. */
  needs: string;
  /**
   * Rows that carry them: of alternatives those of the best one, of several fields those of the rarest, since a
   * coverage counts each field alone.
   */
  rows: number;
  /** Part of the accepted rows, 0 to 1; `null` where none was accepted. */
  share: number | null;
  /** `in_part`: under half of the rows tell enough. */
  verdict: "possible" | "in_part" | "not_possible";
}

interface ChartNeeds {
  chart: string;
  needs: string;
  /** Every group must be told, each by any one of its fields. */
  fields: readonly (readonly string[])[];
}

/** Under this share of the rows a chart says more about who filled in the field than about the cases. */
const enoughShare = 0.5;

const charts: readonly ChartNeeds[] = [
  {
    chart: "Cases by month",
    needs: "the day it happened, was received or was resolved",
    fields: [["occurred_at", "received_at", "resolved_at"]],
  },
  {
    chart: "Causes found in the texts",
    needs: "a narrative, a title or a contact reason",
    fields: [["narrative", "title", "contact_reason"]],
  },
  { chart: "Outcomes", needs: "the outcome", fields: [["outcome"]] },
  {
    chart: "Outcome by remedy",
    needs: "the outcome and what was done (remedy types)",
    fields: [["outcome"], ["remedy_types"]],
  },
  {
    chart: "Times to resolve",
    needs: "when it was received or happened, and when it was resolved",
    fields: [["received_at", "occurred_at"], ["resolved_at"]],
  },
  {
    chart: "Open cases and their age",
    needs: "when it was received or happened",
    fields: [["received_at", "occurred_at"]],
  },
  { chart: "Repeat contacts of a customer", needs: "a customer’s reference", fields: [["customer_ref"]] },
  {
    chart: "Compensation",
    needs: "the amount and its currency",
    fields: [["compensation_minor"], ["compensation_currency"]],
  },
  {
    chart: "Unit training or a talk with one person",
    needs: "whom the case is about (concerned agent), and the team",
    fields: [["concerned_agent_ref"], ["team"]],
  },
];

/** @param coverage field -> accepted rows that carry it; a field that is not in it is carried by none */
export function chartsAllowed(coverage: Readonly<Record<string, number>>, accepted: number): ChartAllowed[] {
  return charts.map(({ chart, needs, fields }) => {
    const rows = Math.min(...fields.map((anyOf) => Math.max(...anyOf.map((field) => coverage[field] ?? 0))));
    const share = accepted === 0 ? null : rows / accepted;
    return { chart, needs, rows, share, verdict: verdictOf(share) };
  });
}

function verdictOf(share: number | null): ChartAllowed["verdict"] {
  if (share === null || share === 0) return "not_possible";
  return share < enoughShare ? "in_part" : "possible";
}
