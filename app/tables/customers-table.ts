import type { TableData } from "./table.ts";

/** Where a customer of the cause stands. Who has parted is left out by itself. */
export const customerStates = ["to_tell", "told", "left_out", "parted"] as const;
export type CustomerState = (typeof customerStates)[number];

/** Somebody who was hurt by the cause of a fix. */
export interface HurtCustomer {
  customer: string;
  state: CustomerState;
  /** Their cases of the cause, all that is loaded. */
  cases: number;
  /** The latest of them. */
  caseId: string;
  sourceCaseId: string;
  /** `YYYY-MM-DD`. */
  day: string;
  outcome: string | null;
  /** Why they are left out, and who said so or told them; `null`: nobody has said anything. */
  reason: string | null;
  actor: string | null;
}

export const stateWords: Readonly<Record<CustomerState, string>> = {
  to_tell: "to tell",
  told: "told",
  left_out: "left out",
  parted: "parted: left out",
};

/** How many customers there are in each state, and the share told of those who are to be told. */
export function countStates(customers: readonly HurtCustomer[]): Record<CustomerState, number> {
  const counts = { to_tell: 0, told: 0, left_out: 0, parted: 0 };
  for (const { state } of customers) counts[state]++;
  return counts;
}

/** The rows of the list, of the page and of its CSV. */
export function customersTable(
  customers: readonly HurtCustomer[],
  { base, csvHref }: { base: string; csvHref: string },
): TableData {
  return {
    name: "customers-to-tell",
    caption: "Customers of the cause",
    csvHref,
    columns: [
      { key: "customer", label: "Customer", kind: "text" },
      { key: "state", label: "State", kind: "text" },
      { key: "cases", label: "Cases of this cause", kind: "count" },
      { key: "source_case_id", label: "Latest case", kind: "text" },
      { key: "day", label: "It happened", kind: "date" },
      { key: "outcome", label: "Outcome", kind: "text" },
      { key: "reason", label: "Reason", kind: "text" },
      { key: "by", label: "By", kind: "text" },
    ],
    rows: customers.map((one) => ({
      href: `${base}/cases/${one.caseId}`,
      cells: {
        customer: one.customer,
        state: stateWords[one.state],
        cases: one.cases,
        source_case_id: one.sourceCaseId,
        day: one.day,
        outcome: one.outcome,
        reason: one.reason,
        by: one.actor,
      },
    })),
  };
}
