import { type RouterContextProvider, redirect } from "react-router";
import { servicesOf } from "#app/server/context.ts";
import { notFound } from "#app/server/http-errors.ts";
import type { ImportJob, ImportKey } from "#app/server/import-jobs.ts";
import { wholeNumber } from "#app/server/request-view.ts";
import type { Services } from "#app/server/services.ts";
import { findImport, type Import } from "#db/imports/store/queries.ts";
import { findWorkspace, type Workspace } from "#db/workspaces.ts";
import { importHref, type Step, stepOf } from "./import-steps.ts";

/** An import that a request names, with all that its pages need. */
export interface RequestedImport {
  services: Services;
  workspace: Workspace;
  row: Import;
  key: ImportKey;
  /** What is under way now in this process. */
  job: ImportJob | null;
  importsHref: string;
  /** Of the import's own page; its steps lie below it. */
  href: string;
}

interface ImportArgs {
  params: { workspace: string; importId: string };
  context: Readonly<RouterContextProvider>;
}

/** The workspace's row alone, not its columns: a load moves them on many times while its page is looked at. */
export async function requestImport({ params, context }: ImportArgs): Promise<RequestedImport> {
  const services = servicesOf(context);
  const { workspace, importsHref } = await requestWorkspace({ params, context });
  const importId = wholeNumber(params.importId, "import");
  const row = await findImport(services.database.db, workspace.id, importId);
  if (row === undefined) throw notFound(`There is no import ${importId} in this workspace.`);
  const key = { workspaceId: workspace.id, importId };
  const job = services.imports.job(key);
  return { services, workspace, row, key, job, importsHref, href: `${importsHref}/${importId}` };
}

export async function requestWorkspace({
  params,
  context,
}: {
  params: { workspace: string };
  context: Readonly<RouterContextProvider>;
}): Promise<{ services: Services; workspace: Workspace; importsHref: string }> {
  const services = servicesOf(context);
  const { workspace: name } = params;
  // No name holds NUL, and PostgreSQL refuses to look for one that does.
  const workspace = name.includes("\0") ? undefined : await findWorkspace(services.database.db, name);
  if (workspace === undefined)
    throw notFound(`There is no workspace named "${name}". The start page leads to those that there are.`);
  return { services, workspace, importsHref: `/w/${encodeURIComponent(workspace.name)}/imports` };
}

/** A draft at a step of its wizard; whoever asks for a step that is not its turn yet, or past, is sent on. */
export async function requestDraft(args: ImportArgs, step: Step): Promise<RequestedImport> {
  const requested = await requestImport(args);
  const { row, importsHref } = requested;
  const reached = stepOf(row);
  if (reached === null || order[step] > order[reached] + (reached === "mapping" ? 1 : 0))
    throw redirect(importHref(importsHref, row), 303);
  return requested;
}

/** Earlier steps stay open; the check may be asked for from the mapping on, since coming there starts it. */
const order: Record<Step, number> = { format: 0, mapping: 1, check: 2 };
