import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyCase } from "#analytics/case.ts";
import { shareOf } from "#analytics/metrics/share.ts";
import { countText, rangeText } from "#app/format.ts";
import { findRetrospective, type Retrospective } from "#db/queries/retrospectives.ts";
import { loadCases, openTestApp, type TestApp } from "#test/support/app.ts";
import { addSecondFix, inPlace } from "#test/support/second-fix.ts";
import { textOf } from "../app/components/markup.ts";

let app: TestApp;
let list = "";
let someCase = "";
beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
  list = `${app.workspace.base}/retrospectives`;
  const fix = { causeId: 1, kind: "process", title: "Ask for the door code" } as const;
  await addSecondFix(app.services.database.db, app.workspace.id, fix, inPlace);
  const { case_id: id } = await app.services.database.db
    .selectFrom("cases")
    .select("case_id")
    .where("workspace_id", "=", app.workspace.id)
    .where("handled_by_ref", "is not", null)
    .orderBy("case_id")
    .executeTakeFirstOrThrow();
  someCase = id;
  await loadCases(app.services, "Other", { cases: [{ ...emptyCase("x", "1"), received_at: "2026-03-01" }] });
});
afterAll(() => app.close());

const find = async (id: number): Promise<Retrospective> =>
  (await findRetrospective(app.services.database.db, app.workspace.id, id))!;

/** A form with fields that come several times. */
const send = (path: string, fields: [name: string, value: string][]) =>
  app.request(path, {
    method: "POST",
    headers: { origin: "http://127.0.0.1:3000" },
    body: new URLSearchParams(fields),
  });

const act = async (id: number, kind: string, reason = "") =>
  app.post(`${list}/${id}`, { kind, reason, revision: String((await find(id)).revision) });

const written: [string, string][] = [
  ["title", "Späte Pakete im März"],
  ["trigger", "# Rush\r\n\r\n## Lessons\r\n- a  \r\n- b\r\n\r\n```\r\n## code\r\n---\r\n```"],
  ["cause", "---\r\n日本語 <b>x</b> [l](javascript:x)"],
  ["lessons", "\r\n  indented  \r\n"],
  ["factor", "Peak load"],
  ["factor", ""],
  ["factor", "Old label"],
  ["why", "It rained"],
  ["why", "Nobody knew"],
  ["action", "fix:1 is not enough"],
  ["fix", "1"],
];

describe("a retrospective", () => {
  test("is begun from the page of a cause and of a case, and nowhere else", async () => {
    expect(await app.page(`${app.workspace.base}/causes/1`)).toContain(`${list}/new?cause=1`);
    expect(await app.page(`${app.workspace.base}/cases/${someCase}`)).toContain(
      `${list}/new?case=${someCase}`,
    );
    const form = await app.page(`${list}/new?cause=1`);
    expect(form).toContain("Ask for the door code");
    expect(form).toContain("what made it the reasonable thing to do");
    const strange = "00000000-0000-4000-8000-000000000000";
    for (const [query, status] of [
      ["", 400],
      ["?cause=1&case=x", 400],
      ["?cause=x", 400],
      ["?cause=9999", 404],
      [`?case=${strange}`, 404],
      ["?case=1", 404],
    ] as const)
      expect((await app.request(`${list}/new${query}`)).status, query).toBe(status);
  });

  test("is written, reviewed, published, and kept as it was written", async () => {
    const answer = await send(`${list}/new?cause=1`, written);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`${list}/1`);
    expect((await find(1)).content).toEqual({
      title: "Späte Pakete im März",
      texts: {
        trigger: "# Rush\n\n## Lessons\n- a  \n- b\n\n```\n## code\n---\n```",
        cause: "---\n日本語 <b>x</b> [l](javascript:x)",
        lessons: "  indented  ",
      },
      factors: ["Peak load", "Old label"],
      whys: ["It rained", "Nobody knew"],
      actions: ["fix:1 is not enough"],
      fixIds: [1],
    });
    const page = await app.page(`${list}/1`);
    expect(page).toContain("Not written yet");
    expect(page).not.toContain("<b>x</b>");
    expect(page).not.toContain('href="javascript');
    for (const part of ["First case", "Latest case so far", "Second fix in place: Ask for the door code"])
      expect(page).toContain(part);
    expect((await act(1, "publish")).status).toBe(409);
    expect((await act(1, "review")).status).toBe(303);
    expect((await act(1, "publish")).status).toBe(303);
    expect((await find(1)).state).toBe("published");
    const published = textOf(await app.page(`${list}/1`));
    expect(published).toContain("Published");
    expect(published).toContain("Wrote the first draft");
    expect(published).toMatch(/State reviewed → became published/);
  });

  test("is not written in once it is published; what was typed is shown back", async () => {
    const { revision, content } = await find(1);
    expect(await app.page(`${list}/1/edit`)).toContain("only a draft is written in");
    const answer = await send(`${list}/1/edit`, [
      ["title", "Another"],
      ["lessons", "typed in vain"],
      ["revision", String(revision)],
    ]);
    expect(answer.status).toBe(409);
    const html = await answer.text();
    expect(html).toContain("Not saved");
    expect(html).toContain("typed in vain");
    expect((await find(1)).content).toEqual(content);
    expect((await act(1, "take_back")).status).toBe(400);
  });

  test("comes back from its Markdown as it was, as a draft that says what the file said", async () => {
    const file = await app.request(`${list}/1/retrospective.md`);
    expect(file.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    expect(file.headers.get("content-disposition")).toMatch(
      /^attachment; filename="fixtwice_Lind-Hald_retrospective_1\.md"$/,
    );
    const text = await file.text();
    const form = new FormData();
    form.set("file", new File([text.replaceAll("\n", "\r\n")], "r.md"));
    const headers = { origin: "http://127.0.0.1:3000" };
    const answer = await app.request(`${list}/import`, { method: "POST", headers, body: form });
    expect(answer.status).toBe(303);
    const [before, after] = [await find(1), await find(2)];
    expect(after.content).toEqual(before.content);
    expect(after.of).toEqual(before.of);
    expect(after.state).toBe("draft");
    expect(after.imported).toMatchObject({ state: "published", published: before.published?.at });
    const page = textOf(await app.page(`${list}/2`));
    expect(page).toContain(
      "Imported from a file, which says of where it came from: its state was “published”",
    );
    expect(page).toContain("Imported it from a file as a draft");
    await app.post(`${list}/import`, {
      text: await (await app.request(`${list}/2/retrospective.md`)).text(),
    });
    expect((await find(3)).content).toEqual(before.content);
  });

  test("is taken back for a reason, and its history says so", async () => {
    expect((await act(1, "take_back", "The day was wrong")).status).toBe(303);
    expect(textOf(await app.page(`${list}/1`))).toContain("Reason: The day was wrong");
    await act(1, "review");
    await act(1, "publish");
  });

  test("of a case shows the case's own times, and warns gently of a name", async () => {
    const { handled_by_ref: agent } = await app.services.database.db
      .selectFrom("cases")
      .select("handled_by_ref")
      .where("case_id", "=", someCase)
      .executeTakeFirstOrThrow();
    await send(`${list}/new?case=${someCase}`, [
      ["title", "One case"],
      ["trigger", `Then ${agent} wrote.`],
    ]);
    const page = await app.page(`${list}/4`);
    expect(textOf(page)).toMatch(/Timeline \d+ \w+ \d{4}/);
    expect(textOf(page)).toContain(`The text names “${agent}”`);
    expect(await app.page(`${list}/4/edit`)).toContain("Does it need the name?");
    expect(textOf(await app.page(`${app.workspace.base}/cases/${someCase}`))).toContain("One case");
    expect(await app.page(`${list}/1`)).not.toContain("Does it need the name?");
  });
});

describe("what cannot be saved", () => {
  test("is shown back with what is wrong, and nothing is kept", async () => {
    for (const [fields, sentence] of [
      [[["title", " "]], "It has no title"],
      [[["title", "x".repeat(201)]], "Expected at most 200"],
      [
        [
          ["title", "t"],
          ["trigger", "y".repeat(20_001)],
        ],
        "Expected at most 20,000",
      ],
    ] as [[string, string][], string][]) {
      const answer = await send(`${list}/new?cause=1`, [...fields, ["lessons", "not lost"]]);
      expect(answer.status).toBe(400);
      const html = await answer.text();
      expect(html).toContain(sentence);
      expect(html).toContain("not lost");
    }
    expect(
      (
        await send(`${list}/new?cause=1`, [
          ["title", "t"],
          ["fix", "77"],
        ])
      ).status,
    ).toBe(400);
    expect(await findRetrospective(app.services.database.db, app.workspace.id, 5)).toBeUndefined();
  });

  test("is not written over what somebody else saved, unless it is sent again", async () => {
    const stale = String((await find(4)).revision);
    const save = (title: string, revision: string) =>
      send(`${list}/4/edit`, [
        ["title", title],
        ["revision", revision],
      ]);
    expect((await save("Theirs", stale)).status).toBe(303);
    const refused = await save("Mine", stale);
    expect(refused.status).toBe(409);
    const html = await refused.text();
    expect(html).toContain('value="Mine"');
    const revision = /name="revision" value="(\d+)"/.exec(html)?.[1] ?? "";
    expect((await save("Mine", revision)).status).toBe(303);
    expect((await find(4)).title).toBe("Mine");
  });

  test("are acts that nobody knows, numbers of none, and those of another workspace", async () => {
    expect((await act(1, "burn")).status).toBe(400);
    expect((await app.post(`${list}/1`, { kind: "review" })).status).toBe(400);
    for (const path of ["99", "99/edit", "99/retrospective.md"])
      expect((await app.request(`${list}/${path}`)).status).toBe(404);
    for (const path of ["1", "1/edit", "1/retrospective.md"])
      expect((await app.request(`/w/Other/retrospectives/${path}`)).status, path).toBe(404);
    expect((await app.post("/w/Other/retrospectives/1", { kind: "review", revision: "1" })).status).toBe(404);
    expect((await app.request(`${list}/0`)).status).toBe(400);
    expect(await app.page("/w/Other/retrospectives")).toContain("No retrospective is written yet");
  });
});

describe("an import", () => {
  const head = "---\ntitle: t\nof: cause 1\n---\n";
  test.each([
    ["", "There was nothing to read"],
    ["no head", "Line 1: The file does not begin with its head"],
    [`${head}## Blame\nkept text`, "Line 5: “Blame” is no part of a retrospective. Expected one of Trigger"],
    ["---\ntitle: t\nof: cause 9999\n---\n", "Line 3: There is no cause 9999"],
    ["---\nworkspace: Other\ntitle: t\nof: cause 1\n---\n", "Line 2: It is of the workspace “Other”"],
    [`${head}## Actions\n- fix:7 x`, "Line 6: There is no second fix 7"],
    [`---\ntitle: t\nof: case 00000000-0000-4000-8000-000000000000\n---\n`, "Line 3: There is no case"],
  ])("of what is no retrospective says where, and shows the text back: %#", async (text, sentence) => {
    const answer = await app.post(`${list}/import`, { text });
    expect(answer.status).toBe(400);
    const shown = textOf((await answer.text()).replaceAll("&quot;", '"'));
    expect(shown).toContain(sentence);
    expect(shown).toContain(text.replaceAll(/\s+/g, " ").trim());
  });

  test("of a file that is not UTF-8 is refused", async () => {
    const form = new FormData();
    form.set("file", new File([new Uint8Array([0x2d, 0xe4, 0x2d])], "r.md"));
    const headers = { origin: "http://127.0.0.1:3000" };
    const answer = await app.request(`${list}/import`, { method: "POST", headers, body: form });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("not UTF-8");
  });
});

describe("the list", () => {
  test("counts states, says the completion rate with its interval, and finds words", async () => {
    await app.post(`${list}/import`, { text: "---\ntitle: Fünf\nof: cause 2\n---\n" });
    const text = textOf(await app.page(list));
    const { interval } = shareOf(1, 5);
    expect(text).toContain(
      `1 of ${countText(5)} published (95% interval ${rangeText(interval!.low, interval!.high)})`,
    );
    expect(text).toContain("Draft 4");
    expect(text).toContain("Counted over 1 retrospective that is reviewed or published");
    expect(textOf(await app.page(`${list}?q=fünf`))).toContain("1 of 5 retrospectives");
    expect(textOf(await app.page(`${list}?q=no+such+words`))).toContain("No retrospective is like that");
    expect(textOf(await app.page(`${list}?factor=PEAK+LOAD`))).toContain("1 of 5 retrospectives");
    expect(textOf(await app.page(`${list}?state=published`))).toContain("1 of 5 retrospectives");
    for (const query of ["?state=burnt", `?q=${"x".repeat(201)}`])
      expect((await app.request(list + query)).status).toBe(400);
  });

  test("of a cause has those of causes that were merged into it, under the name that holds now", async () => {
    await app.post(`${app.workspace.base}/causes/1`, { kind: "merge", other: "2", reason: "same" });
    expect(await app.page(`${app.workspace.base}/causes/1`)).toContain("Fünf");
    expect(await app.page(`${list}/5`)).toContain(`${app.workspace.base}/causes/1"`);
    const { headers } = await send(`${list}/new?cause=2`, [["title", "t"]]);
    expect(headers.get("location")).toBe(`${list}/6`);
    expect((await find(6)).of).toEqual({ causeId: 1 });
    await app.post(`${app.workspace.base}/causes/1`, { kind: "undo_merge", other: "2" });
  });
});

describe("a draft that is deleted", () => {
  let file = "";
  test("is asked about in a step of its own, which is there for drafts alone", async () => {
    // Its second fix is of another cause, and stays ticked.
    const { headers } = await send(`${list}/new?cause=3`, [...written, ["factor", "Deleted soon"]]);
    expect(headers.get("location")).toBe(`${list}/7`);
    expect(await app.page(`${list}/7`)).toMatch(
      /<summary>Delete the draft<\/summary>.*name="revision" value="1".*value="delete"/,
    );
    await act(7, "review");
    expect(await app.page(`${list}/7`)).not.toContain("Delete the draft");
    const answer = await act(7, "delete");
    expect(answer.status).toBe(409);
    expect(textOf(await answer.text())).toContain("It is reviewed, and only a draft is deleted.");
    await act(7, "take_back");
    const stale = await app.post(`${list}/7`, { kind: "delete", revision: "1" });
    expect(stale.status).toBe(409);
    expect(textOf(await stale.text())).toContain("Somebody has changed this retrospective");
    expect((await app.post("/w/Other/retrospectives/7", { kind: "delete", revision: "3" })).status).toBe(404);
    file = await (await app.request(`${list}/7/retrospective.md`)).text();
    expect((await find(7)).state).toBe("draft");
  });

  test("is not found any more, and lists, counts and factors forget it; its file can still be imported", async () => {
    const [before, { content, of }] = [textOf(await app.page(list)), await find(7)];
    expect(before).toContain("1 of 7 published");
    expect(before).toContain("Draft 6");
    const answer = await act(7, "delete");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, list]);
    const after = textOf(await app.page(list));
    expect(after).toContain("1 of 6 published");
    expect(after).toContain("Draft 5");
    expect(await app.page(`${list}/new?cause=3`)).not.toContain("Deleted soon");
    expect(await app.page(`${app.workspace.base}/causes/3`)).not.toContain(`${list}/7"`);
    for (const path of ["7", "7/edit", "7/retrospective.md"]) {
      const gone = await app.request(`${list}/${path}`);
      expect(gone.status, path).toBe(404);
      expect(textOf(await gone.text()), path).toMatch(
        /The draft “Späte Pakete im März” was deleted on .* by local user\./,
      );
    }
    expect((await app.post(`${list}/7`, { kind: "review", revision: "3" })).status).toBe(404);
    const imported = await app.post(`${list}/import`, { text: file });
    expect(imported.headers.get("location")).toBe(`${list}/8`);
    expect(await find(8)).toMatchObject({ content, of });
  });

  test("gives back what somebody wanted to save in it meanwhile, to be saved as a new one", async () => {
    const typed: [string, string][] = [
      ["title", " "],
      ["lessons", "typed meanwhile"],
      ["fix", "1"],
    ];
    const answer = await send(`${list}/7/edit`, [...typed, ["revision", "3"]]);
    expect(answer.status).toBe(409);
    const html = await answer.text();
    expect(textOf(html)).toContain("was deleted on");
    expect(html).toContain("typed meanwhile");
    expect(html).toMatch(/name="fix"[^>]*checked/);
    const action = /action="([^"]*new[^"]*)"/.exec(html)?.[1] ?? "";
    expect(action).toBe(`${list}/new?cause=3`);
    const saved = await send(action, [["title", "Anew"], ...typed.slice(1)]);
    expect(saved.headers.get("location")).toBe(`${list}/9`);
    expect((await find(9)).content).toMatchObject({ texts: { lessons: "typed meanwhile" }, fixIds: [1] });
  });
});

describe("a retrospective of a case", () => {
  const move = (cause: string) =>
    app.post(`${app.workspace.base}/cases/${someCase}`, { kind: "move", cause });
  const ofCases = async (cause: number) => {
    const html = await app.page(`${app.workspace.base}/causes/${cause}`);
    return /<h3>Of cases that belong to it now<\/h3>(.*?)<\/section>/.exec(html)?.[1] ?? null;
  };

  test("stands at the cause that its case has now, with what it is of, and follows the case", async () => {
    await move("3");
    const shown = await ofCases(3);
    expect(shown).toContain(`${list}/4"`);
    expect(textOf(shown ?? "")).toMatch(/^Mine of the case “.+” Draft/);
    expect(await ofCases(1)).toBeNull();
    await move("1");
    expect(await ofCases(3)).toBeNull();
    expect(await ofCases(1)).toContain(`${list}/4"`);
    await app.post(`${app.workspace.base}/causes/3`, { kind: "merge", other: "1", reason: "same" });
    expect(await ofCases(3)).toContain(`${list}/4"`);
    await app.post(`${app.workspace.base}/causes/3`, { kind: "undo_merge", other: "1" });
    expect(await app.page(`${app.workspace.base}/cases/${someCase}`)).not.toContain("Of cases");
  });
});

describe("a year after", () => {
  const publishedOn = (at: string, id = 1) =>
    app.services.database.db
      .updateTable("retrospectives")
      .set({ published_at: at })
      .where("workspace_id", "=", app.workspace.id)
      .where("retrospective_id", "=", id)
      .execute();
  test("the page of the cause leads to what was learned then, from the eleventh to the thirteenth month", async () => {
    const cause = `${app.workspace.base}/causes/1`;
    expect(await app.page(cause)).not.toContain("A year ago this came back");
    await publishedOn("2025-11-02T10:00:00Z");
    expect(textOf(await app.page(cause))).toContain(
      "A year ago this came back . A retrospective of this cause was published on 2 Nov 2025",
    );
    await publishedOn("2025-09-02T10:00:00Z");
    expect(await app.page(cause)).not.toContain("A year ago this came back");
  });

  test("it leads to that of a case of the cause, too, and says so, unless there is one of the cause itself", async () => {
    const cause = `${app.workspace.base}/causes/1`;
    await act(4, "review");
    await act(4, "publish");
    await publishedOn("2025-11-20T10:00:00Z", 4);
    expect(textOf(await app.page(cause))).toContain(
      "A year ago this came back . A retrospective of a case that belongs to this cause now was published on 20 Nov 2025 : Mine",
    );
    await publishedOn("2025-11-02T10:00:00Z");
    expect(textOf(await app.page(cause))).toContain(
      "A retrospective of this cause was published on 2 Nov 2025",
    );
  });
});
