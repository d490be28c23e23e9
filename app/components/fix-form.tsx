import type { ReactNode } from "react";
import { secondFixKinds } from "#analytics/case.ts";
import type { ExposureChoice } from "#app/fixes/check-days.ts";
import type { FixFieldName, FixForm } from "#app/fixes/form-fields.ts";
import { words } from "#app/format.ts";
import { Notice } from "./notice.tsx";

export interface FixFormProps {
  form: FixForm;
  problems: readonly { field: string; sentence: string }[];
  /** Fields that are sent and not shown. */
  hidden: Readonly<Record<string, string>>;
  /** False of a fix that is in place: its check is immutable. */
  withCheck: boolean;
  save: string;
  /** Exposure series that the check may name. */
  series: readonly ExposureChoice[];
}

/** What is said of a second fix, and how it will be judged. The same for a new one and for one that is changed. */
export function FixFormFields({ form, problems, hidden, withCheck, save, series }: FixFormProps) {
  const field = { form, wrong: new Set(problems.map(({ field: name }) => name)) };
  return (
    <form method="post" className="fix-form">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {problems.length > 0 && (
        <div className="fix-wide">
          <Notice kind="problem">
            {problems.map(({ sentence }) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </Notice>
        </div>
      )}
      <Said {...field} />
      {withCheck && <Check {...field} series={series} />}
      <div className="fix-buttons">
        <button type="submit">{save}</button>
        {withCheck && (
          <button type="submit" formMethod="get" formNoValidate className="quiet">
            See what this check could tell
          </button>
        )}
      </div>
    </form>
  );
}

interface PartProps {
  form: FixForm;
  wrong: ReadonlySet<string>;
}

function Said(props: PartProps) {
  const { form, wrong } = props;
  return (
    <fieldset>
      <legend>What changes</legend>
      <label>
        <span>Kind of change</span>
        <select name="kind" defaultValue={form.kind}>
          {secondFixKinds.map((kind) => (
            <option key={kind} value={kind}>
              {words(kind)}
            </option>
          ))}
        </select>
      </label>
      <Text {...props} name="title" required>
        Title
      </Text>
      <label className="fix-wide">
        <span>What changes, in a sentence or two</span>
        <textarea
          name="description"
          rows={3}
          required
          defaultValue={form.description}
          aria-invalid={wrong.has("description") || undefined}
        />
      </label>
      <Text {...props} name="owner">
        Owner (who sees to it)
      </Text>
      <Day {...props} name="due">
        Due
      </Day>
      <Text {...props} name="cost" inputMode="decimal">
        Cost
      </Text>
      <Text {...props} name="currency">
        Currency (such as EUR)
      </Text>
      <Text {...props} name="ticket">
        Link to the ticket
      </Text>
    </fieldset>
  );
}

function Check({ series, ...props }: PartProps & Pick<FixFormProps, "series">) {
  return (
    <fieldset>
      <legend>How it will be judged</legend>
      <p className="fix-wide small soft">
        This can be changed until the fix is in place, and not afterwards. A day that is left out is taken as
        it says.
      </p>
      <Text {...props} name="target" inputMode="decimal">
        Target: so many % fewer cases
      </Text>
      <Day {...props} name="expected">
        Expected in place (empty: when due, else today)
      </Day>
      <Text {...props} name="washIn" inputMode="numeric">
        Wash-in: days that belong to neither side
      </Text>
      <Day {...props} name="checkOn">
        Check date (empty: 13 weeks after)
      </Day>
      <Day {...props} name="windowEnd">
        End of the window (empty: 26 weeks after)
      </Day>
      {series.length > 0 && (
        <label>
          <span>Counted against</span>
          <select name="exposure" defaultValue={props.form.exposure}>
            <option value="">the causes without a second fix</option>
            {series.map(({ value, text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
      )}
    </fieldset>
  );
}

interface FieldProps extends PartProps {
  name: FixFieldName;
  required?: boolean;
  inputMode?: "decimal" | "numeric";
  children: ReactNode;
}

function Text({ form, wrong, name, required, inputMode, children }: FieldProps) {
  return (
    <label>
      <span>{children}</span>
      <input
        name={name}
        defaultValue={form[name]}
        required={required}
        inputMode={inputMode}
        aria-invalid={wrong.has(name) || undefined}
        autoComplete="off"
      />
    </label>
  );
}

/** A text field where what was typed is no day, so that it is not lost. */
function Day({ form, wrong, name, children }: FieldProps) {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(form[name]) || form[name] === "";
  return (
    <label>
      <span>{children}</span>
      <input
        type={isDay ? "date" : "text"}
        name={name}
        defaultValue={form[name]}
        aria-invalid={wrong.has(name) || undefined}
      />
    </label>
  );
}
