import type { ReactNode } from "react";
import { timeFields } from "#analytics/case.ts";
import { counted, words } from "#app/format.ts";
import { type ControlValues, control, type RulePart } from "#app/imports/mapping-controls.ts";
import type { RuleView, WordChoice } from "#app/imports/mapping-view.ts";
import { TimeReadingFields } from "./import-time-reading.tsx";
import { WordPairs } from "./import-word-pairs.tsx";

export interface RuleReadingProps {
  rule: RuleView;
  values: ControlValues;
  /** Something of it must be answered. */
  isOpen: boolean;
  /** Stands behind its answers. */
  children?: ReactNode;
}

/** How a field is read from its column: folded away where it needs no answer. */
export function RuleReading({ rule, values, isOpen, children }: RuleReadingProps) {
  return (
    <details open={isOpen && hasAnswer(rule)}>
      <summary>{summaryOf(rule, values)}</summary>
      <div className="import-answers">
        <Answers rule={rule} values={values} />
        <Choice
          label="The column itself"
          {...{ rule, values, part: "kept" }}
          choices={[
            { value: "no", label: "is not kept besides" },
            { value: "yes", label: "is kept as an attribute, too" },
          ]}
        />
        {children}
      </div>
    </details>
  );
}

function hasAnswer({ as }: RuleView): boolean {
  return as !== "text";
}

const orderWords: Record<string, string> = {
  ymd: "year first",
  dmy: "day first",
  mdy: "month first",
  unix_seconds: "seconds since 1970",
  unix_milliseconds: "milliseconds since 1970",
  excel_serial: "Excel’s day numbers",
};

function summaryOf(rule: RuleView, values: ControlValues): string {
  const value = (part: RulePart) => values[control.rule(rule.index, part)] ?? "";
  switch (rule.as) {
    case "text":
      return "as it stands";
    case "number":
      return "a number";
    case "after":
      return `${value("unit")} after ${words(value("since"))}`;
    case "time":
      return `a time, ${rule.isAmbiguous ? "day or month first?" : (orderWords[value("order")] ?? "")}`;
    case "presence":
      return `${words(value("given"))} where it holds something, else ${words(value("empty"))}`;
    case "words": {
      const named = `${counted(rule.pairs.length, "word")} of theirs named`;
      return rule.unnamed.length > 0 ? `${named}, ${rule.unnamed.length} not` : named;
    }
  }
}

function Answers({ rule, values }: Pick<RuleReadingProps, "rule" | "values">) {
  switch (rule.as) {
    case "text":
      return null;
    case "time":
      return <TimeReadingFields rule={rule} values={values} />;
    case "words":
      return <WordPairs rule={rule} values={values} />;
    case "number":
      return (
        <>
          <NumberAnswer label="Times (100 makes cents)" part="times" {...{ rule, values }} />
          <NumberAnswer label="Plus" part="plus" {...{ rule, values }} />
        </>
      );
    case "after":
      return (
        <>
          <Choice label="The number counts" part="unit" choices={unitChoices} {...{ rule, values }} />
          <Choice label="from" part="since" choices={sinceChoices} {...{ rule, values }} />
        </>
      );
    case "presence":
      return (
        <>
          <Choice
            label="Where it holds something"
            part="given"
            choices={rule.choices}
            {...{ rule, values }}
          />
          <Choice label="Where it is empty" part="empty" choices={rule.choices} {...{ rule, values }} />
        </>
      );
  }
}

const unitChoices: readonly WordChoice[] = ["seconds", "minutes", "hours", "days"].map((unit) => ({
  value: unit,
  label: unit,
}));
const sinceChoices: readonly WordChoice[] = timeFields.map((field) => ({
  value: field,
  label: words(field),
}));

interface AnswerProps {
  label: string;
  part: RulePart;
  rule: RuleView;
  values: ControlValues;
}

function NumberAnswer({ label, part, rule, values }: AnswerProps) {
  const name = control.rule(rule.index, part);
  return (
    <label>
      <span>{label}</span>
      <input name={name} defaultValue={values[name]} inputMode="decimal" size={6} />
    </label>
  );
}

/** One of a list; where any text may stand, a field for it. */
function Choice({
  label,
  part,
  rule,
  values,
  choices,
}: AnswerProps & { choices: readonly WordChoice[] | null }) {
  const name = control.rule(rule.index, part);
  return (
    <label>
      <span>{label}</span>
      {choices === null ? (
        <input name={name} defaultValue={values[name]} />
      ) : (
        <select name={name} defaultValue={values[name]}>
          {choices.map(({ value, label: text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </label>
  );
}
