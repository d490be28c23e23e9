import { createHash } from "node:crypto";
import type { Services } from "#app/server/services.ts";
import { BadInput } from "#db/imports/bad-input.ts";
import {
  type InterpretedRequest,
  interpretMappedCases,
  interpretOwnCases,
} from "#db/imports/from-api/interpret-request.ts";
import { type CaseText, splitElements } from "#db/imports/from-api/split-elements.ts";
import { KeyReused, storeRequest } from "#db/imports/from-api/store-request.ts";
import type { Mapping } from "#db/imports/map/mapping.ts";
import { findSavedMapping, listSavedMappings } from "#db/imports/store/saved-mappings.ts";
import { findWorkspace, type Workspace } from "#db/workspaces.ts";
import { ApiError } from "./api-error.ts";
import { type BodyFormat, bodyFormat, readBody } from "./read-body.ts";

const mostCases = 2_000;
const mostKeyCharacters = 255;

/** Stores the cases of a request, and tells what became of each. @throws ApiError */
export async function receiveCases(request: Request, services: Services): Promise<Response> {
  const format = bodyFormat(request);
  const key = keyOf(request);
  const search = new URL(request.url).searchParams;
  const { db } = services.database;
  const workspace = await workspaceOf(services, search.get("workspace"));
  const mapping = await mappingOf(db, workspace, search.get("mapping"));
  const body = await readBody(request);
  const elements = casesOf(body, format);
  const { answer, replayed } = await storeRequest(
    services.database,
    workspace,
    { key, sizeBytes: body.length, sha256: fingerprint(body, { format, mapping: mapping?.name ?? null }) },
    () => interpret(elements, { mapping: mapping?.mapping ?? null, timeZone: workspace.time_zone }),
  ).catch(explain);
  if (!replayed) await services.analysis.request(workspace.name);
  return Response.json(answer, { headers: replayed ? { "idempotency-replayed": "true" } : {} });
}

function keyOf(request: Request): string | null {
  const key = request.headers.get("idempotency-key");
  if (key === null) return null;
  if (key === "" || key.length > mostKeyCharacters)
    throw new ApiError(
      400,
      "bad_idempotency_key",
      `The Idempotency-Key has ${key.length} characters; expected 1 to ${mostKeyCharacters}.`,
    );
  return key;
}

async function workspaceOf({ database }: Services, name: string | null): Promise<Workspace> {
  if (name === null || name === "")
    throw new ApiError(
      400,
      "workspace_missing",
      "The address names no workspace; expected ?workspace=NAME behind it.",
    );
  // No name holds NUL, and PostgreSQL refuses to look for one that does.
  const workspace = name.includes("\0") ? undefined : await findWorkspace(database.db, name);
  if (workspace === undefined)
    throw new ApiError(
      404,
      "workspace_not_found",
      `There is no workspace named “${name}”; make it on the page /workspaces/new, or by loading a file into it.`,
    );
  if (workspace.simulated)
    throw new ApiError(
      422,
      "workspace_simulated",
      `The workspace “${name}” is simulated, and real cases do not belong into it; expected one of your own.`,
    );
  return workspace;
}

async function mappingOf(
  db: Services["database"]["db"],
  { id }: Workspace,
  name: string | null,
): Promise<{ name: string; mapping: Mapping } | null> {
  if (name === null) return null;
  const mapping = name.includes("\0") ? undefined : await findSavedMapping(db, id, name);
  if (mapping !== undefined) return { name, mapping };
  const saved = (await listSavedMappings(db, id)).map((known) => `“${known.name}”`);
  throw new ApiError(
    404,
    "mapping_not_found",
    `There is no saved mapping named “${name}” in this workspace; ` +
      (saved.length === 0
        ? "it has none: save one where a file is mapped."
        : `expected one of ${saved.join(", ")}.`),
  );
}

function casesOf(body: Buffer, format: BodyFormat): CaseText[] {
  if (format === "array") refuseNoArray(body);
  const elements = splitElements(body, format);
  if (elements.length === 0)
    throw new ApiError(400, "no_cases", "The body has no case; expected at least one.");
  if (elements.length > mostCases)
    throw new ApiError(
      413,
      "too_many_cases",
      `The body has ${elements.length} cases; expected at most ${mostCases}. Send them in several requests.`,
    );
  return elements;
}

function refuseNoArray(body: Buffer): void {
  const bad = (why: string) => new ApiError(400, "bad_json", why);
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch (error) {
    throw bad(`The body is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (!Array.isArray(value)) throw bad("The body is no array; expected [ and cases, one object each.");
}

/** The mapping's name counts too: another mapping makes other cases of the same body. */
function fingerprint(body: Buffer, rest: { format: BodyFormat; mapping: string | null }): string {
  return createHash("sha256").update(JSON.stringify(rest)).update("\n").update(body).digest("hex");
}

function interpret(
  elements: readonly CaseText[],
  { mapping, timeZone }: { mapping: Mapping | null; timeZone: string },
): InterpretedRequest {
  return mapping === null
    ? interpretOwnCases(elements, timeZone)
    : interpretMappedCases(elements, mapping, timeZone);
}

function explain(error: unknown): never {
  if (error instanceof KeyReused) throw new ApiError(422, "idempotency_key_reused", error.message);
  if (error instanceof BadInput) throw new ApiError(422, "not_readable", error.message);
  throw error;
}
