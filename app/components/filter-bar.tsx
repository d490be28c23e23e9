import { counted, countText } from "#app/format.ts";
import { type AttributeFilters, FilterAttributes } from "./filter-attributes.tsx";
import { FilterDimension, type FilterOption } from "./filter-dimension.tsx";

export interface FilterBarProps {
  form: FilterForm;
  period: PeriodChoices;
  panel: FilterPanelProps;
  /** The filters that hold now, in words, each with the address of the page without it. */
  pills: readonly { label: string; removeHref: string }[];
  counts: FilterCounts;
  /** The page without any filter. */
  clearHref: string;
}

export interface FilterForm {
  /** The page that the form leads to. */
  action: string;
  /** What no field on the page holds and must not get lost: by which day, and while the panel is closed the filters. */
  hidden: readonly (readonly [name: string, value: string])[];
  search?: { name: string; value: string; label: string };
}

export interface PeriodChoices {
  value: string;
  /** Among them the one that holds now. */
  options: readonly { value: string; label: string }[];
}

export interface FilterPanelProps {
  /** What can be chosen by: "team", "2 other fields". */
  names: readonly string[];
  /** The same page with the panel open, or closed where it is open. */
  href: string;
  /** `null`: the panel is closed, and nothing was counted for it. */
  choices: FilterChoices | null;
}

export interface FilterChoices {
  /** A dimension each, with every value and what choosing it would show. */
  options: readonly FilterOption[];
  /** The same for what a source says beside the fields of a case. */
  attributes: AttributeFilters;
}

export interface FilterCounts {
  shown: number;
  total: number;
  /** Which are shown, and why the others are not: "March 2026, by the day they happened." */
  excluded?: string;
}

/** What the page is about: period, filters in words, how many cases. A plain form, so it works without JavaScript. */
export function FilterBar({ form, period, panel, pills, counts, clearHref }: FilterBarProps) {
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
        {panel.names.length > 0 && <FilterPanel {...panel} active={pills.length} />}
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

/** Opened and closed by a link: its values are counted only for who wants to choose. */
function FilterPanel({ names, href, choices, active }: FilterPanelProps & { active: number }) {
  const set = active > 0 && ` (${active} set)`;
  if (choices === null)
    return (
      <p className="filter-panel" id={panelId}>
        <a href={`${href}#${panelId}`}>
          Filters{set}
          <span className="soft"> by {names.join(", ")}</span>
        </a>
      </p>
    );
  return (
    <div className="filter-panel" data-open id={panelId}>
      <p className="filter-panel-head">
        <strong>Filters{set}</strong> <a href={`${href}#${panelId}`}>Close without a change</a>
      </p>
      {choices.options.length > 0 && (
        <div className="filter-dimensions">
          {choices.options.map((option) => (
            <FilterDimension key={option.key} option={option} />
          ))}
        </div>
      )}
      <FilterAttributes {...choices.attributes} />
      <button type="submit">Show these cases</button>
    </div>
  );
}

/** Where the links lead on the page, so that who opens or closes it stays there. */
const panelId = "filters";

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
