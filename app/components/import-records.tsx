import type { ReactNode } from "react";
import { type CaseRecord, emptyCase, timeFields } from "#analytics/case.ts";
import { counted, momentText, openingText, sentenceCase, words } from "#app/format.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

export interface ImportRecordsProps {
  records: readonly CaseRecord[];
  timeZone: string;
}

type Field = keyof CaseRecord;

/** The key first, as a reader looks for it. */
const firstFields: readonly Field[] = ["source_case_id", "source_system", "status"];
const everyField = [
  ...new Set([...firstFields, ...(Object.keys(emptyCase("", "")) as Field[])]), // the keys of a record are its fields
];
const times: ReadonlySet<string> = new Set(timeFields);
const textCharacters = 80;

/** The first cases as they would be stored: the fields that any of them carries, in the order of the record. */
export function ImportRecords({ records, timeZone }: ImportRecordsProps) {
  if (records.length === 0) return <p>No row becomes a case as the mapping stands.</p>;
  const fields = fieldsOf(records);
  return (
    <ScrollingTable caption={`The first ${counted(records.length, "case")}`} look="import-sample">
      <thead>
        <tr>
          {fields.map((field) => (
            <th key={field} scope="col">
              {sentenceCase(words(field))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <tr key={`${record.source_system}/${record.source_case_id}`}>
            {fields.map((field) => (
              <td key={field}>{valueOf(record, field, timeZone)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}

function fieldsOf(records: readonly CaseRecord[]): Field[] {
  return everyField.filter((field) => records.some((record) => isTold(record[field])));
}

function isTold(value: CaseRecord[Field]): boolean {
  return value !== null && (typeof value !== "object" || Object.keys(value).length > 0);
}

function valueOf(record: CaseRecord, field: Field, timeZone: string): ReactNode {
  const value = record[field];
  if (!isTold(value) || value === null) return <span className="soft">–</span>;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(words).join(", ");
  if (typeof value === "object")
    return openingText(
      Object.entries(value)
        .map(([name, text]) => `${name}: ${text}`)
        .join("; "),
      2 * textCharacters,
    );
  if (times.has(field)) return momentText(String(value), timeZone);
  return openingText(String(value), textCharacters);
}
