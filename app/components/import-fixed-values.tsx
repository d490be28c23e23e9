import { sentenceCase } from "#app/format.ts";
import { fieldName } from "#app/imports/field-choices.ts";
import { type ControlValues, control } from "#app/imports/mapping-controls.ts";
import { type FixedView, fixedAnchor } from "#app/imports/mapping-view.ts";

export interface FixedValuesProps {
  fixed: FixedView;
  values: ControlValues;
}

/** What is the same for every row, and how a row is known where it has no id. */
export function FixedValues({ fixed, values }: FixedValuesProps) {
  return (
    <fieldset id={fixedAnchor} className="import-fieldset">
      <legend>The same for every row</legend>
      {fixed.constants.map(({ index, field }) => {
        const name = control.constant(index);
        return (
          <label key={index}>
            <span>{sentenceCase(fieldName(field))}</span>
            <input name={name} defaultValue={values[name]} maxLength={200} />
          </label>
        );
      })}
      {fixed.asksSystem && (
        <label>
          <span>{sentenceCase(fieldName("source_system"))}: what these cases come from</span>
          <input name={control.system} defaultValue={values[control.system]} maxLength={200} />
        </label>
      )}
      <label>
        <span>Day on which every case was received (only where no column tells when)</span>
        <input type="date" name={control.day} defaultValue={values[control.day]} />
      </label>
      <label>
        <span>A row whose id is not told</span>
        <select name={control.content} defaultValue={values[control.content]}>
          <option value="no">is rejected</option>
          <option value="yes">is known by its content: the same row is the same case</option>
        </select>
      </label>
      <label>
        <span>Cells that mean “nothing”, one a line</span>
        <textarea name={control.nulls} defaultValue={values[control.nulls]} rows={3} />
      </label>
    </fieldset>
  );
}
