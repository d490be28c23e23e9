import { type ControlValues, control, type FoldPart, notSaid } from "#app/imports/mapping-controls.ts";
import { foldingAnchor } from "#app/imports/mapping-view.ts";

export interface FoldingProps {
  columns: readonly string[];
  values: ControlValues;
  /** It must be said. */
  isAsked: boolean;
}

const parts: readonly (readonly [FoldPart, string, string])[] = [
  ["key", "Column that names the case", "choose a column"],
  ["time", "When the event happened", "the rows come in order"],
  ["assignee", "Who has the case: each change is a transfer", "not told"],
  ["status", "State of the case", "not told"],
  ["author", "Who wrote it, where rows are messages", "no messages: the last row counts"],
];

const wordLists: readonly (readonly [FoldPart, string])[] = [
  ["words", "States that mean “resolved”, one a line"],
  ["customer", "Writers that are the customer, one a line: the first such message tells what it is about"],
];

/** Whether a row is a case, or an event of one; then which columns tell the case, the time and the state. */
export function Folding({ columns, values, isAsked }: FoldingProps) {
  const isFolded = values[control.fold] === "yes";
  return (
    <details id={foldingAnchor} open={isAsked || isFolded} className="import-folding">
      <summary>Several rows a case (an event log)</summary>
      <fieldset className="import-fieldset">
        <legend className="visually-hidden">Several rows a case</legend>
        <label>
          <span>Each row is</span>
          <select name={control.fold} defaultValue={values[control.fold]}>
            {isAsked && <option value={notSaid}>not said yet</option>}
            <option value="no">a case</option>
            <option value="yes">an event of a case</option>
          </select>
        </label>
        {parts.map(([part, label, none]) => {
          const name = control.foldPart(part);
          return (
            <label key={part}>
              <span>{label}</span>
              <select name={name} defaultValue={values[name]}>
                <option value="">{none}</option>
                {columns.map((column, index) => (
                  <option key={column} value={index}>
                    {column}
                  </option>
                ))}
              </select>
            </label>
          );
        })}
        {wordLists.map(([part, label]) => (
          <label key={part}>
            <span>{label}</span>
            <textarea name={control.foldPart(part)} defaultValue={values[control.foldPart(part)]} rows={3} />
          </label>
        ))}
      </fieldset>
    </details>
  );
}
