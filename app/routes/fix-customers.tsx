import { redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { Notice } from "#app/components/notice.tsx";
import { Pager } from "#app/components/pager.tsx";
import { ScrollingTable } from "#app/components/scrolling-table.tsx";
import { StatTile, TileRow } from "#app/components/stat-tile.tsx";
import { counted, countText, dateText, shareText, words } from "#app/format.ts";
import { requestCustomers } from "#app/server/fix-customers.ts";
import { badRequest } from "#app/server/http-errors.ts";
import { readForm, textField } from "#app/server/read-form.ts";
import {
  type CustomerState,
  countStates,
  customerStates,
  type HurtCustomer,
  stateWords,
} from "#app/tables/customers-table.ts";
import { markCustomers } from "#db/queries/told-customers.ts";
import type { Route } from "./+types/fix-customers.ts";

const pageSize = 100;
const mostCharacters = { reason: 500, customer: 500 };
const actor = "local user";

/** Who was hurt by the cause of a second fix: to be told that it is fixed. */
export async function loader(args: Route.LoaderArgs) {
  const { fix, base, hurt, listed, search } = await requestCustomers(args);
  const counts = countStates(hurt.customers);
  const page = Math.max(1, Number(search.get("page")) || 1);
  return {
    title: fix.title,
    base,
    fixHref: `${base}/fixes/${fix.fix_id}`,
    isInPlace: fix.state === "implemented",
    counts,
    unnamedCases: hurt.unnamedCases,
    customers: listed.slice((page - 1) * pageSize, page * pageSize),
    paging: { page, pageSize, total: listed.length },
    state: search.get("state") ?? "",
    words: search.get("q") ?? "",
    query: new URLSearchParams([...search].filter(([key]) => key !== "page")).toString(),
  };
}

/** Marks those that were chosen as told or left out, or takes the mark away. */
export async function action(args: Route.ActionArgs) {
  const { services, workspace, fix, hurt } = await requestCustomers(args);
  const form = await readForm(args.request);
  const known = new Set(hurt.customers.map(({ customer }) => customer));
  const chosen = form.getAll("customer").filter((value) => typeof value === "string");
  const strange = chosen.find((customer) => !known.has(customer));
  if (strange !== undefined)
    throw badRequest(`“${strange}” is no customer of this cause any more. Open the list again.`);
  const mark = textField(form, "mark", mostCharacters.customer);
  if (mark !== "told" && mark !== "left_out" && mark !== "none")
    throw badRequest(`The mark “${mark ?? ""}” is not known. Expected told, left_out or none.`);
  const reason = textField(form, "reason", mostCharacters.reason);
  if (mark === "left_out" && reason === null)
    throw badRequest("Say why they are left out: the reason is kept with it. Go back, and nothing is lost.");
  await markCustomers(
    services.database.db,
    { workspaceId: workspace.id, fixId: fix.fix_id },
    { customers: chosen, state: mark === "none" ? null : mark, reason, actor },
  );
  const { pathname, search } = new URL(args.request.url);
  return redirect(pathname + search, 303);
}

export default function FixCustomersPage({ loaderData }: Route.ComponentProps) {
  const { title, fixHref, base, isInPlace, unnamedCases, paging, query } = loaderData;
  return (
    <>
      <title>{`Customers to tell: ${title} – Fix It Twice`}</title>
      <Breadcrumb
        parents={[
          { label: "Second fixes", href: `${base}/fixes` },
          { label: title, href: fixHref },
        ]}
      />
      <h1>Tell those who were hurt</h1>
      {!isInPlace && (
        <Notice kind="warning">The fix is not in place yet: wait before you tell anybody that it is.</Notice>
      )}
      <StateTiles {...loaderData} />
      <ChoiceForm {...loaderData} />
      <MarkForm {...loaderData} />
      <Pager
        {...paging}
        noun="customer"
        hrefOf={(page) => `?${query === "" ? "" : `${query}&`}page=${page}`}
      />
      <p className="small soft">
        Everybody with a case of this cause in all that is loaded, by the reference of their source. Who has
        parted is left out. {counted(unnamedCases, "case")} {unnamedCases === 1 ? "names" : "name"} no
        customer, or one who was erased: nobody can be told of {unnamedCases === 1 ? "it" : "them"}.
      </p>
    </>
  );
}

type LoaderData = Route.ComponentProps["loaderData"];

function StateTiles({ counts }: Pick<LoaderData, "counts">) {
  const wanted = counts.to_tell + counts.told;
  return (
    <TileRow>
      <StatTile
        label="Told"
        value={wanted === 0 ? "–" : shareText(counts.told / wanted, wanted)}
        n={`${countText(counts.told)} of ${counted(wanted, "customer")} who are to be told`}
      />
      <StatTile
        label="Left out"
        value={countText(counts.left_out + counts.parted)}
        n={`${countText(counts.parted)} of them parted`}
      />
    </TileRow>
  );
}

function ChoiceForm({ state, words: typed, query }: Pick<LoaderData, "state" | "words" | "query">) {
  return (
    <form method="get" className="inline-form no-print">
      <label>
        <span>Show</span>
        <select name="state" defaultValue={state}>
          <option value="">everybody</option>
          {customerStates.map((value) => (
            <option key={value} value={value}>
              {stateWords[value]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Customer</span>
        <input type="search" name="q" defaultValue={typed} />
      </label>
      <button type="submit">Show</button>
      <a href={`customers.csv${query === "" ? "" : `?${query}`}`} download>
        Download CSV
      </a>
    </form>
  );
}

function MarkForm({ customers, base }: Pick<LoaderData, "customers" | "base">) {
  if (customers.length === 0) return <p>No customer here.</p>;
  return (
    <form method="post">
      <div className="inline-form no-print">
        <button type="submit" name="mark" value="told">
          Mark the chosen as told
        </button>
        <label>
          <span>Why they are left out</span>
          <input name="reason" maxLength={mostCharacters.reason} />
        </label>
        <button type="submit" name="mark" value="left_out" className="quiet">
          Leave them out
        </button>
        <button type="submit" name="mark" value="none" className="quiet">
          Take the mark away
        </button>
      </div>
      <ScrollingTable caption="Customers of the cause">
        <thead>
          <tr>
            <th scope="col">Customer</th>
            <th scope="col">State</th>
            <th scope="col" className="number">
              Cases
            </th>
            <th scope="col">Latest case</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {customers.map((one) => (
            <CustomerRow key={one.customer} one={one} base={base} />
          ))}
        </tbody>
      </ScrollingTable>
    </form>
  );
}

function CustomerRow({ one, base }: { one: HurtCustomer; base: string }) {
  const { customer, state, cases, caseId, sourceCaseId, day, outcome, reason, actor: by } = one;
  return (
    <tr data-tone={isDone(state) ? "other" : undefined}>
      <th scope="row">
        <label className="check">
          <input type="checkbox" name="customer" value={customer} />
          <span>{customer}</span>
        </label>
      </th>
      <td>
        {stateWords[state]}
        {by !== null && (
          <span className="small soft">
            {" "}
            by {by}
            {reason !== null && `: ${reason}`}
          </span>
        )}
      </td>
      <td className="number">{countText(cases)}</td>
      <td>
        <a href={`${base}/cases/${caseId}`}>{sourceCaseId}</a>, {dateText(day)}
      </td>
      <td>{words(outcome)}</td>
    </tr>
  );
}

function isDone(state: CustomerState): boolean {
  return state !== "to_tell";
}
