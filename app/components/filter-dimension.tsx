import { counted, countText } from "#app/format.ts";

export interface FilterOption {
  /** `team` is the name of the field that includes, `not-team` of the one that excludes: the grammar of the URL. */
  key: string;
  label: string;
  values: readonly FilterValue[];
  /** Rarer values than a list can hold. */
  unlisted: number;
  /** A value that is not listed can be written: it stands in the URL as people write it. */
  canBeTyped: boolean;
}

export interface FilterValue {
  /** As it stands in the URL. */
  value: string;
  label: string;
  /** Cases with it under all other filters. */
  count: number;
  selected: boolean;
  excluded: boolean;
}

/** A list this short is open from the start. */
const shortList = 6;

/** One dimension of the filter: each value can be asked for or left out. One of many is closed until it is set. */
export function FilterDimension({ option, ofMany = false }: { option: FilterOption; ofMany?: boolean }) {
  const { label, values } = option;
  const set = values.filter((value) => value.selected || value.excluded).length;
  return (
    <details className="filter-dimension" open={set > 0 || (!ofMany && values.length <= shortList)}>
      <summary>
        {label}
        {set > 0 ? ` (${set} set)` : ""}
      </summary>
      <div className="filter-values" role="group" aria-label={label}>
        <p className="filter-value small soft" aria-hidden="true">
          <span>is</span>
          <span>not</span>
        </p>
        {values.map((value) => (
          <Value key={value.value} option={option} value={value} />
        ))}
        {option.unlisted > 0 && <Unlisted option={option} />}
      </div>
    </details>
  );
}

function Unlisted({ option }: { option: FilterOption }) {
  return (
    <div className="filter-unlisted small">
      <p className="soft">{counted(option.unlisted, "rarer value")} not listed.</p>
      {option.canBeTyped && (
        <label>
          <span>
            One of them<span className="visually-hidden"> of {option.label}</span>
          </span>
          <input type="text" name={option.key} autoComplete="off" />
        </label>
      )}
    </div>
  );
}

function Value({ option, value }: { option: FilterOption; value: FilterValue }) {
  return (
    <p className="filter-value" data-empty={value.count === 0 || undefined}>
      <label className="filter-include">
        <input type="checkbox" name={option.key} value={value.value} defaultChecked={value.selected} />
        <span>{value.label}</span>
        <span className="filter-count">{countText(value.count)}</span>
      </label>
      <label>
        <input
          type="checkbox"
          name={`not-${option.key}`}
          value={value.value}
          defaultChecked={value.excluded}
        />
        <span className="visually-hidden">
          {option.label} is not {value.label}
        </span>
      </label>
    </p>
  );
}
