import type { Day } from "#analytics/period.ts";
import { type ReadExposure, readExposureCsv } from "#db/imports/read/read-exposure-csv.ts";
import { badRequest } from "./http-errors.ts";

/** Ten years of a hundred products are 12 MB. */
const maxBytes = 20 * 2 ** 20;

/** Before the form is read: it is held in memory. */
export function refuseLargeBody(request: Request): void {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
}

/** The days of the file of a form. @throws a bad request where there is no file, or it is too large */
export async function readExposureFile(form: FormData, today: Day): Promise<ReadExposure> {
  const file = form.get("file");
  if (!(file instanceof File) || file.name === "")
    throw badRequest("The form came without a file. Choose a file, then send it.");
  if (file.size > maxBytes) throw tooLarge();
  return readExposureCsv(Buffer.from(await file.arrayBuffer()), today);
}

function tooLarge(): Response {
  return badRequest(`The file is larger than ${maxBytes / 2 ** 20} MB. Load the years one after another.`);
}
