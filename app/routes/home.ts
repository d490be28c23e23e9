import { redirect } from "react-router";
import { servicesOf } from "#app/server/context.ts";
import { notFound } from "#app/server/http-errors.ts";
import { listWorkspaces } from "#db/workspaces.ts";
import type { Route } from "./+types/home.ts";

/** The start page is the first workspace's overview. */
export async function loader({ context }: Route.LoaderArgs) {
  const [first] = await listWorkspaces(servicesOf(context).database.db);
  if (first === undefined)
    throw notFound(
      "Nothing is loaded yet. Load a file with `fixtwice import FILE`, or start with `npm start`.",
    );
  return redirect(`/w/${encodeURIComponent(first.name)}`);
}
