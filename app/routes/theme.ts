import { redirect } from "react-router";
import { badRequest } from "#app/server/http-errors.ts";
import { readForm } from "#app/server/read-form.ts";
import { themeCookie, themes } from "#app/server/theme.ts";
import type { Route } from "./+types/theme.ts";

/** Keeps the choice of light or dark, and goes back to where it was made. */
export async function action({ request }: Route.ActionArgs) {
  const form = await readForm(request);
  const theme = themes.find((known) => known === form.get("theme"));
  if (theme === undefined) throw badRequest(`The theme is not known. Expected one of ${themes.join(", ")}.`);
  return redirect(ownPath(form.get("back"), request), { headers: { "set-cookie": themeCookie(theme) } });
}

/** The path of an address of this server, read as a browser would read it; "/" for any other. */
function ownPath(address: FormDataEntryValue | null, request: Request): string {
  const { origin } = new URL(request.url);
  if (typeof address !== "string" || !URL.canParse(address, origin)) return "/";
  const url = new URL(address, origin);
  return url.origin === origin && !url.pathname.startsWith("//") ? url.pathname + url.search : "/";
}
