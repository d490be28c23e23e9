import { dateText, instantText, listText, moneyText, sentenceCase, words } from "#app/format.ts";
import { notToOffer } from "#app/sentences/playbook-sentences.ts";
import type { VersionView } from "#app/server/playbook-view.ts";
import type { PageTable } from "#app/tables/page-table.ts";
import { DataTable } from "./data-table.tsx";
import { DescriptionList } from "./description-list.tsx";

export interface PlaybookVersionProps {
  /** `adherence`: how far it was kept; `null` where nothing can be told. */
  version: VersionView & { adherence: PageTable | null };
  timeZone: string;
}

/** One version of a playbook in plain words, and how far its cases were handled so. */
export function PlaybookVersionSection({ version, timeZone }: PlaybookVersionProps) {
  const { adherence, state } = version;
  return (
    <section>
      <h2>{headingOf(version)}</h2>
      <DescriptionList items={[...rulesOf(version), ...storyOf(version, timeZone)]} />
      {state === "planned" ? (
        <p className="soft">No case is held against it before that day.</p>
      ) : adherence === null || adherence.rows.length === 0 ? (
        <p className="soft">It sets no rule that cases could be held against.</p>
      ) : (
        <DataTable table={adherence} />
      )}
    </section>
  );
}

function headingOf({ version, state, in_force_from: from, until }: VersionView): string {
  if (state === "in_force") return `In force: version ${version}, since ${dateText(from)}`;
  if (state === "planned") return `Planned: version ${version}, from ${dateText(from)}`;
  return `Version ${version}, ${dateText(from)} to ${dateText(until)}`;
}

const noRule = "no rule";

function rulesOf(version: VersionView) {
  const {
    helpers,
    highest_level: level,
    offers,
    ceiling_minor: ceiling,
    ceiling_currency: currency,
  } = version;
  const refused = notToOffer({ helpers, highestLevel: level, offers, ceilingMinor: ceiling, currency });
  const listed = (items: readonly string[]) =>
    items.length === 0 ? "nothing" : sentenceCase(listText(items.map(words)));
  return [
    { term: "Who helps", value: helpers === null ? noRule : listText(helpers) },
    {
      term: "The ladder",
      value: level === null ? noRule : level === 0 ? "No escalation" : `Up to level ${level}`,
    },
    { term: "May be offered", value: offers === null ? noRule : listed(offers) },
    ...(refused === null ? [] : [{ term: "May not be offered", value: listed(refused) }]),
    { term: "Up to what amount", value: ceiling === null ? noRule : moneyText(ceiling, currency) },
    ...(version.notes === null
      ? []
      : [{ term: "Notes", value: <span className="narrative">{version.notes}</span> }]),
  ];
}

function storyOf({ made_at, actor, reason }: VersionView, timeZone: string) {
  return [
    { term: "Written", value: `${instantText(made_at, timeZone)} by ${actor}` },
    ...(reason === null ? [] : [{ term: "Why", value: reason }]),
  ];
}
