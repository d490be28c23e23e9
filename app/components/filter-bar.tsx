import { counted, countText } from "#app/format.ts";
import { type AttributeFilters, FilterAttributes } from "./filter-attributes.tsx";
import { FilterDimension, type FilterOption } from "./filter-dimension.tsx";

export interface FilterBarProps {
  form: FilterForm;
  period: PeriodChoices;
  /** A dimension each, with every value and what choosing it would show. */
  options: readonly FilterOption[];
  /** The same for what a source says beside the fields of a case. */
  attributes: AttributeFilters;
  /** The filters that hold now, in words, each with the address of the page without it. */
  pills: readonly { label: string; removeHref: string }[];
  counts: FilterCounts;
  /** The page without any filter. */
  clearHref: string;
}

export interface FilterForm {
  /** The page that the form leads to. */
  action: string;
  /** State of the page that is no filter (sorting, grouping) and must not get lost. */
  hidden: readonly (readonly [name: string, value: string])[];
  search?: { name: string; value: string; label: string };
}

export interface PeriodChoices {
  value: string;
  /** Among them the one that holds now. */
  options: readonly { value: string; label: string }[];
}

export interface FilterCounts {
  shown: number;
  total: number;
  /** Which are shown, and why the others are not: "March 2026, by the day they happened." */
  excluded?: string;
}

/** What the page is about: period, filters in words, how many cases. A plain form, so it works without JavaScript. */
export function FilterBar({ form, period, options, attributes, pills, counts, clearHref }: FilterBarProps) {
  const formKey = [period.value, form.search?.value, ...pills.map((pill) => pill.label)].join("\n");
  return (
    <section className="filter-bar" aria-label="Filters">
      {/* Fields keep what was typed into them: another filter is another form. */}
      <form key={formKey} method="get" action={form.action}>
        {form.hidden.map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <div className="filter-line">
          <PeriodSelect {...period} />
          <PeriodDates />
          {form.search !== undefined && <SearchField {...form.search} />}
          <button type="submit">Show</button>
        </div>
        {options.length + attributes.options.length > 0 && (
          <FilterPanel options={options} attributes={attributes} active={pills.length} />
        )}
      </form>
      <FilterSummary {...{ pills, counts, clearHref }} />
    </section>
  );
}

function PeriodSelect({ value, options }: PeriodChoices) {
  return (
    <label>
      <span>Period</span>
      <select name="period" defaultValue={value}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Two days of one's own choice. Left empty, the period of the list holds; the server makes one address of both. */
function PeriodDates() {
  return (
    <span className="filter-dates">
      <label>
        <span>or from</span>
        <input type="date" name="from" />
      </label>
      <label>
        <span>to</span>
        <input type="date" name="to" />
      </label>
    </span>
  );
}

function SearchField({ name, value, label }: { name: string; value: string; label: string }) {
  return (
    <label className="filter-search">
      <span>{label}</span>
      <input type="search" name={name} defaultValue={value} />
    </label>
  );
}

function FilterPanel({
  options,
  attributes,
  active,
}: Pick<FilterBarProps, "options" | "attributes"> & { active: number }) {
  const others = attributes.options.length;
  const names = [
    ...options.map((option) => option.label.toLowerCase()),
    ...(others > 0 ? [counted(others, "other field")] : []),
  ];
  return (
    <details className="filter-panel">
      <summary>
        Filters{active > 0 && ` (${active} set)`}
        <span className="soft"> by {names.join(", ")}</span>
      </summary>
      {options.length > 0 && (
        <div className="filter-dimensions">
          {options.map((option) => (
            <FilterDimension key={option.key} option={option} />
          ))}
        </div>
      )}
      <FilterAttributes {...attributes} />
      <button type="submit">Show these cases</button>
    </details>
  );
}

function FilterSummary({ pills, counts, clearHref }: Pick<FilterBarProps, "pills" | "counts" | "clearHref">) {
  return (
    <div className="filter-summary">
      {pills.length > 0 && (
        <ul className="pills" aria-label="Filters that hold">
          {pills.map(({ label, removeHref }) => (
            <li key={label}>
              <a href={removeHref}>
                <span className="visually-hidden">Remove the filter: </span>
                {label}
                <span aria-hidden="true"> ×</span>
              </a>
            </li>
          ))}
          <li>
            <a className="pills-clear" href={clearHref}>
              Clear all
            </a>
          </li>
        </ul>
      )}
      <p role="status">
        {shownText(counts)}
        {counts.excluded !== undefined && <span className="soft"> {counts.excluded}</span>}
      </p>
    </div>
  );
}

function shownText({ shown, total }: FilterCounts): string {
  const all = `${counted(total, "case")} shown.`;
  return shown === total ? all : `${countText(shown)} of ${all}`;
}
