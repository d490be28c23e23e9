import { countText, partText } from "#app/format.ts";
import { type ControlValues, control } from "#app/imports/mapping-controls.ts";
import { type ColumnView, columnAnchor } from "#app/imports/mapping-view.ts";
import { FieldSelect } from "./import-field-select.tsx";
import { RuleReading } from "./import-rule-reading.tsx";

export interface MappingTableProps {
  caption: string;
  columns: readonly ColumnView[];
  /** Rows that were looked at. */
  rows: number;
  values: ControlValues;
}

/** The columns of a file, one a row: what they hold, what they become, and how that is read. */
export function MappingTable({ caption, columns, rows, values }: MappingTableProps) {
  return (
    <table className="import-mapping">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">It holds</th>
          <th scope="col">It becomes</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => (
          <tr
            key={column.index}
            id={columnAnchor(column.index)}
            data-open={column.questions.length > 0 || undefined}
          >
            <th scope="row">
              {column.name}
              <span className="import-filled">
                {column.filled === null ? "added by the program" : filledText(column.filled, rows)}
              </span>
            </th>
            <td>
              {column.filled === null ? (
                <span className="soft">found when the events of a case are folded</span>
              ) : (
                <Samples samples={column.samples} />
              )}
            </td>
            <td>
              <Becomes column={column} values={values} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function filledText(filled: number, rows: number): string {
  return filled === rows ? `in all ${countText(rows)}` : partText(filled, rows);
}

function Samples({ samples }: { samples: readonly string[] }) {
  if (samples.length === 0) return <span className="soft">nothing</span>;
  return (
    <ul className="import-samples">
      {samples.map((sample) => (
        <li key={sample}>{sample}</li>
      ))}
    </ul>
  );
}

function Becomes({ column, values }: { column: ColumnView; values: ControlValues }) {
  const { index, name, rules, questions } = column;
  const select = (slot: number) => {
    const becomes = control.becomes(index, slot);
    return <FieldSelect name={becomes} value={values[becomes] ?? ""} column={name} further={slot > 0} />;
  };
  return (
    <div className="import-becomes">
      {select(0)}
      {questions.map((question) => (
        <p key={question} className="import-question">
          {question}
        </p>
      ))}
      {rules.map((rule, slot) => (
        <div key={rule.index} className="import-reading">
          {slot > 0 && select(slot)}
          <RuleReading rule={rule} values={values} isOpen={questions.length > 0}>
            {slot === rules.length - 1 && (
              <div className="import-further">
                <span aria-hidden="true">It becomes another field, too</span>
                {select(rules.length)}
              </div>
            )}
          </RuleReading>
        </div>
      ))}
    </div>
  );
}
