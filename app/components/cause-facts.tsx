import { leastStability } from "#analytics/metrics/cause-trust.ts";
import { categoryColour } from "#app/charts/category-colour.ts";
import { categoryText, dateText, listText, openingText, shareText } from "#app/format.ts";
import type { Cause } from "#db/queries/causes.ts";
import type { LinkedCaseLine } from "./case-list.tsx";
import { DescriptionList } from "./description-list.tsx";
import { QuotedCase } from "./quoted-case.tsx";

export interface CauseFactsProps {
  cause: Cause;
  /** The case that stands for the others; `null` before the first run. */
  exemplar: LinkedCaseLine | null;
}

const lettersQuoted = 600;

/** What a cause is: its kind and who said so, what its cases say, and the case that says it best. */
export function CauseFacts({ cause, exemplar }: CauseFactsProps) {
  return (
    <section aria-label="What it is">
      <DescriptionList items={factsOf(cause)} />
      {exemplar !== null && exemplar.opening !== null && (
        <QuotedCase
          title={`The case that says it best: ${exemplar.title ?? exemplar.source_case_id}`}
          text={openingText(exemplar.opening, lettersQuoted)}
          href={exemplar.href}
          source={dateText(exemplar.incidence_day)}
        />
      )}
    </section>
  );
}

function factsOf(cause: Cause) {
  const category = (
    <>
      <span className="swatch" style={{ background: categoryColour(cause.category) }} />
      {categoryText(cause.category)} – {categorySource(cause)}
    </>
  );
  return [
    { term: "Category", value: category },
    ...(cause.keyphrases.length === 0
      ? []
      : [{ term: "What the cases say", value: listText(cause.keyphrases) }]),
    ...(cause.name === null ? [] : [{ term: "Label of the machine", value: cause.label }]),
    ...(cause.stability === null ? [] : [{ term: "Stability", value: stabilityText(cause.stability) }]),
    ...(cause.vanished_run_id === null
      ? []
      : [{ term: "Gone", value: "The latest run has no such cause; its cases are elsewhere." }]),
  ];
}

function stabilityText(stability: number): string {
  const held = `${shareText(stability)} of it is the same when the causes are found again from scratch`;
  return stability >= leastStability
    ? held
    : `${held}. Its cases could as well be grouped otherwise: read some first.`;
}

function categorySource(cause: Cause): string {
  if (cause.category_source === "person")
    return cause.category_reason === null ? "a person said so" : `a person said so: ${cause.category_reason}`;
  if (cause.category_source === null) return "no run has suggested one yet";
  if (cause.category === null) return "the words point to no one category";
  const reason = cause.category_reason === null ? "" : ` (${cause.category_reason})`;
  const confidence =
    cause.category_confidence === null ? "" : `, ${shareText(cause.category_confidence)} sure`;
  return `suggested by its words${reason}${confidence}`;
}
