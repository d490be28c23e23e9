import { describe, expect, test } from "vitest";
import type { CaseRecord } from "#analytics/case.ts";
import { compileMapping, compileTimeOrder } from "#db/imports/map/compile-mapping.ts";
import type { FieldRule, Mapping } from "#db/imports/map/mapping.ts";
import { mapped, proposed } from "./mapped.ts";

const key: FieldRule[] = [
  { field: "source_system", as: "constant", value: "desk" },
  { field: "source_case_id", as: "text", column: "No" },
  { field: "status", as: "constant", value: "resolved" },
];

function mapping(rules: readonly FieldRule[], others: Partial<Mapping> = {}): Mapping {
  const empty = { preset: "generic", dropped: [], nulls: ["N/A"], events: null, dialect: "plain" } as const;
  return { ...empty, rules: [...key, ...rules], ...others };
}

/** What a row of these cells becomes, where “No” is its id. */
function read(rules: readonly FieldRule[], cells: Record<string, string>, others: Partial<Mapping> = {}) {
  const row = { No: "1", ...cells };
  const reading = compileMapping(mapping(rules, others), Object.keys(row), "Europe/Berlin").read(
    Object.values(row),
  );
  return "record" in reading ? reading.record : reading.rejection;
}

describe("a field is read as its rule says:", () => {
  test.each<[string, FieldRule, string, Partial<CaseRecord>]>([
    [
      "a text without the blanks around it",
      { field: "title", as: "text", column: "X" },
      "\u00A0Lamp ",
      { title: "Lamp" },
    ],
    ["a null as nothing", { field: "title", as: "text", column: "X" }, " N/A", { title: null }],
    [
      "a time in the workspace's zone",
      { field: "received_at", as: "time", column: "X", order: "dmy", midnight: "instant", timeZone: null },
      "01.07.2026 12:00",
      { received_at: "2026-07-01T10:00:00.000Z" },
    ],
    [
      "a time in the column's zone",
      { field: "received_at", as: "time", column: "X", order: "dmy", midnight: "instant", timeZone: "UTC" },
      "01.07.2026 12:00",
      { received_at: "2026-07-01T12:00:00.000Z" },
    ],
    [
      "a number",
      { field: "audience", as: "number", column: "X", times: 1, plus: 0 },
      "1,250.0",
      { audience: 1250 },
    ],
    [
      "euros as cents",
      { field: "compensation_minor", as: "number", column: "X", times: 100, plus: 0 },
      "19.99",
      { compensation_minor: 1999 },
    ],
    [
      "stations as transfers",
      { field: "transfer_count", as: "number", column: "X", times: 1, plus: -1 },
      "3",
      { transfer_count: 2 },
    ],
    [
      "no station as no transfer",
      { field: "transfer_count", as: "number", column: "X", times: 1, plus: -1 },
      "0",
      { transfer_count: 0 },
    ],
    [
      "a word in any case",
      { field: "severity", as: "words", column: "X", values: [["Urgent", "critical"]], otherwise: "reject" },
      "URGENT",
      { severity: "critical" },
    ],
    [
      "a word that means nothing to us",
      { field: "severity", as: "words", column: "X", values: [["Later", null]], otherwise: "reject" },
      "later",
      { severity: null },
    ],
    [
      "a word of ours as itself",
      { field: "severity", as: "words", column: "X", values: [], otherwise: "same" },
      "high",
      { severity: "high" },
    ],
    [
      "several words of a cell, each once",
      {
        field: "remedy_types",
        as: "words",
        column: "X",
        values: [
          ["Money back", "refund"],
          ["Sorry", "apology"],
        ],
        otherwise: { value: null },
        separator: ";",
      },
      "sorry; money back;Sorry; cake",
      { remedy_types: ["apology", "refund"] },
    ],
    [
      "yes and no",
      {
        field: "retained",
        as: "words",
        column: "X",
        values: [["stayed", "true"]],
        otherwise: { value: "false" },
      },
      "left",
      { retained: false },
    ],
  ])("%s", (_, rule, cell, record) => {
    expect(read([rule], { X: cell })).toMatchObject(record);
  });

  test("the first rule that finds something gives the value", () => {
    const rules: FieldRule[] = [
      { field: "title", as: "text", column: "A" },
      { field: "title", as: "text", column: "B" },
    ];
    expect(read(rules, { A: "", B: "second" })).toMatchObject({ title: "second" });
    expect(read(rules, { A: "first", B: "second" })).toMatchObject({ title: "first" });
  });

  test.each([
    ["90", "minutes", "2026-07-01T11:30:00.000Z"],
    ["1.5", "hours", "2026-07-01T11:30:00.000Z"],
    ["01:30:00", "hours", "2026-07-01T11:30:00.000Z"],
    ["2", "days", "2026-07-03T10:00:00.000Z"],
    ["", "days", null],
  ] as const)("“%s” in %s after it was received is %s", (cell, unit, moment) => {
    const after: FieldRule = {
      field: "first_response_at",
      as: "after",
      column: "X",
      since: "received_at",
      unit,
    };
    const received: FieldRule = {
      field: "received_at",
      as: "time",
      column: "At",
      order: "ymd",
      midnight: "instant",
      timeZone: null,
    };
    expect(read([after, received], { X: cell, At: "2026-07-01T10:00:00Z" })).toMatchObject({
      first_response_at: moment,
    });
    expect(read([after, received], { X: cell, At: "2026-07-01" })).toMatchObject({ first_response_at: null });
  });

  test("the same row without an id is the same case, and another row another one", () => {
    const rules: FieldRule[] = [
      { field: "source_system", as: "constant", value: "desk" },
      { field: "source_case_id", as: "content" },
      { field: "status", as: "constant", value: "resolved" },
    ];
    const ids = ["a", "a", "b"].map((text) => {
      const reading = compileMapping(mapping([], { rules }), ["Text"], "UTC").read([text]);
      return "record" in reading ? reading.record.source_case_id : null;
    });
    expect(ids[0]).toMatch(/^row-[0-9a-f]{32}$/);
    expect([ids[1] === ids[0], ids[2] === ids[0]]).toEqual([true, false]);
  });
});

describe("a row is rejected with its column, value and reason", () => {
  test.each<[FieldRule, string, object]>([
    [
      { field: "received_at", as: "time", column: "X", order: "mdy", midnight: "instant", timeZone: null },
      "29/03/2026",
      {
        code: "not_a_date",
        reason: expect.stringMatching(/“29\/03\/2026” is not a date; expected .* month first/),
      },
    ],
    [
      { field: "audience", as: "number", column: "X", times: 1, plus: 0 },
      "1.5",
      { code: "not_a_number", reason: expect.stringMatching(/expected a whole number/) },
    ],
    [
      { field: "status", as: "words", column: "X", values: [["done", "resolved"]], otherwise: "reject" },
      "parked",
      {
        code: "not_allowed",
        reason: expect.stringMatching(/“parked” is not known in X; expected one of: done/),
      },
    ],
    [
      { field: "closed_at", as: "after", column: "X", since: "received_at", unit: "days" },
      "soon",
      { code: "not_a_number", reason: expect.stringMatching(/“soon” is no duration; expected days/) },
    ],
  ])("%j", (rule, cell, rejection) => {
    const at: FieldRule = {
      field: "received_at",
      as: "time",
      column: "At",
      order: "ymd",
      midnight: "instant",
      timeZone: null,
    };
    const withoutStatus = key.filter(({ field }) => field !== rule.field);
    const result = read([], { X: cell, At: "2026-07-01T10:00:00Z" }, { rules: [...withoutStatus, rule, at] });
    expect(result).toMatchObject({ column: "X", value: cell, ...rejection });
  });
});

describe("what no rule takes", () => {
  test("is kept by its column's name, whatever that is", () => {
    const columns = ["No", "Shop", "__proto__", "_id", "constructor", "Empty", "Gone"];
    const row = ["1", "Lund", "x", "5f1", "y", "", "z"];
    const reading = compileMapping(mapping([], { dropped: ["Gone"] }), columns, "UTC").read(row);
    const record = "record" in reading ? reading.record : undefined;
    expect(Object.entries(record?.attributes ?? {})).toEqual([
      ["Shop", "Lund"],
      ["__proto__", "x"],
      ["_id", "5f1"],
      ["constructor", "y"],
    ]);
  });

  test("is kept beside the field that does not hold all of it", () => {
    const rule = {
      field: "status",
      as: "words",
      column: "State",
      values: [["Done", "resolved"]],
      otherwise: "reject",
    } as const;
    const rules = key.filter(({ field }) => field !== "status");
    const kept = read([], { State: "Done" }, { rules: [...rules, { ...rule, kept: true }] });
    expect(kept).toMatchObject({ status: "resolved", attributes: { State: "Done" } });
    expect(read([], { State: "Done" }, { rules: [...rules, rule] })).toMatchObject({ attributes: {} });
  });
});

describe("a table of cases is mapped by its cells where names say too little:", () => {
  const columns = ["Case number", "Created", "Summary", "State", "Resolved", "Issue", "CSAT"];

  test("states of a country are no status, and yes and no are no dates", () => {
    const rows = [
      ["1", "2026-01-02", "Lamp", "NY", "yes", "Broken", "9"],
      ["2", "2026-01-03", "Lamp", "CA", "no", "Late", "10"],
    ];
    expect(mapped(columns, rows)).toMatchObject([
      {
        record: {
          region: "NY",
          status: "resolved",
          resolved_at: null,
          csat_score: null,
          attributes: { Resolved: "yes", CSAT: "9" },
        },
      },
      { record: { region: "CA", contact_reason: "Late" } },
    ]);
  });

  test("a state that is known as status is one, and a text that is too long is no contact reason", () => {
    const long = "It does not light. ".repeat(40).trim();
    const rows = [["1", "2026-01-02", "Lamp", "Closed", "2026-01-05", long, "4"]];
    expect(mapped(columns, rows)).toMatchObject([
      {
        record: {
          status: "resolved",
          region: null,
          resolved_at: "2026-01-05",
          contact_reason: null,
          csat_score: 4,
          attributes: { Issue: long },
        },
      },
    ]);
  });

  test("a status in another language is asked for", () => {
    const { questions } = proposed(
      ["Ticket", "Date", "Subject", "Status"],
      [["1", "2026-01-02", "Lampe", "erledigt"]],
    );
    expect(questions).toMatchObject([{ code: "unknown_words", column: "Status", words: [["erledigt", 1]] }]);
  });
});

describe("an event log", () => {
  const columns = [
    "number",
    "incident_state",
    "sys_mod_count",
    "sys_updated_at",
    "opened_at",
    "assignment_group",
    "category",
  ];
  const event = (number: string, state: string, at: string) => [
    number,
    state,
    "0",
    at,
    "1/2/2026 09:00",
    "Lamps",
    "Light",
  ];

  test("is folded where its cases have several rows, and reads what the folding finds out", () => {
    const { mapping: folding, questions } = proposed(columns, [
      event("INC1", "New", "1/2/2026 09:00"),
      event("INC1", "Closed", "13/2/2026 09:00"),
    ]);
    expect(questions).toMatchObject([{ code: "date_order", column: "opened_at" }]);
    expect(folding.events).toMatchObject({ key: "number", time: "sys_updated_at", status: "incident_state" });
    expect(folding.rules).toContainEqual(
      expect.objectContaining({ field: "reopened_at", column: "_reopened_at", order: "dmy" }),
    );
    expect(() => compileMapping(folding, columns, "UTC")).not.toThrow();
  });

  test("is a table where each row is a case of its own", () => {
    const rows = [event("INC1", "New", "1/2/2026 09:00"), event("INC2", "New", "13/2/2026 09:00")];
    expect(proposed(columns, rows).mapping.events).toBeNull();
  });

  test("has its times put in order, whichever form they have", () => {
    const { mapping: folding } = proposed(columns, [
      event("INC1", "New", "13/1/2026 09:00"),
      event("INC1", "Closed", "14/1/2026 09:00"),
    ]);
    const order = compileTimeOrder(folding, "Europe/Berlin");
    const times = ["1/2/2026 09:00", "2026-02-02", "2/3/2026", "2026-03-03T08:00:00Z"].map(order);
    expect(times).toEqual(times.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    expect(order("1/2/2026 09:00")).toBe(Date.UTC(2026, 1, 1, 8));
    expect(order("?")).toBeNull();
  });
});

test("our own export is read as it was written, however many of its times are midnight", () => {
  const columns = [
    "source_system",
    "source_case_id",
    "status",
    "received_at",
    "case_id",
    "attribute:__proto__",
  ];
  const rows = Array.from({ length: 30 }, (_, i) => [
    "desk",
    `${i}`,
    "resolved",
    "2026-03-04T00:00:00.000Z",
    "x",
    "'=1",
  ]);
  const [first] = mapped(columns, rows, { dateOrder: "dmy" });
  const record = first !== undefined && "record" in first ? first.record : undefined;
  expect(record).toMatchObject({ source_system: "desk", received_at: "2026-03-04T00:00:00.000Z" });
  expect(Object.entries(record?.attributes ?? {})).toEqual([["__proto__", "=1"]]);
});
