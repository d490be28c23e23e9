import * as fc from "fast-check";
import { expect, test } from "vitest";
import { BadInput } from "#db/imports/bad-input.ts";
import { interpretMappedCases, interpretOwnCases } from "#db/imports/from-api/interpret-request.ts";
import { splitElements } from "#db/imports/from-api/split-elements.ts";
import type { Mapping } from "#db/imports/map/mapping.ts";

const minimal = {
  source_system: "shop",
  source_case_id: "A-1",
  status: "resolved",
  received_at: "2026-03-29T17:51:31Z",
};

function own(...cases: unknown[]) {
  const body = Buffer.from(cases.map((value) => JSON.stringify(value)).join("\n"));
  return interpretOwnCases(splitElements(body, "lines"), "UTC");
}

function recordOf(value: unknown) {
  const [row] = own(value).rows;
  if (row === undefined || !("record" in row.result)) throw new Error(JSON.stringify(row?.result));
  return row.result.record;
}

function rejectionOf(value: unknown) {
  const [row] = own(value).rows;
  if (row === undefined || !("rejection" in row.result)) throw new Error("it was accepted");
  return row.result.rejection;
}

test("a case in our own words becomes a record with each of its values", () => {
  const record = recordOf({
    ...minimal,
    occurred_at: "2026-03-28",
    title: "  blanks stay ",
    narrative: "'=not a formula",
    product: "=1+1",
    csat_score: 4,
    is_public: true,
    remedy_types: ["refund", "apology"],
    compensation_minor: 1_250,
    compensation_currency: "EUR",
    outcome: null,
    attributes: { Shelf: "B 7", depth: { of: "it" }, list: [1, "two"] },
  });
  expect(record).toMatchObject({
    received_at: "2026-03-29T17:51:31.000Z",
    occurred_at: "2026-03-28",
    title: "  blanks stay ",
    narrative: "'=not a formula",
    product: "=1+1",
    csat_score: 4,
    is_public: true,
    remedy_types: ["refund", "apology"],
    compensation_minor: 1_250,
    outcome: null,
    attributes: { Shelf: "B 7", "depth.of": "it", list: "1|two" },
  });
});

test("an id of many digits keeps them, as a number too", () => {
  const text = JSON.stringify(minimal).replace('"A-1"', "12345678901234567890");
  const [row] = interpretOwnCases([{ text, line: 1 }], "UTC").rows;
  expect(row?.sourceCaseId).toBe("12345678901234567890");
});

test("what no case has is refused by its name, and own data have their place", () => {
  expect(rejectionOf({ ...minimal, colour: "red" })).toMatchObject({
    column: "colour",
    code: "not_allowed",
    reason: "“colour” is not a field of a case; own data go into “attributes”.",
  });
  expect(rejectionOf({ ...minimal, attributes: "red" }).reason).toContain("“attributes” is no object");
  expect(rejectionOf({ ...minimal, product: { name: "Sofa" } }).column).toBe("product.name");
});

test("each bad case has its own reason, and costs no other", () => {
  const nasty = '{"__proto__": {"status": "open"}}';
  const elements = [
    JSON.stringify(minimal),
    "{ broken",
    "[1]",
    nasty,
    JSON.stringify({ ...minimal, status: "new" }),
  ];
  const { rows } = interpretOwnCases(
    elements.map((text, i) => ({ text, line: i + 1 })),
    "UTC",
  );
  const codes = rows.map(({ result }) => ("rejection" in result ? result.rejection.code : "accepted"));
  expect(codes).toEqual(["accepted", "json_syntax", "json_syntax", "json_syntax", "not_allowed"]);
  expect(rejectionOf({ ...minimal, title: "\ud800" }).code).toBe("lone_surrogate");
  expect(rejectionOf({ ...minimal, title: "a\0b" }).code).toBe("nul_character");
  const { status: _, ...withoutStatus } = minimal;
  expect(rejectionOf(withoutStatus)).toMatchObject({ column: "status", code: "missing" });
});

test("cases in their source's members are read by a mapping, also where none has one of its columns", () => {
  const mapping: Mapping = {
    preset: "generic",
    rules: [
      { field: "source_system", as: "constant", value: "desk" },
      { field: "source_case_id", column: "id", as: "text" },
      {
        field: "received_at",
        column: "created.at",
        as: "time",
        order: "ymd",
        midnight: "instant",
        timeZone: null,
      },
      { field: "status", column: "closed", as: "presence", given: "resolved", empty: "open" },
      {
        field: "resolved_at",
        column: "closed",
        as: "time",
        order: "ymd",
        midnight: "instant",
        timeZone: null,
      },
    ],
    dropped: [],
    nulls: [],
    events: null,
    dialect: "plain",
  };
  const text = '{"id": 7, "created": {"at": "2026-03-29 19:51"}, "queue": "north"}';
  const { rows } = interpretMappedCases([{ text, line: 1 }], mapping, "Europe/Berlin");
  expect(rows[0]?.result).toMatchObject({
    record: {
      source_case_id: "7",
      status: "open",
      received_at: "2026-03-29T17:51:00.000Z",
      attributes: { queue: "north" },
    },
  });
  const events = {
    key: "id",
    time: null,
    assignee: null,
    status: null,
    resolvedWords: [],
    author: null,
    customerWords: [],
  };
  expect(() => interpretMappedCases([{ text, line: 1 }], { ...mapping, events }, "UTC")).toThrow(BadInput);
});

test("an array and lines of the same cases are split into the same texts", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (values) => {
      const objects = values.map((value) => ({ value }));
      const array = splitElements(Buffer.from(JSON.stringify(objects, null, 2)), "array");
      const lines = splitElements(Buffer.from(objects.map((o) => JSON.stringify(o)).join("\r\n")), "lines");
      expect(array.map(({ text }) => JSON.parse(text))).toEqual(
        objects.map((o) => JSON.parse(JSON.stringify(o))),
      );
      expect(lines.map(({ text, line }) => [text, line])).toEqual(
        objects.map((o, i) => [JSON.stringify(o), i + 1]),
      );
    }),
  );
});
