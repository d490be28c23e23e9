import { rm } from "node:fs/promises";
import { join } from "node:path";
import { badRequest } from "#app/server/http-errors.ts";
import { textField } from "#app/server/read-form.ts";
import { endImport, removeDraft } from "#db/imports/store/import-record.ts";
import type { RequestedImport } from "./request-import.ts";

/** Of the name of a decision. */
const mostCharacters = 20;

/** Does what a form of an import's page asks for. Gives the address to go on at. */
export async function changeImport(
  { services, row, key, job, href, importsHref }: RequestedImport,
  form: FormData,
): Promise<string> {
  const { db } = services.database;
  const wanted = textField(form, "do", mostCharacters);
  switch (wanted) {
    case "discard":
      if (job !== null)
        throw badRequest("The file is being worked on just now. Wait until that has ended, then discard it.");
      if ((await removeDraft(db, row)) && row.upload !== null)
        await rm(join(services.uploads, row.upload), { force: true });
      return importsHref;
    case "go_on":
      await services.imports.load(key, { rejectedAccepted: form.get("leaveOut") === "yes" });
      return href;
    case "stop":
      if (row.state === "paused") await endImport(db, row, { state: "failed", why: stopped });
      return href;
    default:
      throw badRequest(`The decision “${wanted ?? ""}” is not known. Open the page again and send its form.`);
  }
}

const stopped = "It was stopped here by hand.";
