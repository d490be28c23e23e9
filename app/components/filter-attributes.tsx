import { counted, listText } from "#app/format.ts";
import { FilterDimension, type FilterOption } from "./filter-dimension.tsx";

export interface AttributeFilters {
  options: readonly FilterOption[];
  /** Names of those that cannot be chosen by, each under what keeps them from it. */
  withoutChoice: { manyValues: readonly string[]; longTexts: readonly string[]; rare: readonly string[] };
}

/** Names that are told one by one; a source may have hundreds of such fields. */
const mostNames = 12;

/** What the sources say beside the fields of a case. There may be many, so each list is closed until it is used. */
export function FilterAttributes({ options, withoutChoice }: AttributeFilters) {
  const { manyValues, longTexts, rare } = withoutChoice;
  const others = manyValues.length + longTexts.length + rare.length;
  if (options.length + others === 0) return null;
  return (
    <div className="filter-attributes" role="group" aria-labelledby="filter-attributes">
      <h2 id="filter-attributes">Other fields of the source</h2>
      <div className="filter-dimensions">
        {options.map((option) => (
          <FilterDimension key={option.key} option={option} ofMany />
        ))}
      </div>
      {others > 0 && (
        <p className="small soft">
          Not to be chosen by, but in each case and in the CSV of the cases:{" "}
          {[
            named(manyValues, "too many different values"),
            named(longTexts, "long texts"),
            named(rare, "carried by too few cases"),
          ]
            .filter((text) => text !== "")
            .join("; ")}
          .
        </p>
      )}
    </div>
  );
}

function named(names: readonly string[], why: string): string {
  if (names.length === 0) return "";
  const told = names.slice(0, mostNames);
  const rest = names.length - told.length;
  return `${listText(rest > 0 ? [...told, counted(rest, "other")] : told)} (${why})`;
}
