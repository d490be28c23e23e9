import { type CaseRecord, emptyCase, remedyTypes, timeFields } from "#analytics/case.ts";
import { BadInput } from "../../bad-input.ts";
import {
  type CaseField,
  caseFields,
  freeTextFields,
  keyFields,
  type WordField,
  wholeNumberFields,
  wordFieldNames,
  wordFields,
  yesNoFields,
} from "../case-fields.ts";
import { unguardFormula } from "../formula-guard.ts";
import { expectedMoment, readMoment } from "../moment.ts";
import type { Preset, Reading, RejectionCode, RowReader } from "./preset.ts";

/** Our own export of cases (`cases.csv`), so that what was exported can be corrected and loaded again. */
export const fixtwice: Preset = {
  name: "fixtwice",
  title: "Fix It Twice export of cases",
  notes: [],
  volumeIsArtefact: false,
  outcomesArePartial: false,
  companyAttribute: null,
  requiredColumns: ["source_system", "source_case_id", "status"],
  recognise,
  columnOf: (field) => field,
};

/** Columns that the export computes: loading a case computes them again. */
const computedColumns = new Set(["case_id", "incidence_day", "outcome_day", "cause", "cause_id", "category"]);
const attributePrefix = "attribute:";

/** How a field stands in a cell. `read` gives `undefined` for a text that is none. */
interface Format {
  expected: string;
  code: RejectionCode;
  read(text: string): CaseRecord[CaseField] | undefined;
}

const formats = new Map<CaseField, Format>([
  ...freeTextFields.map(withFormat({ expected: "text", code: "not_allowed", read: (text) => text })),
  ...timeFields.map(
    withFormat({
      expected: expectedMoment,
      code: "not_a_date",
      read: (text) => readMoment(text) ?? undefined,
    }),
  ),
  ...wholeNumberFields.map(
    withFormat({
      expected: "a whole number",
      code: "not_a_number",
      read: (text) => (/^-?\d{1,16}$/.test(text) ? Number(text) : undefined),
    }),
  ),
  ...yesNoFields.map(
    withFormat({
      expected: "true or false",
      code: "not_allowed",
      read: (text) => ({ true: true, false: false })[text],
    }),
  ),
  ...wordFieldNames.map((field): [CaseField, Format] => {
    const words: readonly Exclude<CaseRecord[WordField], null>[] = wordFields[field];
    return [field, oneOf(words)];
  }),
  [
    "remedy_types",
    {
      expected: `any of ${remedyTypes.join(", ")}, joined by “|”`,
      code: "not_allowed",
      read: (text) => {
        const found = text.split("|").map((word) => remedyTypes.find((type) => type === word));
        return found.every((type) => type !== undefined) ? found : undefined;
      },
    },
  ],
  [
    "compensation_currency",
    {
      expected: "a currency code such as USD",
      code: "not_allowed",
      read: (text) => (/^[A-Z]{3}$/.test(text) ? text : undefined),
    },
  ],
]);

function withFormat(format: Format): (field: CaseField) => [CaseField, Format] {
  return (field) => [field, format];
}

function oneOf(words: readonly Exclude<CaseRecord[WordField], null>[]): Format {
  return {
    expected: `one of ${words.join(", ")}`,
    code: "not_allowed",
    read: (text) => words.find((word) => word === text),
  };
}

interface FieldColumn {
  field: CaseField;
  format: Format;
  index: number;
}

function recognise(headers: readonly string[]): RowReader | null {
  if (!fixtwice.requiredColumns.every((column) => headers.includes(column))) return null;
  const unknown = headers.filter((header) => !isKnown(header));
  if (unknown.length > 0)
    throw new BadInput(
      `The header of this Fix It Twice export names columns that no case has: ${unknown.map((name) => `“${name}”`).join(", ")}. ` +
        `Correct or remove them; a column of your own is named “${attributePrefix}NAME”.`,
    );
  const fields = caseFields.flatMap((field): FieldColumn[] => {
    const index = headers.indexOf(field);
    const format = formats.get(field);
    return index === -1 || !format ? [] : [{ field, format, index }];
  });
  const attributes = headers.flatMap((header, index) =>
    header.startsWith(attributePrefix) ? [{ name: header.slice(attributePrefix.length), index }] : [],
  );
  return (cells) => {
    const entries = attributes.map(({ name, index }) => [name, unguardFormula(cells[index] ?? "")] as const);
    return readRow(fields, cells, Object.fromEntries(entries.filter(([, value]) => value !== "")));
  };
}

function isKnown(header: string): boolean {
  const isField = caseFields.some((field) => field === header);
  return isField || computedColumns.has(header) || header.startsWith(attributePrefix);
}

const blank = emptyCase("", "");

function readRow(
  fields: readonly FieldColumn[],
  cells: readonly string[],
  attributes: Record<string, string>,
): Reading {
  const values: Partial<Record<CaseField, CaseRecord[CaseField]>> = {};
  for (const { field, format, index } of fields) {
    const text = unguardFormula(cells[index] ?? "");
    if (text === "") continue;
    const value = format.read(text);
    if (value === undefined)
      return reject(
        field,
        text,
        format.code,
        `“${text}” is not allowed in ${field}; expected ${format.expected}.`,
      );
    values[field] = value;
  }
  for (const field of [...keyFields, "status"] as const)
    if (values[field] === undefined)
      return reject(field, null, "missing", `The row has no ${field}; every case needs one.`);
  // Each field's format reads that field's type, and the three required ones are there.
  return { record: { ...blank, ...(values as Partial<CaseRecord>), attributes } };
}

function reject(column: string, value: string | null, code: RejectionCode, reason: string): Reading {
  return { rejection: { column, value, code, reason } };
}
