import { counted, countText } from "#app/format.ts";
import { confidenceText, delimiterText, encodingText } from "#app/imports/describe-import.ts";
import type { FoundFormat } from "#app/imports/format-view.ts";
import { DescriptionList } from "./description-list.tsx";

const formats = {
  csv: "a table of text (CSV)",
  ndjson: "one JSON object a line",
  json: "an array of JSON objects",
  folded: "a table of events, folded into cases",
} as const;

/** How a file was read. */
export function ImportFormatFacts({ found }: { found: FoundFormat }) {
  const skipped = found.skippedLines.length;
  return (
    <>
      <DescriptionList
        items={[
          { term: "Recognised", value: confidenceText(found.confidence, found.isGeneric) },
          { term: "Form", value: `${formats[found.format]}${found.compressed ? ", packed with gzip" : ""}` },
          { term: "Encoding", value: encodingText(found.encoding) },
          ...(found.delimiter === null
            ? []
            : [{ term: "Columns are separated by", value: delimiterText(found.delimiter) }]),
          ...(found.headerLine === null
            ? []
            : [{ term: "Header", value: `line ${countText(found.headerLine)}` }]),
          { term: "Columns", value: countText(found.columns.length) },
          { term: "Rows", value: found.whole ? countText(found.rows) : `more than ${countText(found.rows)}` },
        ]}
      />
      {skipped > 0 && (
        <div>
          <p>
            {skipped === 1
              ? "The line above the header is skipped:"
              : `The ${counted(skipped, "line")} above the header are skipped:`}
          </p>
          <ul className="import-lines">
            {found.skippedLines.map((line, i) => (
              // Lines have no name of their own, and stay in their order.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={i}>{line || <span className="soft">(empty)</span>}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
