import { attributeDimension, attributeName, type Facts, isAttribute } from "#analytics/facts/facts.ts";
import { dimensionLabel, type FilterDimension, filterDimensions } from "#analytics/filter/dimensions.ts";
import { type Facet, facetsOf } from "#analytics/filter/facets.ts";
import { valueInUrl } from "#analytics/filter/filter.ts";
import type { AttributeFilters } from "#app/components/filter-attributes.tsx";
import type { FilterChoices } from "#app/components/filter-bar.tsx";
import type { FilterOption } from "#app/components/filter-dimension.tsx";
import { counted, sentenceCase } from "#app/format.ts";
import type { View } from "#app/tables/view.ts";

/** Nobody reads through more; what is rarer can be typed, and a cause has its page. */
const mostValues = 30;
/** Of one attribute, and of all together: a source may have 60 of them, and a page is to stay light. */
const mostAttributeValues = { each: 30, fewest: 5, together: 200 };

const alphabetical = new Intl.Collator("en-GB", { numeric: true });

/** What can be chosen by: the fixed dimensions, and the other fields of the sources. No case is looked at. */
export function choosable(view: View) {
  const fixed = filterDimensions.filter((dimension) => isChoice(view, dimension));
  const attributes = [...view.facts.attributes.keys()]
    .sort(alphabetical.compare)
    .map(attributeDimension)
    .filter((dimension) => isChoice(view, dimension));
  const others = attributes.length === 0 ? [] : [counted(attributes.length, "other field")];
  return { fixed, attributes, names: [...fixed.map(dimensionLabel), ...others] };
}

/** The values that can be chosen, each with what choosing it would show. Cost: one pass over the period for each dimension. */
export function filterChoices(view: View): FilterChoices {
  const { fixed, attributes } = choosable(view);
  const facets = facetsOf(view.facts, view.filter, view.period, [...fixed, ...attributes]);
  const { each, fewest, together } = mostAttributeValues;
  const most = Math.max(fewest, Math.min(each, Math.floor(together / attributes.length)));
  const option = (dimension: FilterDimension) =>
    dimensionOption(view, dimension, facets.get(dimension) ?? [], isAttribute(dimension) ? most : mostValues);
  return {
    options: fixed.map(option),
    attributes: { options: attributes.map(option), withoutChoice: withoutChoice(view.facts) },
  };
}

function dimensionOption(
  view: View,
  dimension: FilterDimension,
  facets: readonly Facet[],
  most: number,
): FilterOption {
  const clause = view.filter.clauses.find((c) => c.dimension === dimension);
  const known = new Set(facets.map(({ value }) => value));
  const named = [...new Set([...(clause?.include ?? []), ...(clause?.exclude ?? [])])];
  // What no case has is no facet, and must not get lost when the form is sent.
  const unheardOf = named
    .filter((value) => !known.has(value))
    .map((value) => ({ value, label: String(value), count: 0 }));
  const values = [...facets, ...unheardOf].map(({ value, label, count }) => ({
    value: valueInUrl(value),
    label,
    count,
    selected: clause?.include.includes(value) ?? false,
    excluded: clause?.exclude.includes(value) ?? false,
  }));
  const listed = values.filter(
    (value, i) => i < most || facets[i]?.value === null || value.selected || value.excluded,
  );
  return {
    key: dimension,
    label: isAttribute(dimension) ? dimensionLabel(dimension) : sentenceCase(dimensionLabel(dimension)),
    values: listed,
    unlisted: values.length - listed.length,
    canBeTyped: dimension !== "cause", // its values are numbers that no reader knows
  };
}

/** A dimension in which all cases are alike is nothing to choose from, unless the filter names it. */
function isChoice({ facts, filter }: View, dimension: FilterDimension): boolean {
  if (filter.clauses.some((clause) => clause.dimension === dimension)) return true;
  if (isAttribute(dimension)) {
    const column = facts.attributes.get(attributeName(dimension));
    return column !== undefined && (column.dictionary.length > 2 || column.cases < facts.size);
  }
  return !facts.alike.has(dimension);
}

function withoutChoice({ uncodedAttributes }: Facts): AttributeFilters["withoutChoice"] {
  const names = (wanted: string) =>
    [...uncodedAttributes]
      .flatMap(([name, why]) => (why === wanted ? [name] : []))
      .sort(alphabetical.compare);
  return { manyValues: names("many_values"), longTexts: names("long_texts"), rare: names("rare") };
}
