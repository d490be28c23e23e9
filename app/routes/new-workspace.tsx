import { data, redirect } from "react-router";
import { Notice } from "#app/components/notice.tsx";
import { monthText } from "#app/format.ts";
import { type NewWorkspaceFields, readNewWorkspace } from "#app/imports/new-workspace.ts";
import { servicesOf } from "#app/server/context.ts";
import { readForm } from "#app/server/read-form.ts";
import { findOrCreateWorkspace, findWorkspace } from "#db/workspaces.ts";
import type { Route } from "./+types/new-workspace.ts";

const empty: NewWorkspaceFields = { name: "", timeZone: "UTC", fiscalYearStart: "1" };

export function loader() {
  return { timeZones: ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")] };
}

/** Makes a workspace, and leads to where a file is loaded into it. */
export async function action({ request, context }: Route.ActionArgs) {
  const { db } = servicesOf(context).database;
  const { fields, problem, workspace } = readNewWorkspace(await readForm(request));
  if (workspace === null) return data({ fields, problem }, 422);
  if ((await findWorkspace(db, workspace.name)) !== undefined) {
    const taken = `There is a workspace named “${workspace.name}” already. Choose another name, or load the file there.`;
    return data({ fields, problem: taken }, 422);
  }
  await findOrCreateWorkspace(db, workspace);
  return redirect(`/w/${encodeURIComponent(workspace.name)}/imports`, 303);
}

export default function NewWorkspacePage({ loaderData, actionData }: Route.ComponentProps) {
  const { fields = empty, problem = null } = actionData ?? {};
  return (
    <main className="page-main" id="main">
      <title>A new workspace – Fix It Twice</title>
      <h1>A new workspace</h1>
      <p className="lead">
        Cases of one company or team, apart from all others. Its days, months and quarters follow what you say
        here.
      </p>
      {problem !== null && <Notice kind="problem">{problem}</Notice>}
      <form method="post" className="stacked-form">
        <label>
          <span>Name, as it stands in the header of each page</span>
          <input name="name" required maxLength={80} defaultValue={fields.name} autoComplete="off" />
        </label>
        <label>
          <span>Time zone in which its days begin and end</span>
          <input
            name="timeZone"
            required
            list="time-zones"
            defaultValue={fields.timeZone}
            autoComplete="off"
          />
        </label>
        <datalist id="time-zones">
          {loaderData.timeZones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <label>
          <span>Month in which its fiscal year starts</span>
          <select name="fiscalYearStart" defaultValue={fields.fiscalYearStart}>
            {Array.from({ length: 12 }, (_, i) => (
              <option key={i} value={i + 1}>
                {monthName(i + 1)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">Make the workspace</button>
      </form>
      <p>
        <a href="/">To the start page</a>
      </p>
    </main>
  );
}

function monthName(month: number): string {
  return monthText(`2000-${String(month).padStart(2, "0")}`).replace(/ \d+$/, "");
}
