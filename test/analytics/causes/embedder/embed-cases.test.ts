import { expect, test } from "vitest";
import { blankInText } from "#analytics/causes/embedder/blank-in-text.ts";
import { embedCases } from "#analytics/causes/embedder/embed-cases.ts";

const say = (caseId: string, text: string | null) => ({ caseId, text });

/** Gives the length of a text, and remembers what it was asked. */
function counting() {
  const asked: string[] = [];
  const embed = (text: string) => {
    asked.push(text);
    return Promise.resolve(Float32Array.of(text.length, 1));
  };
  return { asked, embedder: { id: "counting", dimensions: 2, embed } };
}

test("each distinct text goes through the model once, a case without one never", async () => {
  const { asked, embedder } = counting();
  const cases = [say("a", "one"), say("b", null), say("c", "three"), say("d", "one"), say("e", " ")];
  const found = await embedCases(cases, embedder);
  expect(asked).toEqual(["one", "three"]);
  expect(found).toMatchObject({ embedder: "counting", dimensions: 2 });
  expect([...found.rowOf]).toEqual([
    ["a", 0],
    ["c", 1],
    ["d", 0],
  ]);
  expect([...found.values]).toEqual([3, 1, 5, 1]);
});

test("the model reads no company name", async () => {
  const { asked, embedder } = counting();
  const cases = [say("a", "Experian won't fix it"), say("b", "Equifax, Inc. won't fix it")];
  await embedCases(cases, embedder, { blankNames: ["Experian Information Solutions", "EQUIFAX, INC."] });
  expect(asked).toEqual(["the company won't fix it", "the company, Inc. won't fix it"]);
});

test("a name is taken out as it was written, and the rest of the text stays as it is", () => {
  const blank = blankInText(["Bank of America, National Association", "Synchrony Financial"]);
  expect(blank("My BANK of  America card; Synchrony\nFinancial's too. A bank!")).toBe(
    "My the company card; the company too. A bank!",
  );
  expect(blankInText([])("Experian")).toBe("Experian");
});
