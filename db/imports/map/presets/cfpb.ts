import { type CaseRecord, emptyCase, type RemedyType } from "#analytics/case.ts";
import { expectedMoment, readMoment } from "../moment.ts";
import type { Preset, Reading, RejectionCode, RowReader } from "./preset.ts";

/**
 * The CFPB Consumer Complaint Database: the bulk file (18 columns) and the export of its API (16: without
 * `Consumer consent provided?` and `Consumer disputed?`), by header names, in any order.
 */
export const cfpb: Preset = {
  name: "cfpb",
  title: "CFPB Consumer Complaint Database",
  notes: [
    "The source has no resolution date: times to resolve cannot be charted, and outcomes are dated by the day received.",
    "Of the outcomes it tells only that a consumer disputed the answer, and hardly ever that: shares of outcomes cannot be charted, so the remedies are.",
    "The number of complaints a month depends on how the extract was cut: no rise or fall can be read from it.",
    "Complaints that are in progress are loaded as open cases: they count as cases, and are absent from outcomes.",
  ],
  volumeIsArtefact: true,
  outcomesArePartial: true,
  companyAttribute: "Company",
  requiredColumns: ["Date received", "Product", "Issue", "Company response to consumer", "Complaint ID"],
  recognise,
  columnOf: (field) => columnOfField.get(field) ?? field.replace(/^attribute:/, ""),
};

/** The columns that become fields; every other column becomes an attribute under its own name. */
const columnOfField = new Map([
  ["source_case_id", "Complaint ID"],
  ["received_at", "Date received"],
  ["product", "Product"],
  ["contact_reason", "Issue"],
  ["region", "State"],
  ["channel", "Submitted via"],
  ["narrative", "Consumer complaint narrative"],
]);
const fieldColumns = new Set(columnOfField.values());

/** What the company did, as first fix; `null`: closed, and the source does not say how. */
const remedyOfResponse = new Map<string, RemedyType | null>([
  ["Closed with explanation", "explanation"],
  ["Closed with non-monetary relief", "correction"],
  ["Closed with monetary relief", "refund"],
  ["Closed without relief", "none"],
  ["Closed with relief", null],
  ["Closed", null],
  ["Untimely response", null],
]);
const inProgress = "In progress";

/** How the bulk file and API-made files write that there is nothing. */
const nothing = new Set(["", "N/A", "None"]);

function recognise(headers: readonly string[]): RowReader | null {
  if (!cfpb.requiredColumns.every((column) => headers.includes(column))) return null;
  const attributes = headers.flatMap((header, index) =>
    header === "" || fieldColumns.has(header) ? [] : [{ header, index }],
  );
  const at = new Map(headers.map((header, index) => [header, index]));
  return (cells) => {
    const cell = (column: string): string | null => {
      const index = at.get(column);
      return index === undefined ? null : meaning(cells[index]);
    };
    const attributeEntries = attributes.flatMap(({ header, index }) => {
      const value = meaning(cells[index]);
      return value === null ? [] : [[header, value] as const];
    });
    return readRow(cell, Object.fromEntries(attributeEntries));
  };
}

function meaning(cell: string | undefined): string | null {
  const text = cell?.trim() ?? "";
  return nothing.has(text) ? null : text;
}

const blank = emptyCase("cfpb", "");

function readRow(cell: (column: string) => string | null, attributes: Record<string, string>): Reading {
  const id = cell("Complaint ID");
  if (id === null)
    return reject("Complaint ID", id, "missing", "The row has no Complaint ID; expected digits.");
  if (!/^\d+$/.test(id))
    return reject("Complaint ID", id, "not_a_number", `“${id}” is not a Complaint ID; expected digits only.`);

  const date = cell("Date received");
  if (date === null)
    return reject("Date received", date, "missing", `The row has no date; expected ${expectedMoment}.`);
  const receivedAt = readMoment(date);
  if (receivedAt === null)
    return reject(
      "Date received",
      date,
      "not_a_date",
      `“${date}” is not a date; expected ${expectedMoment}.`,
    );

  const response = cell("Company response to consumer");
  const resolution = response === null ? null : resolutionOf(response);
  if (resolution === null)
    return reject(
      "Company response to consumer",
      response,
      response === null ? "missing" : "not_allowed",
      `${response === null ? "The row has no response" : `“${response}” is not a response that is known`}; ` +
        `expected one of: ${[...remedyOfResponse.keys(), inProgress].join(", ")}.`,
    );

  return {
    record: {
      ...blank,
      source_case_id: id,
      ...resolution,
      received_at: receivedAt,
      product: cell("Product"),
      contact_reason: cell("Issue"),
      region: cell("State"),
      channel: cell("Submitted via"),
      narrative: cell("Consumer complaint narrative"),
      outcome: resolution.status === "resolved" && cell("Consumer disputed?") === "Yes" ? "disputed" : null,
      attributes,
    },
  };
}

function resolutionOf(response: string): Pick<CaseRecord, "status" | "remedy_types"> | null {
  if (response === inProgress) return { status: "open", remedy_types: null };
  const remedy = remedyOfResponse.get(response);
  if (remedy === undefined) return null;
  return { status: "resolved", remedy_types: remedy === null ? null : [remedy] };
}

function reject(column: string, value: string | null, code: RejectionCode, reason: string): Reading {
  return { rejection: { column, value, code, reason } };
}
