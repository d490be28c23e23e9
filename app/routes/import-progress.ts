import { requestImport } from "#app/imports/request-import.ts";
import type { Route } from "./+types/import-progress.ts";

/** What is under way on an import, for the page that waits for its end: asked every second, so it reads one row. */
export async function loader(args: Route.LoaderArgs) {
  const { job } = await requestImport(args);
  return { job };
}
