import { sentenceCase } from "#app/format.ts";
import { fieldGroups, fieldName, keptAsAttribute, leftOut } from "#app/imports/field-choices.ts";

export interface FieldSelectProps {
  /** The control. */
  name: string;
  value: string;
  column: string;
  /** Beside another field that the column becomes already. */
  further?: boolean;
}

/** What a column becomes: a field of a case, an attribute, or nothing. */
export function FieldSelect({ name, value, column, further = false }: FieldSelectProps) {
  const label = further ? `What “${column}” becomes besides` : `What “${column}” becomes`;
  return (
    <select name={name} defaultValue={value} aria-label={label}>
      {further ? (
        <option value="">nothing else</option>
      ) : (
        <>
          <option value={keptAsAttribute}>Kept as it is (attribute)</option>
          <option value={leftOut}>Left out</option>
        </>
      )}
      {fieldGroups.map((group) => (
        <optgroup key={group.label} label={group.label}>
          {group.fields.map((field) => (
            <option key={field} value={field}>
              {sentenceCase(fieldName(field))}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
