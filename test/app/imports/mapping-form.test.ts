import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildMappingView } from "#app/imports/build-mapping-view.ts";
import { fieldGroups } from "#app/imports/field-choices.ts";
import { fitMapping } from "#app/imports/fit-mapping.ts";
import { type ControlValues, control } from "#app/imports/mapping-controls.ts";
import { formToMapping } from "#app/imports/mapping-form.ts";
import { type FormGround, mappingToForm } from "#app/imports/mapping-to-form.ts";
import { caseFields } from "#db/imports/map/case-fields.ts";
import { ColumnExaminer } from "#db/imports/map/examine-columns.ts";
import type { Mapping } from "#db/imports/map/mapping.ts";
import { proposeMapping } from "#db/imports/map/propose-mapping.ts";
import { questionsOf } from "#db/imports/map/questions.ts";
import type { Import } from "#db/imports/store/queries.ts";
import { anyMapping } from "#test/support/mappings.ts";

const header = ["Ticket ID", "Status", "Created at", "Subject", "Shop", "__proto__"];
const rows = Array.from({ length: 30 }, (_, i) => [
  `T-${i}`,
  ["Solved", "Open", "Parked"][i % 3] ?? "",
  `0${(i % 9) + 1}/0${((i + 3) % 9) + 1}/2026`,
  `Lamp ${i}`,
  i % 2 ? "Aarhus" : "Lund",
  "x",
]);

function examined(columns: readonly string[], cells: readonly (readonly string[])[]): FormGround {
  const examiner = new ColumnExaminer(columns);
  examiner.add(cells.map((row, i) => ({ line: i + 2, end: 0, cells: row })));
  return { columns, examination: examiner.finish({ whole: true }) };
}

const ground = examined(header, rows);
const proposed = proposeMapping(header, ground.examination).mapping;
const form = (changes: ControlValues, mapping = proposed): ControlValues => ({
  ...mappingToForm(mapping, ground),
  ...changes,
});
const at = (column: string) => header.indexOf(column);
const ruleOf = (mapping: Mapping, column: string) =>
  mapping.rules.findIndex((rule) => "column" in rule && rule.column === column);
const open = (mapping: Mapping) => questionsOf(mapping, header, ground.examination).map(({ code }) => code);

describe("the form of a mapping", () => {
  it("gives any mapping back as it was, where nobody changes it", () => {
    fc.assert(
      fc.property(anyMapping, ({ mapping, columns }) => {
        const before = examined(columns, []);
        expect(formToMapping(mappingToForm(mapping, before), before)).toEqual(mapping);
      }),
      { numRuns: 500 },
    );
  });

  it("gives back the mapping that was proposed, with what it leaves open still open", () => {
    const again = formToMapping(form({}), ground);
    expect(again).toEqual(proposed);
    expect(open(again)).toEqual(["date_order", "unknown_words"]);
  });

  it("leaves what the form does not speak of as it is", () => {
    expect(formToMapping({ [control.base]: JSON.stringify(proposed) }, ground)).toEqual(proposed);
  });

  it("has no date order chosen where the cells leave it open, and takes the answer as settled", () => {
    const order = control.rule(ruleOf(proposed, "Created at"), "order");
    expect(form({})[order]).toBeUndefined();
    const answered = formToMapping(form({ [order]: "mdy" }), ground);
    expect(answered.rules).toContainEqual(expect.objectContaining({ column: "Created at", order: "mdy" }));
    expect(open(answered)).toEqual(["unknown_words"]);
    expect(mappingToForm(answered, ground)[order]).toBe("mdy");
  });

  it("names a word that nothing named, and says that another says nothing", () => {
    const rule = ruleOf(proposed, "Status");
    const named = formToMapping(
      form({
        [control.theirs(rule, 0)]: JSON.stringify("Parked"),
        [control.newWord(rule, 0)]: "open",
        [control.theirs(rule, 1)]: JSON.stringify("a\nb"),
        [control.newWord(rule, 1)]: "",
      }),
      ground,
    );
    const status = named.rules[rule];
    expect(status?.as === "words" && status.values.slice(-2)).toEqual([
      ["Parked", "open"],
      ["a\nb", null],
    ]);
    expect(open(named)).toEqual(["date_order"]);
  });

  it("reads a column that becomes another field as that field usually is", () => {
    const mapping = formToMapping(
      form({
        [control.becomes(at("Subject"), 0)]: "transfer_count",
        [control.becomes(at("Shop"), 0)]: "region",
        [control.becomes(at("__proto__"), 0)]: "product",
      }),
      ground,
    );
    expect(mapping.rules).toContainEqual({
      field: "transfer_count",
      column: "Subject",
      as: "number",
      times: 1,
      plus: 0,
    });
    expect(mapping.rules).toContainEqual({ field: "region", column: "Shop", as: "text" });
    expect(mapping.rules).toContainEqual({ field: "product", column: "__proto__", as: "text" });
    expect(mapping.rules.some(({ field }) => field === "title")).toBe(false);
  });

  it("keeps a column as an attribute, leaves it out, and takes it in again", () => {
    const without = formToMapping(form({ [control.becomes(at("Subject"), 0)]: "attribute" }), ground);
    expect([without.rules.some(({ field }) => field === "title"), without.dropped]).toEqual([false, []]);
    const leftOut = formToMapping(form({ [control.becomes(at("Subject"), 0)]: "drop" }), ground);
    expect([leftOut.rules.some(({ field }) => field === "title"), leftOut.dropped]).toEqual([
      false,
      ["Subject"],
    ]);
    const back = formToMapping(form({ [control.becomes(at("Subject"), 0)]: "title" }, leftOut), ground);
    expect([back.rules.some(({ field }) => field === "title"), back.dropped]).toEqual([true, []]);
  });

  it("reads one column as two fields", () => {
    const mapping = formToMapping(form({ [control.becomes(at("Subject"), 1)]: "contact_reason" }), ground);
    expect(
      mapping.rules.filter((rule) => "column" in rule && rule.column === "Subject").map(({ field }) => field),
    ).toEqual(["title", "contact_reason"]);
  });

  it("gives every row its day, and an id by its content", () => {
    const mapping = formToMapping(form({ [control.day]: "2026-03-29", [control.content]: "yes" }), ground);
    expect(mapping.rules.slice(-2)).toEqual([
      { field: "received_at", as: "constant", value: "2026-03-29" },
      { field: "source_case_id", as: "content" },
    ]);
    const back = formToMapping(
      { ...mappingToForm(mapping, ground), [control.day]: "", [control.content]: "no" },
      ground,
    );
    expect(back).toEqual(proposed);
  });

  it("folds events, reads what the folding finds, and unfolds again", () => {
    const folded = formToMapping(
      form({
        [control.fold]: "yes",
        [control.foldPart("key")]: "0",
        [control.foldPart("time")]: "2",
        [control.foldPart("words")]: "Solved\r\n Closed ",
      }),
      ground,
    );
    expect(folded.events).toEqual({
      key: "Ticket ID",
      time: "Created at",
      assignee: null,
      status: null,
      resolvedWords: ["Solved", "Closed"],
      author: null,
      customerWords: [],
    });
    const order = folded.rules.find(({ field }) => field === "reopened_at");
    expect(order).toMatchObject({ column: "_reopened_at", as: "time", order: "dmy" });
    expect(formToMapping({ ...mappingToForm(folded, ground), [control.fold]: "no" }, ground)).toEqual(
      proposed,
    );
  });

  it("refuses what is no number, no time zone and no mapping, in a sentence", () => {
    const zone = control.rule(ruleOf(proposed, "Created at"), "zone");
    expect(() => formToMapping(form({ [zone]: "Europe/Atlantis" }), ground)).toThrow(
      "no time zone “Europe/Atlantis”",
    );
    expect(() => formToMapping({ ...form({}), [control.base]: "{" }, ground)).toThrow("did not arrive whole");
    expect(() => formToMapping({ ...form({}), [control.base]: "{}" }, ground)).toThrow("no mapping");
  });
});

describe("the page of a mapping", () => {
  it("offers every field of a case, once", () => {
    expect(fieldGroups.flatMap(({ fields }) => fields).toSorted()).toEqual(caseFields.toSorted());
  });

  it("shows an ambiguous date read both ways, and the words that nothing names with their counts", () => {
    const view = buildMappingView({
      layout: { format: "csv", delimiter: ",", columns: header, offset: 0, line: 2 },
      mapping: proposed,
      examination: { state: "read", examination: ground.examination, proposal: { warnings: [] } },
    } as unknown as Import); // all that the view reads of it
    const created = view?.mapped.find(({ name }) => name === "Created at")?.rules[0];
    expect(created?.as === "time" && created.orders.slice(0, 2).map(({ example }) => example)).toEqual([
      { cell: "01/04/2026", moment: "1 Apr 2026" },
      { cell: "01/04/2026", moment: "4 Jan 2026" },
    ]);
    const status = view?.mapped.find(({ name }) => name === "Status")?.rules[0];
    expect(status?.as === "words" && status.unnamed).toEqual([{ theirs: "Parked", count: 10 }]);
    expect(view?.questions.map(({ href }) => href)).toEqual(["#column-2", "#column-1"]);
  });
});

describe("a saved mapping", () => {
  it("is used for another file as far as that has its columns", () => {
    const { mapping, missing } = fitMapping(
      proposed,
      header.filter((column) => column !== "Subject"),
    );
    expect(missing).toEqual(["Subject"]);
    expect(mapping.rules).toEqual(
      proposed.rules.filter((rule) => !("column" in rule && rule.column === "Subject")),
    );
  });
});
