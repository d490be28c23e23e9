import { redirect } from "react-router";
import { servicesOf } from "#app/server/context.ts";
import { listWorkspaces } from "#db/workspaces.ts";
import type { Route } from "./+types/home.ts";

/** The start page is the first workspace's overview; where there is none yet, the form that makes one. */
export async function loader({ context }: Route.LoaderArgs) {
  const [first] = await listWorkspaces(servicesOf(context).database.db);
  return redirect(first === undefined ? "/workspaces/new" : `/w/${encodeURIComponent(first.name)}`);
}
