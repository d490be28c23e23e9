import { control } from "#app/imports/mapping-controls.ts";
import { type MappingView, tableAnchor } from "#app/imports/mapping-view.ts";
import { FixedValues } from "./import-fixed-values.tsx";
import { Folding } from "./import-folding.tsx";
import { MappingTable } from "./import-mapping-table.tsx";

export interface MappingFormProps {
  view: MappingView;
  timeZones: readonly string[];
}

/** The whole mapping as one form: it works without scripts, and with the keyboard alone. */
export function MappingForm({ view, timeZones }: MappingFormProps) {
  const { values, mapped, unmapped, rows } = view;
  return (
    <form method="post" className="import-mapping-form">
      <input type="hidden" name={control.base} value={values[control.base]} />
      <section id={tableAnchor}>
        <h2>Columns that become fields of a case</h2>
        <MappingTable
          caption="Columns, what they hold and what they become"
          columns={mapped}
          {...{ rows, values }}
        />
      </section>
      {unmapped.length > 0 && (
        <section>
          <h2>Columns that become no field</h2>
          <p>What is kept as an attribute can be filtered by; name a field where one of them is one.</p>
          <MappingTable
            caption="Columns that no field is read from"
            columns={unmapped}
            {...{ rows, values }}
          />
        </section>
      )}
      <FixedValues fixed={view.fixed} values={values} />
      <Folding columns={view.columns} values={values} isAsked={view.asksFolding} />
      <div className="stacked-form">
        <label>
          <span>Save this mapping for the next such file, under this name (empty: it is not saved)</span>
          <input name="saveAs" maxLength={80} autoComplete="off" />
        </label>
      </div>
      <p className="import-next">
        <button type="submit" name="do" value="check">
          Check every row
        </button>
        <button type="submit" name="do" value="update" className="quiet" formNoValidate>
          Keep this, and show it again
        </button>
      </p>
      <datalist id="time-zones">
        {timeZones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </form>
  );
}

/** Takes a mapping that was saved by name in place of the one that is shown. */
export function SavedMappings({ names }: { names: readonly string[] }) {
  return (
    <form method="post" className="import-next no-print">
      <input type="hidden" name="do" value="use" />
      <label className="import-saved">
        <span>Saved mapping</span>
        <select name="saved">
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="quiet">
        Use it
      </button>
    </form>
  );
}
