import { describe, expect, test } from "vitest";
import { compileMapping } from "#db/imports/map/compile-mapping.ts";
import { ColumnExaminer } from "#db/imports/map/examine-columns.ts";
import { parseMapping } from "#db/imports/map/parse-mapping.ts";
import { presets } from "#db/imports/map/presets/presets.ts";
import { type ProposalWish, proposeMapping, score } from "#db/imports/map/propose-mapping.ts";
import { warningsOf } from "#db/imports/map/warnings.ts";

function propose(columns: readonly string[], rows: readonly (readonly string[])[], wish: ProposalWish = {}) {
  const examiner = new ColumnExaminer(columns);
  examiner.add(rows.map((cells, i) => ({ line: i + 2, end: 0, cells })));
  return proposeMapping(columns, examiner.finish({ whole: true }), wish);
}

function read(columns: readonly string[], rows: readonly (readonly string[])[], wish: ProposalWish = {}) {
  const { mapping } = propose(columns, rows, wish);
  const compiled = compileMapping(mapping, columns, "UTC");
  return rows.map((cells) => {
    const reading = compiled.read(cells);
    return "record" in reading ? reading.record : reading.rejection;
  });
}

// Header lines are facts: each as the program's own source, documents or exports have it.
const headers: [preset: string, header: string][] = [
  [
    "cfpb",
    "Date received,Product,Sub-product,Issue,Sub-issue,Consumer complaint narrative,Company public response,Company,State,ZIP code,Tags,Consumer consent provided?,Submitted via,Date sent to company,Company response to consumer,Timely response?,Consumer disputed?,Complaint ID",
  ],
  [
    "cfpb",
    "date_received,product,sub_product,issue,sub_issue,complaint_what_happened,company_public_response,company,state,zip_code,tags,submitted_via,date_sent_to_company,company_response,timely,complaint_id",
  ],
  [
    "servicenow",
    "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at",
  ],
  [
    "jira",
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Priority,Resolution,Assignee,Reporter,Creator,Created,Updated,Last Viewed,Resolved,Fix versions,Components,Components 2,Due date,Votes,Labels,Description,Environment,Watchers",
  ],
  [
    "zendesk",
    "ID,Status,Priority,Via,Ticket type,Created at,Updated at,Solved at,Assignee,Group,Tags,Satisfaction Score,First reply time in minutes,First resolution time in minutes,Reopens,Replies,Assignee stations,Group stations",
  ],
  [
    "zendesk",
    "Summation column,Id,Requester,Requester id,Requester external id,Requester email,Requester domain,Submitter,Assignee,Group,Subject,Tags,Status,Priority,Via,Ticket type,Created at,Updated at,Assigned at,Organization,Due date,Initially assigned at,Solved at,Resolution time,Satisfaction Score,Group stations,Assignee stations,Reopens,Replies",
  ],
  [
    "freshdesk",
    "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,Last update time,Initial response time,Time tracked,First response time (in hrs),Resolution time (in hrs),Agent interactions,Customer interactions,Resolution status,First response status,Tags,Survey results",
  ],
  [
    "freshdesk",
    "id,subject,description,description_text,status,priority,source,type,requester_id,responder_id,group_id,product_id,company_id,tags,fr_escalated,is_escalated,spam,due_by,fr_due_by,created_at,updated_at",
  ],
  [
    "intercom",
    "message_id,message_body,message_type,message_created_at,message_author_type,message_author_id,message_author_user_id,message_author_name,message_author_email,message_author_companies,conversation_tags,conversation_id,conversation_state,conversation_created_at,conversation_first_response_at,conversation_closed_at,app_id,app_name",
  ],
  [
    "osticket",
    "Ticket Number,Date Created,Subject,From,From Email,Priority,Department,Help Topic,Source,Current Status,Last Updated,SLA Due Date,SLA Plan,Due Date,Closed Date,Overdue,Merged,Linked,Answered,Agent Assigned,Team Assigned,Thread Count,Reopen Count,Attachment Count,Task Count",
  ],
  [
    "itop",
    "operational_status,ref,org_id,org_name,caller_id,caller_name,team_id,team_name,agent_id,agent_name,title,description,start_date,end_date,last_update,close_date,private_log,status,impact,priority,urgency,origin,service_name",
  ],
  [
    "pagerduty",
    "id,number,description,service_id,service_name,escalation_policy_id,escalation_policy_name,created_on,resolved_on,seconds_to_first_ack,seconds_to_resolve,auto_resolved,escalation_count,resolved_by_user_name,urgency",
  ],
  [
    "dispatch",
    "id,name,title,description,status,visibility,reported_at,stable_at,closed_at,duplicate_id,project_id,created_at,updated_at,resolution,summary",
  ],
  [
    "nyc311",
    "Unique Key,Created Date,Closed Date,Agency,Agency Name,Complaint Type,Descriptor,Location Type,Incident Zip,Status,Due Date,Borough,Latitude,Longitude,Location",
  ],
  [
    "gitlab",
    "Issue ID,URL,Title,State,Description,Author,Author Username,Assignee,Assignee Username,Confidential,Locked,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate,Time Spent",
  ],
  [
    "salesforce",
    "Id,CaseNumber,CreatedDate,ClosedDate,Subject,Description,Type,Reason,Origin,Status,IsClosed,Priority,OwnerId,AccountId,ContactId",
  ],
  ["generic", "Case no.;Opened on;Subject;Category;Team;Customer".replaceAll(";", ",")],
];

describe("a header is recognised as what it is:", () => {
  test.each(headers)("%s (%#)", (preset, header) => {
    const columns = header.split(",");
    const { mapping, known } = propose(columns, []);
    expect(mapping.preset).toBe(preset);
    expect(known / columns.length).toBeGreaterThan(0.8);
    const fields = mapping.rules.map(({ field }) => field);
    expect(fields).toEqual(
      expect.arrayContaining(["source_system", "source_case_id", "status", "received_at"]),
    );
    expect(score(columns)).toBeGreaterThan(preset === "generic" ? 0.3 : 0.9);
  });

  test("a row of data is no header", () => {
    expect(score(["4711", "2026-03-29", "The lamp flickers", "Lamp", "closed"])).toBe(0);
  });

  test("every preset but the last one has a signature, and a name of its own", () => {
    expect(presets.slice(0, -1).every(({ signature }) => signature.length > 0)).toBe(true);
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
  });
});

const plain = ["Ticket", "Opened", "Closed", "Subject", "State"];

describe("what the cells leave open is asked, never guessed:", () => {
  const codes = (rows: string[][], wish?: ProposalWish) =>
    propose(plain, rows, wish).questions.map(({ code }) => code);

  test("whether the day or the month comes first", () => {
    const rows = [["1", "03/04/2026", "", "Lamp", "open"]];
    expect(propose(plain, rows).questions).toMatchObject([{ code: "date_order", column: "Opened" }]);
    expect(propose(plain, rows).questions[0]?.sentence).toMatch(
      /such as 03\/04\/2026.*--dates dmy or --dates mdy/,
    );
    expect(read(plain, rows, { dateOrder: "mdy" })).toMatchObject([{ received_at: "2026-03-04" }]);
    expect(read(plain, rows, { dateOrder: "dmy" })).toMatchObject([{ received_at: "2026-04-03" }]);
    expect(codes(rows, { dateOrder: "dmy" })).toEqual([]);
  });

  test("not where one cell settles it for its column, nor where both are the same day", () => {
    const settled = [
      ["1", "03/04/2026", "", "Lamp", "open"],
      ["2", "13/04/2026", "", "Lamp", "open"],
    ];
    expect(codes(settled)).toEqual([]);
    expect(read(plain, settled)).toMatchObject([
      { received_at: "2026-04-03" },
      { received_at: "2026-04-13" },
    ]);
    expect(codes([["1", "04/04/2026", "", "Lamp", "open"]])).toEqual([]);
  });

  test("what a status means that is not known", () => {
    const rows = [
      ["1", "2026-01-02", "", "Lamp", "Parked"],
      ["2", "2026-01-02", "", "Lamp", "closed"],
    ];
    expect(propose(plain, rows).questions).toMatchObject([
      { code: "unknown_words", column: "State", words: [["Parked", 1]] },
    ]);
  });

  test("which column is the id, when a case happened, and what it says", () => {
    const { questions } = propose(["Colour", "Weight"], [["red", "3"]]);
    expect(questions.map(({ code }) => code)).toEqual(["no_id", "no_time", "no_text"]);
  });

  test("whether several rows with one id are events of a case", () => {
    const rows = Array.from({ length: 30 }, (_, i) => [`${i % 10}`, "2026-01-02", "", "Lamp", "open"]);
    expect(codes(rows)).toEqual(["several_rows_a_case"]);
  });
});

describe("a proposal warns", () => {
  test("of ids that a spreadsheet has rounded", () => {
    const { warnings } = propose(plain, [["1.23457E+11", "2026-01-02", "", "Lamp", "open"]]);
    expect(warnings.join(" ")).toMatch(
      /1 of the ids in “Ticket” were shortened by a spreadsheet \(1\.23457E\+11\)/,
    );
  });

  test("that another unknown table's ids would be taken for the same, until its source has a name of its own", () => {
    const rows = [["1", "2026-01-02", "", "Lamp", "open"]];
    const { mapping, warnings } = propose(plain, rows);
    expect(warnings.join(" ")).toMatch(/its source system is “file”.*same id/);
    const named = mapping.rules.map((rule) =>
      rule.field === "source_system" ? { ...rule, as: "constant" as const, value: "shop" } : rule,
    );
    const examiner = new ColumnExaminer(plain);
    expect(warningsOf({ rules: named }, examiner.finish({ whole: true })).join(" ")).not.toMatch(
      /source system/,
    );
  });

  test("that every case is taken as resolved where nothing tells", () => {
    const { warnings } = propose(["Ticket", "Opened", "Subject"], [["1", "2026-01-02", "Lamp"]]);
    expect(warnings.join(" ")).toMatch(/every case is taken as resolved/);
  });

  test("that midnights are taken as days, where they are too many for chance", () => {
    const rows = Array.from({ length: 60 }, (_, i) => [
      `${i}`,
      `2026-01-02 ${i < 30 ? "00:00:00" : `10:15:${i}`}`,
      "",
      "Lamp",
      "open",
    ]);
    expect(propose(plain, rows).warnings.join(" ")).toMatch(
      /30 of 60 times in “Opened” are exactly midnight/,
    );
    expect(read(plain, rows)[0]).toMatchObject({ received_at: "2026-01-02" });
    expect(read(plain, rows)[59]).toMatchObject({ received_at: "2026-01-02T10:15:59.000Z" });
  });
});

describe("a mapped row", () => {
  test("has nulls of all kinds as nothing, and every column that no field takes as an attribute", () => {
    const columns = [...plain, "Colour", "Weight", "Note"];
    const [record] = read(columns, [["1", "2026-01-02", "N/A", "Lamp", "closed", "?", "None", "\\N"]]);
    expect(record).toMatchObject({ resolved_at: null, status: "resolved", attributes: { State: "closed" } });
    const [other] = read(columns, [["1", "2026-01-02", "", "Lamp", "closed", "red", "3", "kept"]]);
    expect(other).toMatchObject({ attributes: { Colour: "red", Weight: "3", State: "closed" } });
  });

  test("is resolved where a closing date stands, if no column tells its status", () => {
    const columns = ["Ticket", "Opened", "Closed", "Subject"];
    const rows = [
      ["1", "2026-01-02", "2026-01-03", "Lamp"],
      ["2", "2026-01-02", "", "Lamp"],
    ];
    expect(read(columns, rows)).toMatchObject([{ status: "resolved" }, { status: "open" }]);
  });

  test("of Zendesk counts transfers from stations, and the first reply from its minutes", () => {
    const columns = (headers.find(([name]) => name === "zendesk")?.[1] ?? "").split(",");
    const cells = columns.map(
      (column) =>
        ({
          ID: "7",
          Status: "Solved",
          "Created at": "2026-01-02 10:00:00",
          "First reply time in minutes": "90",
          "Assignee stations": "3",
          Priority: "Urgent",
        })[column] ?? "",
    );
    expect(read(columns, [cells])).toMatchObject([
      {
        status: "resolved",
        severity: "critical",
        transfer_count: 2,
        first_response_at: "2026-01-02T11:30:00.000Z",
      },
    ]);
  });

  test("of Freshdesk's API has codes, read as its documents say", () => {
    const columns = ["id", "subject", "status", "priority", "source", "responder_id", "created_at", "type"];
    const rows = [["9", "Lamp", "4", "3", "7", "12", "2026-01-02T10:00:00Z", "Question"]];
    expect(read(columns, rows)).toMatchObject([
      { source_system: "freshdesk", status: "resolved", severity: "high", channel: "Chat" },
    ]);
  });

  test("is rejected with the source's own column where a cell cannot be read", () => {
    const rows = [
      ["1", "13.01.2026", "", "Lamp", "open"],
      ["2", "soon", "", "Lamp", "open"],
    ];
    expect(read(plain, rows)[1]).toMatchObject({ column: "Opened", value: "soon", code: "not_a_date" });
  });
});

describe("a mapping as JSON", () => {
  test("comes back as it went", () => {
    for (const [, header] of headers) {
      const { mapping } = propose(header.split(","), []);
      expect(parseMapping(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping);
    }
  });

  test("is refused with where it is wrong", () => {
    expect(() =>
      parseMapping({ preset: "x", rules: [{ field: "colour", as: "text", column: "c" }] }),
    ).toThrow(/This is no mapping: at rules\.0\.field, expected a field of a case/);
    expect(() => parseMapping([])).toThrow(/at its outermost object/);
  });

  test("that names a column which isn't there is refused by its name", () => {
    const { mapping } = propose(plain, []);
    expect(() => compileMapping(mapping, ["Ticket", "Subject"], "UTC")).toThrow(
      /from the column “Opened”, which the source does not have; its columns are “Ticket”, “Subject”/,
    );
  });
});
