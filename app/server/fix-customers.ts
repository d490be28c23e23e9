import type { RouterContextProvider } from "react-router";
import { customerStates, type HurtCustomer } from "#app/tables/customers-table.ts";
import type { Workspace } from "#app/tables/view.ts";
import { findSecondFix, type SecondFix } from "#db/queries/second-fixes.ts";
import { badRequest, notFound } from "./http-errors.ts";
import { type HurtCustomers, listHurtCustomers } from "./hurt-customers.ts";
import { requestSnapshot, wholeNumber } from "./request-view.ts";
import type { Services } from "./services.ts";

interface FixArgs {
  request: Request;
  params: { workspace: string; fixId: string };
  context: Readonly<RouterContextProvider>;
}

export interface RequestedCustomers {
  services: Services;
  workspace: Workspace;
  /** Address of the workspace. */
  base: string;
  fix: SecondFix;
  hurt: HurtCustomers;
  /** Those that the address asks for. */
  listed: HurtCustomer[];
  search: URLSearchParams;
}

/** The customers of a fix's cause, through what the address asks for: `state`, and `q` within their reference. */
export async function requestCustomers(args: FixArgs): Promise<RequestedCustomers> {
  const { services, snapshot, page } = await requestSnapshot(args);
  const { workspace } = snapshot;
  const fixId = wholeNumber(args.params.fixId, "second fix");
  const { db } = services.database;
  const fix = await findSecondFix(db, workspace.id, fixId);
  if (fix === undefined)
    throw notFound(
      `There is no second fix ${fixId} in this workspace. The list of second fixes leads to each.`,
    );
  const { ids } = await page("casesOfCause", { causeId: fix.root_cause_id, having: null });
  const hurt = await listHurtCustomers(db, { workspaceId: workspace.id, fixId }, ids);
  const { searchParams: search } = new URL(args.request.url);
  const state = search.get("state") ?? "";
  if (state !== "" && !customerStates.some((known) => known === state))
    throw badRequest(`The state “${state}” is not known. Expected one of ${customerStates.join(", ")}.`);
  const typed = (search.get("q") ?? "").toLowerCase();
  return {
    services,
    workspace,
    base: `/w/${encodeURIComponent(workspace.name)}`,
    fix,
    hurt,
    listed: hurt.customers.filter(
      (one) => (state === "" || one.state === state) && one.customer.toLowerCase().includes(typed),
    ),
    search,
  };
}
