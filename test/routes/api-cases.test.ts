import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiAnswer } from "#db/imports/from-api/store-request.ts";
import { saveMapping } from "#db/imports/store/saved-mappings.ts";
import { undoImport } from "#db/imports/store/undo-import.ts";
import { findOrCreateWorkspace } from "#db/workspaces.ts";
import { openTestApp, type TestApp } from "#test/support/app.ts";

let app: TestApp;
let workspaceId: number;
beforeAll(async () => {
  app = await openTestApp({ nth: 400 });
  const { db } = app.services.database;
  workspaceId = (await findOrCreateWorkspace(db, { name: "api", timeZone: "UTC" })).id;
  await findOrCreateWorkspace(db, { name: "made up", timeZone: "UTC", simulated: true });
});
afterAll(() => app.close());

const path = "/api/v1/cases?workspace=api";
const ndjson = { "content-type": "application/x-ndjson" };
const json = { "content-type": "application/json" };

function aCase(id: string, rest: object = {}) {
  return {
    source_system: "shop",
    source_case_id: id,
    status: "resolved",
    received_at: "2026-03-29",
    title: `Case ${id}`,
    ...rest,
  };
}

function lines(...cases: object[]): string {
  return cases.map((value) => JSON.stringify(value)).join("\n");
}

/** As a program sends it: without what a browser says of itself. */
function send(body: BodyInit, headers: Record<string, string> = ndjson, to = path): Promise<Response> {
  return app.request(to, { method: "POST", headers, body });
}

async function answerOf(response: Response): Promise<ApiAnswer> {
  expect(response.status).toBe(200);
  return (await response.json()) as ApiAnswer; // what the test asks about
}

async function errorOf(response: Response): Promise<{ status: number; code: string; message: string }> {
  const { error } = (await response.json()) as { error: { code: string; message: string } }; // as above
  return { status: response.status, ...error };
}

async function stored(id: string): Promise<number> {
  const rows = await app.services.database.db
    .selectFrom("cases")
    .select("case_id")
    .where("workspace_id", "=", workspaceId)
    .where("source_case_id", "=", id)
    .execute();
  return rows.length;
}

describe("cases that a program sends", () => {
  test("are stored, and the answer tells of each what became of it", async () => {
    const first = await answerOf(await send(lines(aCase("S-1"), aCase("S-2"))));
    expect(first).toMatchObject({ read: 2, new: 2, updated: 0, unchanged: 0, rejected: 0 });
    const cases = [
      aCase("S-1"),
      aCase("S-2", { title: "Changed" }),
      aCase("S-3"),
      aCase("S-4", { status: "new" }),
    ];
    const second = await answerOf(await send(JSON.stringify(cases), json));
    expect(second).toMatchObject({ read: 4, new: 1, updated: 1, unchanged: 1, rejected: 1 });
    expect(second.import).toBe(first.import + 1);
    expect(second.rows.map(({ row, source_case_id, status }) => [row, source_case_id, status])).toEqual([
      [1, "S-1", "unchanged"],
      [2, "S-2", "updated"],
      [3, "S-3", "new"],
      [4, "S-4", "rejected"],
    ]);
    expect(second.rows[0]?.case_id).toBe(first.rows[0]?.case_id);
    expect(second.rows[3]).toMatchObject({ case_id: null, code: "not_allowed", field: "status" });
    expect(second.rows[3]?.reason).toContain("“new”");
  });

  test("stand on the page of imports, with their rejected rows to mend and load again", async () => {
    const bad = aCase("P-2", { status: "gone", attributes: { Shelf: "=B7" } });
    const answer = await answerOf(
      await send(lines(aCase("P-1"), bad), { ...ndjson, "idempotency-key": "page" }),
    );
    expect(await app.page("/w/api/imports")).toContain("API request page");
    const csv = await (await app.request(`/w/api/imports/${answer.import}/rejected.csv`)).text();
    expect(csv.split("\r\n")[0]).toContain(
      "source_system,source_case_id,status,received_at,title,attribute:Shelf,_line",
    );
    expect(csv).toContain("P-2");
  });

  test("can be undone as one import", async () => {
    const { import: importId } = await answerOf(await send(lines(aCase("U-1"), aCase("U-2"))));
    expect(await stored("U-1")).toBe(1);
    await undoImport(app.services.database, workspaceId, importId);
    expect(await stored("U-1")).toBe(0);
  });

  test("may come in their source's own members, by a saved mapping", async () => {
    await saveMapping(app.services.database.db, workspaceId, {
      name: "our desk",
      mapping: {
        preset: "generic",
        rules: [
          { field: "source_system", as: "constant", value: "desk" },
          { field: "source_case_id", column: "ticket.id", as: "text" },
          {
            field: "received_at",
            column: "created",
            as: "time",
            order: "ymd",
            midnight: "instant",
            timeZone: null,
          },
          { field: "status", as: "constant", value: "resolved" },
        ],
        dropped: [],
        nulls: [],
        events: null,
        dialect: "plain",
      },
    });
    const body = lines(
      { ticket: { id: 71 }, created: "2026-03-01 10:00", queue: "north" },
      { created: "2026-03-01" },
    );
    const answer = await answerOf(await send(body, ndjson, `${path}&mapping=our%20desk`));
    expect(answer).toMatchObject({ new: 1, rejected: 1 });
    expect(answer.rows[0]?.source_case_id).toBe("71");
    expect(answer.rows[1]).toMatchObject({ code: "missing", field: "ticket.id" });
  });
});

describe("an Idempotency-Key", () => {
  test("gives the first answer again, and changes nothing", async () => {
    const headers = { ...ndjson, "idempotency-key": "once" };
    const first = await send(lines(aCase("I-1")), headers);
    const again = await send(lines(aCase("I-1")), headers);
    expect(first.headers.has("idempotency-replayed")).toBe(false);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await answerOf(again)).toEqual(await answerOf(first));
  });

  test("of another request is refused", async () => {
    const headers = { ...ndjson, "idempotency-key": "mine" };
    await send(lines(aCase("I-2")), headers);
    const other = await errorOf(await send(lines(aCase("I-3")), headers));
    expect(other).toMatchObject({ status: 422, code: "idempotency_key_reused" });
    expect(await stored("I-3")).toBe(0);
    const longest = await send(lines(aCase("I-4")), { ...ndjson, "idempotency-key": "k".repeat(256) });
    expect(await errorOf(longest)).toMatchObject({ status: 400, code: "bad_idempotency_key" });
  });

  test("makes of sixteen requests at once one effect", async () => {
    const { db } = app.services.database;
    const count = async () => (await db.selectFrom("imports").select("import_id").execute()).length;
    const before = await count();
    const headers = { ...ndjson, "idempotency-key": "sixteen" };
    const body = lines(aCase("P-16"), aCase("P-17"));
    const responses = await Promise.all(Array.from({ length: 16 }, () => send(body, headers)));
    const answers = await Promise.all(responses.map(answerOf));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ new: 2 });
    expect(responses.filter(({ headers: got }) => !got.has("idempotency-replayed"))).toHaveLength(1);
    expect(await count()).toBe(before + 1);
  });
});

test("what can't be taken is refused with a word and a sentence, and nothing is stored", async () => {
  const some = lines(aCase("R-1"));
  const many = lines(...Array.from({ length: 2_001 }, (_, i) => aCase(`R-${i}`)));
  const refusals: [response: Promise<Response>, status: number, code: string][] = [
    [send(some, ndjson, "/api/v1/cases"), 400, "workspace_missing"],
    [send(some, ndjson, "/api/v1/cases?workspace=nowhere"), 404, "workspace_not_found"],
    [send(some, ndjson, "/api/v1/cases?workspace=%00"), 404, "workspace_not_found"],
    [send(some, ndjson, "/api/v1/cases?workspace=made+up"), 422, "workspace_simulated"],
    [send(some, ndjson, `${path}&mapping=none`), 404, "mapping_not_found"],
    [send(some, { "content-type": "text/plain" }), 415, "unsupported_media_type"],
    [send(some, { "content-type": "application/x-www-form-urlencoded" }), 415, "unsupported_media_type"],
    [send("[{]", json), 400, "bad_json"],
    [send('{"cases": []}', json), 400, "bad_json"],
    [send("[]", json), 400, "no_cases"],
    [send("\n \n"), 400, "no_cases"],
    [send(new Uint8Array([0x7b, 0xff, 0x7d])), 400, "not_utf8"],
    [send(many), 413, "too_many_cases"],
    [send(" ".repeat(10 * 2 ** 20 + 1)), 413, "body_too_large"],
    [app.request(path), 405, "method_not_allowed"],
    [app.request(path, { method: "PUT", headers: ndjson, body: some }), 405, "method_not_allowed"],
  ];
  for (const [response, status, code] of refusals) {
    const error = await errorOf(await response);
    expect(error).toMatchObject({ status, code });
    expect(error.message).toMatch(/^[A-Z].*\.$/s);
  }
  expect(await stored("R-1")).toBe(0);
});

describe("a page of another site", () => {
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:3000" },
  ];

  test("can send no cases, however it spells the address", async () => {
    const addresses = [
      "/api/v1/cases",
      "//api/v1/cases",
      "/api//v1/cases",
      "/api%2Fv1%2Fcases",
      "/api/v1/cases/",
    ];
    for (const headers of foreign)
      for (const address of [...addresses, "/api/v1/cases.data", "/api/v1/%63ases", "/API/V1/CASES"]) {
        const body = lines(aCase("F-1"));
        const response = await send(body, { ...ndjson, ...headers }, `${address}?workspace=api`);
        expect([address, response.status]).toEqual([address, expect.toBeOneOf([400, 403, 404, 405])]);
      }
    expect(await stored("F-1")).toBe(0);
  });

  test("is the only one that is kept out: programs and our own pages are not", async () => {
    for (const headers of [{}, { "sec-fetch-site": "same-origin" }, { origin: "http://127.0.0.1:3000" }])
      expect((await send(lines(aCase("F-2")), { ...ndjson, ...headers })).status).toBe(200);
  });

  test("finds no page open by the spelling of this address: what only pages write to stays closed to programs", async () => {
    for (const address of [
      "/api/v1/cases/../../../preferences/theme",
      "/preferences/theme",
      "//preferences/theme",
    ]) {
      const response = await send(
        "theme=dark",
        { "content-type": "application/x-www-form-urlencoded" },
        address,
      );
      expect([address, response.status]).toEqual([address, expect.toBeOneOf([403, 404, 405])]);
    }
  });
});
