import { type ControlValues, control } from "#app/imports/mapping-controls.ts";
import type { RuleView } from "#app/imports/mapping-view.ts";

export interface TimeReadingFieldsProps {
  rule: Extract<RuleView, { as: "time" }>;
  values: ControlValues;
}

/** How the times of a column are read, each order with one of its own cells. */
export function TimeReadingFields({ rule, values }: TimeReadingFieldsProps) {
  const order = control.rule(rule.index, "order");
  const midnight = control.rule(rule.index, "midnight");
  const zone = control.rule(rule.index, "zone");
  return (
    <>
      <fieldset>
        <legend>Its dates are written</legend>
        {rule.orders.map((choice) => (
          <label key={choice.order} className="import-radio">
            <input
              type="radio"
              name={order}
              value={choice.order}
              required={rule.isAmbiguous}
              defaultChecked={!rule.isAmbiguous && values[order] === choice.order}
            />
            <span>
              {choice.label}
              {choice.example !== null && (
                <span className="small soft">
                  {" "}
                  {choice.example.cell} is {choice.example.moment}
                </span>
              )}
            </span>
          </label>
        ))}
      </fieldset>
      <label>
        <span>A time of exactly midnight</span>
        <select name={midnight} defaultValue={values[midnight]}>
          <option value="instant">is a time of day</option>
          <option value="day">means that only the day is known</option>
        </select>
      </label>
      <label>
        <span>Time zone of times that name none (empty: the workspace’s)</span>
        <input name={zone} defaultValue={values[zone]} list="time-zones" autoComplete="off" />
      </label>
    </>
  );
}
