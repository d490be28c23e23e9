import { group } from "d3-array";
import type { HurtCustomer } from "#app/tables/customers-table.ts";
import { type CaseOfCustomer, listCasesOfCustomers, listToldCustomers } from "#db/queries/told-customers.ts";
import type { Database } from "#db/schema.ts";

export interface HurtCustomers {
  customers: HurtCustomer[];
  /** Cases that name no customer, or whose customer was erased: nobody can be told of them. */
  unnamedCases: number;
}

/**
 * The customers of a fix's cause, by their reference, each with their latest case.
 * @param caseIds all cases of the cause
 */
export async function listHurtCustomers(
  db: Database,
  { workspaceId, fixId }: { workspaceId: number; fixId: number },
  caseIds: readonly string[],
): Promise<HurtCustomers> {
  const cases = await listCasesOfCustomers(db, workspaceId, caseIds);
  const marks = new Map(
    (await listToldCustomers(db, workspaceId, fixId)).map((mark) => [mark.customer_ref, mark]),
  );
  const customers = [...group(cases, (one) => one.customer_ref)].map(([customer, own]): HurtCustomer => {
    const [latest] = own as [CaseOfCustomer, ...CaseOfCustomer[]]; // a group has a case; the latest comes first
    const mark = marks.get(customer);
    const hasParted = own.some(({ outcome }) => outcome === "parted");
    return {
      customer,
      state: mark?.state ?? (hasParted ? "parted" : "to_tell"),
      cases: own.length,
      caseId: latest.case_id,
      sourceCaseId: latest.source_case_id,
      day: latest.incidence_day,
      outcome: latest.outcome,
      reason: mark?.reason ?? null,
      actor: mark?.actor ?? null,
    };
  });
  return { customers, unnamedCases: caseIds.length - cases.length };
}
