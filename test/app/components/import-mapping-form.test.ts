import { describe, expect, it } from "vitest";
import { MappingForm } from "#app/components/import-mapping-form.tsx";
import { buildMappingView } from "#app/imports/build-mapping-view.ts";
import { control } from "#app/imports/mapping-controls.ts";
import { formToMapping } from "#app/imports/mapping-form.ts";
import { mappingToForm } from "#app/imports/mapping-to-form.ts";
import { ColumnExaminer } from "#db/imports/map/examine-columns.ts";
import { proposeMapping } from "#db/imports/map/propose-mapping.ts";
import type { Import } from "#db/imports/store/queries.ts";
import { markup, textOf } from "./markup.ts";

const columns = ["Ticket ID", "Status", "Created at", "Subject", "Minutes", "Shop"];
const cells = Array.from({ length: 30 }, (_, i) => [
  `T-${i}`,
  ["Solved", "Open", "Parked & <left>"][i % 3] ?? "",
  `0${(i % 9) + 1}/0${((i + 3) % 9) + 1}/2026`,
  `Lamp ${i}`,
  String(i),
  i % 2 ? "Aarhus" : "",
]);
const examiner = new ColumnExaminer(columns);
examiner.add(cells.map((row, i) => ({ line: i + 2, end: 0, cells: row })));
const examination = examiner.finish({ whole: true });
const { mapping } = proposeMapping(columns, examination);
const view = buildMappingView({
  layout: { format: "csv", delimiter: ",", columns, offset: 0, line: 2 },
  mapping,
  examination: { state: "read", examination, proposal: { warnings: [] } },
} as unknown as Import); // all that the view reads of it
if (view === null) throw new Error("The draft was read, and has a view.");
const html = markup(MappingForm, { view, timeZones: ["UTC"] });

/** What a browser would send of the form as it stands: each control with its value, unescaped. */
function sentBy(form: string): Record<string, string> {
  const sent: Record<string, string> = {};
  const attribute = (tag: string, name: string) =>
    unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]);
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, "name");
    if (name !== undefined && (attribute(tag, "type") !== "radio" || tag.includes("checked")))
      sent[name] = attribute(tag, "value") ?? "";
  }
  for (const [, tag = "", text] of form.matchAll(/<textarea([^>]*)>(.*?)<\/textarea>/gs))
    sent[attribute(tag, "name") ?? ""] = unescaped(text) ?? "";
  for (const [, tag = "", options = ""] of form.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)) {
    const chosen =
      /<option[^>]*selected[^>]*>/.exec(options)?.[0] ?? /<option[^>]*>/.exec(options)?.[0] ?? "";
    sent[attribute(tag, "name") ?? ""] = attribute(chosen, "value") ?? "";
  }
  return sent;
}

function unescaped(text: string | undefined): string | undefined {
  return text
    ?.replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");
}

describe("the mapping's form on its page", () => {
  const sent = sentBy(html);

  it("sends the mapping back that it was made of", () => {
    expect(formToMapping(sent, { columns, examination })).toEqual(mapping);
  });

  it("has a control for everything that the mapping has an answer to", () => {
    const values = mappingToForm(mapping, { columns, examination });
    expect(Object.keys(values).filter((name) => sent[name] !== values[name])).toEqual([]);
  });

  it("asks in the row where something is open, with the answers unfolded", () => {
    const row = /<tr id="column-2".*?<\/tr>/s.exec(html)?.[0] ?? "";
    expect(textOf(row)).toContain("Day or month first?");
    expect(row).toMatch(/<details open="">.*type="radio"/s);
    expect(row).not.toContain("checked");
    expect(/<tr id="column-3".*?<\/tr>/s.exec(html)?.[0]).not.toContain("<details open");
  });

  it("names each control for who can't see the table", () => {
    expect(html).toContain('aria-label="What “Subject” becomes"');
    expect(html).toContain('aria-label="Our word for “Parked &amp; &lt;left&gt;”"');
  });

  it("says how many rows hold something", () => {
    expect(textOf(html)).toContain("Shop 15 of 30");
    expect(sent[control.becomes(5, 0)]).toBe("attribute");
  });
});
