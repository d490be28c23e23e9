import { listText } from "#app/format.ts";
import { notFound } from "#app/server/http-errors.ts";
import { textField } from "#app/server/read-form.ts";
import { BadInput } from "#db/imports/bad-input.ts";
import type { Mapping } from "#db/imports/map/mapping.ts";
import { questionsOf } from "#db/imports/map/questions.ts";
import { changeDraft } from "#db/imports/store/import-record.ts";
import { findSavedMapping, saveMapping } from "#db/imports/store/saved-mappings.ts";
import { groundOf } from "./build-mapping-view.ts";
import { fitMapping } from "./fit-mapping.ts";
import type { ControlValues } from "./mapping-controls.ts";
import { formToMapping } from "./mapping-form.ts";
import { type FormGround, mappableColumns } from "./mapping-to-form.ts";
import type { RequestedImport } from "./request-import.ts";

/** What came of a posted form: where to go on, or what is wrong and what was typed where it could not be kept. */
export type MappingChange =
  | { problem: null; next: "mapping" | "check" }
  | { problem: string; typed: ControlValues | null };

const mostNameCharacters = 80;

/** Keeps what the form says with the draft, so that nothing typed is lost, also where something of it is still open. */
export async function changeMapping(requested: RequestedImport, form: FormData): Promise<MappingChange> {
  const ground = groundOf(requested.row);
  if (ground === null) throw notFound("This file was not read yet: its format comes first.");
  if (form.get("do") === "use") return applySaved(requested, ground, form);
  const { services, workspace, row } = requested;
  const { db } = services.database;
  const typed = controlsOf(form);
  const read = readTyped(typed, ground);
  if (typeof read === "string") return { problem: read, typed };
  await changeDraft(db, row, { mapping: read });
  const name = textField(form, "saveAs", mostNameCharacters);
  if (name !== null) await saveMapping(db, workspace.id, { name, mapping: read });
  if (form.get("do") === "update") return { problem: null, next: "mapping" };
  const open = questionsOf(read, mappableColumns(ground.columns, read.events), ground.examination).length;
  return open > 0 ? { problem: stillOpen(open), typed: null } : { problem: null, next: "check" };
}

function stillOpen(questions: number): string {
  const what = questions === 1 ? "One question is" : `${questions} questions are`;
  return `${what} still open. What you have answered is kept; answer the rest, then go on.`;
}

async function applySaved(
  { services, workspace, row }: RequestedImport,
  ground: FormGround,
  form: FormData,
): Promise<MappingChange> {
  const { db } = services.database;
  const name = textField(form, "saved", mostNameCharacters) ?? "";
  const saved = await findSavedMapping(db, workspace.id, name);
  if (saved === undefined) return { problem: `No mapping is saved as “${name}”.`, typed: null };
  const { mapping, missing } = fitMapping(saved, ground.columns);
  await changeDraft(db, row, { mapping });
  if (missing.length === 0) return { problem: null, next: "mapping" };
  const names = listText(missing.map((column) => `“${column}”`));
  return {
    problem: `“${name}” is used, apart from what it reads from ${names}: this file has no such column.`,
    typed: null,
  };
}

/** The mapping that was typed, or a sentence about the answer that can't be one. */
function readTyped(typed: ControlValues, ground: FormGround): Mapping | string {
  try {
    return formToMapping(typed, ground);
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
}

/** The texts of a form by their controls; NUL, which no database keeps, is gone. */
function controlsOf(form: FormData): ControlValues {
  const values: ControlValues = Object.create(null);
  for (const [name, value] of form) if (typeof value === "string") values[name] = value.replaceAll("\0", "");
  return values;
}
